import type { Migration } from '../migration.ts';

/** Search index entries of prior-record prints, apart from their wide rows so that a whole gallery is read quickly. */
export const printIndex: Migration = {
  version: 30,
  name: 'print-index',
  async up(trx) {
    await trx.schema.createTable('print_index', (t) => {
      t.text('print_id').primary();
      t.integer('version').notNullable();
      t.binary('entry').notNullable();
    });
  },
};
