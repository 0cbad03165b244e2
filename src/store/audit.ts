import { createHash } from 'node:crypto';
import type { ReasonCode } from '../domain/index.ts';
import { type Reader, rows } from './statement.ts';

/** What happened to what, by whom, with what outcome (CJISSECPOL AU-3; IHE ATNA). Never personal data. */
export interface AuditEntry {
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly outcome?: 'success' | 'refused' | 'failed';
  readonly code?: ReasonCode | string;
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
}

export interface AuditRow {
  seq: number;
  at: string;
  actor: string;
  action: string;
  object_type: string;
  object_id: string;
  outcome: string;
  code: string | null;
  detail: string;
  prev_hash: string;
  hash: string;
}

export interface ChainHead {
  seq: number;
  hash: string;
}

/** SHA-256 over the previous hash and every field of the row, unambiguous because each field is JSON. */
export function auditHash(row: Omit<AuditRow, 'hash'>): string {
  const fields = [
    row.prev_hash,
    row.seq,
    row.at,
    row.actor,
    row.action,
    row.object_type,
    row.object_id,
    row.outcome,
    row.code,
    row.detail,
  ];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

/** Links entries onto the chain; returns the rows to insert and the new head. */
export function chain(
  head: ChainHead,
  at: string,
  actor: string,
  entries: readonly AuditEntry[],
): { rows: AuditRow[]; head: ChainHead } {
  const rows: AuditRow[] = [];
  let { seq, hash } = head;
  for (const entry of entries) {
    seq += 1;
    const row = {
      seq,
      at,
      actor,
      action: entry.action,
      object_type: entry.objectType,
      object_id: entry.objectId,
      outcome: entry.outcome ?? 'success',
      code: entry.code ?? null,
      detail: JSON.stringify(entry.detail ?? {}),
      prev_hash: hash,
    };
    hash = auditHash(row);
    rows.push({ ...row, hash });
  }
  return { rows, head: { seq, hash } };
}

export type AuditVerdict =
  | { readonly ok: true; readonly entries: number }
  | { readonly ok: false; readonly seq: number; readonly why: string };

const PAGE = 5000;

/** Walks the whole chain and names the first broken link, a missing row or a cut tail included. */
export async function verifyAudit(db: Reader, onProgress?: (seq: number) => void): Promise<AuditVerdict> {
  let seq = 0;
  let hash = '0'.repeat(64);
  for (;;) {
    const rows = (await db('audit').where('seq', '>', seq).orderBy('seq').limit(PAGE)) as AuditRow[];
    for (const row of rows) {
      if (row.seq !== seq + 1) return { ok: false, seq: seq + 1, why: `entry ${seq + 1} is missing` };
      if (row.prev_hash !== hash)
        return { ok: false, seq: row.seq, why: `entry ${row.seq} does not follow entry ${seq}` };
      if (auditHash(row) !== row.hash)
        return { ok: false, seq: row.seq, why: `entry ${row.seq} was changed` };
      seq = row.seq;
      hash = row.hash;
    }
    onProgress?.(seq);
    if (rows.length < PAGE) break;
  }
  const head = (await db('audit_head').where({ id: 1 }).first()) as ChainHead | undefined;
  if (!head || head.seq !== seq || head.hash !== hash) {
    return {
      ok: false,
      seq: seq + 1,
      why: `the chain should end at entry ${head?.seq ?? '?'} but ends at ${seq}`,
    };
  }
  return { ok: true, entries: seq };
}

/** The life of one object, oldest first. */
export async function history(db: Reader, objectType: string, objectId: string): Promise<AuditRow[]> {
  const sql = 'select * from audit where object_type = ? and object_id = ? order by seq';
  return rows<AuditRow>(db, sql, [objectType, objectId]);
}
