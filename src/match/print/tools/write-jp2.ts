import { createRequire } from 'node:module';
import { METRES_PER_INCH } from '../image/header/header.ts';
import type { GreyImage } from '../types.ts';

interface FrameInfo {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly componentCount: number;
  readonly isSigned: boolean;
  readonly isUsingColorTransform: boolean;
}

/** The part of @cornerstonejs/codec-openjpeg used here; it ships no types. */
interface Encoder {
  getDecodedBuffer(frame: FrameInfo): Uint8Array;
  setQuality(lossless: boolean, quality: number): void;
  encode(): void;
  getEncodedBuffer(): Uint8Array;
  delete(): void;
}

type Load = (options: {
  print: () => void;
  printErr: () => void;
}) => Promise<{ readonly J2KEncoder: new () => Encoder }>;

async function codestream({ width, height, data }: GreyImage): Promise<Uint8Array> {
  const load = createRequire(import.meta.url)('@cornerstonejs/codec-openjpeg/wasmjs') as Load;
  const silent = (): void => undefined;
  const { J2KEncoder } = await load({ print: silent, printErr: silent });
  const encoder = new J2KEncoder();
  const frame = { width, height, bitsPerSample: 8, componentCount: 1 };
  encoder.getDecodedBuffer({ ...frame, isSigned: false, isUsingColorTransform: false }).set(data);
  encoder.setQuality(true, 0);
  encoder.encode();
  const bytes = encoder.getEncodedBuffer().slice();
  encoder.delete();
  return bytes;
}

const ascii = (text: string): number[] => [...text].map((c) => c.charCodeAt(0));
const u16 = (n: number): number[] => [n >>> 8, n & 255];
const u32 = (n: number): number[] => [...u16(n >>> 16), ...u16(n & 0xffff)];

/** A box of ISO/IEC 15444-1 annex I: length, type, content. */
function box(type: string, ...content: readonly (readonly number[] | Uint8Array)[]): Uint8Array {
  const length = content.reduce((sum, part) => sum + part.length, 8);
  const bytes = new Uint8Array(length);
  bytes.set([...u32(length), ...ascii(type)]);
  let at = 8;
  for (const part of content) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Lossless JPEG 2000 (JP2) of one grey channel with its capture resolution. */
export async function toJp2(image: GreyImage): Promise<Uint8Array> {
  const perMetre = Math.round(image.ppi / METRES_PER_INCH);
  const resolution = box('resc', u16(perMetre), u16(1), u16(perMetre), u16(1), [0, 0]);
  const GREY_SCALE = 17;
  const parts = [
    box('jP  ', [0x0d, 0x0a, 0x87, 0x0a]),
    box('ftyp', ascii('jp2 '), u32(0), ascii('jp2 ')),
    box(
      'jp2h',
      box('ihdr', u32(image.height), u32(image.width), u16(1), [7, 7, 0, 0]),
      box('colr', [1, 0, 0], u32(GREY_SCALE)),
      box('res ', resolution),
    ),
    box('jp2c', await codestream(image)),
  ];
  return new Uint8Array(Buffer.concat(parts));
}
