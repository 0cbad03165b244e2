import type { Knex } from 'knex';
import type { Clock } from '../clock.ts';
import { isoInstant } from '../clock.ts';
import { BlobStore } from './blobs.ts';
import { openDatabase } from './database.ts';
import { assertNotNewer, migrate } from './migrate.ts';
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
export * from './retention.ts';
export * from './runs.ts';
export * from './scorecard.ts';
export * from './submissions.ts';
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

/**
 * Rows, blobs and the audit chain of one installation. Reads go through `db`; every write goes through
 * `transaction`, which gives it an instant, an actor and an audit trail.
 */
export class Store {
  readonly db: Knex;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(db: Knex, blobs: BlobStore, clock: Clock) {
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
    return new Store(db, new BlobStore(options.blobs), options.clock);
  }

  /**
   * Runs a unit of work in one transaction: all of it and its audit entries, or nothing.
   * Units of one process wait for one another here, because SQLite has one writer and waiting inside it
   * would block the event loop that the other writer needs. Never nest one in another.
   */
  transaction<T>(actor: string, work: (unit: Unit) => Promise<T>): Promise<T> {
    const turn = this.#queue.then(() =>
      this.db.transaction(async (trx) => {
        const unit = new Unit(trx, isoInstant(this.clock.now()), actor);
        const result = await work(unit);
        await unit.flush();
        return result;
      }),
    );
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    await this.#queue;
    await this.db.destroy();
  }
}
