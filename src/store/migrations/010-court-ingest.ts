import type { Knex } from 'knex';
import type { Migration } from '../migration.ts';

type Table = Knex.CreateTableBuilder;

/**
 * What court ingest must remember beside warrants: events about warrants nobody knows yet, which warrants the
 * newest snapshot showed, bulk recalls with their two approvals, and the night's expected arrivals.
 */
export const courtIngest: Migration = {
  version: 10,
  name: 'court-ingest',
  async up(trx) {
    await trx.schema
      .createTable('court_pending', (t: Table) => {
        t.increments('id');
        t.text('source').notNullable();
        /** repository | number | oca */
        t.text('kind').notNullable();
        t.text('value').notNullable();
        t.integer('record_id').notNullable().references('court_records.id');
        /** The event's own date, else the day it arrived. */
        t.text('as_of').notNullable();
        t.index(['source', 'value', 'kind']);
        t.index(['record_id']);
      })
      .createTable('court_seen', (t: Table) => {
        t.text('warrant_id').primary();
        t.text('source').notNullable();
        t.integer('file_id').notNullable();
        t.index(['source', 'file_id']);
      })
      .createTable('bulk_recalls', (t: Table) => {
        t.text('id').primary();
        t.text('title').notNullable();
        t.text('authority').notNullable();
        /** JSON: numbers or a rule. */
        t.text('selection').notNullable();
        /** proposed | approved | running | done | undone | rejected */
        t.text('state').notNullable();
        t.text('proposed_by').notNullable();
        t.text('proposed_at').notNullable();
        t.text('approved_by');
        t.text('approved_at');
        t.text('finished_at');
        t.integer('total').notNullable();
        t.integer('per_minute').notNullable();
      })
      .createTable('bulk_recall_items', (t: Table) => {
        t.text('bulk_id').notNullable();
        t.integer('ordinal').notNullable();
        t.text('warrant_id').notNullable();
        /** planned | recalled | skipped | undone */
        t.text('state').notNullable();
        t.text('from_state');
        t.text('from_reason');
        t.text('note');
        t.primary(['bulk_id', 'ordinal']);
        t.unique(['bulk_id', 'warrant_id']);
        t.index(['bulk_id', 'state', 'ordinal']);
      });
  },
};
