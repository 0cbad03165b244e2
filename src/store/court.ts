import type { CourtRecord, Problem } from '../domain/index.ts';
import { insertMany, type Reader } from './database.ts';
import type { FileRow, FileState, RecordRow, RecordState } from './files.ts';
import type { Unit } from './unit.ts';
import type { WarrantRow } from './warrants.ts';

/** Values of one `in (...)` list: under SQLite's limit, and short enough to plan well. */
const LIST = 500;

function lists<T>(values: readonly T[]): T[][] {
  const out: T[][] = [];
  for (let i = 0; i < values.length; i += LIST) out.push(values.slice(i, i + LIST));
  return out;
}

export interface NewRecord {
  readonly fileId: number;
  readonly record: CourtRecord;
  readonly contentHash: string;
  readonly problems: readonly Problem[];
  readonly state: RecordState;
  readonly warrantId?: string;
  readonly replaces?: number;
}

/** Stores records of one file and answers their ids by ordinal. */
export async function insertRecords(
  unit: Unit,
  records: readonly NewRecord[],
): Promise<ReadonlyMap<number, number>> {
  const rows = records.map((r) => ({
    file_id: r.fileId,
    ordinal: r.record.place.ordinal,
    line: r.record.place.line ?? null,
    format: r.record.format,
    event: r.record.event,
    warrant_id: r.warrantId ?? null,
    content_hash: r.contentHash,
    canonical: JSON.stringify(r.record),
    problems: JSON.stringify(r.problems),
    state: r.state,
    replaces: r.replaces ?? null,
    created_by: unit.actor,
    created_at: unit.at,
  }));
  const ids = new Map<number, number>();
  for (const part of lists(rows)) {
    const returned = (await unit.trx('court_records').insert(part).returning(['id', 'ordinal'])) as {
      id: number;
      ordinal: number;
    }[];
    for (const row of returned) ids.set(row.ordinal, row.id);
  }
  return ids;
}

/** How far a file is stored: written in the transaction of each batch, so that a dead run resumes exactly. */
export async function setFileProgress(
  unit: Unit,
  id: number,
  progress: { records: number; counts: Readonly<Record<string, number>> },
): Promise<void> {
  await unit
    .trx('source_files')
    .where({ id, state: 'claimed' satisfies FileState })
    .update({ records: progress.records, counts: JSON.stringify(progress.counts) });
}

/** Warrants by identity key, in lists of any length. */
export async function warrantsByIdentity(db: Reader, keys: readonly string[]): Promise<WarrantRow[]> {
  const rows: WarrantRow[] = [];
  for (const part of lists(keys)) rows.push(...(await db('warrants').whereIn('identity_key', part)));
  return rows;
}

export type ReferenceColumn = 'repository_id' | 'number' | 'oca';

/** Warrants of a source by one of the weaker names a change or recall uses. */
export async function warrantsByReference(
  db: Reader,
  source: string,
  column: ReferenceColumn,
  values: readonly string[],
): Promise<WarrantRow[]> {
  const rows: WarrantRow[] = [];
  for (const part of lists(values)) {
    rows.push(...((await db('warrants').whereIn(column, part).where({ source })) as WarrantRow[]));
  }
  return rows;
}

export interface PendingRow {
  readonly id: number;
  readonly source: string;
  readonly kind: string;
  readonly value: string;
  readonly record_id: number;
  readonly as_of: string;
}

/** Keeps an event about a warrant not known yet, under every name it uses. */
export async function addPending(unit: Unit, rows: readonly Omit<PendingRow, 'id'>[]): Promise<void> {
  await insertMany(unit.trx, 'court_pending', rows);
}

/** Events waiting for warrants of these names, oldest first. */
export async function pendingFor(
  db: Reader,
  source: string,
  values: readonly string[],
): Promise<PendingRow[]> {
  const rows: PendingRow[] = [];
  for (const part of lists(values)) {
    rows.push(...((await db('court_pending').where({ source }).whereIn('value', part)) as PendingRow[]));
  }
  return rows.sort((a, b) => a.id - b.id);
}

export async function removePending(unit: Unit, recordId: number): Promise<void> {
  await unit.trx('court_pending').where({ record_id: recordId }).delete();
}

/** Joins a record to its warrant once it is known. */
export async function attachRecord(
  unit: Unit,
  recordId: number,
  from: RecordState,
  to: RecordState,
  warrantId: string,
): Promise<boolean> {
  const changed = await unit
    .trx('court_records')
    .where({ id: recordId, state: from })
    .update({ state: to, warrant_id: warrantId });
  unit.audit({
    action: 'record.move',
    objectType: 'record',
    objectId: String(recordId),
    detail: { from, to, warrant: warrantId, done: changed === 1 },
  });
  return changed === 1;
}

