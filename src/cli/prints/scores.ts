import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { stringify } from 'csv-stringify/sync';
import {
  type FolderPrint,
  openPool,
  printFiles,
  readPrints,
  scoreAllPairs,
  type ToolPool,
} from '../../match/print/tools/folder.ts';
import { output, progress } from '../output.ts';
import {
  assertWritable,
  count,
  decodeOptions,
  JOBS,
  type Json,
  type ReadOptions,
  reading,
  threadsFor,
  usage,
} from './options.ts';
import { resolutions, tellProblems } from './problems.ts';

interface ScoresOptions extends Json, ReadOptions {
  readonly out: string;
  readonly jobs: number;
}

/** Writes a row a pair; a score is written in full, so that it can be read back exactly. */
async function writeScores(pool: ToolPool, prints: readonly FolderPrint[], path: string): Promise<number> {
  const show = progress('comparing');
  const of = (prints.length * (prints.length - 1)) / 2;
  let done = 0;
  async function* rows(): AsyncGenerator<string> {
    yield 'a,b,score\n';
    for await (const { a, b, score } of scoreAllPairs(pool, prints)) {
      // A name may hold a comma.
      yield stringify([[a, b, String(score)]]);
      done += 1;
      show(done, of);
    }
  }
  await pipeline(rows, createWriteStream(path));
  return done;
}

async function scoresCommand(folder: string, options: ScoresOptions): Promise<number> {
  const paths = printFiles(folder);
  if (paths.length === 0) throw usage(`${folder} holds no prints; folders within it are not looked into.`);
  assertWritable(options.out);
  const pool = openPool(threadsFor(options.jobs, paths.length));
  try {
    const prints = await readPrints(pool, paths, decodeOptions(options), progress('reading prints'));
    const pairs = await writeScores(pool, prints, options.out);
    const unreadable = prints.filter((print) => print.problem);
    const out = output(options.json ?? false);
    if (out.json)
      out.data({
        out: options.out,
        prints: prints.length,
        pairs,
        unreadable: unreadable.map(({ name, problem }) => ({ name, ...problem })),
        ...resolutions(prints),
      });
    else
      out.line(`${pairs} pairs of ${prints.length} prints, ${unreadable.length} unreadable: ${options.out}`);
    return tellProblems(prints);
  } finally {
    await pool.destroy();
  }
}

export function scoresSubcommand(prints: Command, done: (code: number) => void): void {
  reading(prints.command('scores <dir>'))
    .description('compare all pairs of prints in a folder; an unreadable one gets the lowest score there is')
    .requiredOption('--out <csv>', 'where the scores go: a,b,score')
    .option('--jobs <n>', 'worker threads', count, JOBS)
    .option('--json', 'a summary as JSON')
    .addHelpText('after', '\nExample:\n  benchlink prints scores DB1_B --out scores.csv')
    .action(async (dir, options) => done(await scoresCommand(dir, options)));
}
