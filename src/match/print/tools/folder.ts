import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Piscina } from 'piscina';
import type { ExtractResult, ToolTask } from './worker.ts';

/** File endings that are taken for prints in a folder. */
const PRINT_FILE = /\.(png|tiff?|jpe?g|bmp|wsq|jp2|j2k|an2|an2k|eft|nist)$/i;

export interface FolderTemplate {
  /** File name without its folder. */
  readonly name: string;
  /** Encoded template; null where the picture could not be read. */
  readonly template: Uint8Array | null;
  readonly problem?: { readonly code: string; readonly message: string };
}

export type ToolPool = Piscina<ToolTask, ExtractResult | Float64Array>;

export function openPool(threads: number): ToolPool {
  return new Piscina({
    filename: new URL('./worker.ts', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
  });
}

/** Names of the prints in a folder, sorted by code unit so that every machine agrees. */
export function printFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => PRINT_FILE.test(name))
    .sort((a, b) => (a < b ? -1 : 1));
}

/** Reads every print of a folder into a template. */
export async function readFolder(
  pool: ToolPool,
  folder: string,
  onProgress?: (done: number, of: number) => void,
): Promise<FolderTemplate[]> {
  const names = printFiles(folder);
  let done = 0;
  return Promise.all(
    names.map(async (name) => {
      const result = (await pool.run({
        kind: 'extract',
        bytes: new Uint8Array(readFileSync(join(folder, name))),
      })) as ExtractResult;
      done += 1;
      onProgress?.(done, names.length);
      return result.ok
        ? { name, template: result.template }
        : { name, template: null, problem: { code: result.code, message: result.message } };
    }),
  );
}

export interface PairScore {
  readonly a: string;
  readonly b: string;
  readonly score: number;
}

/** Rows are cut so that every task holds about this many comparisons. */
const PAIRS_PER_TASK = 2000;

/** All pairs of a folder's prints in file order, row by row. A print that cannot be read scores 0 against all. */
export async function* scoreAllPairs(
  pool: ToolPool,
  prints: readonly FolderTemplate[],
): AsyncGenerator<PairScore> {
  const templates = prints.map((print) => print.template);
  const rows = Math.max(1, Math.floor(PAIRS_PER_TASK / Math.max(1, prints.length)));
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
