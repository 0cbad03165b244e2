import { OFF_FILE_STATES, type ReasonCode } from '../domain/index.ts';
import { BenchlinkError, errorText } from '../errors.ts';
import {
  getHolding,
  getWarrant,
  markDirty,
  move,
  moveSubmission,
  ridersOf,
  type SubmissionRow,
  type Unit,
  type WarrantRow,
} from '../store/index.ts';
import { alertRefusedRemoval, confirmGone, saysNotOnFile } from './confirm-gone.ts';
import type { TransmitCounts, TransmitRun } from './context.ts';
import { evidenceOf } from './evidence.ts';
import { noteFailure, noteSuccess } from './gate.ts';
import type { Grouped } from './grouped.ts';
import type { WorkerLease } from './lease.ts';
import { MAX_ATTEMPTS_BEFORE_WIRE } from './parameters.ts';
import { isRemoval, takesRiderOut } from './removal.ts';
import { readReply } from './reply.ts';
import { backToBuilt, type Settled, settle, unsure, withdraw } from './settle.ts';
import type { Attempt } from './transports/transport.ts';

/** What a worker keeps in memory while it sends. */
export interface Sender {
  readonly run: TransmitRun;
  readonly lease: WorkerLease;
  readonly grouped: Grouped;
  readonly counts: TransmitCounts;
  /** Failures of the destination in a row; not 0 at the start, so that the first success closes its breaker. */
  failures: number;
}

/** Whether a message would name a warrant in the record that has ended since it was built. */
async function namesEnded(unit: Unit, sub: SubmissionRow): Promise<boolean> {
  for (const id of await ridersOf(unit.trx, sub.message_id)) {
    const rider = await getWarrant(unit.trx, id);
    if (rider && OFF_FILE_STATES.includes(rider.state)) return true;
  }
  return false;
}

/** Why a message must not go on the wire as it is; undefined when it may. */
async function overtaken(
  unit: Unit,
  sub: SubmissionRow,
  row: WarrantRow | undefined,
): Promise<ReasonCode | undefined> {
  if (!row || isRemoval(sub)) return undefined;
  if (OFF_FILE_STATES.includes(row.state)) return row.reason;
  // What may be there already keeps its id and its bytes.
  if (sub.wire_at !== null) return undefined;
  const telling = sub.kind === 'enter' || sub.kind === 'modify';
  if (telling && row.version !== sub.warrant_version) return 'SYS-REPROCESS';
  if (telling && (await namesEnded(unit, sub))) return 'WAR-RECALLED';
  const held = sub.kind === 'enter' && (await getHolding(unit.trx, sub.warrant_id));
  return held ? 'DST-ONFILE' : undefined;
}

/** A message overtaken before it ever left is taken back, and its warrant is decided anew. */
async function takeBack(
  unit: Unit,
  sub: SubmissionRow,
  row: WarrantRow | undefined,
  code: ReasonCode,
): Promise<void> {
  await moveSubmission(unit, { id: sub.message_id, from: 'claimed', to: 'built', code });
  // One that was on the wire before must be asked about first (recalls.ts).
  if (sub.wire_at !== null) return;
  await withdraw(unit, { ...sub, state: 'built' }, code);
  if (takesRiderOut(sub)) await markDirty(unit, sub.warrant_id, 2);
  if (row?.state !== 'packaged') return;
  await move(unit, { id: row.id, from: 'packaged', to: 'verified', code: 'SYS-REPROCESS' });
}

/**
 * The last look before the wire: a recall or a new version that came meanwhile takes the message back, and so does
 * a record the destination turned out to hold already.
 */
async function toTheWire(unit: Unit, sub: SubmissionRow): Promise<boolean> {
  const row = await getWarrant(unit.trx, sub.warrant_id);
  const code = await overtaken(unit, sub, row);
  if (code !== undefined) {
    await takeBack(unit, sub, row, code);
    return false;
  }
  const set = { wire_at: unit.at };
  await moveSubmission(unit, { id: sub.message_id, from: 'claimed', to: 'on-the-wire', set });
  if (row?.state === 'packaged' && !isRemoval(sub)) {
    const first = row.first_sent_at === null ? { set: { first_sent_at: unit.at } } : {};
    await move(unit, { id: row.id, from: 'packaged', to: 'sent', code: 'SYS-OK', ...first });
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

async function deliver(sender: Sender, claimed: SubmissionRow): Promise<void> {
  const { run, grouped, counts } = sender;
  await sender.lease.beat();
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
  await conclude(sender, sub, attempt);
}

/** Records what an attempt came to, and tells a person of a removal that was refused. */
export async function conclude(sender: Sender, sub: SubmissionRow, said: Attempt): Promise<void> {
  const wasOpen = sub.state !== 'on-the-wire';
  const attempt = await confirmGone(sender.run, sub, said);
  if (attempt === undefined) return;
  const settled = await sender.grouped.run((unit) => applyAttempt(unit, sender, sub, attempt));
  countSettled(sender.counts, settled, wasOpen);
  if (settled !== 'rejected' || saysNotOnFile(sender.run, sub, attempt)) return;
  if (isRemoval(sub) || takesRiderOut(sub)) await alertRefusedRemoval(sender.run, sub);
}

/**
 * Sends one claimed message: the intent is durable before the first byte leaves, and the answer is recorded
 * together with everything that follows from it.
 */
export function sendOne(sender: Sender, claimed: SubmissionRow): Promise<void> {
  return unlessTaken(deliver(sender, claimed));
}

/** A message that another worker has settled or taken over meanwhile is left to it. */
export async function unlessTaken(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof BenchlinkError && error.code === 'STATE-CONFLICT')) throw error;
  }
}
