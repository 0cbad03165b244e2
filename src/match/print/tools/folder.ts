import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Piscina } from 'piscina';
import { type DecodeOptions, sniffFormat } from '../image/index.ts';
import { isTemplate } from './read-print.ts';
import type { ReadResult, ToolTask } from './worker.ts';

/** File endings that are taken for prints in a folder, whatever is in them. */
const PRINT_FILE = /\.(png|tiff?|jpe?g|bmp|wsq|jp2|j2k|jpc|an2|an2k|eft|nist|nst|tpl|fmr)$/i;

export interface FolderPrint {
  /** File name without its folder. */
  readonly name: string;
  /** Encoded template; null where the file could not be read. */
  readonly template: Uint8Array | null;
  readonly minutiae: number;
  /** The file states no plausible resolution; 500 ppi was assumed. */
  readonly ppiAssumed: boolean;
  /** Why the resolution it was read at is probably wrong. */
  readonly doubt?: string;
  readonly problem?: { readonly code: string; readonly message: string };
}

export type ToolPool = Piscina<ToolTask, ReadResult | Float64Array>;

export function openPool(threads: number): ToolPool {
  return new Piscina({
    filename: new URL('./worker.ts', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
  });
}

/** Whether the first bytes of a file are those of a print this library reads; a file that cannot be opened is none. */
function looksLikePrint(path: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return false;
  }
  try {
    const start = new Uint8Array(16);
    const read = readSync(file, start);
    const bytes = start.subarray(0, read);
    return sniffFormat(bytes) !== undefined || isTemplate(bytes);
  } finally {
    closeSync(file);
  }
}

/** Whether a path is a file or leads to one: no folder and nothing that a reader would wait on, as a pipe. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Whether a path is to be read: a link that leads nowhere is, where its name says print, so that it is told. */
function isPrint(folder: string, name: string): boolean {
  const path = join(folder, name);
  if (isFile(path)) return PRINT_FILE.test(name) || looksLikePrint(path);
  return PRINT_FILE.test(name) && !statSync(path, { throwIfNoEntry: false });
}

/**
 * Paths of the prints in a folder itself, by ending or content, sorted by code unit so that every machine agrees.
 * Hidden files, folders within and what is no file are left out.
 */
export function printFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.') && isPrint(folder, name))
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => join(folder, name));
}

async function readFile(pool: ToolPool, path: string, options: DecodeOptions): Promise<FolderPrint> {
  const name = basename(path);
  // A thread that dies on one file must not cost the others.
  const result = (await pool.run({ kind: 'read', path, options }).catch((error: unknown) => ({
    ok: false,
    code: 'SYS-FAULT',
    message: error instanceof Error ? error.message : String(error),
  }))) as ReadResult;
  if (!result.ok) {
    const { code, message } = result;
    return { name, template: null, minutiae: 0, ppiAssumed: false, problem: { code, message } };
  }
  const { ok: _, ...print } = result;
  return { name, ...print };
}

/** Reads files into templates, in their order; one that cannot be read has a problem instead. */
export async function readPrints(
  pool: ToolPool,
  paths: readonly string[],
  options: DecodeOptions = {},
  onProgress?: (done: number, of: number) => void,
): Promise<FolderPrint[]> {
  let done = 0;
  return Promise.all(
    paths.map(async (path) => {
      const print = await readFile(pool, path, options);
      done += 1;
      onProgress?.(done, paths.length);
      return print;
    }),
  );
}

export interface PairScore {
  readonly a: string;
  readonly b: string;
  readonly score: number;
}

/** Rows are cut so that a task holds at least this many comparisons, and a large folder makes about so many tasks. */
const PAIRS_PER_TASK = 2000;
const TASKS = 32;

/**
 * All pairs of a folder's prints in file order, row by row. A print that could not be read is compared as one that
 * shows nothing: its pairs have the lowest score there is.
 */
export async function* scoreAllPairs(
  pool: ToolPool,
  prints: readonly FolderPrint[],
): AsyncGenerator<PairScore> {
  const templates = prints.map((print) => print.template);
  const pairsPerTask = Math.max(PAIRS_PER_TASK, prints.length ** 2 / 2 / TASKS);
  const rows = Math.max(1, Math.floor(pairsPerTask / Math.max(1, prints.length)));
  const pending: { from: number; scores: Promise<Float64Array> }[] = [];
  for (let from = 0; from < prints.length; from += rows) {
    const task: ToolTask = { kind: 'compare', templates, from, to: Math.min(prints.length, from + rows) };
    pending.push({ from, scores: pool.run(task) as Promise<Float64Array> });
  }
  for (const { from, scores } of pending) {
    const values = await scores;
    for (let i = from, at = 0; at < values.length; i++) {
      for (let j = i + 1; j < prints.length; j++, at++)
        yield { a: prints[i]!.name, b: prints[j]!.name, score: values[at]! };
    }
  }
}
