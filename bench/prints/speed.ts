import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  compare,
  encodeTemplate,
  extract,
  type PreparedTemplate,
  prepare,
} from '../../src/match/print/index.ts';
import { drawImpression, drawMaster } from '../../src/synth/prints/index.ts';
import { loadSet } from './dataset.ts';

const FINGERS = 12;
const SHARED = fileURLToPath(new URL('../../../shared/fvc/fvc2002_db1b', import.meta.url));

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** Processor milliseconds of a piece of work: what it would take on an idle core. */
function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** A print that is compared with the others of its set. */
interface Print {
  readonly finger: string;
  readonly template: PreparedTemplate;
}

function drawnPrints(): { images: ReturnType<typeof drawImpression>[]; prints: Print[] } {
  const images = Array.from({ length: FINGERS }, (_, k) => drawMaster(`speed-${k}`)).flatMap((master) =>
    [1, 2].map((n) => drawImpression(master, n, { width: 388, height: 374 })),
  );
  const prints = images.map((image, k) => ({ finger: `${k >> 1}`, template: prepare(extract(image)) }));
  return { images, prints };
}

interface Rate {
  /** Pairs, and those of the same finger among them. */
  readonly pairs: number;
  readonly genuine: number;
  /** Comparisons a second by the clock, and a second of processor time. */
  readonly wall: number;
  readonly processor: number;
}

/** Comparisons a second over all pairs of a set, the first round to warm up. */
function comparisonsPerSecond(prints: readonly Print[]): Rate {
  const pairs = prints.flatMap((a, k) => prints.slice(k + 1).map((b) => [a, b] as const));
  const round = (): void => {
    for (const [a, b] of pairs) compare(a.template, b.template);
  };
  round();
  const rounds = Math.ceil(24_000 / pairs.length);
  const started = performance.now();
  const processor = processorMs(() => {
    for (let k = 0; k < rounds; k++) round();
  });
  const count = rounds * pairs.length;
  return {
    pairs: pairs.length,
    genuine: pairs.filter(([a, b]) => a.finger === b.finger).length,
    wall: (count / (performance.now() - started)) * 1000,
    processor: (count / processor) * 1000,
  };
}

/** `npm run bench -- prints`: extraction, comparison and template size on one core. */
export async function main(): Promise<void> {
  console.log(`${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, one core`);
  const { images, prints } = drawnPrints();
  const times = images.map((image) => {
    const started = performance.now();
    extract(image);
    return performance.now() - started;
  });
  const processor = processorMs(() => {
    for (const image of images) extract(image);
  });
  console.log(
    `extraction of a drawn 388 x 374 print: median ${median(times).toFixed(1)} ms, processor time mean ${(processor / images.length).toFixed(1)} ms`,
  );
  const sets: [string, readonly Print[]][] = [['drawn prints', prints]];
  if (existsSync(SHARED)) {
    const real = await loadSet(SHARED);
    console.log(
      `extraction of ${join('fvc', 'fvc2002_db1b')}: median ${median(real.map((i) => i.extractionMs)).toFixed(1)} ms`,
    );
    sets.push(['fvc2002_db1b', real]);
  }
  for (const [name, set] of sets) {
    const { pairs, genuine, wall, processor: busy } = comparisonsPerSecond(set);
    const bytes = median(set.map(({ template }) => encodeTemplate(template.template).length));
    console.log(
      `${name}: ${wall.toFixed(0)} comparisons/s (${busy.toFixed(0)} per processor second) over all pairs, ${genuine} of ${pairs} of the same finger; template median ${bytes} bytes`,
    );
  }
}
