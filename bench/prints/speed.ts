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

function drawnPrints(): { images: ReturnType<typeof drawImpression>[]; templates: PreparedTemplate[] } {
  const images = Array.from({ length: FINGERS }, (_, k) => drawMaster(`speed-${k}`)).flatMap((master) =>
    [1, 2].map((n) => drawImpression(master, n, { width: 388, height: 374 })),
  );
  return { images, templates: images.map((image) => prepare(extract(image))) };
}

/** Comparisons a second over all pairs of a set, the first round to warm up. */
function comparisonsPerSecond(templates: readonly PreparedTemplate[]): { wall: number; processor: number } {
  const round = (): number => {
    let count = 0;
    for (const [k, a] of templates.entries()) {
      for (const b of templates.slice(k + 1)) {
        compare(a, b);
        count++;
      }
    }
    return count;
  };
  round();
  const rounds = Math.ceil(12_000 / ((templates.length * (templates.length - 1)) / 2));
  const started = performance.now();
  let count = 0;
  const processor = processorMs(() => {
    for (let k = 0; k < rounds; k++) count += round();
  });
  return { wall: (count / (performance.now() - started)) * 1000, processor: (count / processor) * 1000 };
}

/** `npm run bench -- prints`: extraction, comparison and template size on one core. */
export async function main(): Promise<void> {
  console.log(`${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, one core`);
  const { images, templates } = drawnPrints();
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
  const sets: [string, readonly PreparedTemplate[]][] = [['drawn prints', templates]];
  if (existsSync(SHARED)) {
    const real = await loadSet(SHARED);
    console.log(
      `extraction of ${join('fvc', 'fvc2002_db1b')}: median ${median(real.map((i) => i.extractionMs)).toFixed(1)} ms`,
    );
    sets.push(['fvc2002_db1b', real.map((i) => i.template)]);
  }
  for (const [name, set] of sets) {
    const { wall, processor: busy } = comparisonsPerSecond(set);
    const bytes = median(set.map((t) => encodeTemplate(t.template).length));
    console.log(
      `${name}: ${wall.toFixed(0)} comparisons/s (${busy.toFixed(0)} per processor second), template median ${bytes} bytes`,
    );
  }
}
