import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  compare,
  type Examination,
  examine,
  extract,
  type GreyImage,
  PrintError,
  prepare,
  resize,
  THRESHOLDS,
} from '../../src/match/print/index.ts';
import { type Picture, readPictures } from './dataset.ts';
import { PEER_SETS } from './peers.ts';

const SHARED = fileURLToPath(new URL('../../../shared/fvc', import.meta.url));

/** Shares of its true resolution that a picture states. */
const WRONG = [1, 0.33, 0.4, 0.5, 0.6, 1.67, 2, 2.5, 3.33];
/** Resolutions that pictures are brought down to, and the impressions of each of the first fingers that are. */
const LOWER = [500, 300, 250, 200, 175, 150, 125];
const FINGERS = 5;
const IMPRESSIONS = 3;

/** A picture with its quality; undefined where it is refused as too small or too large. */
function examined(image: GreyImage): Examination | undefined {
  try {
    return examine(image);
  } catch (error) {
    if (error instanceof PrintError) return undefined;
    throw error;
  }
}

/** How many pictures are told as of a wrong resolution when they are read at so much of their own. */
function tellWrong(name: string, pictures: readonly Picture[], share: number): void {
  const read = pictures.flatMap(({ image }) => examined({ ...image, ppi: image.ppi * share }) ?? []);
  const told = read.filter(({ quality }) => quality.reasons.includes('wrong-resolution')).length;
  const periods = read.map(({ measurements }) => measurements.ridgePeriod).filter((period) => period > 0);
  const range = [Math.min(...periods), Math.max(...periods)].map((period) => period.toFixed(1)).join(' to ');
  console.log(
    `${name.padEnd(16)}stated at ${share} of its resolution: told ${told} of ${read.length}, ${periods.length} show a period, ${range} px`,
  );
}

/** Pictures of a lower resolution against full ones of the same finger. */
function compareLower(name: string, pictures: readonly Picture[]): void {
  const fingers = [...new Set(pictures.map(({ finger }) => finger))].slice(0, FINGERS);
  const some = fingers.flatMap((of) => pictures.filter(({ finger }) => finger === of).slice(0, IMPRESSIONS));
  const full = some.map(({ image }) => prepare(extract(image)));
  for (const ppi of LOWER) {
    let [found, of] = [0, 0];
    for (const [i, { finger, image }] of some.entries()) {
      const factor = ppi / image.ppi;
      const size = [Math.round(image.width * factor), Math.round(image.height * factor)] as const;
      const low = prepare(extract(resize(image, ...size, ppi)));
      for (const [j, mate] of full.entries()) {
        if (i === j || some[j]!.finger !== finger) continue;
        of += 1;
        found += Number(compare(low, mate).score >= THRESHOLDS.fmr1000);
      }
    }
    console.log(
      `${name.padEnd(16)}brought to ${ppi} ppi: ${found} of ${of} pairs above the threshold of FMR 0.1 %`,
    );
  }
}

/**
 * What a wrong resolution does and whether it is told: `resolution.ts [DIR...]`. Without folders it takes the public
 * sample sets. Sets exit code 2 where there is nothing to measure.
 */
export async function main(args: readonly string[]): Promise<void> {
  const folders = args.length > 0 ? args : PEER_SETS.map((set) => join(SHARED, set));
  const missing = folders.find((folder) => !existsSync(folder));
  if (missing) {
    console.error(`${missing} does not exist; name folders of FVC-named pictures.`);
    process.exitCode = 2;
    return;
  }
  for (const folder of folders) {
    const pictures = await readPictures(folder);
    for (const share of WRONG) tellWrong(basename(folder), pictures, share);
    compareLower(basename(folder), pictures);
  }
}

if (import.meta.main) await main(process.argv.slice(2));
