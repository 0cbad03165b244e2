import type { Migration } from '../migration.ts';

/** Who was told of an alert's beginning and end, by channel, and what went wrong on the way. */
export const alertDeliveries: Migration = {
  version: 11,
  name: 'alert-deliveries',
  async up(trx) {
    await trx.schema.createTable('alert_deliveries', (t) => {
      t.integer('alert_id').notNullable().references('alerts.id');
      /** start | end */
      t.text('phase').notNullable();
      t.text('channel').notNullable();
      t.integer('attempts').notNullable();
      t.text('delivered_at');
      t.text('last_error');
      t.primary(['alert_id', 'phase', 'channel']);
    });
  },
};
