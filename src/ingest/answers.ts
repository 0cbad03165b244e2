import { mayMove } from '../domain/index.ts';
import { BenchlinkError } from '../errors.ts';
import {
  decideReview,
  getReview,
  getWarrant,
  move,
  type Store,
  setSuspect,
  withdrawReviews,
} from '../store/index.ts';
import { END_CODE } from './lifecycle/meaning.ts';

/**
 * What a clerk may answer to a question of this stage, after asking the court.
 * - `stands`: the warrant stands as it is; it goes on, and is no longer suspect;
 * - `recalled`, `served`: the court says it is over; what was sent is cancelled or cleared.
 * Nobody brings an ended warrant back here: the court issues it anew.
 */
export type IngestAnswer = 'stands' | 'recalled' | 'served';
export const INGEST_ANSWERS: readonly IngestAnswer[] = ['stands', 'recalled', 'served'];

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
      const waits = row.state === 'review' && row.reason === review.code;
      if (waits) await move(unit, { id: row.id, from: 'review', to: 'checked', code: 'SYS-DECISION' });
      return true;
    }
    if (!mayMove(row.state, answer)) return true;
    await withdrawReviews(unit, row.id);
    const set = { court_ended_at: unit.at };
    await move(unit, { id: row.id, from: row.state, to: answer, code: END_CODE[answer], set });
    return true;
  });
}
