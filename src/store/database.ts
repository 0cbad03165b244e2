import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import knex, { type Knex } from 'knex';
import { DurableSqlite } from './sqlite-dialect.ts';
import { insertRow, isDirect, type Reader } from './statement.ts';

export type { Reader } from './statement.ts';

export function isPostgres(db: Reader): boolean {
  return db.client.config.client === 'pg';
}

/** Most values one statement binds, well under SQLite's 32,766. */
export const MAX_BINDINGS = 20_000;

/**
 * Opens a database by URL: `sqlite:PATH` (the embedded default) or `postgres://...`.
 * Several readers, one writer: writing goes through `Store.transaction` alone.
 */
export function openDatabase(url: string, options: { readonly?: boolean } = {}): Knex {
  if (url.startsWith('postgres://') || url.startsWith('postgresql://')) {
    return knex({ client: 'pg', connection: url, pool: { min: 0, max: 4 } });
  }
  const filename = url.replace(/^sqlite:/, '');
  if (!options.readonly) mkdirSync(dirname(filename), { recursive: true });
  return knex({
    client: DurableSqlite as unknown as typeof Knex.Client,
    connection: {
      filename,
      options: { readonly: options.readonly ?? false },
    } as Knex.Sqlite3ConnectionConfig,
    useNullAsDefault: true,
    pool: { min: 1, max: 4 },
  });
}

/** Inserts many rows: one prepared statement each in SQLite, elsewhere as few as the binding limit allows. */
export async function insertMany(
  trx: Knex.Transaction,
  table: string,
  rows: readonly object[],
): Promise<void> {
  const first = rows[0];
  if (!first) return;
  if (isDirect(trx)) {
    for (const row of rows) await insertRow(trx, table, row);
    return;
  }
  const chunk = Math.max(1, Math.min(200, Math.floor(MAX_BINDINGS / Object.keys(first).length)));
  for (let i = 0; i < rows.length; i += chunk) await trx(table).insert(rows.slice(i, i + chunk));
}
