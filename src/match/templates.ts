import { Piscina } from 'piscina';
import { getPrint, type PrintRow, type Store, setTemplate } from '../store/index.ts';
import { ALGORITHM_VERSION, decodeTemplate, prepare } from './print/index.ts';
import type { ReadyPrint } from './print-evidence.ts';
import type { TemplateResult, TemplateTask } from './template-worker.ts';

/** Makes templates of prints in worker threads and keeps them, so that each image is read once. */
export class TemplateMaker {
  readonly #store: Store;
  readonly #pool: Piscina<TemplateTask, TemplateResult>;
  readonly #version = String(ALGORITHM_VERSION);

  constructor(store: Store, threads: number) {
    this.#store = store;
    this.#pool = new Piscina({
      filename: new URL('./template-worker.ts', import.meta.url).href,
      minThreads: 1,
      maxThreads: threads,
      idleTimeout: 2000,
    });
  }

  /** Templates for all of `rows` that have none of this version; one transaction for the lot. */
  async ensure(rows: readonly PrintRow[]): Promise<void> {
    const missing = rows.filter((row) => row.template_version !== this.#version && row.purged_at === null);
    const results = await Promise.all(missing.map((row) => this.#make(row)));
    if (missing.length === 0) return;
    await this.#store.transaction('match', async (unit) => {
      for (const [i, row] of missing.entries()) {
        const result = results[i]!;
        await setTemplate(unit, row.id, {
          quality: result.ok ? result.quality : null,
          templateSha256: result.ok ? this.#store.blobs.put(result.template) : null,
          templateVersion: this.#version,
          ...(result.ok ? {} : { problem: result.code }),
        });
      }
    });
  }

  #make(row: PrintRow): Promise<TemplateResult> {
    const { width, height, ppi } = row;
    const bytes = new Uint8Array(this.#store.blobs.get(row.image_sha256));
    return this.#pool.run({ bytes, rawDimensions: { width, height, ppi } });
  }

  /** The prints that can be compared, ready for it. */
  async ready(rows: readonly PrintRow[]): Promise<ReadyPrint[]> {
    await this.ensure(rows);
    const ready: ReadyPrint[] = [];
    for (const { id } of rows) {
      const row = await getPrint(this.#store.db, id);
      if (!row?.template_sha256) continue;
      const template = prepare(decodeTemplate(this.#store.blobs.get(row.template_sha256)));
      ready.push({ id, finger: row.finger, quality: row.quality ?? 0, template });
    }
    return ready;
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }
}
