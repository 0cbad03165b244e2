import { Piscina } from 'piscina';
import {
  forgetPurgedEntries,
  getPrint,
  hasPurgedEntries,
  type PrintRow,
  pageUnindexed,
  type Store,
  setIndexEntry,
  setTemplate,
} from '../store/index.ts';
import { PAGE_SIZE } from './parameters.ts';
import { ALGORITHM_VERSION, decodeTemplate, INDEX_VERSION, prepare } from './print/index.ts';
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
    await this.#makeAll(
      rows.filter((row) => row.template_version !== this.#version && row.purged_at === null),
    );
  }

  /** Templates and index entries of every prior-record print that lacks them; entries of purged prints go. */
  async ensureGallery(): Promise<void> {
    if (await hasPurgedEntries(this.#store.db)) await this.#store.transaction('match', forgetPurgedEntries);
    const current = { template: this.#version, index: INDEX_VERSION };
    for (let after = ''; ; ) {
      const rows = await pageUnindexed(this.#store.db, current, after, PAGE_SIZE);
      await this.#makeAll(rows);
      const last = rows.at(-1);
      if (!last || rows.length < PAGE_SIZE) return;
      after = last.id;
    }
  }

  async #makeAll(rows: readonly PrintRow[]): Promise<void> {
    if (rows.length === 0) return;
    const results = await Promise.all(rows.map((row) => this.#pool.run(this.#taskOf(row))));
    await this.#store.transaction('match', async (unit) => {
      for (const [i, row] of rows.entries()) {
        const result = results[i]!;
        await setTemplate(unit, row.id, {
          quality: result.ok ? result.quality : null,
          templateSha256: result.ok ? this.#store.blobs.put(result.template) : null,
          templateVersion: this.#version,
          ...(result.ok ? {} : { problem: result.code }),
        });
        if (result.ok && result.entry)
          await setIndexEntry(unit, row.id, { version: INDEX_VERSION, entry: result.entry });
      }
    });
  }

  /** A print whose template is of this version lacks its index entry alone. */
  #taskOf(row: PrintRow): TemplateTask {
    const indexed = row.purpose === 'prior-record';
    if (row.template_version === this.#version && row.template_sha256) {
      const bytes = new Uint8Array(this.#store.blobs.get(row.template_sha256));
      return { kind: 'template', bytes, quality: row.quality ?? 0, indexed };
    }
    const { width, height, ppi } = row;
    const bytes = new Uint8Array(this.#store.blobs.get(row.image_sha256));
    return { kind: 'image', bytes, rawDimensions: { width, height, ppi }, indexed };
  }

  /** The prints that can be compared, ready for it. */
  async ready(rows: readonly PrintRow[]): Promise<ReadyPrint[]> {
    await this.ensure(rows);
    const ready: ReadyPrint[] = [];
    for (const { id } of rows) {
      const row = await getPrint(this.#store.db, id);
      if (!row?.template_sha256) continue;
      const template = prepare(decodeTemplate(this.#store.blobs.get(row.template_sha256)));
      ready.push({ id, purpose: row.purpose, finger: row.finger, quality: row.quality ?? 0, template });
    }
    return ready;
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }
}
