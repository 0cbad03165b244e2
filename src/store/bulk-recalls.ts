import type { WarrantState } from '../domain/index.ts';
import { insertMany, type Reader } from './database.ts';
import type { Unit } from './unit.ts';
import type { WarrantRow } from './warrants.ts';

export type BulkState = 'proposed' | 'approved' | 'running' | 'done' | 'undone' | 'rejected';
export type BulkItemState = 'planned' | 'recalled' | 'skipped' | 'undone';

export interface BulkRecallRow {
  id: string;
  title: string;
  /** The order or minute that allows it. */
  authority: string;
  selection: string;
  state: BulkState;
  proposed_by: string;
  proposed_at: string;
  approved_by: string | null;
  approved_at: string | null;
  finished_at: string | null;
  total: number;
  per_minute: number;
}

export interface BulkItemRow {
  bulk_id: string;
  ordinal: number;
  warrant_id: string;
  state: BulkItemState;
  from_state: WarrantState | null;
  from_reason: string | null;
  note: string | null;
}

/** A rule that names warrants; every part given must hold. */
export interface WarrantRule {
  readonly source?: string;
  readonly courtOri?: string;
  readonly county?: string;
  readonly level?: string;
  /** Issued before this ISO date. */
  readonly issuedBefore?: string;
}

const OVER: readonly WarrantState[] = ['recalled', 'served', 'expired', 'superseded'];

function byRule(db: Reader, rule: WarrantRule) {
  const rows = db('warrants').whereNotIn('state', OVER);
  if (rule.source !== undefined) rows.where({ source: rule.source });
  if (rule.courtOri !== undefined) rows.where({ court_ori: rule.courtOri });
  if (rule.county !== undefined) rows.where({ county: rule.county });
  if (rule.level !== undefined) rows.where({ level: rule.level });
  if (rule.issuedBefore !== undefined) rows.where('issued_date', '<', rule.issuedBefore);
  return rows;
}

export type BulkCandidate = Pick<WarrantRow, 'id' | 'state' | 'number' | 'oca' | 'first_sent_at'>;
const CANDIDATE = ['id', 'state', 'number', 'oca', 'first_sent_at'] as const;

/** A page of the live warrants a rule names, in id order. */
export async function pageByRule(
  db: Reader,
  rule: WarrantRule,
  after: string,
  limit: number,
): Promise<BulkCandidate[]> {
  return byRule(db, rule)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .select(...CANDIDATE);
}

/** The warrants some numbers name: our ids, warrant numbers or OCAs; also those that are over. */
export async function byNumbers(
  db: Reader,
  numbers: readonly string[],
  source: string | undefined,
): Promise<BulkCandidate[]> {
  const rows = db('warrants')
    .where((q) => q.whereIn('id', numbers).orWhereIn('number', numbers).orWhereIn('oca', numbers))
    .select(...CANDIDATE);
  if (source !== undefined) rows.where({ source });
  return rows;
}

export async function insertBulkRecall(unit: Unit, row: BulkRecallRow): Promise<void> {
  await unit.trx('bulk_recalls').insert(row);
  const detail = { total: row.total, title: row.title };
  unit.audit({ action: 'bulk-recall.propose', objectType: 'bulk-recall', objectId: row.id, detail });
}

export async function insertBulkItems(
  unit: Unit,
  bulkId: string,
  first: number,
  warrantIds: readonly string[],
): Promise<void> {
  const rows = warrantIds.map((id, i) => ({
    bulk_id: bulkId,
    ordinal: first + i,
    warrant_id: id,
    state: 'planned',
  }));
  await insertMany(unit.trx, 'bulk_recall_items', rows);
}

export async function getBulkRecall(db: Reader, id: string): Promise<BulkRecallRow | undefined> {
  return db('bulk_recalls').where({ id }).first();
}

export async function listBulkRecalls(db: Reader): Promise<BulkRecallRow[]> {
  return db('bulk_recalls').orderBy('proposed_at', 'desc');
}

/** Compare-and-set of a bulk recall's state, with its audit entry; false if somebody was quicker. */
export async function moveBulkRecall(
  unit: Unit,
  id: string,
  from: readonly BulkState[],
  to: BulkState,
  set: Partial<BulkRecallRow> = {},
): Promise<boolean> {
  const changed = await unit
    .trx('bulk_recalls')
    .where({ id })
    .whereIn('state', from)
    .update({ ...set, state: to });
  unit.audit({
    action: 'bulk-recall.move',
    objectType: 'bulk-recall',
    objectId: id,
    outcome: changed === 1 ? 'success' : 'refused',
    detail: { to },
  });
  return changed === 1;
}

/** The next items in a state, in order. */
export async function bulkItems(
  db: Reader,
  bulkId: string,
  state: BulkItemState,
  limit: number,
  after = -1,
): Promise<BulkItemRow[]> {
  return db('bulk_recall_items')
    .where({ bulk_id: bulkId, state })
    .where('ordinal', '>', after)
    .orderBy('ordinal')
    .limit(limit);
}

export async function countBulkItems(
  db: Reader,
  bulkId: string,
): Promise<Partial<Record<BulkItemState, number>>> {
  const rows = (await db('bulk_recall_items')
    .where({ bulk_id: bulkId })
    .select('state')
    .count({ n: '*' })
    .groupBy('state')) as { state: BulkItemState; n: number | string }[];
  return Object.fromEntries(rows.map((row) => [row.state, Number(row.n)]));
}

export async function setBulkItem(
  unit: Unit,
  item: Pick<BulkItemRow, 'bulk_id' | 'ordinal'>,
  set: Partial<BulkItemRow>,
): Promise<void> {
  await unit.trx('bulk_recall_items').where({ bulk_id: item.bulk_id, ordinal: item.ordinal }).update(set);
}
