import { existsSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import {
  buildShard,
  type Candidate,
  decodeTemplate,
  examine,
  openSearchPool,
  searchShard,
  type Template,
} from '../../match/print/index.ts';
import { type FolderPrint, openPool, printFiles, readPrints } from '../../match/print/tools/folder.ts';
import { shardFiles } from '../../match/print/tools/gallery.ts';
import { resolutionDoubt, resolutionNote } from '../../match/print/tools/notes.ts';
import { output, progress, table } from '../output.ts';
import { count, JOBS, type Json, type ReadOptions, readingOne, threadsFor, usage } from './options.ts';
import { tellProblems } from './problems.ts';
import { about, readFile } from './read.ts';

interface IdentifyOptions extends Json, ReadOptions {
  readonly gallery: string;
  readonly top: number;
  readonly jobs: number;
  readonly exact?: number;
  readonly anyAngle?: boolean;
}

interface Found {
  readonly gallery: number;
  readonly candidates: readonly Candidate[];
  readonly prints: readonly FolderPrint[];
}

const searching = ({ top, exact, anyAngle = false }: IdentifyOptions) => ({
  top,
  anyAngle,
  ...(exact === undefined ? {} : { exact }),
});

async function searchShards(probe: Template, paths: string[], options: IdentifyOptions): Promise<Found> {
  const pool = await openSearchPool(paths, threadsFor(options.jobs, Number.POSITIVE_INFINITY));
  try {
    return { gallery: pool.count, candidates: await pool.search(probe, searching(options)), prints: [] };
  } finally {
    await pool.close();
  }
}

/** Reads a folder of prints into an index that is thrown away afterwards. */
async function searchFolder(probe: Template, paths: string[], options: IdentifyOptions): Promise<Found> {
  const pool = openPool(threadsFor(options.jobs, paths.length));
  try {
    const prints = await readPrints(pool, paths, {}, progress('reading gallery'));
    const shard = buildShard(
      prints.flatMap(({ name, template }) =>
        template ? [{ id: name, template: decodeTemplate(template) }] : [],
      ),
    );
    return { gallery: shard.count, candidates: searchShard(shard, probe, searching(options)), prints };
  } finally {
    await pool.destroy();
  }
}

/** The probe's template; what is doubtful about its resolution is told, as a search at a wrong one finds nothing. */
async function readProbe(file: string, options: ReadOptions): Promise<Template> {
  const print = await readFile(file, options);
  if (print.kind === 'template') return print.template;
  const examination = about(file, () => examine(print.image));
  for (const note of [resolutionNote(print.image), resolutionDoubt(examination)])
    if (note) process.stderr.write(`benchlink: ${file}: ${note}\n`);
  return examination.template;
}

async function identifyCommand(file: string, options: IdentifyOptions): Promise<number> {
  if (!existsSync(options.gallery)) throw usage(`The gallery ${options.gallery} does not exist.`);
  const probe = await readProbe(file, options);
  const shards = shardFiles(options.gallery);
  if (shards.length === 0 && !statSync(options.gallery).isDirectory())
    throw usage(`${options.gallery} is neither a folder nor a shard; a shard is made by prints index.`);
  const paths = shards.length > 0 ? shards : printFiles(options.gallery);
  if (paths.length === 0) throw usage(`${options.gallery} holds no prints and no shards.`);
  const search = shards.length > 0 ? searchShards : searchFolder;
  const { gallery, candidates, prints } = await search(probe, paths, options);
  const rows = candidates.map((c, i) => ({ rank: i + 1, ...c, expectedFalse: c.fmr * gallery }));
  const out = output(options.json ?? false);
  if (out.json) out.data({ probe: file, gallery, candidates: rows });
  else {
    out.line(
      table(
        ['rank', 'print', 'score', 'false match rate <=', 'false ones expected <='],
        rows.map((c) => [
          c.rank,
          c.id,
          c.score.toFixed(4),
          c.fmr.toPrecision(2),
          c.expectedFalse.toPrecision(2),
        ]),
      ),
    );
    out.line(
      `${gallery} prints searched. A search proposes candidates for an examiner; it identifies nobody.`,
    );
  }
  return tellProblems(prints);
}

export function identifySubcommand(prints: Command, done: (code: number) => void): void {
  readingOne(prints.command('identify <probe>'))
    .description('candidates for a print out of a gallery, best first')
    .requiredOption('--gallery <path>', 'a folder of prints, a shard, or a folder of shards')
    .option('--top <k>', 'candidates', count, 10)
    .option('--exact <n>', 'prints of a shard compared exactly; more costs time and loses fewer', count)
    .option('--any-angle', 'also find prints that lie sideways or upside down; takes three times as long')
    .option('--jobs <n>', 'worker threads', count, JOBS)
    .option('--json', 'candidates as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  benchlink prints identify thumb.png --gallery records --top 5\n  benchlink prints identify thumb.png --gallery county.shard --json',
    )
    .action(async (probe, options) => done(await identifyCommand(probe, options)));
}
