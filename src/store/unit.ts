import type { Knex } from 'knex';
import { type AuditEntry, type ChainHead, chain } from './audit.ts';
import { insertMany } from './database.ts';

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

  /** Writes the gathered entries; `Store.transaction` calls it before the commit. */
  async flush(): Promise<void> {
    if (this.#entries.length === 0) return;
    const head = (await this.trx('audit_head').where({ id: 1 }).forUpdate().first()) as ChainHead;
    const linked = chain(head, this.at, this.actor, this.#entries);
    await insertMany(this.trx, 'audit', linked.rows);
    await this.trx('audit_head').where({ id: 1 }).update(linked.head);
    this.#entries.length = 0;
  }
}
