import { createHash } from 'node:crypto';
import { mayMoveSubmission, type SubmissionKind, type SubmissionState } from '../domain/index.ts';
import { BenchlinkError } from '../errors.ts';
import { isPostgres, type Reader } from './database.ts';
import { insertRow, row, updateRows } from './statement.ts';
import type { Unit } from './unit.ts';

export interface SubmissionRow {
  message_id: string;
  warrant_id: string;
  warrant_version: number;
  kind: SubmissionKind;
  seq: number;
  destination: string;
  state: SubmissionState;
  priority: number;
  package_sha256: string;
  attempts: number;
  asked: number;
  built_at: string;
  next_at: string;
  claimed_by: string | null;
  claimed_at: string | null;
  wire_at: string | null;
  answered_at: string | null;
  answer_code: string | null;
  answer: string;
  answer_sha256: string | null;
  fcn: string | null;
  nic: string | null;
  run_id: string | null;
}

/** Lower goes first: recalls overtake everything. */
export const PRIORITY: Readonly<Record<SubmissionKind, number>> = {
  cancel: 0,
  clear: 0,
  modify: 1,
  supplemental: 1,
  validate: 1,
  enter: 2,
};

/**
 * The message id, fixed by what the message is about: the same warrant, version, kind and number always give
 * the same id, so a rebuilt message is the same message. RFC 9562 version 8 (a UUID of our own hash).
 */
export function messageIdOf(warrantId: string, version: number, kind: SubmissionKind, seq: number): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([warrantId, version, kind, seq]))
    .digest('hex');
  const variant = ((Number.parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export interface NewSubmission {
  readonly warrantId: string;
  readonly version: number;
  readonly kind: SubmissionKind;
  readonly seq: number;
  readonly destination: string;
  /** The exact bytes to send are a blob by then. */
  readonly packageSha256: string;
  /** What its kind has, unless said. */
  readonly priority?: number;
  readonly runId?: string;
}

/** Puts a message in the outbox. The unique key makes a second one for the same purpose impossible. */
export async function addSubmission(unit: Unit, submission: NewSubmission): Promise<string> {
  const messageId = messageIdOf(submission.warrantId, submission.version, submission.kind, submission.seq);
  await insertRow(unit.trx, 'submissions', {
    message_id: messageId,
    warrant_id: submission.warrantId,
    warrant_version: submission.version,
    kind: submission.kind,
    seq: submission.seq,
    destination: submission.destination,
    state: 'built',
    priority: submission.priority ?? PRIORITY[submission.kind],
    package_sha256: submission.packageSha256,
    built_at: unit.at,
    next_at: unit.at,
    run_id: submission.runId ?? null,
  });
  unit.audit({
    action: 'submission.build',
    objectType: 'submission',
    objectId: messageId,
    detail: { warrant: submission.warrantId, kind: submission.kind, package: submission.packageSha256 },
  });
  return messageId;
}

/** Compare-and-set of a submission's state, with its audit entry. */
export async function moveSubmission(
  unit: Unit,
  step: {
    id: string;
    from: SubmissionState;
    to: SubmissionState;
    code?: string;
    set?: Partial<SubmissionRow>;
  },
): Promise<void> {
  if (!mayMoveSubmission(step.from, step.to)) {
    throw new BenchlinkError(
      'fault',
      'STATE-FORBIDDEN',
      `Submission ${step.id} may not move from ${step.from} to ${step.to}.`,
    );
  }
  const where = { message_id: step.id, state: step.from };
  const changed = await updateRows(unit.trx, 'submissions', { ...step.set, state: step.to }, where);
  if (changed !== 1) {
    throw new BenchlinkError('retry', 'STATE-CONFLICT', `Submission ${step.id} is no longer ${step.from}.`);
  }
  unit.audit({
    action: 'submission.move',
    objectType: 'submission',
    objectId: step.id,
    ...(step.code ? { code: step.code } : {}),
    detail: { from: step.from, to: step.to },
  });
}

/** Claims what is due, recalls first; the attempt is counted here, so that a poison message cannot loop for ever. */
export async function claimDue(
  unit: Unit,
  owner: string,
  limit: number,
  maxPriority = 9,
): Promise<SubmissionRow[]> {
  const query = unit
    .trx('submissions')
    .where({ state: 'built' })
    .where('next_at', '<=', unit.at)
    .where('priority', '<=', maxPriority)
    .orderBy([{ column: 'priority' }, { column: 'next_at' }, { column: 'message_id' }])
    .limit(limit);
  // PostgreSQL has many writers: each takes rows no other holds. SQLite has one writer at a time.
  if (isPostgres(unit.trx)) query.forUpdate().skipLocked();
  const due = (await query) as SubmissionRow[];
  for (const row of due) {
    await moveSubmission(unit, {
      id: row.message_id,
      from: 'built',
      to: 'claimed',
      set: { claimed_by: owner, claimed_at: unit.at, attempts: row.attempts + 1 },
    });
  }
  return due.map((row) => ({
    ...row,
    state: 'claimed' as const,
    claimed_by: owner,
    claimed_at: unit.at,
    attempts: row.attempts + 1,
  }));
}

export async function getSubmission(db: Reader, messageId: string): Promise<SubmissionRow | undefined> {
  return row<SubmissionRow>(db, 'select * from submissions where message_id = ?', [messageId]);
}

export async function submissionsOf(db: Reader, warrantId: string): Promise<SubmissionRow[]> {
  return db('submissions')
    .where({ warrant_id: warrantId })
    .orderBy([{ column: 'built_at' }, { column: 'seq' }]);
}

export async function submissionsIn(
  db: Reader,
  states: readonly SubmissionState[],
  limit: number,
): Promise<SubmissionRow[]> {
  return db('submissions')
    .whereIn('state', states)
    .orderBy([{ column: 'priority' }, { column: 'next_at' }])
    .limit(limit);
}

export async function countSubmissions(db: Reader): Promise<Partial<Record<SubmissionState, number>>> {
  const rows = (await db('submissions').select('state').count({ n: '*' }).groupBy('state')) as {
    state: SubmissionState;
    n: number | string;
  }[];
  return Object.fromEntries(rows.map((row) => [row.state, Number(row.n)]));
}
