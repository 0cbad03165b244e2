import type { SubmissionKind, SubmissionState } from '../domain/index.ts';
import { isPostgres, type Reader } from './database.ts';
import { change, insertRow, row, rows, updateRows } from './statement.ts';
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

const OPEN_LIST = OPEN_SUBMISSIONS.map((state) => `'${state}'`).join(', ');

/** The message about a warrant that is not settled yet. */
export async function openSubmission(db: Reader, warrantId: string): Promise<SubmissionRow | undefined> {
  return row<SubmissionRow>(
    db,
    `select * from submissions where warrant_id = ? and state in (${OPEN_LIST})`,
    [warrantId],
  );
}

/** The number of the next message of a kind about a version: a new number is a new message id. */
export async function nextSeq(
  db: Reader,
  warrantId: string,
  version: number,
  kind: SubmissionKind,
): Promise<number> {
  const found = await row<{ seq: number | null }>(
    db,
    'select max(seq) as seq from submissions where warrant_id = ? and warrant_version = ? and kind = ?',
    [warrantId, version, kind],
  );
  return Number(found?.seq ?? 0) + 1;
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

export async function putSubmissionFacts(unit: Unit, facts: SubmissionFactsRow): Promise<void> {
  await insertRow(unit.trx, 'submission_facts', facts);
}

export async function submissionFacts(
  db: Reader,
  messageId: string,
): Promise<SubmissionFactsRow | undefined> {
  return row<SubmissionFactsRow>(db, 'select * from submission_facts where message_id = ?', [messageId]);
}

/** Ids of the warrants that ride in the record a message makes. */
export async function ridersOf(db: Reader, messageId: string): Promise<string[]> {
  const found = await row<{ packed: string }>(
    db,
    'select packed from submission_facts where message_id = ?',
    [messageId],
  );
  return JSON.parse(found?.packed ?? '[]') as string[];
}

/** How many messages of a kind about a version came to nothing since one was accepted: the more, the later the next. */
export async function fruitless(
  db: Reader,
  warrantId: string,
  version: number,
  kind: SubmissionKind,
): Promise<number> {
  const found = await row<{ n: number | string }>(
    db,
    `select count(*) as n from submissions as s
     where warrant_id = ? and warrant_version = ? and kind = ? and state <> 'accepted'
     and not exists (select 1 from submissions as a where a.warrant_id = s.warrant_id
       and a.warrant_version = s.warrant_version and a.kind = s.kind and a.state = 'accepted' and a.seq > s.seq)`,
    [warrantId, version, kind],
  );
  return Number(found?.n ?? 0);
}

export interface ClaimOwner {
  readonly owner: string | null;
  /** When the lease of that worker ends; absent when it has let go. */
  readonly expires_at: string | null;
}

/** Workers that have messages claimed or on the wire. */
export async function claimOwners(unit: Unit): Promise<ClaimOwner[]> {
  return rows<ClaimOwner>(
    unit.trx,
    `select distinct s.claimed_by as owner, l.expires_at from submissions as s
     left join leases as l on l.name = 'transmit:' || s.claimed_by
     where s.state in ('claimed', 'on-the-wire')`,
  );
}

/** Messages that these workers left behind, claimed or on the wire. */
export async function strandedSubmissions(
  unit: Unit,
  owners: readonly (string | null)[],
  limit: number,
): Promise<SubmissionRow[]> {
  const named = owners.filter((owner) => owner !== null);
  return unit
    .trx('submissions')
    .whereIn('state', ['claimed', 'on-the-wire'])
    .where((q) => q.whereIn('claimed_by', named).orWhereNull('claimed_by'))
    .limit(limit);
}

/** Messages due later than any pause lasts are due now: the clock they were timed by was ahead. */
export async function pullForward(unit: Unit, latest: string): Promise<number> {
  return change(
    unit.trx,
    "update submissions set next_at = ? where state in ('built', 'unsure', 'queued') and next_at > ?",
    [unit.at, latest],
  );
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
  const due = (await query) as SubmissionRow[];
  for (const each of due) {
    const set = { asked: each.asked + 1, next_at: nextAt(each) };
    await updateRows(unit.trx, 'submissions', set, { message_id: each.message_id, state: each.state });
  }
  return due;
}

/** The earliest moment at which a message is due to be sent or asked about; undefined when none is open. */
export async function nextDue(db: Reader, maxPriority = 9): Promise<string | undefined> {
  const first = await row<{ at: string | null }>(
    db,
    `select min(next_at) as at from submissions
     where state in ('built', 'unsure', 'queued') and priority <= ?`,
    [maxPriority],
  );
  return first?.at ?? undefined;
}

/** Removals of a record (`h`) that the destination will not carry out: what it cannot do now is tried again. */
function refusedRemovals(db: Reader) {
  return db('submissions as s')
    .whereRaw('s.warrant_id = h.warrant_id')
    .whereIn('s.kind', ['cancel', 'clear'])
    .where('s.state', 'rejected')
    .whereNot('s.answer_code', 'DST-DOWN')
    .whereRaw('s.built_at >= h.told_at');
}

/** Whether the destination has refused for good to take a record off as it stands: a person's work. */
export async function refusesRemoval(db: Reader, warrantId: string): Promise<boolean> {
  const found = await db('holdings as h')
    .where('h.warrant_id', warrantId)
    .whereExists(refusedRemovals(db))
    .first('h.warrant_id');
  return found !== undefined;
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
      db('submissions as s').whereRaw('s.warrant_id = h.warrant_id').whereIn('s.state', OPEN_SUBMISSIONS),
    )
    // What was refused before it ended was another question: to give way to a more serious warrant.
    .whereNotExists(refusedRemovals(db).whereRaw('s.built_at >= w.state_at'));
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
