import type { Knex } from 'knex';

/** One ordered step. `up` runs in a transaction with the row that records it. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  up(trx: Knex.Transaction): Promise<void>;
}
