import type BetterSqlite3 from 'better-sqlite3';
import type { Knex } from 'knex';
import { prepared } from './sqlite-dialect.ts';
import { takeTurns } from './turns.ts';

/** Something that can be read from: the database, or a transaction in it. */
export type Reader = Knex | Knex.Transaction;

type Value = string | number | bigint | boolean | null | undefined;

/**
 * The SQLite connection behind a reader: of a transaction while it is open, of the database for single reads.
 * A query builder costs ten times what the statement does; statements that every message needs go here directly.
 */
const connections = new WeakMap<Reader, { connection: BetterSqlite3.Database; transaction: boolean }>();

/** Lets statements of a reader run on its connection directly, until `forget`. */
export function direct(reader: Reader, connection: BetterSqlite3.Database): void {
  connections.set(reader, { connection, transaction: connection.inTransaction });
}

/** From here on the reader's statements go through knex again, which refuses a transaction that has ended. */
export function forget(reader: Reader): void {
  connections.delete(reader);
}

function bindable(values: readonly Value[]): unknown[] {
  return values.map((value) => (typeof value === 'boolean' ? Number(value) : (value ?? null)));
}

function statementOf(reader: Reader, sql: string): BetterSqlite3.Statement | undefined {
  const known = connections.get(reader);
  if (!known) return undefined;
  // A full disk rolls back by itself: what follows must not run outside the transaction.
  if (known.transaction && !known.connection.inTransaction) throw new Error('The transaction is over.');
  return prepared(known.connection, sql);
}

interface RawResult<T> {
  readonly rows?: T[];
  readonly rowCount?: number;
  readonly changes?: number;
}

/** Rows of one statement; values are bound with `?`. */
export async function rows<T>(reader: Reader, sql: string, values: readonly Value[] = []): Promise<T[]> {
  await takeTurns();
  const statement = statementOf(reader, sql);
  if (statement) return statement.all(bindable(values)) as T[];
  const result = (await reader.raw(sql, bindable(values) as Knex.RawBinding[])) as T[] | RawResult<T>;
  return Array.isArray(result) ? result : (result.rows ?? []);
}

/** The first row of one statement. */
export async function row<T>(
  reader: Reader,
  sql: string,
  values: readonly Value[] = [],
): Promise<T | undefined> {
  await takeTurns();
  const statement = statementOf(reader, sql);
  if (statement) return statement.get(bindable(values)) as T | undefined;
  return (await rows<T>(reader, sql, values))[0];
}

/** Runs one statement that changes rows. @returns how many it changed */
export async function change(
  trx: Knex.Transaction,
  sql: string,
  values: readonly Value[] = [],
): Promise<number> {
  await takeTurns();
  const statement = statementOf(trx, sql);
  if (statement) return statement.run(bindable(values)).changes;
  const result = (await trx.raw(sql, bindable(values) as Knex.RawBinding[])) as RawResult<unknown>;
  return result.rowCount ?? result.changes ?? 0;
}

type Columns = { readonly [column: string]: unknown };

/** Inserts one row; `conflict` is the rest of the statement, e.g. `on conflict (id) do nothing`. */
export function insertRow(trx: Knex.Transaction, table: string, set: object, conflict = ''): Promise<number> {
  const columns = Object.keys(set);
  const marks = columns.map(() => '?').join(', ');
  const sql = `insert into ${table} (${columns.join(', ')}) values (${marks}) ${conflict}`;
  return change(trx, sql, Object.values(set) as Value[]);
}

/** Sets columns of the rows that have these values. @returns how many there were */
export function updateRows(
  trx: Knex.Transaction,
  table: string,
  set: object,
  where: Columns,
): Promise<number> {
  const sets = Object.keys(set).map((column) => `${column} = ?`);
  const wheres = Object.keys(where).map((column) => `${column} = ?`);
  const sql = `update ${table} set ${sets.join(', ')} where ${wheres.join(' and ')}`;
  return change(trx, sql, [...Object.values(set), ...Object.values(where)] as Value[]);
}

/** Whether statements of a transaction run directly. */
export function isDirect(reader: Reader): boolean {
  return connections.has(reader);
}
