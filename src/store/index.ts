import type BetterSqlite3 from 'better-sqlite3';
import type { Knex } from 'knex';
import type { Clock } from '../clock.ts';
import { isoInstant } from '../clock.ts';
import { BlobStore } from './blobs.ts';
import { isPostgres, openDatabase } from './database.ts';
import { assertNotNewer, migrate } from './migrate.ts';
import { direct, forget } from './statement.ts';
import { Unit } from './unit.ts';

export * from './alert-deliveries.ts';
export * from './arrivals.ts';
export type { AuditEntry, AuditRow, AuditVerdict } from './audit.ts';
export { history, verifyAudit } from './audit.ts';
export { BlobStore, sha256 } from './blobs.ts';
export * from './bulk-recalls.ts';
export * from './court.ts';
export type { Reader } from './database.ts';
export { insertMany } from './database.ts';
export * from './destinations.ts';
export * from './evidence.ts';
export * from './files.ts';
export * from './findings.ts';
export * from './holdings.ts';
export * from './outbox.ts';
export * from './print-index.ts';
export * from './retention.ts';

export * from './runs.ts';
export * from './scorecard.ts';
export * from './submissions.ts';
export * from './told-removals.ts';
export { Unit } from './unit.ts';
export * from './warrants.ts';
export * from './work-lists.ts';

export interface StoreOptions {
  /** `sqlite:PATH` or `postgres://...` */
  readonly database: string;
  /** Folder of the blobs. */
  readonly blobs: string;
  readonly clock: Clock;
  readonly readonly?: boolean;
}

/** The last unit of work of each database in this process. */
const turns = new Map<string, Promise<unknown>>();

/**
 * Rows, blobs and the audit chain of one installation. Reads go through `db`; every write goes through
 * `transaction`, which gives it an instant, an actor and an audit trail.
 */
export class Store {
  readonly db: Knex;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  #reader: BetterSqlite3.Database | undefined;

  readonly #database: string;

  private constructor(db: Knex, blobs: BlobStore, clock: Clock, database: string) {
    this.#database = database;
    this.db = db;
    this.blobs = blobs;
    this.clock = clock;
  }

  /** Opens and migrates. @throws BenchlinkError DB-NEWER */
  static async open(options: StoreOptions): Promise<Store> {
    const db = openDatabase(options.database, { readonly: options.readonly ?? false });
    try {
      if (options.readonly) await assertNotNewer(db);
      else await migrate(db, isoInstant(options.clock.now()));
    } catch (error) {
      await db.destroy();
      throw error;
    }
    const store = new Store(db, new BlobStore(options.blobs), options.clock, options.database);
    if (!isPostgres(db)) await store.#readDirectly();
    return store;
  }

  /**
   * Runs a unit of work in one transaction: all of it and its audit entries, or nothing.
   * Units of one process wait for one another here, because SQLite has one writer and waiting inside it
   * would block the event loop that the other writer needs. Never nest one in another.
   */
  transaction<T>(actor: string, work: (unit: Unit) => Promise<T>): Promise<T> {
    const turn = this.#turn().then(() =>
      this.db.transaction(async (trx) => {
        if (this.#reader) direct(trx, (await trx.client.acquireConnection()) as BetterSqlite3.Database);
        try {
          const unit = new Unit(trx, isoInstant(this.clock.now()), actor);
          const result = await work(unit);
          await unit.flush();
          return result;
        } finally {
          forget(trx);
        }
      }),
    );
    turns.set(
      this.#database,
      turn.catch(() => undefined),
    );
    return turn;
  }

  /** When everything before it is done, of every store of this process on the same database. */
  #turn(): Promise<unknown> {
    return turns.get(this.#database) ?? Promise.resolve();
  }

  /** One connection more, for single reads without the cost of a query builder. */
  async #readDirectly(): Promise<void> {
    this.#reader = (await this.db.client.acquireRawConnection()) as BetterSqlite3.Database;
    direct(this.db, this.#reader);
  }

  async close(): Promise<void> {
    await this.#turn();
    forget(this.db);
    this.#reader?.close();
    await this.db.destroy();
  }
}