/** Notes which warrants a snapshot showed. */
export async function markSeen(
  unit: Unit,
  source: string,
  fileId: number,
  warrantIds: readonly string[],
): Promise<void> {
  for (const part of lists(warrantIds)) {
    await unit
      .trx('court_seen')
      .insert(part.map((id) => ({ warrant_id: id, source, file_id: fileId })))
      .onConflict('warrant_id')
      .merge(['source', 'file_id']);
  }
}

/** Warrants the court should still hold active. */
const LIVE_ENDS = ['recalled', 'served', 'expired', 'superseded'];

function live(db: Reader, source: string) {
  return db('warrants').where('warrants.source', source).whereNotIn('warrants.state', LIVE_ENDS);
}

export async function countLive(db: Reader, source: string): Promise<number> {
  const row = (await live(db, source).count({ n: '*' }).first()) as { n: number | string };
  return Number(row.n);
}

function unseen(db: Reader, source: string, fileId: number) {
  return live(db, source)
    .leftJoin('court_seen', 'court_seen.warrant_id', 'warrants.id')
    .where((q) => q.whereNull('court_seen.file_id').orWhereNot('court_seen.file_id', fileId));
}

/** How many live warrants of a source a full snapshot did not show. */
export async function countVanished(db: Reader, source: string, fileId: number): Promise<number> {
  const row = (await unseen(db, source, fileId).count({ n: '*' }).first()) as { n: number | string };
  return Number(row.n);
}

/** A page of them, in id order. */
export async function pageVanished(
  db: Reader,
  source: string,
  fileId: number,
  after: string,
  limit: number,
): Promise<Pick<WarrantRow, 'id' | 'version' | 'suspect_since'>[]> {
  return unseen(db, source, fileId)
    .select('warrants.id', 'warrants.version', 'warrants.suspect_since')
    .where('warrants.id', '>', after)
    .orderBy('warrants.id')
    .limit(limit);
}

/** Marks a warrant as missing from the court's list, or clears the mark; no state changes by it. */
export async function setSuspect(unit: Unit, ids: readonly string[], suspect: boolean): Promise<void> {
  for (const part of lists(ids)) {
    await unit
      .trx('warrants')
      .whereIn('id', part)
      .update({ suspect_since: suspect ? unit.at : null });
  }
  for (const id of ids) {
    unit.audit({
      action: suspect ? 'warrant.suspect' : 'warrant.seen-again',
      objectType: 'warrant',
      objectId: id,
      ...(suspect ? { code: 'SRC-VANISHED' } : {}),
    });
  }
}

/** Withdraws the open questions of one reason, e.g. when a vanished warrant is back. */
export async function withdrawReviewsOf(unit: Unit, ids: readonly string[], code: string): Promise<void> {
  for (const part of lists(ids)) {
    await unit
      .trx('reviews')
      .whereIn('warrant_id', part)
      .where({ code, state: 'open' })
      .update({ state: 'withdrawn', decided_at: unit.at });
  }
}

/** Those of the given warrants that are marked as missing from the court's list. */
export async function suspectsAmong(db: Reader, ids: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const part of lists(ids)) {
    found.push(
      ...((await db('warrants').whereIn('id', part).whereNotNull('suspect_since').pluck('id')) as string[]),
    );
  }
  return found;
}

/** The source whose file a record stood in. */
export async function sourceOfRecord(db: Reader, recordId: number): Promise<string | undefined> {
  const row = (await db('court_records')
    .join('source_files', 'source_files.id', 'court_records.file_id')
    .where('court_records.id', recordId)
    .first('source_files.source')) as { source: string } | undefined;
  return row?.source;
}

export async function fileOf(db: Reader, id: number): Promise<FileRow | undefined> {
  return db('source_files').where({ id }).first();
}

/** Quarantined records of a source, oldest first; only those with a problem of a code, where one is given. */
export async function quarantinedOf(db: Reader, source: string, code?: string): Promise<RecordRow[]> {
  const rows = db('court_records')
    .join('source_files', 'source_files.id', 'court_records.file_id')
    .where({ 'source_files.source': source, 'court_records.state': 'quarantined' satisfies RecordState })
    .orderBy('court_records.id')
    .select('court_records.*');
  if (code !== undefined) rows.where('court_records.problems', 'like', `%"code":"${code}"%`);
  return (await rows) as RecordRow[];
}
