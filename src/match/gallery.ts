import { sameFinger } from '../domain/index.ts';
import type { Store } from '../store/index.ts';
import { pageGallery } from '../store/index.ts';
import { CANDIDATES_KEPT, MAX_EXPECTED_FALSE_CANDIDATES, PAGE_SIZE } from './parameters.ts';
import { compare, decodeTemplate, type PreparedTemplate, prepare, THRESHOLDS } from './print/index.ts';

interface GalleryEntry {
  readonly priorId: string;
  readonly finger: number;
  readonly template: PreparedTemplate;
}

export interface GalleryHit {
  readonly priorId: string;
  readonly score: number;
  readonly fmr: number;
  /** Whether so few false hits are to be expected from a gallery of this size that a person must look. */
  readonly strong: boolean;
}

/**
 * The prints of prior records, the only thing a print may be searched against: citation prints never enter it
 * (VC 40500(a)). A search proposes; it never identifies.
 */
export class Gallery {
  readonly #entries: GalleryEntry[] = [];

  get size(): number {
    return this.#entries.length;
  }

  add(priorId: string, finger: number, template: PreparedTemplate): void {
    this.#entries.push({ priorId, finger, template });
  }

  /** The best candidates, one a record, best first. */
  search(probe: PreparedTemplate, finger: number): GalleryHit[] {
    const best = new Map<string, GalleryHit>();
    for (const entry of this.#entries) {
      if (!sameFinger(finger, entry.finger)) continue;
      const { score, fmr } = compare(probe, entry.template);
      if (score <= (best.get(entry.priorId)?.score ?? -1)) continue;
      const strong = score >= THRESHOLDS.fmr10000 && fmr * this.size <= MAX_EXPECTED_FALSE_CANDIDATES;
      best.set(entry.priorId, { priorId: entry.priorId, score, fmr, strong });
    }
    return [...best.values()].sort((a, b) => b.score - a.score).slice(0, CANDIDATES_KEPT);
  }
}

/** Loads every prior-record print that has a template. */
export async function loadGallery(store: Store): Promise<Gallery> {
  const gallery = new Gallery();
  for (let after = ''; ; ) {
    const rows = await pageGallery(store.db, after, PAGE_SIZE);
    for (const row of rows) {
      if (row.template_sha256) {
        gallery.add(row.owner_id, row.finger, prepare(decodeTemplate(store.blobs.get(row.template_sha256))));
      }
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_SIZE) return gallery;
    after = last.id;
  }
}
