import { hasErrors, type Problem } from '../domain/index.ts';
import { BenchlinkError } from '../errors.ts';
import {
  addSubmission,
  fruitless,
  move,
  openReview,
  PRIORITY,
  packInto,
  putSubmissionFacts,
  setHolding,
  type Unit,
} from '../store/index.ts';
import type { Composed } from './compose.ts';
import type { TransmitRun } from './context.ts';
import { endOf } from './edits/check-standing.ts';
import { resendPause } from './retry.ts';
import { leaveRecord, refuseRiders } from './riders.ts';

/** A composed message as bytes, or everything that stops it. */
export type Packed =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** The field edits refuse it: a clerk's work. */
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  /** It is not valid against the schema: our own fault, and it is not sent. */
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  /** A change that changes nothing the destination holds. */
  | { readonly kind: 'unchanged' };

/** Checks, builds and validates a message; nothing is written. */
export function pack(run: TransmitRun, composed: Composed): Packed {
  const edits = run.packager.check(composed.message);
  if (hasErrors(edits)) return { kind: 'refused', problems: edits };
  try {
    const bytes = run.packager.build(composed.message);
    const invalid = run.packager.validate(bytes);
    return invalid.length > 0 ? { kind: 'invalid', problems: invalid } : { kind: 'bytes', bytes };
  } catch (error) {
    if (!(error instanceof BenchlinkError)) throw error;
    if (error.code === 'PACKAGE-NO-CHANGE') return { kind: 'unchanged' };
    const problem: Problem = { code: 'DST-INVALID', severity: 'error', message: error.message };
    return { kind: 'invalid', problems: [problem] };
  }
}

/** Recalls go first; then what follows from them, so that a person's other warrants are not off the file until night. */
function priorityOf({ message, row, urgent }: Composed): number {
  if (urgent) return PRIORITY.cancel;
  const promoted = message.kind === 'enter' && row.reason === 'DUP-LEAD';
  return promoted ? PRIORITY.modify : PRIORITY[message.kind];
}

/** Puts a message into the outbox with what it will make the record say; its bytes are a blob already. */
export async function enqueue(
  unit: Unit,
  run: TransmitRun,
  composed: Composed,
  packageSha256: string,
): Promise<void> {
  const { row, message } = composed;
  const messageId = await addSubmission(unit, {
    warrantId: row.id,
    version: row.version,
    kind: message.kind,
    seq: composed.seq,
    destination: run.destination,
    packageSha256,
    priority: priorityOf(composed),
    ...(run.runId ? { runId: run.runId } : {}),
  });
  // This one counts as well.
  const before = (await fruitless(unit.trx, row.id, row.version, message.kind)) - 1;
  if (before > 0) {
    const next = Date.parse(unit.at) + resendPause(before, run.random());
    await unit
      .trx('submissions')
      .where({ message_id: messageId })
      .update({ next_at: new Date(next).toISOString() });
  }
  if (composed.facts === undefined) return;
  await putSubmissionFacts(unit, {
    message_id: messageId,
    facts: composed.facts,
    nam: composed.nam ?? null,
    ori: row.agency_ori,
    oca: row.oca,
    packed: JSON.stringify(composed.named ?? composed.riders),
  });
}

/** Riders of a new entry are packaged with it. */
export async function packRiders(unit: Unit, leadId: string, riders: readonly string[]): Promise<void> {
  if (riders.length === 0) return;
  for (const id of riders) await leaveRecord(unit, id, leadId);
  await packInto(unit, leadId, riders);
  for (const id of riders) {
    await move(unit, { id, from: 'verified', to: 'packaged', code: 'DUP-LEAD', detail: { lead: leadId } });
  }
}

/**
 * A warrant that cannot be sent as it is: the clerk's list for the edits, the operator's for our own fault. One that
 * turns out not to stand, or to be sealed, while its record does is over: the record is taken back (recalls.ts).
 */
export async function refuse(
  unit: Unit,
  composed: Composed,
  packed: Extract<Packed, { kind: 'refused' | 'invalid' }>,
): Promise<void> {
  const { row } = composed;
  const first = packed.problems.find((problem) => problem.severity === 'error');
  const code = packed.kind === 'invalid' ? 'DST-INVALID' : (first?.code ?? 'EDT-FIELD');
  const telling = composed.message.kind === 'enter' || composed.message.kind === 'modify';
  const end = row.state === 'verified' && composed.message.kind === 'modify' && endOf(packed.problems);
  if (end) {
    await move(unit, { id: row.id, from: 'verified', ...end, set: { court_ended_at: unit.at } });
    return;
  }
  if (row.state === 'verified' && telling) {
    const to = packed.kind === 'invalid' ? 'failed' : 'rejected';
    await move(unit, { id: row.id, from: 'verified', to, code });
  }
  await openReview(unit, {
    warrantId: row.id,
    version: row.version,
    stage: 'transmit',
    code,
    sentence: packed.problems
      .map(({ message, field }) => (field ? `${message} [${field}]` : message))
      .join(' ')
      .slice(0, 2000),
  });
  if (composed.message.kind !== 'modify') return;
  await setHolding(unit, row.id, { dirty: 0 });
  const said = packed.problems.map(({ message }) => message).join(' ');
  await refuseRiders(unit, { id: row.id, riders: composed.named ?? composed.riders }, code, said);
}
