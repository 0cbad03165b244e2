import { BenchlinkError } from '../errors.ts';
import { addToldRemoval, getHolding, openReview, openSubmission, type Unit } from '../store/index.ts';
import { removed } from './settle-accepted.ts';

/** Somebody's word at the destination that it has taken a record off. */
export interface Word {
  readonly by: string;
  /** When they said so, ISO with its offset. */
  readonly at: string;
}

/** How an operator answers the question below. */
const ANSWER =
  'Have it taken off by telephone, then answer with --removed and the name of who there says that it is gone.';

/** A record that must go and that no message takes off: somebody can be arrested on it until it is gone. */
export async function askForRemoval(
  unit: Unit,
  about: { readonly id: string; readonly version: number },
  why: string,
): Promise<void> {
  await openReview(unit, {
    warrantId: about.id,
    version: about.version,
    stage: 'transmit',
    code: 'RCL-REFUSED',
    sentence: `${why} ${ANSWER}`.slice(0, 2000),
  });
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** @throws BenchlinkError TIME-WRONG */
function momentOf(word: Word, since: string, now: string): string {
  const at = INSTANT.test(word.at) ? Date.parse(word.at) : Number.NaN;
  if (at >= Date.parse(since) && at <= Date.parse(now)) return new Date(at).toISOString();
  const text = `${word.at} is no moment between the entry of the record (${since}) and now: write it as 2026-01-15T09:30-08:00.`;
  throw new BenchlinkError('usage', 'TIME-WRONG', text);
}

/**
 * Believes that a record is gone on somebody's word: the next comparison of the lists bears it out, or has it back
 * (reconcile/by-word.ts).
 * @throws BenchlinkError NOT-HELD, MESSAGE-OPEN (a message about it is not settled yet), TIME-WRONG
 */
export async function removedByTelephone(
  unit: Unit,
  question: { readonly id: number; readonly warrant_id: string },
  word: Word,
): Promise<void> {
  const { warrant_id: id } = question;
  const holding = await getHolding(unit.trx, id);
  if (!holding)
    throw new BenchlinkError('usage', 'NOT-HELD', `No record of warrant ${id} is believed to stand.`);
  if (await openSubmission(unit.trx, id)) {
    const text = `A message about warrant ${id} is still on its way. Answer when that is settled.`;
    throw new BenchlinkError('retry', 'MESSAGE-OPEN', text);
  }
  await addToldRemoval(unit, {
    review_id: question.id,
    warrant_id: id,
    destination: holding.destination,
    fcn: holding.fcn,
    told_by: word.by,
    told_at: momentOf(word, holding.held_since, unit.at),
  });
  await removed(unit, id, 'by telephone');
}
