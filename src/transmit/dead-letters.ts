import { BenchlinkError } from '../errors.ts';
import {
  getSubmission,
  moveSubmission,
  type Store,
  type SubmissionRow,
  submissionsIn,
} from '../store/index.ts';

/** Messages that could not be sent as they are, for an operator to look at. */
export function deadLetters(store: Store, limit: number): Promise<SubmissionRow[]> {
  return submissionsIn(store.db, ['dead'], limit);
}

/**
 * Lets a dead message be tried again as it is, once its cause is repaired (a restored blob, a mended disk).
 * @throws BenchlinkError NOT-DEAD
 */
export async function revive(store: Store, actor: string, messageId: string): Promise<void> {
  await store.transaction(actor, async (unit) => {
    const sub = await getSubmission(unit.trx, messageId);
    if (sub?.state !== 'dead') {
      throw new BenchlinkError('usage', 'NOT-DEAD', `Message ${messageId} is not among the dead letters.`);
    }
    const set = { attempts: 0, next_at: unit.at };
    await moveSubmission(unit, { id: messageId, from: 'dead', to: 'built', code: 'SYS-REPROCESS', set });
  });
}
