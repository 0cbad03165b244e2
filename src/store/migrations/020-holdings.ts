import type { Knex } from 'knex';
import type { Migration } from '../migration.ts';

type Table = Knex.CreateTableBuilder;

/**
 * What the destination holds of ours, as we know it from its answers; what each message told it; which warrants
 * ride in another's record; and each destination's throttle, breaker and notice position.
 */
export const holdings: Migration = {
  version: 20,
  name: 'holdings',
  async up(trx) {
    await trx.schema
      .createTable('submission_facts', (t: Table) => {
        t.text('message_id').primary();
        /** Canonical JSON of what the record says after this message; the print only by its hash. */
        t.text('facts').notNullable();
        t.text('nam');
        t.text('ori');
        t.text('oca');
        /** Warrants packed into this message's record, JSON list of ids. */
        t.text('packed').notNullable().defaultTo('[]');
      })
      .createTable('holdings', (t: Table) => {
        t.text('warrant_id').primary();
        t.text('destination').notNullable();
        t.text('fcn').notNullable();
        t.text('nic');
        t.text('ori').notNullable();
        t.text('oca').notNullable();
        t.text('nam').notNullable();
        t.text('message_id').notNullable();
        t.text('facts').notNullable();
        t.text('held_since').notNullable();
        t.text('told_at').notNullable();
        t.text('validate_by').notNullable();
        t.text('located_at');
        /** 1 when the record must be told anew though its own warrant has not changed. */
        t.integer('dirty').notNullable().defaultTo(0);
        t.index(['dirty']);
        t.index(['ori', 'oca', 'fcn']);
        t.index(['fcn']);
        t.index(['validate_by']);
      })
      .createTable('person_keys', (t: Table) => {
        t.text('ori').notNullable();
        t.text('person_key').notNullable();
        t.text('warrant_id').notNullable();
        t.primary(['ori', 'person_key', 'warrant_id']);
        t.index(['warrant_id']);
      })
      .createTable('packed_warrants', (t: Table) => {
        t.text('warrant_id').primary();
        t.text('lead_id').notNullable();
        t.text('since').notNullable();
        t.index(['lead_id']);
      })
      .createTable('destinations', (t: Table) => {
        t.text('name').primary();
        t.double('tokens').notNullable();
        t.text('tokens_at').notNullable();
        t.integer('failures').notNullable().defaultTo(0);
        t.text('open_until');
        t.integer('notices_after').notNullable().defaultTo(0);
      })
      .createTable('differences', (t: Table) => {
        t.text('id').primary();
        t.text('run_id').notNullable();
        t.text('code').notNullable();
        t.text('ori').notNullable();
        t.text('oca').notNullable();
        t.text('warrant_id');
        t.text('fcn');
        t.text('act').notNullable();
        /** proposed | done | dismissed */
        t.text('state').notNullable();
        t.text('found_at').notNullable();
        t.text('acted_at');
        t.index(['state', 'id']);
      });
    // At most one message about a warrant is ever on its way: the database itself keeps the promise.
    await trx.raw(
      `create unique index submissions_one_open on submissions (warrant_id)
       where state in ('built', 'claimed', 'on-the-wire', 'unsure', 'queued')`,
    );
  },
};
