import type { Migration } from '../migration.ts';

/** Prints of one purpose in id order: without it every page of a gallery sorts the whole gallery. */
export const galleryOrder: Migration = {
  version: 31,
  name: 'gallery-order',
  async up(trx) {
    await trx.schema.alterTable('prints', (t) => {
      t.index(['purpose', 'id'], 'prints_by_purpose_in_order');
    });
  },
};
