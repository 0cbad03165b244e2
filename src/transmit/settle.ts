import { OFF_FILE_STATES, type SubmissionState } from '../domain/index.ts';
import { getWarrant, move, moveSubmission, type SubmissionRow, type Unit } from '../store/index.ts';
import type { AnswerBody } from './answer-model.ts';
import type { Evidence } from './evidence.ts';
import { LONGEST_PAUSE_MS } from './parameters.ts';
import { askPause, resendPause, retryClass } from './retry.ts';
import { releaseRiders } from './riders.ts';
import { accepted } from './settle-accepted.ts';
import { onFile } from './settle-on-file.ts';
import { rejected } from './settle-rejected.ts';

function later(evidence: Evidence, pause: number): string {
  return new Date(evidence.now + pause).toISOString();
}

/** Marks a message whose answer is not known: it is asked about before anything else is done with it. */
export async function unsure(
  unit: Unit,
  sub: SubmissionRow,
  evidence: Evidence,
  code = 'DST-UNSURE',
): Promise<void> {
  if (sub.state === 'unsure') return;
  await moveSubmission(unit, {
    id: sub.message_id,
    from: sub.state,
    to: 'unsure',
    code,
    set: { next_at: later(evidence, askPause(Math.max(1, sub.asked), evidence.random)), answer_code: code },
  });
}

/** Back to built: surely not with the destination, so the same bytes may go again after a pause. */
export async function backToBuilt(
  unit: Unit,
  sub: SubmissionRow,
  evidence: Evidence,
  code: string,
): Promise<void> {
  const { message_id: id } = sub;
  // A queued message the destination no longer knows was not processed: by way of unsure, as the table has it.
  if (sub.state === 'queued') await moveSubmission(unit, { id, from: 'queued', to: 'unsure', code });
  const from: SubmissionState = sub.state === 'queued' ? 'unsure' : sub.state;
  const set = { next_at: later(evidence, resendPause(sub.attempts, evidence.random)), answer_code: code };
  await moveSubmission(unit, { id, from, to: 'built', code, set });
}

/** Takes a built message back for good; the warrant, if it waited for it, may be decided anew. */
export async function withdraw(unit: Unit, sub: SubmissionRow, code: string): Promise<void> {
  await moveSubmission(unit, {
    id: sub.message_id,
    from: 'built',
    to: 'withdrawn',
    code,
    set: { answered_at: unit.at, answer_code: code },
  });
  if (sub.kind === 'enter') await releaseRiders(unit, sub.message_id);
}

async function notReceived(
  unit: Unit,
  sub: SubmissionRow,
  closed: boolean,
  evidence: Evidence,
): Promise<void> {
  await backToBuilt(unit, sub, evidence, 'DST-DOWN');
  if (!closed) return;
  const row = await getWarrant(unit.trx, sub.warrant_id);
  const code = row && OFF_FILE_STATES.includes(row.state) ? row.reason : 'WAR-RECALLED';
  // The destination will refuse this id from now on: the message is over, and a new one gets a new number.
  await withdraw(unit, { ...sub, state: 'built' }, code);
  if (row?.state === 'sent' || row?.state === 'packaged') {
    await move(unit, { id: row.id, from: row.state, to: 'verified', code: 'SYS-REPROCESS' });
  }
}

async function queued(
  unit: Unit,
  sub: SubmissionRow,
  seconds: number | undefined,
  evidence: Evidence,
): Promise<void> {
  if (sub.state === 'queued') return;
  const asked = Math.min((seconds ?? 0) * 1000, LONGEST_PAUSE_MS);
  const pause = Math.max(asked, askPause(1, evidence.random));
  const set = { next_at: later(evidence, pause), answer_code: 'DST-DOWN-Q' };
  await moveSubmission(unit, { id: sub.message_id, from: sub.state, to: 'queued', code: 'DST-DOWN-Q', set });
}

/** What a message came to by an answer. */
export type Settled = 'accepted' | 'rejected' | 'on-file' | 'queued' | 'unsure' | 'built' | 'withdrawn';

/**
 * Applies an answer to a message that is on the wire, unsure or queued: the message, the warrant and what we
 * believe the destination holds change together, in the caller's transaction.
 */
export async function settle(
  unit: Unit,
  sub: SubmissionRow,
  body: AnswerBody,
  evidence: Evidence,
): Promise<Settled> {
  switch (body.kind) {
    case 'accepted':
      await accepted(unit, sub, body, evidence);
      return 'accepted';
    case 'on-file':
      await onFile(unit, sub, body.record, evidence);
      return 'on-file';
    case 'queued':
      await queued(unit, sub, body.retryAfterSeconds, evidence);
      return 'queued';
    case 'unavailable':
      // Said about a question it tells nothing of the message; said of a message it was surely not taken.
      if (sub.state !== 'on-the-wire') return 'unsure';
      await backToBuilt(unit, sub, evidence, 'DST-DOWN');
      return 'built';
    case 'not-received':
      if (sub.state === 'on-the-wire') {
        await unsure(unit, sub, evidence);
        return 'unsure';
      }
      await notReceived(unit, sub, body.closed, evidence);
      return body.closed ? 'withdrawn' : 'built';
    case 'rejected':
      if (retryClass(body) === 'ask' && sub.state === 'on-the-wire') {
        await unsure(unit, sub, evidence, 'DST-DOWN');
        return 'unsure';
      }
      await rejected(unit, sub, body.codes, evidence);
      return 'rejected';
  }
}
