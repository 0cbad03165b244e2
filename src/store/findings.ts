import { END_STATES, type ReasonCode, type Verdict } from '../domain/index.ts';
import type { Reader } from './database.ts';
import { row } from './statement.ts';
import type { Unit } from './unit.ts';
import type { WarrantRow } from './warrants.ts';

export type LinkKind = 'certain' | 'possible' | 'tied' | 'none';

export interface LinkRow {
  id: number;
  warrant_id: string;
  version: number;
  booking_id: string | null;
  kind: LinkKind;
  rule: string;
  probability: number | null;
  explanation: string;
  decided_by: string;
  created_at: string;
}

export interface PrintCheckRow {
  id: number;
  warrant_id: string;
  version: number;
  verdict: Verdict;
  code: ReasonCode;
  sentence: string;
  print_id: string | null;
  claimed_record_id: string | null;
  score: number | null;
  fmr: number | null;
  log10_lr: number | null;
  quality: number | null;
  thresholds: string;
  algorithm: string;
  candidates: string;
  cii: string | null;
  fbi: string | null;
  created_at: string;
}

export interface ReviewRow {
  id: number;
  warrant_id: string;
  version: number;
  stage: 'ingest' | 'match' | 'transmit';
  code: ReasonCode;
  sentence: string;
  state: 'open' | 'decided' | 'withdrawn';
  opened_at: string;
  decision: string | null;
  decided_by: string | null;
  decided_at: string | null;
  note: string | null;
}

/** Keeps a link decision; the newest one of a warrant holds. */
export async function addLink(unit: Unit, link: Omit<LinkRow, 'id' | 'created_at'>): Promise<void> {
  await unit.trx('links').insert({ ...link, created_at: unit.at });
  unit.audit({
    action: 'match.link',
    objectType: 'warrant',
    objectId: link.warrant_id,
    detail: { kind: link.kind, rule: link.rule, booking: link.booking_id },
  });
}

export async function currentLink(db: Reader, warrantId: string): Promise<LinkRow | undefined> {
  return row<LinkRow>(db, 'select * from links where warrant_id = ? order by id desc limit 1', [warrantId]);
}

/** Warrants whose newest link is this booking for certain, ended ones left out. */
export async function warrantsOnBooking(db: Reader, bookingId: string): Promise<WarrantRow[]> {
  return db('warrants')
    .select('warrants.*')
    .join('links', 'links.warrant_id', 'warrants.id')
    .where({ 'links.booking_id': bookingId, 'links.kind': 'certain' })
    .whereNotIn('warrants.state', END_STATES)
    .whereNotExists(
      db('links as newer')
        .select(db.raw('1'))
        .whereRaw('newer.warrant_id = links.warrant_id and newer.id > links.id'),
    );
}

/** Keeps a print check, and with it the audit record every comparison must have. */
export async function addPrintCheck(
  unit: Unit,
  check: Omit<PrintCheckRow, 'id' | 'created_at'>,
): Promise<void> {
  await unit.trx('print_checks').insert({ ...check, created_at: unit.at });
  unit.audit({
    action: 'match.print-check',
    objectType: 'warrant',
    objectId: check.warrant_id,
    code: check.code,
    detail: {
      verdict: check.verdict,
      print: check.print_id,
      against: check.claimed_record_id,
      score: check.score,
      algorithm: check.algorithm,
    },
  });
}

export async function currentPrintCheck(db: Reader, warrantId: string): Promise<PrintCheckRow | undefined> {
  return row<PrintCheckRow>(db, 'select * from print_checks where warrant_id = ? order by id desc limit 1', [
    warrantId,
  ]);
}

/** Opens a question for a person; the same open question is not asked twice. */
export async function openReview(
  unit: Unit,
  review: {
    warrantId: string;
    version: number;
    stage: ReviewRow['stage'];
    code: ReasonCode;
    sentence: string;
  },
): Promise<void> {
  const same = await unit
    .trx('reviews')
    .where({ warrant_id: review.warrantId, code: review.code, state: 'open' })
    .first();
  if (same) return;
  await unit.trx('reviews').insert({
    warrant_id: review.warrantId,
    version: review.version,
    stage: review.stage,
    code: review.code,
    sentence: review.sentence,
    state: 'open',
    opened_at: unit.at,
  });
  unit.audit({ action: 'review.open', objectType: 'warrant', objectId: review.warrantId, code: review.code });
}

/** Closes a question with a person's decision; false if somebody decided before (a double click). */
export async function decideReview(
  unit: Unit,
  id: number,
  decision: { decision: string; note?: string },
): Promise<boolean> {
  const changed = await unit
    .trx('reviews')
    .where({ id, state: 'open' })
    .update({
      state: 'decided',
      decision: decision.decision,
      note: decision.note ?? null,
      decided_by: unit.actor,
      decided_at: unit.at,
    });
  unit.audit({
    action: 'review.decide',
    objectType: 'review',
    objectId: String(id),
    outcome: changed === 1 ? 'success' : 'refused',
    detail: { decision: decision.decision },
  });
  return changed === 1;
}

/** What one examiner found of a question that takes two. */
export interface OpinionRow {
  readonly id: number;
  readonly review_id: number;
  readonly decision: string;
  readonly given_by: string;
  readonly given_at: string;
  readonly note: string | null;
}

/** Keeps one examiner's finding; the question stays open. */
export async function addOpinion(
  unit: Unit,
  opinion: { reviewId: number; decision: string; note?: string },
): Promise<void> {
  const { reviewId, decision, note } = opinion;
  await unit.trx('review_opinions').insert({
    review_id: reviewId,
    decision,
    given_by: unit.actor,
    given_at: unit.at,
    note: note ?? null,
  });
  unit.audit({
    action: 'review.opinion',
    objectType: 'review',
    objectId: String(reviewId),
    detail: { decision },
  });
}

/** The findings of a question, oldest first. */
export async function opinionsOf(db: Reader, reviewId: number): Promise<OpinionRow[]> {
  return db('review_opinions').where({ review_id: reviewId }).orderBy('id');
}

/** Withdraws open questions that a recall or a new version made pointless; all but those of one code, if given. */
export async function withdrawReviews(unit: Unit, warrantId: string, keep?: ReasonCode): Promise<void> {
  await unit
    .trx('reviews')
    .where({ warrant_id: warrantId, state: 'open' })
    .whereNot({ code: keep ?? '' })
    .update({ state: 'withdrawn', decided_at: unit.at });
}

export async function openReviews(
  db: Reader,
  query: { warrantId?: string; limit?: number } = {},
): Promise<ReviewRow[]> {
  const rows = db('reviews').where({ state: 'open' }).orderBy('id');
  if (query.warrantId) rows.where({ warrant_id: query.warrantId });
  if (query.limit) rows.limit(query.limit);
  return rows;
}

export async function getReview(db: Reader, id: number): Promise<ReviewRow | undefined> {
  return db('reviews').where({ id }).first();
}
