/**
 * Damaged files by the thousand: node bench/prints/fuzz.ts [count] [format ...]
 * Prints how each ended, the slowest, and the most memory the process held beyond what it began with. Ends with 1
 * where one crashed, took over two seconds, or memory grew by over 256 MB. Formats whose codec starts a thread for
 * each file (JPEG 2000) get a twentieth of the count; TIFF, JPEG and BMP a fifth.
 */
import sharp from 'sharp';
import { PrintError } from '../../src/match/print/errors.ts';
import { decodeImage } from '../../src/match/print/image/index.ts';
import { encodeAs } from '../../src/match/print/tools/write-image.ts';
import { mutate, whorl } from '../../test/match/print/image/pictures.ts';

const LIMIT_MS = 2000;
const LIMIT_MB = 256;
/** So long without an answer is a hang even where it takes no processor time. */
const HANG_MS = 20_000;
const FACTS = { finger: 1, impression: 1, agency: 'CA0000000', controlNumber: '1', date: '20260102' };
/** Share of the count each format gets. */
const SHARES: Readonly<Record<string, number>> = {
  wsq: 1,
  png: 1,
  an2: 1,
  tif: 0.2,
  jpg: 0.2,
  bmp: 0.2,
  jp2: 0.05,
};

interface Outcome {
  readonly ends: Map<string, number>;
  slowest: number;
  mostMb: number;
  bad: number;
}

const megabytes = (): number => process.memoryUsage().rss / 2 ** 20;

async function fuzz(bytes: Uint8Array, count: number): Promise<Outcome> {
  const outcome: Outcome = { ends: new Map(), slowest: 0, mostMb: 0, bad: 0 };
  const before = megabytes();
  for (let seed = 0; seed < count; seed++) {
    const damaged = mutate(bytes, seed);
    const started = performance.now();
    const processor = process.cpuUsage();
    const end = await decodeImage(damaged).then(
      () => 'picture',
      (error: unknown) => (error instanceof PrintError ? error.code : `CRASH ${String(error)}`),
    );
    const { user, system } = process.cpuUsage(processor);
    // On a busy machine a file waits for the processor; what it uses tells a hang from a wait, unless it only waits.
    const wall = performance.now() - started;
    const took = wall > HANG_MS ? wall : Math.min(wall, (user + system) / 1000);
    outcome.slowest = Math.max(outcome.slowest, took);
    outcome.mostMb = Math.max(outcome.mostMb, megabytes() - before);
    outcome.ends.set(end, (outcome.ends.get(end) ?? 0) + 1);
    if (end.startsWith('CRASH') || took > LIMIT_MS) {
      outcome.bad++;
      console.log(`  seed ${seed}: ${end}, ${took.toFixed(0)} ms`);
    }
  }
  if (outcome.mostMb > LIMIT_MB) outcome.bad++;
  return outcome;
}

const [wanted = '10000', ...formats] = process.argv.slice(2);
const print = whorl(300, 320);
sharp.concurrency(1);
let bad = 0;
for (const [format, share] of Object.entries(SHARES)) {
  if (formats.length > 0 && !formats.includes(format)) continue;
  const count = Math.ceil(Number(wanted) * share);
  const bytes = await encodeAs(print, format, FACTS);
  const outcome = await fuzz(bytes, count);
  bad += outcome.bad;
  console.log(`${format}: ${count} mutations of ${bytes.length} bytes`);
  console.log(`  ${[...outcome.ends].map(([end, n]) => `${end} ${n}`).join(', ')}`);
  console.log(
    `  slowest ${outcome.slowest.toFixed(0)} ms, memory grew by at most ${outcome.mostMb.toFixed(0)} MB`,
  );
}
console.log(bad > 0 ? `${bad} failed` : 'none crashed, hung or grew too large');
process.exitCode = bad > 0 ? 1 : 0;
