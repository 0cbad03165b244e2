import type { CourtRecord, Problem } from '../domain/index.ts';
import { BenchlinkError } from '../errors.ts';
import { fileOf, getRecord, type RecordRow, type Store, versionsOfRecord } from '../store/index.ts';
import { type Encoding, xmlEncoding } from './encoding.ts';
import { changedFields } from './lifecycle/diff.ts';

/** One version that a person made of a record. */
export interface RecordVersion {
  readonly id: number;
  readonly by: string;
  readonly at: string;
  readonly state: string;
  /** Canonical paths that differ from the record as it came. */
  readonly changed: readonly string[];
}

export interface ShownRecord {
  readonly id: number;
  readonly source: string;
  readonly file: string;
  readonly ordinal: number;
  readonly line: number | null;
  readonly state: string;
  readonly problems: readonly Problem[];
  /** The record as it was read. */
  readonly record: CourtRecord;
  /** The sender's own lines, from the record's first on. */
  readonly raw: readonly string[];
  readonly versions: readonly RecordVersion[];
}

function decoded(bytes: Uint8Array): string {
  let encoding: Encoding = 'iso-8859-1';
  try {
    encoding = xmlEncoding(bytes);
  } catch {
    // What cannot be told is shown byte by byte.
  }
  if (encoding === 'iso-8859-1' || encoding === 'us-ascii') return Buffer.from(bytes).toString('latin1');
  return new TextDecoder(encoding).decode(bytes);
}

/** Lines of a stored file from one on, in flat memory. */
async function linesFrom(store: Store, sha256: string, line: number, count: number): Promise<string[]> {
  const kept: Uint8Array[] = [];
  let at = 1;
  for await (const chunk of store.blobs.stream(sha256)) {
    let start = 0;
    for (let i = chunk.indexOf(10); i >= 0; i = chunk.indexOf(10, i + 1)) {
      if (at >= line && at < line + count) kept.push(chunk.subarray(start, i + 1));
      at += 1;
      start = i + 1;
      if (at >= line + count) return decoded(Buffer.concat(kept)).split(/\r?\n/).slice(0, count);
    }
    if (at >= line) kept.push(chunk.subarray(start));
  }
  return decoded(Buffer.concat(kept)).trimEnd().split(/\r?\n/).slice(0, count);
}

function versionOf(before: CourtRecord, row: RecordRow): RecordVersion {
  const after = JSON.parse(row.canonical) as CourtRecord;
  const changed = changedFields(before.warrant, after.warrant);
  return { id: row.id, by: row.created_by, at: row.created_at, state: row.state, changed };
}

/**
 * A record with all that is wrong with it, the sender's own lines, and every version made of it.
 * @param lines of the raw file shown at most
 * @throws BenchlinkError NOT-FOUND
 */
export async function showRecord(store: Store, id: number, lines: number): Promise<ShownRecord> {
  const row = await getRecord(store.db, id);
  const file = row && (await fileOf(store.db, row.file_id));
  if (!row || !file) throw new BenchlinkError('usage', 'NOT-FOUND', `There is no record ${id}.`);
  const record = JSON.parse(row.canonical) as CourtRecord;
  const has = row.line !== null && store.blobs.has(file.sha256);
  return {
    id,
    source: file.source,
    file: file.name,
    ordinal: row.ordinal,
    line: row.line,
    state: row.state,
    problems: JSON.parse(row.problems) as Problem[],
    record,
    raw: has ? await linesFrom(store, file.sha256, row.line!, lines) : [],
    versions: (await versionsOfRecord(store.db, id)).map((version) => versionOf(record, version)),
  };
}
