import { Piscina } from 'piscina';
import { fingerSide, mayCompare, sameFinger } from '../domain/index.ts';
import { BenchlinkError } from '../errors.ts';
import { galleryPrints, pageIndex, type Store } from '../store/index.ts';
import { EntryList } from './entry-list.ts';
import { CANDIDATES_KEPT, INDEX_PAGE, MAX_EXPECTED_FALSE_CANDIDATES } from './parameters.ts';
import {
  ALGORITHM_VERSION,
  ENTRY_BYTES,
  encodeTemplate,
  exactCount,
  INDEX_VERSION,
  leastScoreFor,
} from './print/index.ts';
import type { ReadyPrint } from './print-evidence.ts';
import type { ExactScore, SearchTask } from './search-worker.ts';

export interface GalleryHit {
  readonly priorId: string;
  readonly score: number;
  readonly fmr: number;
  /** Whether so few false hits are to be expected from a gallery of this size that a person must look. */
  readonly strong: boolean;
}

/** A search and its extent, for the verdict and the audit trail. */
export interface GallerySearch {
  /** The best candidates, one a record, best first. */
  readonly hits: readonly GalleryHit[];
  /** Prints that were searched, and those of them that were compared exactly. */
  readonly searched: number;
  readonly compared: number;
}

/**
 * The prints of prior records, the only thing a print may be searched against: citation prints never enter it and
 * are never searched (VC 40500(a)). Index entries are held in memory, exact templates are read for candidates only.
 * A search proposes; it never identifies.
 */
export class Gallery {
  readonly #store: Store;
  readonly #pool: Piscina<SearchTask, Uint32Array | ExactScore[]>;
  readonly #lists = new Map<number, EntryList>();

  constructor(store: Store, threads: number) {
    this.#store = store;
    this.#pool = new Piscina({
      filename: new URL('./search-worker.ts', import.meta.url).href,
      minThreads: 1,
      maxThreads: threads,
      idleTimeout: 2000,
    });
  }

  get size(): number {
    return [...this.#lists.values()].reduce((sum, list) => sum + list.count, 0);
  }

  /** Reads the index of every prior-record print that is held now. */
  async load(): Promise<void> {
    const current = { template: String(ALGORITHM_VERSION), index: INDEX_VERSION };
    for (let after = ''; ; ) {
      const rows = await pageIndex(this.#store.db, current, after, INDEX_PAGE);
      for (const { print_id, finger, entry } of rows) {
        if (entry.length !== ENTRY_BYTES) throw damaged(print_id);
        this.#listOf(fingerSide(finger)).add(print_id, entry);
      }
      const last = rows.at(-1);
      if (!last || rows.length < INDEX_PAGE) return;
      after = last.print_id;
    }
  }

  #listOf(side: number): EntryList {
    const list = this.#lists.get(side) ?? new EntryList();
    this.#lists.set(side, list);
    return list;
  }

  /**
   * Searches the gallery, where the print's purpose allows it.
   * @throws BenchlinkError PRT-PURPOSE
   */
  async search(probe: ReadyPrint): Promise<GallerySearch> {
    if (!mayCompare(probe.purpose, 'prior-record', false))
      throw new BenchlinkError('reject', 'PRT-PURPOSE', `A ${probe.purpose} print may not be searched.`);
    const lists = [...this.#lists].filter(([side]) => sameFinger(side, probe.finger)).map(([, list]) => list);
    const bytes = encodeTemplate(probe.template.template);
    const ids = (await Promise.all(lists.map((list) => this.#propose(list, bytes)))).flat();
    const scored = await this.#compare(ids, bytes);
    const searched = lists.reduce((sum, list) => sum + list.count, 0);
    return { hits: this.#best(scored), searched, compared: scored.length };
  }

  async #propose(list: EntryList, probe: Uint8Array): Promise<string[]> {
    const wanted = exactCount(list.count);
    const task: SearchTask = { kind: 'propose', probe, entries: list.entries, wanted };
    return Array.from((await this.#pool.run(task)) as Uint32Array, (at) => list.id(at));
  }

  /** Exact scores of the prints that are still in the gallery. */
  async #compare(
    ids: readonly string[],
    probe: Uint8Array,
  ): Promise<{ priorId: string; exact: ExactScore }[]> {
    if (ids.length === 0) return [];
    const rows = await galleryPrints(this.#store.db, ids);
    const templates = rows.map(({ template_sha256: sha256 }) => ({
      sha256: sha256!,
      bytes: new Uint8Array(this.#store.blobs.get(sha256!)),
    }));
    const exact = (await this.#pool.run({ kind: 'compare', probe, templates })) as ExactScore[];
    return rows.map((row, i) => ({ priorId: row.owner_id, exact: exact[i]! }));
  }

  #best(scored: readonly { readonly priorId: string; readonly exact: ExactScore }[]): GalleryHit[] {
    const least = leastScoreFor(this.size, MAX_EXPECTED_FALSE_CANDIDATES);
    const best = new Map<string, GalleryHit>();
    for (const { priorId, exact } of scored) {
      const known = best.get(priorId);
      if (!known || exact.score > known.score)
        best.set(priorId, { priorId, ...exact, strong: exact.score >= least });
    }
    return [...best.values()]
      .sort((a, b) => b.score - a.score || (a.priorId < b.priorId ? -1 : 1))
      .slice(0, CANDIDATES_KEPT);
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }
}

function damaged(printId: string): BenchlinkError {
  return new BenchlinkError(
    'fault',
    'INDEX-DAMAGED',
    `The index entry of print ${printId} has not its length. Delete it from print_index; the next run makes it anew.`,
  );
}
