import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';
import type { Knex } from 'knex';
import { takeTurns } from './turns.ts';

interface Query {
  sql: string;
  bindings: unknown[];
  options?: unknown;
  response?: unknown;
  context?: { lastID: number | bigint; changes: number };
}

interface DialectInstance {
  driver: typeof BetterSqlite3;
  connectionSettings: { filename: string; options?: { readonly?: boolean } };
  _formatBindings(bindings: unknown[]): unknown[];
}

type DialectClass = { new (config: Knex.Config): DialectInstance & Knex.Client };

const require = createRequire(import.meta.url);
const Base = require('knex/lib/dialects/better-sqlite3/index.js') as DialectClass;

/** How long a writer of another process is waited for before SQLITE_BUSY, milliseconds. */
const BUSY_TIMEOUT = 30_000;

/** By connection, not by instance: knex runs a transaction on a bare copy of the client. */
const statementsOf = new WeakMap<BetterSqlite3.Database, Map<string, BetterSqlite3.Statement>>();

/** Bulk inserts differ in length and would fill the map; 500 covers every fixed statement of ours. */
const MAX_STATEMENTS = 500;

/** A statement prepared once for its connection. */
export function prepared(connection: BetterSqlite3.Database, sql: string): BetterSqlite3.Statement {
  let statements = statementsOf.get(connection);
  if (!statements) {
    statements = new Map();
    statementsOf.set(connection, statements);
  }
  let statement = statements.get(sql);
  if (!statement) {
    statement = connection.prepare(sql);
    if (statements.size < MAX_STATEMENTS) statements.set(sql, statement);
  }
  return statement;
}

/**
 * knex's better-sqlite3 dialect with five differences:
 * transactions begin IMMEDIATE (a deferred one that reads and then writes gets BUSY at once),
 * every connection is durable (WAL, synchronous FULL: a committed intent survives power loss),
 * prepared statements are kept for the life of the connection, a transaction that SQLite has ended is ended,
 * and a long row of statements lets the event loop turn.
 */
export class DurableSqlite extends Base {
  override async acquireRawConnection(): Promise<BetterSqlite3.Database> {
    const { filename, options } = this.connectionSettings;
    const db = new this.driver(filename, { readonly: options?.readonly ?? false, timeout: BUSY_TIMEOUT });
    if (!options?.readonly) db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    return db;
  }

  async _query(connection: BetterSqlite3.Database, query: Query): Promise<Query> {
    await takeTurns();
    const sql = query.sql === 'BEGIN;' ? 'BEGIN IMMEDIATE;' : query.sql;
    // A full disk has rolled back by itself: a second rollback would hide why.
    if (sql.startsWith('ROLLBACK') && !connection.inTransaction) return query;
    const statement = prepared(connection, sql);
    const bindings = this._formatBindings(query.bindings ?? []);
    if (statement.reader) {
      query.response = statement.all(bindings);
      return query;
    }
    const response = statement.run(bindings);
    query.response = response;
    query.context = { lastID: response.lastInsertRowid, changes: response.changes };
    return query;
  }
}
