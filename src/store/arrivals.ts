import type { Reader } from './database.ts';

/** One file as the calendar of arrivals sees it. */
export interface ArrivedFile {
  readonly name: string;
  readonly receivedAt: string;
  readonly records: number;
  readonly state: string;
  readonly problems: readonly { readonly code: string }[];
}

/** Files of a source since an instant, oldest first; those that came before under the same bytes are left out. */
export async function arrivedSince(db: Reader, source: string, since: string): Promise<ArrivedFile[]> {
  const rows = (await db('source_files')
    .where({ source })
    .whereNot({ state: 'duplicate' })
    .where('received_at', '>=', since)
    .orderBy('received_at')
    .select('name', 'received_at', 'records', 'state', 'problems')) as {
    name: string;
    received_at: string;
    records: number;
    state: string;
    problems: string;
  }[];
  return rows.map((row) => ({
    name: row.name,
    receivedAt: row.received_at,
    records: row.records,
    state: row.state,
    problems: JSON.parse(row.problems) as { code: string }[],
  }));
}
