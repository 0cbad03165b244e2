import { END_STATES } from '../domain/index.ts';
import { BenchlinkError, errorText } from '../errors.ts';
import { getWarrant, move, moveSubmission, type SubmissionRow, type Unit } from '../store/index.ts';
import type { TransmitCounts, TransmitRun } from './context.ts';
import { evidenceOf } from './evidence.ts';
import { noteFailure, noteSuccess } from './gate.ts';
import type { Grouped } from './grouped.ts';
import { MAX_ATTEMPTS_BEFORE_WIRE } from './parameters.ts';
import { readReply } from './reply.ts';
import { backToBuilt, type Settled, settle, unsure, withdraw } from './settle.ts';
import type { Attempt } from './transports/transport.ts';

/** What a worker keeps in memory while it sends. */
export interface Sender {
  readonly run: TransmitRun;
  readonly grouped: Grouped;
  readonly counts: TransmitCounts;
  /** Failures of the destination in a row; not 0 at the start, so that the first success closes its breaker. */
  failures: number;
}

const REMOVALS = ['cancel', 'clear'];

/** The last look before the wire: a recall that came meanwhile takes the message back; it was never sent. */
async function toTheWire(unit: Unit, sub: SubmissionRow): Promise<boolean> {
  const { message_id: id } = sub;
  const row = await getWarrant(unit.trx, sub.warrant_id);
  if (row && END_STATES.includes(row.state) && !REMOVALS.includes(sub.kind)) {
    await moveSubmission(unit, { id, from: 'claimed', to: 'built', code: row.reason });
    // One that was on the wire before must be asked about first (recalls.ts).
    if (sub.wire_at === null) await withdraw(unit, { ...sub, state: 'built' }, row.reason);
    return false;
  }
  await moveSubmission(unit, { id, from: 'claimed', to: 'on-the-wire', set: { wire_at: unit.at } });
  if (row?.state === 'packaged' && !REMOVALS.includes(sub.kind)) {
    const set = row.first_sent_at === null ? { set: { first_sent_at: unit.at } } : {};
    await move(unit, { id: row.id, from: 'packaged', to: 'sent', code: 'SYS-OK', ...set });
  }
  return true;
}

/** Applies what an attempt came to, in one transaction with the destination's breaker. */
export async function applyAttempt(
  unit: Unit,
  sender: Sender,
  sub: SubmissionRow,
  attempt: Attempt,
): Promise<Settled> {
  const { run } = sender;
  const evidence = evidenceOf(run, unit.at);
  const reading = attempt.kind === 'answered' ? readReply(run, attempt.bytes, sub) : undefined;
  if (reading?.kind === 'answer' && attempt.kind === 'answered') {
    if (reading.body.kind === 'unavailable') await noteFailure(unit, run);
    else if (sender.failures > 0) await noteSuccess(unit, run);
    sender.failures = reading.body.kind === 'unavailable' ? sender.failures + 1 : 0;
    const raw = Buffer.from(attempt.bytes).toString('utf8');
    return settle(unit, sub, reading.body, { ...evidence, raw });
  }
  // A foreign or malformed answer says that somebody is there, but nothing about this message.
  if (!reading) {
    sender.failures += 1;
    await noteFailure(unit, run);
  }
  if (attempt.kind === 'not-sent' && sub.state === 'on-the-wire') {
    await backToBuilt(unit, sub, evidence, 'DST-DOWN');
    return 'built';
  }
  await unsure(unit, sub, evidence);
  return 'unsure';
}

function count(counts: TransmitCounts, settled: Settled): void {
  if (settled === 'accepted') counts.accepted += 1;
  if (settled === 'rejected') counts.rejected += 1;
  if (settled === 'on-file') counts.onFile += 1;
  if (settled === 'queued') counts.queued += 1;
  if (settled === 'unsure') counts.unsure += 1;
  if (settled === 'withdrawn') counts.withdrawn += 1;
}

/** Counts a message that settled; one that had been unsure or queued counts as resolved too. */
export function countSettled(counts: TransmitCounts, settled: Settled, wasOpen: boolean): void {
  if (!wasOpen || (settled !== 'unsure' && settled !== 'queued')) count(counts, settled);
  if (wasOpen && settled !== 'unsure' && settled !== 'queued') counts.resolved += 1;
}

async function bury(sender: Sender, sub: SubmissionRow, why: string): Promise<void> {
  const { message_id: id } = sub;
  await sender.grouped.run((unit) =>
    moveSubmission(unit, { id, from: 'claimed', to: 'dead', code: 'SYS-FAULT' }),
  );
  sender.counts.dead += 1;
  const message = `Message ${id} cannot be sent: ${why} Its warrant waits for an operator.`;
  await sender.run.ports.alert?.(`dead:${id}`, 'red', message);
}

function packageBytes(sender: Sender, sub: SubmissionRow): Uint8Array | string {
  if (sub.wire_at === null && sub.attempts > MAX_ATTEMPTS_BEFORE_WIRE) {
    return `it was claimed ${sub.attempts} times and never reached the wire.`;
  }
  try {
    return sender.run.store.blobs.get(sub.package_sha256);
  } catch (error) {
    if (!(error instanceof BenchlinkError)) throw error;
    return errorText(error);
  }
}

/**
 * Sends one claimed message: the intent is durable before the first byte leaves, and the answer is recorded
 * together with everything that follows from it.
 */
export async function sendOne(sender: Sender, claimed: SubmissionRow): Promise<void> {
  const { run, grouped, counts } = sender;
  const bytes = packageBytes(sender, claimed);
  if (typeof bytes === 'string') return bury(sender, claimed, bytes);
  if (!(await grouped.run((unit) => toTheWire(unit, claimed)))) {
    counts.withdrawn += 1;
    return;
  }
  const sub: SubmissionRow = { ...claimed, state: 'on-the-wire' };
  const { contentType } = run.packager;
  const attempt = await run.transport.send({ messageId: sub.message_id, bytes, contentType });
  counts.sent += 1;
  const settled = await grouped.run((unit) => applyAttempt(unit, sender, sub, attempt));
  countSettled(counts, settled, false);
}
