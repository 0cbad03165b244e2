import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { Jpeg2000Answer } from './jpeg2000.ts';

/** The part of @cornerstonejs/codec-openjpeg used here; it ships no types. */
interface Decoder {
  getEncodedBuffer(bytes: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  decode(): void;
  getFrameInfo(): FrameInfo;
  delete(): void;
}

interface FrameInfo {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly componentCount: number;
  readonly isSigned: boolean;
}

interface OpenJpeg {
  readonly J2KDecoder: new () => Decoder;
}

type Load = (options: { print: () => void; printErr: () => void }) => Promise<OpenJpeg>;

/** First component, or luma of the first three (ITU-R BT.601), scaled to 8 bits. */
function toGrey(decoded: Uint8Array, frame: FrameInfo): Uint8Array {
  const { componentCount: components, bitsPerSample, isSigned } = frame;
  if (isSigned || bitsPerSample > 16) throw new Error(`samples of ${bitsPerSample} bits are not read`);
  const wide = bitsPerSample > 8;
  const samples = wide ? new Uint16Array(decoded.slice().buffer) : decoded;
  const scale = 255 / (2 ** bitsPerSample - 1);
  const data = new Uint8Array(frame.width * frame.height);
  if (samples.length < data.length * components) throw new Error('the codec gave too few samples');
  for (let i = 0; i < data.length; i++) {
    const at = i * components;
    const grey =
      components >= 3
        ? (299 * samples[at]! + 587 * samples[at + 1]! + 114 * samples[at + 2]!) / 1000
        : samples[at]!;
    data[i] = Math.round(grey * scale);
  }
  return data;
}

function answer(message: Jpeg2000Answer): void {
  parentPort?.postMessage(message);
}

async function run(bytes: Uint8Array): Promise<void> {
  const load = createRequire(import.meta.url)('@cornerstonejs/codec-openjpeg/decodewasmjs') as Load;
  const silent = (): void => undefined;
  const { J2KDecoder } = await load({ print: silent, printErr: silent });
  answer({ kind: 'ready' });
  const decoder = new J2KDecoder();
  decoder.getEncodedBuffer(bytes.length).set(bytes);
  decoder.decode();
  const frame = decoder.getFrameInfo();
  const data = toGrey(decoder.getDecodedBuffer(), frame);
  answer({ kind: 'picture', width: frame.width, height: frame.height, data });
}

run(workerData as Uint8Array).catch((cause: unknown) => {
  answer({ kind: 'error', message: cause instanceof Error ? cause.message : 'the codec stopped' });
});
