import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { loadShard, mergeShards, type Shard, saveShard } from '../../match/print/index.ts';
import { enrolFiles } from '../../match/print/tools/enrol.ts';
import { type FolderPrint, openPool, printFiles } from '../../match/print/tools/folder.ts';
import { isShardFile } from '../../match/print/tools/gallery.ts';
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

interface EnrolOptions extends Json, ReadOptions {
  readonly out: string;
  readonly jobs: number;
  readonly replace?: boolean;
  readonly without?: string;
}

/** Files to be read: those of folders, and files named one by one. */
function filesOf(sources: readonly string[]): string[] {
  return sources.flatMap((source) => (statSync(source).isDirectory() ? printFiles(source) : [source]));
}

/** Of files of one name the last. */
function lastOfName(files: readonly string[]): string[] {
  return [...new Map(files.map((path) => [basename(path), path])).values()];
}

/** Stops where two prints are named alike and nothing says which is to stand. */
function assertApart(files: readonly string[], shards: readonly Shard[]): void {
  const names = new Set<string>();
  const add = (name: string): void => {
    if (names.has(name))
      throw usage(`Two prints are named ${name}: rename one, or let the later one stand with --replace.`);
    names.add(name);
  };
  for (const path of files) add(basename(path));
  for (const shard of shards) for (let at = 0; at < shard.count; at++) add(shard.id(at));
}

/** Ids one a line. */
function readIds(file: string | undefined): Set<string> {
  if (!file) return new Set();
  return new Set(readFileSync(file, 'utf8').split(/\r?\n/).filter(Boolean));
}

/** Shards as one. With `replace` a print of a later shard takes the place of an earlier one of its name. */
function join(shards: readonly Shard[], without: ReadonlySet<string>, replace: boolean): Shard {
  if (!replace) return mergeShards(shards, { without });
  const gone = new Set(without);
  const newest: Shard[] = [];
  for (const shard of shards.toReversed()) {
    newest.unshift(mergeShards([shard], { without: new Set(gone) }));
    for (let at = 0; at < shard.count; at++) gone.add(shard.id(at));
  }
  return mergeShards(newest);
}

async function enrolCommand(sources: readonly string[], options: EnrolOptions): Promise<number> {
  const missing = sources.find((source) => !existsSync(source));
  if (missing) throw usage(`${missing} does not exist.`);
  const shards = sources.filter(isShardFile).map((path) => loadShard(path));
  const files = filesOf(sources.filter((source) => !isShardFile(source)));
  if (!options.replace) assertApart(files, shards);
  if (shards.length === 0 && files.length === 0) throw usage(`${sources.join(', ')}: no prints found.`);
  assertWritable(options.out);
  const pool = openPool(threadsFor(options.jobs, files.length));
  const problems: FolderPrint[] = [];
  try {
    const enrolled = await enrolFiles(pool, lastOfName(files), {
      read: decodeOptions(options),
      partsBeside: options.out,
      onProgress: progress('enrolling'),
      onPrint: (print) => {
        if (print.problem || print.minutiae === 0 || print.ppiAssumed || print.doubt)
          problems.push({ ...print, template: null });
      },
    });
    const whole = join([...shards, ...enrolled.shards], readIds(options.without), options.replace ?? false);
    saveShard(whole, options.out);
    const { size } = statSync(options.out);
    const unreadable = problems.filter((print) => print.problem);
    const out = output(options.json ?? false);
    if (out.json)
      out.data({
        out: options.out,
        prints: whole.count,
        enrolled: files.length - unreadable.length,
        bytes: size,
        indexBytesAPrint: whole.count === 0 ? 0 : whole.entries.length / whole.count,
        unreadable: unreadable.map(({ name, problem }) => ({ name, ...problem })),
        ...resolutions(problems),
      });
    else out.line(`${options.out}: ${whole.count} prints, ${size} bytes`);
    enrolled.close();
    return tellProblems(problems);
  } finally {
    for (const shard of shards) shard.close();
    await pool.destroy();
  }
}

export function enrolSubcommand(prints: Command, done: (code: number) => void): void {
  reading(prints.command('index <sources...>'))
    .description(
      'build a search index of folders, prints and other shards: a new one, a merged one, a longer one',
    )
    .requiredOption('--out <shard>', 'where the shard goes; may be one of the sources')
    .option('--replace', 'of two prints of one name keep that of the later source')
    .option('--without <file>', 'leave out the names in this file, one a line')
    .option('--jobs <n>', 'worker threads', count, JOBS)
    .option('--json', 'a summary as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  benchlink prints index records --out county.shard\n  benchlink prints index county.shard new-records --out county.shard',
    )
    .action(async (sources, options) => done(await enrolCommand(sources, options)));
}
