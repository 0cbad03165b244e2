import type { Knex } from 'knex';
import { onFile } from './desk.ts';
import { LIST_PAGE } from './parameters.ts';
import { LIVE, type RecordRow } from './register.ts';

/** One record in the list of active records: enough to compare, keyed by owner and case number. */
export interface ListedRecord {
  readonly fcn: string;
  readonly nic: string | null;
  readonly ori: string;
  readonly oca: string;
  readonly nam: string;
  readonly state: string;
  /** Message that last changed the record. */
  readonly changedBy: string;
}

async function page(db: Knex, after: RecordRow | undefined, ori: string | undefined): Promise<RecordRow[]> {
  const query = db<RecordRow>('records')
    .whereIn('state', LIVE)
    .orderBy([{ column: 'ori' }, { column: 'oca' }, { column: 'fcn' }])
    .limit(LIST_PAGE);
  if (ori) query.where({ ori });
  if (after) query.whereRaw('(ori, oca, fcn) > (?, ?, ?)', [after.ori, after.oca, after.fcn]);
  return query;
}

/**
 * Every live record as JSON lines in the order ORI, OCA, FCN, so that a sender can merge it with its own list
 * without holding either. The last line says how many there were: a list without it was cut short.
 */
export async function* activeRecords(db: Knex, ori?: string): AsyncGenerator<string> {
  let last: RecordRow | undefined;
  let count = 0;
  for (;;) {
    const rows = await page(db, last, ori);
    count += rows.length;
    const lines = rows.map((row) => {
      const listed: ListedRecord = {
        fcn: row.fcn,
        nic: row.nic,
        ori: row.ori,
        oca: row.oca,
        nam: row.nam,
        state: row.state,
        changedBy: row.changed_by,
      };
      return `${JSON.stringify(listed)}\n`;
    });
    if (lines.length > 0) yield lines.join('');
    last = rows.at(-1);
    if (rows.length < LIST_PAGE) break;
  }
  yield `${JSON.stringify({ end: count })}\n`;
}

/** A record in whatever state, with all its fields. */
export async function recordByFcn(db: Knex, fcn: string): Promise<Record<string, unknown> | undefined> {
  const row = await db<RecordRow>('records').where({ fcn }).first();
  if (!row) return undefined;
  return {
    ...onFile(row),
    state: row.state,
    enteredBy: row.entered_by,
    changedBy: row.changed_by,
    printSha256: row.print_sha256,
    validateBy: row.validate_by,
  };
}

/** One record as a sandbox's operator sees it. */
export type RecordLine = Pick<RecordRow, 'fcn' | 'nic' | 'ori' | 'oca' | 'nam' | 'state' | 'validate_by'>;

/** Records in whatever state, newest first. */
export async function allRecords(db: Knex, limit: number): Promise<readonly RecordLine[]> {
  return db<RecordRow>('records')
    .orderBy('fcn', 'desc')
    .limit(limit)
    .select('fcn', 'nic', 'ori', 'oca', 'nam', 'state', 'validate_by');
}

/** The newest record of a case number, the live one first. */
export async function fcnOfCase(db: Knex, oca: string): Promise<string | undefined> {
  const rows = await db<RecordRow>('records').where({ oca }).orderBy('fcn', 'desc').select('fcn', 'state');
  return (rows.find((row) => LIVE.includes(row.state)) ?? rows[0])?.fcn;
}

export interface Notice {
  readonly seq: number;
  readonly kind: string;
  readonly fcn: string | null;
  readonly messageId: string | null;
  readonly at: string;
  readonly body: unknown;
}

/** Unsolicited messages to senders after a sequence number: purge notices, locates, hit requests, late answers. */
export async function noticesAfter(db: Knex, after: number): Promise<{ notices: Notice[] }> {
  const rows = (await db('notices').where('seq', '>', after).orderBy('seq').limit(500)) as {
    seq: number;
    kind: string;
    fcn: string | null;
    message_id: string | null;
    at: string;
    body: string;
  }[];
  const notices = rows.map((row) => ({
    seq: row.seq,
    kind: row.kind,
    fcn: row.fcn,
    messageId: row.message_id,
    at: row.at,
    body: JSON.parse(row.body) as unknown,
  }));
  return { notices };
}
