import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import {
  fileModel,
  type LinkedPair,
  type LinkFiles,
  linkFiles,
  trainOnFiles,
} from '../../src/match/link/index.ts';
import { estimate } from '../../src/match/link/train/em.ts';
import { PatternCounter } from '../../src/match/link/train/patterns.ts';
import { counties } from './counties.ts';
import { entityOf, FEBRL_ADDRESS, FEBRL_ALL, FEBRL_NAMES, openCsv } from './files.ts';
import { scoreAt, scoreLine, THRESHOLDS } from './score.ts';

/** Where the shared datasets lie; another folder may be given as the first argument. */
const FOLDER = join(import.meta.dirname, '../../../shared/linkage');
/** What an independent linker with term frequency found with names and birth date, as the issue states it. */
const INDEPENDENT =
  'Names and birth date, an independent linker with term frequency (from the issue): recall 74.0 %';

const CASES = [
  ['names and birth date', FEBRL_NAMES],
  ['with the address', FEBRL_ADDRESS],
  ['with the social security number', FEBRL_ALL],
] as const;

const sameEntity = ({ idA, idB }: LinkedPair): boolean => entityOf(idA) === entityOf(idB);

/** Pairs that agree exactly on name and birth date: what an exact key finds. */
function exactPairs({ left, right }: LinkFiles): LinkedPair[] {
  const key = (table: LinkFiles['left'], row: number) => {
    const parts = [table.given.at(row), table.surname.at(row), table.dob.at(row)];
    return parts.includes(0) ? undefined : parts.join(' ');
  };
  const rows = Map.groupBy(right.ids.keys(), (row) => key(right, row));
  return left.ids.flatMap((idA, row) => {
    const mine = key(left, row);
    const same = mine === undefined ? [] : (rows.get(mine) ?? []);
    return same
      .filter((j) => left !== right || j > row)
      .map((j) => ({ idA, idB: right.ids[j] as string, probability: 1 }));
  });
}

function report(label: string, files: LinkFiles, truePairs: number): void {
  console.log(scoreLine(`${label}, exact key`, scoreAt(1, exactPairs(files), sameEntity, truePairs)));
  const trained = trainOnFiles(files, fileModel(), { name: 'these files', on: 'these files' });
  for (const [name, model] of [['without training', fileModel()] as const, ['trained', trained] as const]) {
    const { pairs } = linkFiles(files, model, 0.01);
    for (const threshold of THRESHOLDS)
      console.log(scoreLine(`${label}, ${name}`, scoreAt(threshold, pairs, sameEntity, truePairs)));
  }
}

async function febrl(folder: string): Promise<void> {
  const file = (name: string) => join(folder, name);
  console.log('Febrl 4: 5,000 people in two files');
  for (const [label, columns] of CASES) {
    const files = await openCsv(columns, file('febrl-dataset4a.csv'), file('febrl-dataset4b.csv'));
    const ours = new Set(files.left.ids.map(entityOf));
    report(label, files, files.right.ids.filter((id) => ours.has(entityOf(id))).length);
  }
  console.log(INDEPENDENT);
  console.log('Febrl 3: 2,000 people, 5,000 records in one file');
  for (const [label, columns] of CASES) {
    const files = await openCsv(columns, file('febrl-dataset3.csv'));
    const sizes = [...Map.groupBy(files.left.ids, entityOf).values()];
    report(
      label,
      files,
      sizes.reduce((sum, { length: n }) => sum + (n * (n - 1)) / 2, 0),
    );
  }
}

/** m and u the vectors were drawn with. */
const KNOWN = { m: [0.7, 0.9, 0.95], u: [0.1, 0.025, 0.2] } as const;

async function knownParameters(folder: string): Promise<void> {
  const counter = new PatternCounter([2, 2, 2]);
  const rows = createReadStream(join(folder, 'known-params-comparison-vectors.csv')).pipe(
    parse({ columns: true }),
  );
  for await (const row of rows as AsyncIterable<Record<string, string>>) {
    const gammas = [row.gamma_col_1, row.gamma_col_2, row.gamma_col_3];
    counter.add(
      Uint8Array.from(gammas, (gamma) => (gamma === '1' ? 1 : 2)),
      new Set(),
    );
  }
  const both = (chance: number) => KNOWN.m.map(() => [chance, 1 - chance]);
  const start = { startM: both(0.9), startU: both(0.1), startShare: 0.3, learnU: true, priorPairs: 0 };
  const { m, u } = estimate(counter.patterns(), start);
  console.log(`Known m and u, ${counter.total} vectors`);
  KNOWN.m.forEach((known, f) => {
    const [gotM, gotU] = [m[f]?.[0] ?? 0, u[f]?.[0] ?? 0];
    console.log(
      `  field ${f + 1}: m ${known} found ${gotM.toFixed(4)}; u ${KNOWN.u[f]} found ${gotU.toFixed(4)}`,
    );
  });
}

/** Accuracy of linkage: `npm run accuracy -- link [FOLDER] [--counties]`. `--counties` leaves out the shared files. */
export async function main(args: readonly string[]): Promise<void> {
  const folder = args.find((arg) => !arg.startsWith('--')) ?? FOLDER;
  if (!args.includes('--counties')) {
    if (existsSync(join(folder, 'febrl-dataset4a.csv'))) {
      await febrl(folder);
      await knownParameters(folder);
    } else console.log(`No Febrl files in ${folder}: left out.`);
  }
  if (!args.includes('--febrl')) await counties();
}
