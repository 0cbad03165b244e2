import { Worker } from 'node:worker_threads';
import { PrintError } from '../errors.ts';
import { encodeTemplate } from '../template/binary.ts';
import type { Candidate, Template } from '../types.ts';
import { ranked, type SearchOptions } from './search.ts';
import type { SearchAnswer, SearchTask } from './worker.ts';

/** A gallery of shard files, each held and searched by one of several threads. */
export interface SearchPool {
  /** Prints in all shards. */
  readonly count: number;
  /** @throws PrintError where a thread fails or has stopped */
  search(probe: Template, options: SearchOptions): Promise<Candidate[]>;
  close(): Promise<void>;
}

type Settle = {
  readonly resolve: (candidates: readonly Candidate[]) => void;
  readonly reject: (error: Error) => void;
};

/** One thread and the tasks it owes an answer. */
class Searcher {
  readonly #worker: Worker;
  readonly #owed = new Map<number, Settle>();
  #stopped: PrintError | undefined;
  readonly ready: Promise<number>;

  constructor(paths: readonly string[]) {
    const ending = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
    this.#worker = new Worker(new URL(`./worker${ending}`, import.meta.url), { workerData: paths });
    this.ready = new Promise((resolve, reject) => {
      this.#worker.on('message', (message: SearchAnswer) => {
        if (message.kind === 'ready') resolve(message.count);
        else if (message.kind === 'found') this.#settle(message.task)?.resolve(message.candidates);
        else {
          const error = new PrintError(message.code, message.message);
          if (message.task === undefined) reject(error);
          else this.#settle(message.task)?.reject(error);
        }
      });
      const stop = (cause: unknown): void => {
        this.#stopped = new PrintError('PRINT-INDEX', 'A search thread has stopped.', { cause });
        reject(this.#stopped);
        for (const { reject: fail } of this.#owed.values()) fail(this.#stopped);
        this.#owed.clear();
      };
      this.#worker.on('error', stop);
      this.#worker.on('exit', stop);
    });
  }

  #settle(task: number): Settle | undefined {
    const settle = this.#owed.get(task);
    this.#owed.delete(task);
    return settle;
  }

  ask(message: SearchTask): Promise<readonly Candidate[]> {
    if (this.#stopped) return Promise.reject(this.#stopped);
    return new Promise((resolve, reject) => {
      this.#owed.set(message.task, { resolve, reject });
      this.#worker.postMessage(message);
    });
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** Shard files dealt out to `threads` threads in turn. */
function deal(paths: readonly string[], threads: number): string[][] {
  const hands = Array.from({ length: Math.max(1, Math.min(threads, paths.length)) }, (): string[] => []);
  for (const [i, path] of paths.entries()) hands[i % hands.length]!.push(path);
  return hands;
}

/**
 * Opens shard files on threads. A search goes to every thread; their candidates are merged by exact score.
 * @throws PrintError PRINT-INDEX where a shard cannot be read
 */
export async function openSearchPool(paths: readonly string[], threads: number): Promise<SearchPool> {
  const searchers = deal(paths, threads).map((hand) => new Searcher(hand));
  const close = async (): Promise<void> => {
    await Promise.all(searchers.map((searcher) => searcher.stop()));
  };
  const counts = await Promise.all(searchers.map((searcher) => searcher.ready)).catch(
    async (error: unknown) => {
      await close();
      throw error;
    },
  );
  let task = 0;
  return {
    count: counts.reduce((sum, count) => sum + count, 0),
    close,
    async search(probe, options) {
      const message = { task: task++, probe: encodeTemplate(probe), options };
      const found = await Promise.all(searchers.map((searcher) => searcher.ask(message)));
      return ranked(found.flat(), options.top);
    },
  };
}
