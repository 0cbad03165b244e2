import type { Knex } from 'knex';
import type { Migration } from '../migration.ts';

type Table = Knex.CreateTableBuilder;

/** What other agencies ask of us, with its deadline and our answer; and who was shown not to be the one wanted. */
export const workLists: Migration = {
  version: 22,
  name: 'work-lists',
  async up(trx) {
    await trx.schema
      .createTable('hits', (t: Table) => {
        t.increments('id');
        t.text('destination').notNullable();
        /** Number of the destination's notice: each is taken once. */
        t.integer('seq').notNullable();
        t.text('warrant_id');
        t.text('fcn').notNullable();
        t.text('by_ori').notNullable();
        /** U or R. */
        t.text('priority').notNullable();
        /** JSON: the request as it was understood. */
        t.text('request').notNullable();
        t.text('received_at').notNullable();
        t.text('due_at').notNullable();
        /** open | answered | sent */
        t.text('state').notNullable();
        /** Y confirmed, N not, P later. */
        t.text('answer');
        /** The response exactly as it goes out. */
        t.text('response');
        t.text('answered_by');
        t.text('answered_at');
        t.text('sent_at');
        t.unique(['destination', 'seq']);
        t.index(['state', 'due_at']);
      })
      .createTable('exonerations', (t: Table) => {
        t.increments('id');
        t.text('warrant_id').notNullable();
        /** JSON: who it is not, and how that was found out. */
        t.text('exoneration').notNullable();
        t.text('created_by').notNullable();
        t.text('created_at').notNullable();
        t.unique(['warrant_id', 'exoneration']);
      });
  },
};
