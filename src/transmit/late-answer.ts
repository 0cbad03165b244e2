import { z } from 'zod';
import {
  getHolding,
  getSubmission,
  getWarrant,
  markDirty,
  move,
  openReview,
  type SubmissionRow,
  type Unit,
} from '../store/index.ts';
import type { AnswerBody } from './answer-model.ts';
import type { TransmitRun } from './context.ts';
import { evidenceOf } from './evidence.ts';
import { isRemoval } from './removal.ts';
import { readReply } from './reply.ts';
import { settle } from './settle.ts';
import { hold, removed } from './settle-accepted.ts';
import type { Notice } from './transports/transport.ts';

const AnswerNotice = z.object({ answer: z.string() });
const SETTLING = ['on-the-wire', 'unsure', 'queued'];
/** Messages we hold to have come to nothing. */
const NOTHING = ['rejected', 'withdrawn', 'dead'];

async function ask(unit: Unit, sub: SubmissionRow, sentence: string): Promise<void> {
  const { warrant_id: warrantId, warrant_version: version } = sub;
  await openReview(unit, { warrantId, version, stage: 'transmit', code: 'REC-DRIFT', sentence });
}

/** The destination holds what it first said it refused, or what we had taken back: that is believed. */
async function heldAfterAll(
  unit: Unit,
  sub: SubmissionRow,
  numbers: { fcn: string; nic?: string },
): Promise<void> {
  const held = await getHolding(unit.trx, sub.warrant_id);
  if (held && held.fcn !== numbers.fcn) {
    const sentence = `The destination has two records of this warrant, ${held.fcn} and ${numbers.fcn}: it first refused the message that made the second. Cancel ${numbers.fcn} by telephone.`;
    return ask(unit, sub, sentence);
  }
  await hold(unit, sub, { fcn: numbers.fcn, nic: numbers.nic ?? null });
  // It says what that message said; what the warrant says today is compared with it next.
  await markDirty(unit, sub.warrant_id, 1);
  const row = await getWarrant(unit.trx, sub.warrant_id);
  if (row?.state !== 'rejected') return;
  await move(unit, { id: row.id, from: 'rejected', to: 'verified', code: 'DST-ONFILE' });
}

async function contradiction(unit: Unit, sub: SubmissionRow, body: AnswerBody): Promise<void> {
  unit.audit({
    action: 'submission.contradicted',
    objectType: 'submission',
    objectId: sub.message_id,
    code: 'REC-DRIFT',
    detail: { had: sub.state, now: body.kind, ...('fcn' in body ? { fcn: body.fcn } : {}) },
  });
  if (body.kind === 'accepted') {
    if (!isRemoval(sub)) return heldAfterAll(unit, sub, body);
    const held = await getHolding(unit.trx, sub.warrant_id);
    if (held?.fcn === body.fcn) await removed(unit, sub.warrant_id, sub.kind);
    return;
  }
  const sentence = `The destination accepted message ${sub.message_id} and later said that it refused it. Ask which holds; the nightly reconciliation compares the lists.`;
  await ask(unit, sub, sentence);
}

/**
 * Applies an answer that came by itself: to a message that waits for it, as any answer; to a settled one, nothing
 * if it says the same again, and if it contradicts what we had, what the destination holds now is believed, and
 * written down as a contradiction.
 * @returns whether it was about a message of ours
 */
export async function lateAnswer(unit: Unit, run: TransmitRun, notice: Notice): Promise<boolean> {
  const sub = notice.messageId ? await getSubmission(unit.trx, notice.messageId) : undefined;
  const parsed = AnswerNotice.safeParse(notice.body);
  if (!sub || !parsed.success) return false;
  const reading = readReply(run, Buffer.from(parsed.data.answer, 'utf8'), sub);
  if (reading.kind !== 'answer') return false;
  const { body } = reading;
  const evidence = { ...evidenceOf(run, unit.at), raw: parsed.data.answer };
  if (SETTLING.includes(sub.state)) await settle(unit, sub, body, evidence);
  else if (NOTHING.includes(sub.state) && body.kind === 'accepted') await contradiction(unit, sub, body);
  else if (sub.state === 'accepted' && body.kind === 'rejected') await contradiction(unit, sub, body);
  return true;
}
