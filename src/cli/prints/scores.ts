import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
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
  count,
  decodeOptions,
  JOBS,
  type Json,
  type ReadOptions,
  reading,
  tellProblems,
  usage,
} from './options.ts';

interface ScoresOptions extends Json, ReadOptions {
  readonly out: string;
  readonly jobs: number;
}

/** Writes a row a pair; a score is written in full, so that it can be read back exactly. */
async function writeScores(pool: ToolPool, prints: readonly FolderPrint[], path: string): Promise<number> {
  const file = createWriteStream(path);
  await once(file, 'open');
  file.write('a,b,score\n');
  const show = progress('comparing');
  const of = (prints.length * (prints.length - 1)) / 2;
  let done = 0;
  for await (const { a, b, score } of scoreAllPairs(pool, prints)) {
    // A name may hold a comma.
    if (!file.write(stringify([[a, b, String(score)]]))) await once(file, 'drain');
    done += 1;
    show(done, of);
  }
  file.end();
  await once(file, 'finish');
  return done;
}

async function scoresCommand(folder: string, options: ScoresOptions): Promise<number> {
  const paths = printFiles(folder);
  if (paths.length === 0) throw usage(`${folder} holds no prints.`);
  const pool = openPool(Math.min(options.jobs, paths.length));
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
