/**
 * Damaged files by the thousand: node bench/prints/fuzz.ts [count]
 * Prints how each ended, the slowest, and the most memory the process held. Ends with 1 where one crashed, took over
 * two seconds, or memory grew by over 256 MB.
 */
import sharp from 'sharp';
import { PrintError } from '../../src/match/print/errors.ts';
import {
  buildTransaction,
  buildType14Record,
  decodeImage,
  encodeWsq,
  writeAnsiNist,
} from '../../src/match/print/image/index.ts';
import { mutate, whorl } from '../../test/match/print/image/pictures.ts';

const count = Number(process.argv[2] ?? 10_000);
const print = whorl(300, 320);
const wsq = encodeWsq(print);
const { width, height, data } = print;
const png = await sharp(data, { raw: { width, height, channels: 1 } })
  .toColourspace('b-w')
  .withDensity(500)
  .png()
  .toBuffer();
const picture = buildType14Record(wsq, {
  idc: 1,
  fgp: 1,
  imp: 1,
  width,
  height,
  ppi: 500,
  compression: 'wsq',
  source: 'CA0000000',
  captureDate: '20260102',
});
const ansiNist = writeAnsiNist(
  buildTransaction({
    version: '0500',
    transactionType: 'FVR',
    date: '20260102',
    destination: 'DEST00000',
    origin: 'CA0000000',
    controlNumber: '1',
    type2: new Map([[18, 'DOE,JOHN']]),
    images: [picture],
  }),
);

let bad = 0;
for (const [name, bytes] of Object.entries({ wsq, png, 'ansi-nist': ansiNist })) {
  const ends = new Map<string, number>();
  const before = process.memoryUsage().rss;
  let slowest = 0;
  let most = before;
  for (let seed = 0; seed < count; seed++) {
    const damaged = mutate(bytes, seed);
    const started = performance.now();
    const end = await decodeImage(damaged, { finger: 1 }).then(
      () => 'picture',
      (error: unknown) => (error instanceof PrintError ? error.code : `CRASH ${String(error)}`),
    );
    const took = performance.now() - started;
    slowest = Math.max(slowest, took);
    most = Math.max(most, process.memoryUsage().rss);
    ends.set(end, (ends.get(end) ?? 0) + 1);
    if (end.startsWith('CRASH') || took > 2000) bad++;
  }
  const grown = (most - before) / 2 ** 20;
  if (grown > 256) bad++;
  console.log(`${name}: ${count} mutations of ${bytes.length} bytes`);
  console.log(`  ${[...ends].map(([end, n]) => `${end} ${n}`).join(', ')}`);
  console.log(`  slowest ${slowest.toFixed(0)} ms, memory grew by at most ${grown.toFixed(0)} MB`);
}
process.exitCode = bad > 0 ? 1 : 0;
