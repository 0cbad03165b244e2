import sharp from 'sharp';
import {
  buildTransaction,
  buildType14Record,
  encodeWsq,
  writeAnsiNist,
} from '../../src/match/print/image/index.ts';

/** Pixels of the pictures made here. */
export const PRINT_SIZE = { width: 256, height: 320 } as const;
const { width, height } = PRINT_SIZE;

/** Curved stripes about as wide as ridges: enough of a picture to be encoded and decoded. */
function stripes(seed: number): Uint8Array {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      data[y * width + x] = 128 + Math.round(90 * Math.sin((x + (y * y) / (90 + seed)) * 0.7));
    }
  }
  return data;
}

/** A picture as PNG at 500 ppi; another seed gives another one. */
export function png(seed: number): Promise<Buffer> {
  return sharp(stripes(seed), { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .withDensity(500)
    .png()
    .toBuffer();
}

export function wsq(seed: number): Uint8Array {
  return encodeWsq({ width, height, ppi: 500, data: stripes(seed) });
}

/** An ANSI/NIST transaction with one rolled Type-14 record for each finger. */
export function transaction(
  fingers: readonly number[],
  text: ReadonlyMap<number, string> = new Map(),
  about: { readonly controlNumber?: string; readonly origin?: string } = {},
): Uint8Array {
  const images = fingers.map((fgp, i) =>
    buildType14Record(wsq(fgp), {
      idc: i + 1,
      fgp,
      imp: 1,
      width,
      height,
      ppi: 500,
      compression: 'wsq',
      source: 'CA0100000',
      captureDate: '20251202',
    }),
  );
  return writeAnsiNist(
    buildTransaction({
      version: '0500',
      transactionType: 'CAR',
      date: '20251202',
      destination: 'CADOJ0000',
      origin: about.origin ?? 'CA0100000',
      controlNumber: about.controlNumber ?? '1001234567890',
      type2: text,
      images,
    }),
  );
}
