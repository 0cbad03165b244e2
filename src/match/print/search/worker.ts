import { parentPort, workerData } from 'node:worker_threads';
import { PrintError, type PrintErrorCode } from '../errors.ts';
import { decodeTemplate } from '../template/binary.ts';
import type { Candidate } from '../types.ts';
import { ranked, type SearchOptions, searchShard } from './search.ts';
import { loadShard } from './shard-file.ts';

export interface SearchTask {
  readonly task: number;
  readonly probe: Uint8Array;
  readonly options: SearchOptions;
}

export type SearchAnswer =
  | { readonly kind: 'ready'; readonly count: number }
  | { readonly kind: 'found'; readonly task: number; readonly candidates: readonly Candidate[] }
  | {
      readonly kind: 'failed';
      readonly task?: number;
      readonly code: PrintErrorCode;
      readonly message: string;
    };

function failure(error: unknown): { readonly code: PrintErrorCode; readonly message: string } {
  return error instanceof PrintError
    ? { code: error.code, message: error.message }
    : { code: 'PRINT-INDEX', message: error instanceof Error ? error.message : 'The search failed.' };
}

function serve(paths: readonly string[], answer: (message: SearchAnswer) => void): void {
  const shards = paths.map((path) => loadShard(path));
  answer({ kind: 'ready', count: shards.reduce((sum, shard) => sum + shard.count, 0) });
  parentPort?.on('message', ({ task, probe, options }: SearchTask) => {
    try {
      const template = decodeTemplate(probe);
      const candidates = shards.flatMap((shard) => searchShard(shard, template, options));
      answer({ kind: 'found', task, candidates: ranked(candidates, options.top) });
    } catch (error) {
      answer({ kind: 'failed', task, ...failure(error) });
    }
  });
}

const answer = (message: SearchAnswer): void => parentPort?.postMessage(message);
try {
  serve(workerData as readonly string[], answer);
} catch (error) {
  answer({ kind: 'failed', ...failure(error) });
}
