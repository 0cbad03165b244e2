import type { Knex } from 'knex';
import type { Migration } from '../migration.ts';

type Table = Knex.CreateTableBuilder;

function sourceTables(schema: Knex.SchemaBuilder): Knex.SchemaBuilder {
  return schema
    .createTable('source_files', (t: Table) => {
      t.increments('id');
      t.text('source').notNullable();
      t.text('name').notNullable();
      t.text('sha256').notNullable();
      t.bigInteger('bytes').notNullable();
      t.text('format');
      t.text('state').notNullable();
      t.text('received_at').notNullable();
      t.text('finished_at');
      t.integer('records').notNullable().defaultTo(0);
      t.text('counts').notNullable().defaultTo('{}');
      t.text('problems').notNullable().defaultTo('[]');
      t.text('run_id');
      t.index(['source', 'sha256']);
      t.index(['state']);
    })
    .createTable('court_records', (t: Table) => {
      t.increments('id');
      t.integer('file_id').notNullable().references('source_files.id');
      t.integer('ordinal').notNullable();
      t.integer('line');
      t.text('format').notNullable();
      t.text('event').notNullable();
      t.text('warrant_id');
      t.text('content_hash').notNullable();
      t.text('canonical').notNullable();
      t.text('problems').notNullable().defaultTo('[]');
      t.text('state').notNullable();
      t.integer('replaces');
      t.text('created_by').notNullable();
      t.text('created_at').notNullable();
      t.unique(['file_id', 'ordinal', 'replaces']);
      t.index(['state']);
      t.index(['warrant_id']);
      t.index(['content_hash']);
    });
}

function warrantTables(schema: Knex.SchemaBuilder): Knex.SchemaBuilder {
  return schema
    .createTable('warrants', (t: Table) => {
      t.text('id').primary();
      t.text('identity_key').notNullable().unique();
      t.text('source').notNullable();
      t.text('county').notNullable().defaultTo('');
      t.text('number');
      t.text('oca');
      t.text('repository_id');
      t.text('court_ori');
      t.text('agency_ori');
      t.text('docket');
      t.text('level');
      t.text('issued_date');
      t.text('surname');
      t.text('given');
      t.text('birth_date');
      t.text('state').notNullable();
      t.text('reason').notNullable();
      t.text('state_at').notNullable();
      t.integer('version').notNullable();
      t.text('facts').notNullable();
      t.text('facts_hash').notNullable();
      t.text('event_date');
      t.text('suspect_since');
      t.text('fcn');
      t.text('nic');
      t.text('name_as_sent');
      t.text('first_sent_at');
      t.text('court_ended_at');
      t.text('created_at').notNullable();
      t.text('updated_at').notNullable();
      t.index(['state', 'id']);
      t.index(['number']);
      t.index(['oca']);
      t.index(['repository_id']);
      t.index(['surname', 'birth_date']);
    })
    .createTable('warrant_versions', (t: Table) => {
      t.text('warrant_id').notNullable();
      t.integer('version').notNullable();
      t.integer('record_id');
      t.text('facts').notNullable();
      t.text('facts_hash').notNullable();
      t.text('changes').notNullable().defaultTo('[]');
      t.text('created_by').notNullable();
      t.text('created_at').notNullable();
      t.primary(['warrant_id', 'version']);
    })
    .createTable('reviews', (t: Table) => {
      t.increments('id');
      t.text('warrant_id').notNullable();
      t.integer('version').notNullable();
      t.text('stage').notNullable();
      t.text('code').notNullable();
      t.text('sentence').notNullable();
      t.text('state').notNullable();
      t.text('opened_at').notNullable();
      t.text('decision');
      t.text('decided_by');
      t.text('decided_at');
      t.text('note');
      t.index(['warrant_id', 'state']);
      t.index(['state', 'id']);
    });
}

