import type { Migration } from '../migration.ts';

/** The court's standing warrants in the order in which the destination lists its records. */
export const reconcile: Migration = {
  version: 21,
  name: 'reconcile',
  async up(trx) {
    await trx.schema.alterTable('warrants', (t) => {
      t.index(['agency_ori', 'oca', 'id'], 'warrants_by_case');
    });
  },
};
