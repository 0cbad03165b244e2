import type { Knex } from 'knex';
import { BenchlinkError } from '../errors.ts';
import type { Migration } from './migration.ts';
import { MIGRATIONS } from './migrations/index.ts';

const TABLE = 'schema_migrations';

async function appliedVersions(db: Knex): Promise<number[]> {
  if (!(await db.schema.hasTable(TABLE))) return [];
  return (await db(TABLE).orderBy('version').pluck('version')) as number[];
}

/** Refuses a database that a newer Benchlink has written: this code cannot know what its rows mean. */
export async function assertNotNewer(db: Knex, known: readonly Migration[] = MIGRATIONS): Promise<void> {
  const newest = Math.max(0, ...known.map((migration) => migration.version));
  const found = Math.max(0, ...(await appliedVersions(db)));
  if (found > newest) {
    throw new BenchlinkError(
      'usage',
      'DB-NEWER',
      `The database is at version ${found}, this Benchlink knows up to ${newest}. Install the newer Benchlink, or restore a backup made before it ran.`,
      { found, newest },
    );
  }
}

/** Brings the database up to date, one transaction a step; a step another process took meanwhile is skipped. */
export async function migrate(
  db: Knex,
  at: string,
  known: readonly Migration[] = MIGRATIONS,
): Promise<number> {
  await assertNotNewer(db, known);
  if (!(await db.schema.hasTable(TABLE))) {
    await db.raw(
      `create table if not exists ${TABLE} (version integer primary key, name text not null, applied_at text not null)`,
    );
  }
  const done = new Set(await appliedVersions(db));
  let count = 0;
  for (const migration of known.toSorted((a, b) => a.version - b.version)) {
    if (done.has(migration.version)) continue;
    count += await applyOne(db, migration, at);
  }
  return count;
}

async function applyOne(db: Knex, migration: Migration, at: string): Promise<number> {
  return db.transaction(async (trx) => {
    const inserted = await trx(TABLE)
      .insert({ version: migration.version, name: migration.name, applied_at: at })
      .onConflict('version')
      .ignore()
      .returning('version');
    if (inserted.length === 0) return 0;
    await migration.up(trx);
    return 1;
  });
}
