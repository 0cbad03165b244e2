import {
  compare,
  decodeTemplate,
  type Entries,
  type PreparedTemplate,
  prepare,
  propose,
} from './print/index.ts';

export interface StoredTemplate {
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** Work of a search thread. The entries' memory is shared between threads, not copied. */
export type SearchTask =
  | {
      readonly kind: 'propose';
      readonly probe: Uint8Array;
      readonly entries: Entries;
      readonly wanted: number;
    }
  | { readonly kind: 'compare'; readonly probe: Uint8Array; readonly templates: readonly StoredTemplate[] };

export interface ExactScore {
  readonly score: number;
  readonly fmr: number;
}

/** Prepared templates a thread keeps, those used longest ago leave first: a small gallery is prepared once a night. */
const KEPT = 1500;
const kept = new Map<string, PreparedTemplate>();

function prepared({ sha256, bytes }: StoredTemplate): PreparedTemplate {
  const known = kept.get(sha256) ?? prepare(decodeTemplate(bytes));
  kept.delete(sha256);
  kept.set(sha256, known);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
  return known;
}

/** Positions that deserve the exact comparison, or the exact scores of some templates, in their order. */
export default function search(task: SearchTask): Uint32Array | ExactScore[] {
  const probe = decodeTemplate(task.probe);
  if (task.kind === 'propose') return propose(task.entries, probe, task.wanted);
  const ready = prepare(probe);
  return task.templates.map((template) => {
    const { score, fmr } = compare(ready, prepared(template));
    return { score, fmr };
  });
}
