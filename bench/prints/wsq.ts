/**
 * WSQ against the reference: node bench/prints/wsq.ts
 * Our decoder beside reference decodings where the shared samples hold them; encode and decode again at 0.75 bits a
 * pixel: size and PSNR, also from the grey picture that the reference's own file was made of.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  decodeImage,
  decodeWsq as decodeStream,
  encodeWsq,
  fingersOf,
  type GreyImage,
  readAnsiNist,
} from '../../src/match/print/index.ts';

const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url));

/** These samples all state their resolution or are at the standard one. */
function decodeWsq(bytes: Uint8Array): GreyImage {
  const { width, height, data, ppi } = decodeStream(bytes);
  return { width, height, data, ppi: ppi ?? 500 };
}

function meanSquare(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, v, i) => sum + (v - b[i]!) ** 2, 0) / a.length;
}

function psnr(a: GreyImage, b: GreyImage): number {
  return 10 * Math.log10(255 ** 2 / meanSquare(a.data, b.data));
}

function largest(a: GreyImage, b: GreyImage): number {
  return a.data.reduce((most, v, i) => Math.max(most, Math.abs(v - b.data[i]!)), 0);
}

function report(name: string, image: GreyImage, reference?: Uint8Array): void {
  const bytes = encodeWsq(image);
  const back = decodeWsq(bytes);
  const bits = (8 * bytes.length) / (image.width * image.height);
  const beside = reference ? `; the reference's file ${reference.length} bytes` : '';
  console.log(
    `${name}: ${image.width} x ${image.height}, encoded ${bytes.length} bytes (${bits.toFixed(3)} bits a pixel), PSNR ${psnr(image, back).toFixed(2)} dB${beside}`,
  );
}

const wsq = readFileSync(join(SHARED, 'wsq/sample.wsq'));
const [ours, reference] = [decodeWsq(wsq), await decodeImage(readFileSync(join(SHARED, 'wsq/sample.png')))];
console.log(`sample.wsq against the reference's decoding: largest difference ${largest(ours, reference)}`);
report('sample.png', reference, wsq);
for (const name of readdirSync(join(SHARED, 'an2'))) {
  const fingers = fingersOf(readAnsiNist(readFileSync(join(SHARED, 'an2', name))), () => true);
  for (const finger of fingers) {
    if (finger.compression !== 'wsq' || finger.fgp > 1) continue;
    report(`${name} finger ${finger.fgp} (decoded, encoded again)`, decodeWsq(finger.data), finger.data);
  }
}
const fvc = join(SHARED, 'fvc/fvc2002_db1b');
if (existsSync(fvc)) {
  for (const name of readdirSync(fvc)
    .filter((file) => file.includes('_1.'))
    .slice(0, 3))
    report(`fvc2002_db1b/${name}`, await decodeImage(readFileSync(join(fvc, name))));
}
