import { localDate } from '../clock.ts';
import { OFF_FILE_STATES } from '../domain/index.ts';
import { BenchlinkError } from '../errors.ts';
import {
  getHolding,
  getWarrant,
  type HoldingRow,
  messageIdOf,
  nextSeq,
  openSubmission,
} from '../store/index.ts';
import { referenceOf } from './compose.ts';
import type { TransmitRun } from './context.ts';
import { enqueue, pack } from './outbox.ts';
import { VALIDATE_AHEAD_DAYS } from './parameters.ts';
import { isoDateAfter } from './settle-accepted.ts';

/** A record whose validation is due: review the entry, consult the court, then certify or remove it. */
export interface ValidationDue {
  readonly warrantId: string;
  readonly fcn: string;
  readonly ori: string;
  readonly oca: string;
  /** ISO date after which the destination may purge it. */
  readonly validateBy: string;
  /** Days left; negative when it may be purged any day. */
  readonly daysLeft: number;
}

/** The list of records to validate, most urgent first, a page at a time (14B NCAC 18B .0203: monthly). */
export async function validationDue(
  run: Pick<TransmitRun, 'store' | 'clock' | 'zone'>,
  options: { readonly aheadDays?: number; readonly after?: ValidationDue; readonly limit?: number } = {},
): Promise<ValidationDue[]> {
  const now = run.clock.now();
  const until = isoDateAfter(now.toISOString(), options.aheadDays ?? VALIDATE_AHEAD_DAYS);
  const today = localDate(now, run.zone);
  const query = run.store
    .db<HoldingRow>('holdings')
    .where('validate_by', '<=', until)
    .orderBy([{ column: 'validate_by' }, { column: 'warrant_id' }])
    .limit(options.limit ?? 500);
  const { after } = options;
  if (after) query.whereRaw('(validate_by, warrant_id) > (?, ?)', [after.validateBy, after.warrantId]);
  const rows = (await query) as HoldingRow[];
  return rows.map((row) => ({
    warrantId: row.warrant_id,
    fcn: row.fcn,
    ori: row.ori,
    oca: row.oca,
    validateBy: row.validate_by,
    daysLeft: Math.round((Date.parse(row.validate_by) - Date.parse(today)) / 86_400_000),
  }));
}

/** A certification by a person. */
export interface Certification {
  /** VLN: who certifies. */
  readonly validator: string;
  /** Whom they consulted: court, prosecutor or complainant. */
  readonly consulted: string;
}

/**
 * Certifies a record as still right: the validation message goes out with the next run.
 * @returns the message id
 * @throws BenchlinkError NOT-HELD (no record of it at the destination), NOT-STANDING (it has ended, or is kept here), MESSAGE-OPEN (another message about it is
 * not settled yet), VALIDATION-REFUSED (the field edits)
 */
export async function certify(run: TransmitRun, warrantId: string, by: Certification): Promise<string> {
  const { db } = run.store;
  const row = await getWarrant(db, warrantId);
  const holding = await getHolding(db, warrantId);
  if (!row || !holding) {
    throw new BenchlinkError('usage', 'NOT-HELD', `The destination holds no record of warrant ${warrantId}.`);
  }
  if (OFF_FILE_STATES.includes(row.state)) {
    const text = `Warrant ${warrantId} is ${row.state}: its record is to be removed, not certified.`;
    throw new BenchlinkError('usage', 'NOT-STANDING', text);
  }
  if (await openSubmission(db, warrantId)) {
    const text = `A message about warrant ${warrantId} is still on its way. Certify it when that is settled.`;
    throw new BenchlinkError('retry', 'MESSAGE-OPEN', text);
  }
  const seq = await nextSeq(db, row.id, row.version, 'validate');
  const messageId = messageIdOf(row.id, row.version, 'validate', seq);
  const composed = {
    row,
    seq,
    riders: [],
    message: {
      kind: 'validate' as const,
      messageId,
      created: run.clock.now().toISOString(),
      version: row.version,
      sourceSystem: row.source,
      record: referenceOf(holding),
      validator: by.validator,
      consulted: by.consulted,
      date: localDate(run.clock.now(), run.zone),
    },
  };
  const packed = pack(run, composed);
  if (packed.kind !== 'bytes') {
    const why =
      packed.kind === 'unchanged' ? '' : packed.problems.map((problem) => problem.message).join(' ');
    throw new BenchlinkError('usage', 'VALIDATION-REFUSED', why);
  }
  const sha = run.store.blobs.put(packed.bytes);
  await run.store.transaction(run.actor, (unit) => enqueue(unit, run, composed, sha));
  return messageId;
}
