import type { SubmissionKind, SubmissionState } from '../domain/index.ts';
import { isPostgres, type Reader } from './database.ts';
import type { SubmissionRow } from './submissions.ts';
import type { Unit } from './unit.ts';
import type { WarrantRow } from './warrants.ts';

/** States of a message that is on its way or not settled; a warrant has at most one (unique index). */
export const OPEN_SUBMISSIONS: readonly SubmissionState[] = [
  'built',
  'claimed',
  'on-the-wire',
  'unsure',
  'queued',
];

/** The message about a warrant that is not settled yet. */
export async function openSubmission(db: Reader, warrantId: string): Promise<SubmissionRow | undefined> {
  return db('submissions').where({ warrant_id: warrantId }).whereIn('state', OPEN_SUBMISSIONS).first();
}

/** The number of the next message of a kind about a version: a new number is a new message id. */
export async function nextSeq(
  db: Reader,
  warrantId: string,
  version: number,
  kind: SubmissionKind,
): Promise<number> {
  const [row] = (await db('submissions')
    .where({ warrant_id: warrantId, warrant_version: version, kind })
    .max({ seq: 'seq' })) as { seq: number | null }[];
  return Number(row?.seq ?? 0) + 1;
}

/** What a message makes the destination's record say. */
export interface SubmissionFactsRow {
  message_id: string;
  facts: string;
  nam: string | null;
  ori: string | null;
  oca: string | null;
  packed: string;
}

export async function putSubmissionFacts(unit: Unit, row: SubmissionFactsRow): Promise<void> {
  await unit.trx('submission_facts').insert(row);
}

export async function submissionFacts(
  db: Reader,
  messageId: string,
): Promise<SubmissionFactsRow | undefined> {
  return db('submission_facts').where({ message_id: messageId }).first();
}

/**
 * Messages an owner left behind when it died: claimed or on the wire, and its lease has run out.
 * @param only the one owner known to live; if absent, whoever holds an unexpired lease lives
 */
export async function strandedSubmissions(
  unit: Unit,
  limit: number,
  only?: string,
): Promise<SubmissionRow[]> {
  const query = unit.trx('submissions as s').whereIn('s.state', ['claimed', 'on-the-wire']).limit(limit);
  if (only !== undefined) query.where((q) => q.whereNot('s.claimed_by', only).orWhereNull('s.claimed_by'));
  else {
    query.whereNotExists(
      unit
        .trx('leases as l')
        .whereRaw(`l.name = 'transmit:' || s.claimed_by`)
        .where('l.expires_at', '>', unit.at),
    );
  }
  return query.select('s.*');
}

/** Takes the messages whose answer is to be asked for now, and sets when they may be asked about again. */
export async function takeToAsk(
  unit: Unit,
  limit: number,
  nextAt: (row: SubmissionRow) => string,
): Promise<SubmissionRow[]> {
  const query = unit
    .trx('submissions')
    .whereIn('state', ['unsure', 'queued'])
    .where('next_at', '<=', unit.at)
    .orderBy([{ column: 'priority' }, { column: 'next_at' }])
    .limit(limit);
  if (isPostgres(unit.trx)) query.forUpdate().skipLocked();
  const rows = (await query) as SubmissionRow[];
  for (const row of rows) {
    await unit
      .trx('submissions')
      .where({ message_id: row.message_id, state: row.state })
      .update({ asked: row.asked + 1, next_at: nextAt(row) });
  }
  return rows;
}

/** The earliest moment at which any message is due to be sent or asked about; undefined when none is open. */
export async function nextDue(db: Reader): Promise<string | undefined> {
  const row = (await db('submissions')
    .whereIn('state', ['built', 'unsure', 'queued'])
    .min({ at: 'next_at' })
    .first()) as { at: string | null } | undefined;
  return row?.at ?? undefined;
}

/** Ended warrants that something remains to be done for: a record at the destination, or a message on its way. */
export async function endedWithWork(
  db: Reader,
  states: readonly string[],
  query: { after: string; limit: number },
): Promise<WarrantRow[]> {
  const held = db('holdings as h')
    .whereRaw('h.warrant_id = w.id')
    .whereNotExists(
      db('submissions as s')
        .whereRaw('s.warrant_id = h.warrant_id')
        .where((q) =>
          q
            .whereIn('s.state', OPEN_SUBMISSIONS)
            .orWhere((r) =>
              r
                .whereIn('s.kind', ['cancel', 'clear'])
                .where('s.state', 'rejected')
                .whereRaw('s.built_at >= h.told_at'),
            ),
        ),
    );
  const open = db('submissions as s')
    .whereRaw('s.warrant_id = w.id')
    .where({ 's.state': 'built' })
    .whereNotIn('s.kind', ['cancel', 'clear']);
  return db('warrants as w')
    .whereIn('w.state', states)
    .where('w.id', '>', query.after)
    .where((q) => q.whereExists(held).orWhereExists(open))
    .orderBy('w.id')
    .limit(query.limit)
    .select('w.*');
}
