import type { Knex } from 'knex';
import type { Migration } from '../../store/migration.ts';

type Table = Knex.CreateTableBuilder;

/** The intake's own tables: messages by id with their first answer, records by FCN, notices to senders. */
const initial: Migration = {
  version: 1,
  name: 'intake',
  async up(trx) {
    await trx.schema
      .createTable('messages', (t: Table) => {
        t.text('message_id').primary();
        /** Absent for an id that was closed before anything came under it. */
        t.text('sha256');
        t.text('kind');
        /** answered | queued | closed */
        t.text('state').notNullable();
        t.text('received_at').notNullable();
        t.text('answer');
        /** A queued message waits here, understood and checked, until the desk turns to it. */
        t.text('held');
        t.text('release_at');
        t.integer('times').notNullable().defaultTo(1);
        t.index(['state', 'release_at']);
      })
      .createTable('records', (t: Table) => {
        t.text('fcn').primary();
        t.text('nic');
        t.text('ori').notNullable();
        t.text('oca').notNullable();
        t.text('nam').notNullable();
        t.text('dob');
        t.text('fbi');
        t.text('soc');
        t.text('oln');
        t.text('level');
        /** active | located | cancelled | cleared | purged */
        t.text('state').notNullable();
        t.text('fields').notNullable();
        t.text('lists').notNullable();
        t.text('print_sha256');
        t.text('entered_by').notNullable();
        t.text('changed_by').notNullable();
        t.text('entered_at').notNullable();
        t.text('changed_at').notNullable();
        t.text('validate_by').notNullable();
        t.index(['state', 'ori', 'oca', 'fcn']);
        t.index(['ori', 'nam']);
        t.index(['ori', 'fbi']);
        t.index(['ori', 'soc']);
        t.index(['ori', 'oln']);
        t.index(['nic']);
        t.index(['state', 'validate_by']);
      })
      .createTable('mnu', (t: Table) => {
        t.text('fcn').notNullable();
        t.text('ori').notNullable();
        t.text('mnu').notNullable();
        t.primary(['ori', 'mnu', 'fcn']);
      })
      .createTable('notices', (t: Table) => {
        t.increments('seq');
        t.text('kind').notNullable();
        t.text('fcn');
        t.text('message_id');
        t.text('at').notNullable();
        t.text('body').notNullable();
      })
      .createTable('numbers', (t: Table) => {
        t.text('name').primary();
        t.bigInteger('next').notNullable();
      });
    await trx('numbers').insert([
      { name: 'fcn', next: 1 },
      { name: 'nic', next: 1 },
    ]);
  },
};

/** The owner's answer to a notice that asks for one (YR to a YQ). */
const responses: Migration = {
  version: 2,
  name: 'responses',
  async up(trx) {
    await trx.schema.alterTable('notices', (t) => {
      t.text('response');
    });
  },
};

export const INTAKE_MIGRATIONS: readonly Migration[] = [initial, responses];
