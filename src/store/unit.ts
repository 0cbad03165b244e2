import type { Knex } from 'knex';
import { type AuditEntry, type ChainHead, chain } from './audit.ts';
import { insertMany, isPostgres } from './database.ts';
import { row, updateRows } from './statement.ts';

/**
 * One transaction's worth of changes: the handle every write goes through. Audit entries gathered here are
 * chained and written in the same transaction, so no change exists without its entry.
 */
export class Unit {
  readonly trx: Knex.Transaction;
  /** The instant of the whole unit, ISO with milliseconds. */
  readonly at: string;
  readonly actor: string;
  readonly #entries: AuditEntry[] = [];

  constructor(trx: Knex.Transaction, at: string, actor: string) {
    this.trx = trx;
    this.at = at;
    this.actor = actor;
  }

  audit(entry: AuditEntry): void {
    this.#entries.push(entry);
  }

  /** The end of the chain, held until the commit: SQLite has one writer, PostgreSQL locks the row. */
  async #head(): Promise<ChainHead> {
    const lock = isPostgres(this.trx) ? ' for update' : '';
    const head = await row<ChainHead>(this.trx, `select seq, hash from audit_head where id = 1${lock}`);
    if (!head) throw new Error('The audit chain has no head.');
    return head;
  }

  /** Writes the gathered entries; `Store.transaction` calls it before the commit. */
  async flush(): Promise<void> {
    if (this.#entries.length === 0) return;
    const head = await this.#head();
    const linked = chain(head, this.at, this.actor, this.#entries);
    await insertMany(this.trx, 'audit', linked.rows);
    await updateRows(this.trx, 'audit_head', linked.head, { id: 1 });
    this.#entries.length = 0;
  }
}
