import { isPostgres } from '../database.ts';
import type { Migration } from '../migration.ts';

/** Each warrant's last day in force, so that those past it are found without reading every warrant's facts. */
export const lastDays: Migration = {
  version: 12,
  name: 'last-days',
  async up(trx) {
    await trx.schema.alterTable('warrants', (t) => {
      t.text('expiration_date');
    });
    const date = isPostgres(trx)
      ? "facts::json ->> 'expirationDate'"
      : "json_extract(facts, '$.expirationDate')";
    await trx('warrants')
      .where('facts', 'like', '%"expirationDate"%')
      .update({ expiration_date: trx.raw(date) });
    await trx.raw(
      'create index warrants_by_last_day on warrants (state, expiration_date) where expiration_date is not null',
    );
  },
};
