import { displayName, type PriorRecord } from '../domain/index.ts';
import { compare, decodeImage, extract, THRESHOLDS } from '../match/print/index.ts';
import { comparisonFigure } from '../match/print/tools/figure.ts';
import {
  getPrint,
  getPrior,
  type PrintCheckRow,
  type PrintRow,
  printsOf,
  type Store,
} from '../store/index.ts';

async function readPrint(store: Store, row: PrintRow, title: string) {
  const image = await decodeImage(new Uint8Array(store.blobs.get(row.image_sha256)));
  return { image, template: extract(image), title };
}

/** The record a held print speaks against or for: the claimed one, else the best candidate. */
function counterpartId(check: PrintCheckRow): { id: string; title: string } | undefined {
  const candidates = JSON.parse(check.candidates) as {
    priorId: string;
    agreement: string;
    strong: boolean;
  }[];
  const stranger = candidates.find((c) => c.strong);
  if (stranger)
    return {
      id: stranger.priorId,
      title: stranger.agreement === 'contradicts' ? "somebody else's record" : 'a record that resembles it',
    };
  return check.claimed_record_id ? { id: check.claimed_record_id, title: 'the record it claims' } : undefined;
}

async function nameOnRecord(store: Store, id: string): Promise<string> {
  const row = await getPrior(store.db, id);
  return row ? displayName((JSON.parse(row.facts) as PriorRecord).person.name) : '';
}

export interface HeldPrints {
  readonly html: string;
  readonly score: number;
  /** From this score on two prints count as one finger's. */
  readonly matchFrom: number;
  readonly pairs: number;
}

/** The two prints a held warrant is held for, side by side; undefined where there are not two to show. */
export async function heldPrints(store: Store, check: PrintCheckRow): Promise<HeldPrints | undefined> {
  const other = counterpartId(check);
  const probe = check.print_id ? await getPrint(store.db, check.print_id) : undefined;
  const [record] = other ? await printsOf(store.db, other.id) : [];
  if (!probe || !record || !other) return undefined;
  const [a, b] = await Promise.all([
    readPrint(store, probe, 'taken at booking'),
    readPrint(store, record, `${other.title}: ${await nameOnRecord(store, other.id)}`),
  ]);
  const comparison = compare(a.template, b.template);
  return {
    html: await comparisonFigure(a, b, comparison),
    score: comparison.score,
    matchFrom: THRESHOLDS.fmr10000,
    pairs: comparison.pairs.length,
  };
}
