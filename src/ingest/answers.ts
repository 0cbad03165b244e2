import { mayMove } from '../domain/index.ts';
import { BenchlinkError } from '../errors.ts';
import {
  decideReview,
  getReview,
  getWarrant,
  move,
  type ReviewRow,
  type Store,
  setSuspect,
  type WarrantRow,
  withdrawReviews,
} from '../store/index.ts';
import { END_CODE } from './lifecycle/meaning.ts';

/**
 * What a clerk may answer to a question of this stage, after asking the court.
 * - `stands`: the warrant stands as it is; it goes on, and is no longer suspect;
 * - `recalled`, `served`: the court says it is over; what was sent is cancelled or cleared.
 * Nobody brings an ended warrant back here, the court issues it anew; but one that was taken back because its case
 * was sealed stands again if the court says so.
 */
export type IngestAnswer = 'stands' | 'recalled' | 'served';
export const INGEST_ANSWERS: readonly IngestAnswer[] = ['stands', 'recalled', 'served'];

/** Whether the question keeps the warrant where it is: in review, or taken back because its case was sealed. */
function waitsFor({ code }: ReviewRow, { state, reason }: WarrantRow): boolean {
  const sealed = state === 'recalled' && reason === 'WAR-SEALED';
  return reason === code && (state === 'review' || sealed);
}

/**
 * Answers an open question of the ingest stage; question and warrant change together.
 * @returns false if somebody answered before
 * @throws BenchlinkError NOT-FOUND for no such question of this stage
 */
export async function answerIngestReview(
  store: Store,
  actor: string,
  reviewId: number,
  answer: IngestAnswer,
  note?: string,
): Promise<boolean> {
  return store.transaction(actor, async (unit) => {
    const review = await getReview(unit.trx, reviewId);
    if (review?.stage !== 'ingest') {
      throw new BenchlinkError(
        'usage',
        'NOT-FOUND',
        `There is no question ${reviewId} about what a court sent.`,
      );
    }
    const decided = await decideReview(unit, reviewId, { decision: answer, ...(note ? { note } : {}) });
    const row = await getWarrant(unit.trx, review.warrant_id);
    if (!decided || !row) return false;
    if (row.suspect_since !== null) await setSuspect(unit, [row.id], false);
    if (answer === 'stands') {
      const set = { court_ended_at: null };
      if (waitsFor(review, row))
        await move(unit, { id: row.id, from: row.state, to: 'checked', code: 'SYS-DECISION', set });
      return true;
    }
    if (!mayMove(row.state, answer)) return true;
    await withdrawReviews(unit, row.id);
    const set = { court_ended_at: unit.at };
    await move(unit, { id: row.id, from: row.state, to: answer, code: END_CODE[answer], set });
    return true;
  });
}
