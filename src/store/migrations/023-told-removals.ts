import type { Knex } from 'knex';
import type { Migration } from '../migration.ts';

/** Records somebody at the destination says were taken off, and whether its list bears that out. */
export const toldRemovals: Migration = {
  version: 23,
  name: 'told-removals',
  async up(trx) {
    await trx.schema.createTable('told_removals', (t: Knex.CreateTableBuilder) => {
      t.increments('id');
      t.integer('review_id').notNullable();
      t.text('warrant_id').notNullable();
      t.text('destination').notNullable();
      t.text('fcn').notNullable();
      /** Who at the destination said so, and when. */
      t.text('told_by').notNullable();
      t.text('told_at').notNullable();
      /** Who of ours asked, and when that was noted. */
      t.text('noted_by').notNullable();
      t.text('noted_at').notNullable();
      /** believed | confirmed | refuted */
      t.text('state').notNullable();
      t.text('settled_at');
      t.index(['state', 'destination']);
      t.index(['warrant_id']);
    });
    // Questions of this kind had no code of their own.
    await trx('reviews')
      .where({ state: 'open', stage: 'transmit' })
      .where((q) =>
        q
          .where('sentence', 'like', 'The record must leave the destination, and it will not take it off%')
          .orWhere('sentence', 'like', '%is not on file, and lists it all the same%'),
      )
      .update({ code: 'RCL-REFUSED' });
  },
};
