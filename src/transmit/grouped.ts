import type { Store, Unit } from '../store/index.ts';
import { GROUP_LIMIT } from './parameters.ts';

type Work<T> = (unit: Unit) => Promise<T>;
interface Job {
  readonly work: Work<unknown>;
  readonly done: (value: unknown) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Lets small units of work that arrive together share one transaction and one fsync. A unit that fails takes
 * nothing with it: the others are run again apart.
 */
export class Grouped {
  readonly #store: Store;
  readonly #actor: string;
  #waiting: Job[] = [];
  #running = false;

  constructor(store: Store, actor: string) {
    this.#store = store;
    this.#actor = actor;
  }

  run<T>(work: Work<T>): Promise<T> {
    const promise = new Promise<unknown>((done, failed) => {
      this.#waiting.push({ work, done, failed });
    });
    if (!this.#running) {
      this.#running = true;
      void this.#drain();
    }
    return promise as Promise<T>;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      // One turn of the event loop lets everything that arrived during the last fsync join.
      await new Promise((resolve) => setImmediate(resolve));
      await this.#together(this.#waiting.splice(0, GROUP_LIMIT));
    }
    this.#running = false;
  }

  async #together(jobs: readonly Job[]): Promise<void> {
    try {
      const values = await this.#store.transaction(this.#actor, async (unit) => {
        const results: unknown[] = [];
        for (const job of jobs) results.push(await job.work(unit));
        return results;
      });
      jobs.forEach((job, i) => {
        job.done(values[i]);
      });
    } catch (error) {
      if (jobs.length === 1) jobs[0]?.failed(error);
      else for (const job of jobs) await this.#together([job]);
    }
  }
}
