import type { CourtRecord, Problem } from '../domain/index.ts';
import type { Reader } from './database.ts';
import type { Unit } from './unit.ts';

export type FileState = 'claimed' | 'done' | 'refused' | 'duplicate';
export type RecordState =
  | 'applied'
  | 'duplicate'
  | 'quarantined'
  | 'evidence'
  | 'stopped'
  | 'replaced'
  | 'unmatched';

export interface FileRow {
  id: number;
  source: string;
  name: string;
  sha256: string;
  bytes: number;
  format: string | null;
  state: FileState;
  received_at: string;
  finished_at: string | null;
  records: number;
  counts: string;
  problems: string;
  run_id: string | null;
}

export interface RecordRow {
  id: number;
  file_id: number;
  ordinal: number;
  line: number | null;
  format: string;
  event: string;
  warrant_id: string | null;
  content_hash: string;
  /** Canonical JSON: a `CourtRecord`. */
  canonical: string;
  problems: string;
  state: RecordState;
  replaces: number | null;
  created_by: string;
  created_at: string;
}

/** Notes a file's arrival; its bytes are a blob by then. */
export async function insertFile(
  unit: Unit,
  file: {
    source: string;
    name: string;
    sha256: string;
    bytes: number;
    state: FileState;
    runId?: string;
    problems?: readonly Problem[];
  },
): Promise<number> {
  const [row] = (await unit
    .trx('source_files')
    .insert({
      source: file.source,
      name: file.name,
      sha256: file.sha256,
      bytes: file.bytes,
      state: file.state,
      received_at: unit.at,
      finished_at: file.state === 'claimed' ? null : unit.at,
      problems: JSON.stringify(file.problems ?? []),
      run_id: file.runId ?? null,
    })
    .returning('id')) as { id: number }[];
  unit.audit({
    action: 'file.receive',
    objectType: 'file',
    objectId: String(row!.id),
    outcome: file.state === 'refused' ? 'refused' : 'success',
    detail: { source: file.source, sha256: file.sha256, bytes: file.bytes, state: file.state },
  });
  return row!.id;
}

export async function finishFile(
  unit: Unit,
  id: number,
  result: {
    state: FileState;
    format: string | null;
    records: number;
    counts: Readonly<Record<string, number>>;
    problems: readonly Problem[];
  },
): Promise<void> {
  await unit
    .trx('source_files')
    .where({ id })
    .update({
      state: result.state,
      format: result.format,
      records: result.records,
      counts: JSON.stringify(result.counts),
      problems: JSON.stringify(result.problems),
      finished_at: unit.at,
    });
  unit.audit({
    action: 'file.finish',
    objectType: 'file',
    objectId: String(id),
    outcome: result.state === 'refused' ? 'refused' : 'success',
    detail: { state: result.state, records: result.records, ...result.counts },
  });
}

/** A finished file of the same source with the same bytes. */
export async function findSameFile(db: Reader, source: string, sha256: string): Promise<FileRow | undefined> {
  return db('source_files').where({ source, sha256, state: 'done' }).first();
}

/** Files a dead run left half done. */
export async function claimedFiles(db: Reader): Promise<FileRow[]> {
  return db('source_files').where({ state: 'claimed' }).orderBy('id');
}

export async function insertRecord(
  unit: Unit,
  record: {
    fileId: number;
    record: CourtRecord;
    contentHash: string;
    problems: readonly Problem[];
    state: RecordState;
    warrantId?: string;
    replaces?: number;
  },
): Promise<number> {
  const [row] = (await unit
    .trx('court_records')
    .insert({
      file_id: record.fileId,
      ordinal: record.record.place.ordinal,
      line: record.record.place.line ?? null,
      format: record.record.format,
      event: record.record.event,
      warrant_id: record.warrantId ?? null,
      content_hash: record.contentHash,
      canonical: JSON.stringify(record.record),
      problems: JSON.stringify(record.problems),
      state: record.state,
      replaces: record.replaces ?? null,
      created_by: unit.actor,
      created_at: unit.at,
    })
    .returning('id')) as { id: number }[];
  return row!.id;
}

export async function setRecordState(
  unit: Unit,
  id: number,
  from: RecordState,
  to: RecordState,
): Promise<boolean> {
  const changed = await unit.trx('court_records').where({ id, state: from }).update({ state: to });
  unit.audit({
    action: 'record.move',
    objectType: 'record',
    objectId: String(id),
    detail: { from, to, done: changed === 1 },
  });
  return changed === 1;
}

export async function getRecord(db: Reader, id: number): Promise<RecordRow | undefined> {
  return db('court_records').where({ id }).first();
}

/** What people made of a record, oldest first. */
export async function versionsOfRecord(db: Reader, id: number): Promise<RecordRow[]> {
  return db('court_records').where({ replaces: id }).orderBy('id');
}

/** Records of the same warrant or content seen before. */
export async function findSameRecords(
  db: Reader,
  hashes: readonly string[],
): Promise<Pick<RecordRow, 'id' | 'content_hash' | 'state'>[]> {
  if (hashes.length === 0) return [];
  return db('court_records').select('id', 'content_hash', 'state').whereIn('content_hash', hashes);
}

/** How many records of a file are stored already: where a resumed file goes on. */
export async function recordsOfFile(db: Reader, fileId: number): Promise<number> {
  const row = (await db('court_records').where({ file_id: fileId }).max({ n: 'ordinal' }).first()) as {
    n: number | null;
  };
  return row.n ?? 0;
}

export async function pageRecords(
  db: Reader,
  query: { state: RecordState; after?: number; limit: number },
): Promise<RecordRow[]> {
  return db('court_records')
    .where({ state: query.state })
    .where('id', '>', query.after ?? 0)
    .orderBy('id')
    .limit(query.limit);
}
