import type { Booking, Verdict } from './domain/index.ts';
import type { LinkExplanation } from './match/index.ts';
import { type ExplanationRow, explainPair, type LinkModel, mask } from './match/link/index.ts';
import { bookingRecord, warrantRecord } from './ports/link-records.ts';
import {
  currentLink,
  currentPrintCheck,
  factsOf,
  getBooking,
  type LinkRow,
  type PrintCheckRow,
  type Store,
  type WarrantRow,
} from './store/index.ts';
import { waitingFor } from './waiting.ts';

/** Why a warrant has the booking it has, or none, and what the print says to it. */
export interface WarrantExplanation {
  readonly warrant: string;
  readonly number: string | null;
  readonly state: string;
  readonly link: LinkReasons | null;
  /** Why it is not sent although it is verified. */
  readonly waiting: string | null;
  readonly print: PrintReasons | null;
}

export interface LinkReasons {
  readonly kind: LinkRow['kind'];
  /** What decided: an exact key, linkage, or a person. */
  readonly rule: string;
  readonly decidedBy: string;
  readonly at: string;
  readonly booking: string | null;
  readonly probability: number | null;
  /** One plain sentence. */
  readonly sentence: string;
  readonly rows: readonly ExplanationRow[];
  /** `decision`: the rows that decided. `model`: what the model says of the two alone; something else decided. */
  readonly rowsFrom: 'decision' | 'model' | 'none';
  readonly model: string | null;
  readonly reasons: readonly string[];
  readonly candidates: LinkExplanation['candidates'];
}

export interface PrintReasons {
  readonly verdict: Verdict;
  readonly code: string;
  readonly sentence: string;
  readonly score: number | null;
  readonly fmr: number | null;
  readonly log10LikelihoodRatio: number | null;
  readonly quality: number | null;
  readonly claimedRecord: string | null;
  readonly algorithm: string;
  readonly thresholds: unknown;
  readonly candidates: unknown;
}

type Stored = { readonly why: string } & Partial<Omit<LinkExplanation, 'rows'>> & {
    readonly rows?: readonly ExplanationRow[] | null;
  };

/** Rows of a link that an exact key or a person decided: the two records side by side. */
async function sideBySide(store: Store, row: WarrantRow, link: LinkRow, model: LinkModel) {
  const booking = link.booking_id ? await getBooking(store.db, link.booking_id) : undefined;
  if (booking === undefined) return [];
  const record = bookingRecord(booking.id, JSON.parse(booking.facts) as Booking);
  return explainPair(model, warrantRecord(row.id, factsOf(row)), record);
}

async function linkReasons(
  store: Store,
  row: WarrantRow,
  link: LinkRow,
  model: LinkModel,
): Promise<LinkReasons> {
  const stored = JSON.parse(link.explanation) as Stored;
  const rows = stored.rows ?? (await sideBySide(store, row, link, model));
  return {
    kind: link.kind,
    rule: link.rule,
    decidedBy: link.decided_by,
    at: link.created_at,
    booking: link.booking_id,
    probability: link.probability,
    sentence: stored.why,
    rows,
    rowsFrom: stored.rows ? 'decision' : rows.length > 0 ? 'model' : 'none',
    model: stored.rows ? (stored.model ?? null) : rows.length > 0 ? model.name : null,
    reasons: stored.reasons ?? [],
    candidates: stored.candidates ?? [],
  };
}

function printReasons(check: PrintCheckRow): PrintReasons {
  return {
    verdict: check.verdict,
    code: check.code,
    sentence: check.sentence,
    score: check.score,
    fmr: check.fmr,
    log10LikelihoodRatio: check.log10_lr,
    quality: check.quality,
    claimedRecord: check.claimed_record_id,
    algorithm: check.algorithm,
    thresholds: JSON.parse(check.thresholds) as unknown,
    candidates: JSON.parse(check.candidates) as unknown,
  };
}

/**
 * Everything that was decided about a warrant's origin and its print, with the reasons as they were kept.
 * @param model weighs the two records where a key or a person decided
 */
export async function explainWarrant(
  store: Store,
  row: WarrantRow,
  model: LinkModel,
): Promise<WarrantExplanation> {
  const [link, check, waiting] = await Promise.all([
    currentLink(store.db, row.id),
    currentPrintCheck(store.db, row.id),
    waitingFor(store.db, row),
  ]);
  return {
    warrant: row.id,
    number: row.number ?? row.oca,
    state: row.state,
    waiting: waiting?.sentence ?? null,
    link: link ? await linkReasons(store, row, link, model) : null,
    print: check ? printReasons(check) : null,
  };
}

/** The same with personal values reduced to first letter and length. */
export function maskExplanation(explanation: WarrantExplanation): WarrantExplanation {
  const { link } = explanation;
  if (link === null) return explanation;
  const rows = link.rows.map((row) => ({ ...row, left: mask(row.left), right: mask(row.right) }));
  return { ...explanation, link: { ...link, rows } };
}
