import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { examine, prepare } from '../../src/match/print/index.ts';
import { createRandom } from '../../src/synth/random.ts';
import { CHANGES, type Change } from './changes.ts';
import { type Impression, type Picture, readPictures } from './dataset.ts';
import { errorRates } from './metrics.ts';
import { compareAll, type Outcome, scoresOf } from './pairs.ts';

const SHARED = fileURLToPath(new URL('../../../shared/fvc', import.meta.url));
const SETS = ['fvc2002_db1b', 'fvc2004_db1b'];

interface Read {
  readonly impression: Impression;
  readonly doubted: boolean;
}

/** Reads a picture after the change; each picture draws from a source of its own. */
async function readChanged(
  { set, file, finger, image }: Picture,
  name: string,
  change: Change,
): Promise<Read> {
  const changed = await change(image, createRandom(`changed/${name}/${set}/${file}`));
  const { template, quality } = examine(changed);
  return {
    impression: { set, name: file, finger, template: prepare(template), extractionMs: 0 },
    doubted: quality.reasons.includes('wrong-resolution'),
  };
}

function line(name: string, outcomes: readonly Outcome[], doubted: number): string {
  const { eer, fmr100, fmr1000, zeroFmr } = errorRates(scoresOf(outcomes, true), scoresOf(outcomes, false));
  const cells = [eer, fmr100, fmr1000, zeroFmr].map((rate) => (100 * rate).toFixed(2).padStart(9));
  return `${name.padEnd(38)}${cells.join('')}${String(doubted).padStart(9)}`;
}

/**
 * How errors grow when pictures change: every picture of the sets is changed, then all pairs within each set are
 * compared, one threshold over all: `changed.ts [DIR...]`. Without folders it takes two of the public sample sets.
 * Sets exit code 2 where there is nothing to measure.
 */
export async function main(args: readonly string[]): Promise<void> {
  const folders = args.length > 0 ? args : SETS.map((set) => join(SHARED, set));
  const missing = folders.find((folder) => !existsSync(folder));
  if (missing) {
    console.error(`${missing} does not exist; name folders of FVC-named pictures.`);
    process.exitCode = 2;
    return;
  }
  const sets = await Promise.all(folders.map(readPictures));
  console.log(`${'every picture'.padEnd(38)}      EER   FMR100  FMR1000  zeroFMR  (%)  resolution doubted`);
  for (const [name, change] of Object.entries(CHANGES)) {
    const outcomes: Outcome[] = [];
    let doubted = 0;
    for (const set of sets) {
      const read = await Promise.all(set.map((picture) => readChanged(picture, name, change)));
      outcomes.push(...compareAll(read.map(({ impression }) => impression)));
      doubted += read.filter((one) => one.doubted).length;
    }
    console.log(line(name, outcomes, doubted));
  }
}

if (import.meta.main) await main(process.argv.slice(2));