function evidenceTables(schema: Knex.SchemaBuilder): Knex.SchemaBuilder {
  return schema
    .createTable('bookings', (t: Table) => {
      t.text('id').primary();
      t.text('kind').notNullable();
      t.text('system').notNullable();
      t.text('number').notNullable();
      t.text('agency_ori');
      t.text('tcn');
      t.text('cii');
      t.text('arrest_date');
      t.text('surname');
      t.text('given');
      t.text('birth_date');
      t.text('disposed_date');
      t.text('facts').notNullable();
      t.text('updated_at').notNullable();
      t.index(['tcn']);
      t.index(['number']);
      t.index(['cii', 'arrest_date']);
      t.index(['surname', 'birth_date']);
    })
    .createTable('prior_records', (t: Table) => {
      t.text('id').primary();
      t.text('system').notNullable();
      t.text('number').notNullable();
      t.text('cii');
      t.text('fbi');
      t.text('surname');
      t.text('given');
      t.text('birth_date');
      t.text('facts').notNullable();
      t.text('updated_at').notNullable();
      t.index(['cii']);
      t.index(['fbi']);
    })
    .createTable('prints', (t: Table) => {
      t.text('id').primary();
      t.text('owner_kind').notNullable();
      t.text('owner_id').notNullable();
      t.text('purpose').notNullable();
      t.integer('finger').notNullable();
      t.integer('impression').notNullable();
      t.text('image_sha256').notNullable();
      t.text('image_format').notNullable();
      t.integer('width').notNullable();
      t.integer('height').notNullable();
      t.integer('ppi').notNullable();
      t.text('capture_date');
      t.text('problem');
      t.integer('quality');
      t.text('template_sha256');
      t.text('template_version');
      t.text('retain_until');
      t.text('purged_at');
      t.text('created_at').notNullable();
      t.index(['owner_kind', 'owner_id']);
      t.index(['purpose']);
      t.index(['image_sha256']);
    })
    .createTable('links', (t: Table) => {
      t.increments('id');
      t.text('warrant_id').notNullable();
      t.integer('version').notNullable();
      t.text('booking_id');
      t.text('kind').notNullable();
      t.text('rule').notNullable();
      t.double('probability');
      t.text('explanation').notNullable();
      t.text('decided_by').notNullable();
      t.text('created_at').notNullable();
      t.index(['warrant_id', 'id']);
      t.index(['booking_id']);
    })
    .createTable('print_checks', (t: Table) => {
      t.increments('id');
      t.text('warrant_id').notNullable();
      t.integer('version').notNullable();
      t.text('verdict').notNullable();
      t.text('code').notNullable();
      t.text('sentence').notNullable();
      t.text('print_id');
      t.text('claimed_record_id');
      t.double('score');
      t.double('fmr');
      t.double('log10_lr');
      t.integer('quality');
      t.text('thresholds').notNullable();
      t.text('algorithm').notNullable();
      t.text('candidates').notNullable().defaultTo('[]');
      t.text('cii');
      t.text('fbi');
      t.text('created_at').notNullable();
      t.index(['warrant_id', 'id']);
      t.index(['verdict']);
    });
}

function outboxTables(schema: Knex.SchemaBuilder): Knex.SchemaBuilder {
  return schema.createTable('submissions', (t: Table) => {
    t.text('message_id').primary();
    t.text('warrant_id').notNullable();
    t.integer('warrant_version').notNullable();
    t.text('kind').notNullable();
    t.integer('seq').notNullable();
    t.text('destination').notNullable();
    t.text('state').notNullable();
    /** 0 recalls, 1 changes, 2 entries: lower goes first. */
    t.integer('priority').notNullable();
    t.text('package_sha256').notNullable();
    t.integer('attempts').notNullable().defaultTo(0);
    t.integer('asked').notNullable().defaultTo(0);
    t.text('built_at').notNullable();
    t.text('next_at').notNullable();
    t.text('claimed_by');
    t.text('claimed_at');
    t.text('wire_at');
    t.text('answered_at');
    t.text('answer_code');
    t.text('answer').notNullable().defaultTo('{}');
    t.text('answer_sha256');
    t.text('fcn');
    t.text('nic');
    t.text('run_id');
    t.unique(['warrant_id', 'warrant_version', 'kind', 'seq']);
    t.index(['state', 'priority', 'next_at']);
    t.index(['warrant_id']);
  });
}

function runTables(schema: Knex.SchemaBuilder): Knex.SchemaBuilder {
  return schema
    .createTable('runs', (t: Table) => {
      t.text('id').primary();
      t.text('kind').notNullable();
      t.text('for_date').notNullable();
      t.text('state').notNullable();
      t.text('owner').notNullable();
      t.text('started_at').notNullable();
      t.text('finished_at');
      t.text('summary').notNullable().defaultTo('{}');
      t.index(['for_date']);
    })
    .createTable('leases', (t: Table) => {
      t.text('name').primary();
      t.text('owner').notNullable();
      t.text('acquired_at').notNullable();
      t.text('expires_at').notNullable();
    })
    .createTable('schedules', (t: Table) => {
      t.text('name').primary();
      t.text('known_since').notNullable();
      t.text('last_due');
      /** The newest night whose run ended; a taken night that did not end is run again. */
      t.text('last_done');
    })
    .createTable('alerts', (t: Table) => {
      t.increments('id');
      t.text('key').notNullable();
      t.text('severity').notNullable();
      t.text('message').notNullable();
      t.text('opened_at').notNullable();
      t.text('closed_at');
      t.text('notified_at');
      t.index(['key', 'closed_at']);
    })
    .createTable('audit', (t: Table) => {
      t.integer('seq').primary();
      t.text('at').notNullable();
      t.text('actor').notNullable();
      t.text('action').notNullable();
      t.text('object_type').notNullable();
      t.text('object_id').notNullable();
      t.text('outcome').notNullable();
      t.text('code');
      t.text('detail').notNullable();
      t.text('prev_hash').notNullable();
      t.text('hash').notNullable();
      t.index(['object_type', 'object_id']);
      t.index(['at']);
    })
    .createTable('audit_head', (t: Table) => {
      t.integer('id').primary();
      t.integer('seq').notNullable();
      t.text('hash').notNullable();
    });
}

export const initial: Migration = {
  version: 1,
  name: 'initial',
  async up(trx) {
    await sourceTables(trx.schema);
    await warrantTables(trx.schema);
    await evidenceTables(trx.schema);
    await outboxTables(trx.schema);
    await runTables(trx.schema);
    await trx('audit_head').insert({ id: 1, seq: 0, hash: '0'.repeat(64) });
  },
};
