import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knex, { type Knex } from 'knex';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { FixedClock } from '../../../src/clock.ts';
import type { CourtRecord } from '../../../src/domain/index.ts';
import { readAll } from '../../../src/ingest/bytes.ts';
import { relational } from '../../../src/ingest/courts/relational.ts';
import { MemoryCursor } from '../../../src/ingest/transports/cursor.ts';
import { SqlPull, type SqlSettings } from '../../../src/ingest/transports/sql.ts';
import type { Arrival } from '../../../src/ingest/transports/transport.ts';
import { parseWhole } from '../../support/court-tests.ts';
import { type Postgres, postgresBin, startPostgres } from '../../support/postgres.ts';

const bin = postgresBin();
const open: SqlPull[] = [];

/** The type of a moment, by that of a day. */
const INSTANT: Readonly<Record<string, string>> = { date: 'timestamptz', 'date ': 'datetime' };

async function makeTables(db: Knex, day: string): Promise<void> {
  await db.schema.dropTableIfExists('v_warrants');
  await db.schema.dropTableIfExists('v_offenses');
  await db.schema.dropTableIfExists('v_history');
  await db.schema.createTable('v_warrants', (t) => {
    t.string('warrant_number').primary();
    t.string('case_number');
    t.string('status');
    t.specificType('issue_date', day);
    t.decimal('bond_amount', 12, 2);
    t.boolean('sealed');
    t.string('last_name');
    t.specificType('modified', INSTANT[day] ?? 'text');
  });
  for (const [name, columns] of [
    ['v_offenses', ['statute', 'level']],
    ['v_history', ['status', 'start_date']],
  ] as const) {
    await db.schema.createTable(name, (t) => {
      t.string('warrant_number');
      for (const column of columns) t.string(column);
    });
  }
}

const warrant = (n: number, more: object = {}) => ({
  warrant_number: `W${String(n).padStart(4, '0')}`,
  case_number: `C${n}`,
  status: 'ISSUED',
  issue_date: '2026-02-01',
  bond_amount: '1234567890.05',
  sealed: false,
  last_name: 'DOE',
  modified: `2026-03-01 08:00:${String(n % 60).padStart(2, '0')}`,
  ...more,
});

async function collect(pull: SqlPull): Promise<Arrival[]> {
  const arrivals: Arrival[] = [];
  for await (const item of pull.fetch()) if (item.kind === 'arrival') arrivals.push(item.arrival);
  return arrivals;
}

const read = async (arrival: Arrival) => {
  const parsed = await parseWhole(relational, await readAll(arrival.read()));
  return { ...parsed, warrants: parsed.records.map((one) => (one.record as CourtRecord).warrant) };
};

afterEach(async () => {
  for (const pull of open.splice(0)) await pull.close();
});

/** Everything that must hold on any database. */
function databaseTests(
  name: string,
  start: () => { db: Knex; settings: Pick<SqlSettings, 'client' | 'connection'>; day: string },
) {
  const pull = (more: Partial<SqlSettings> = {}, cursor = new MemoryCursor()) => {
    const settings: SqlSettings = {
      ...start().settings,
      views: { warrants: 'v_warrants', offenses: 'v_offenses', history: 'v_history' },
      keyColumn: 'warrant_number',
      batchRows: 10,
      timeoutMs: 5000,
      ...more,
    };
    const made = new SqlPull(settings, cursor, new FixedClock('2026-03-02T08:00:00Z'));
    open.push(made);
    return made;
  };

  describe(`a court database on ${name}`, () => {
    test('is read whole: every row once, with its charges and history, exact', async () => {
      const { db, day } = start();
      await makeTables(db, day);
      await db('v_warrants').insert(Array.from({ length: 25 }, (_, i) => warrant(i + 1)));
      await db('v_offenses').insert([
        { warrant_number: 'W0001', statute: 'VC 23152(a)', level: 'M' },
        { warrant_number: 'W0001', statute: 'VC 22350', level: 'I' },
      ]);
      await db('v_history').insert({ warrant_number: 'W0002', status: 'RECALLED', start_date: '2026-02-20' });
      const arrivals = await collect(pull());
      expect(arrivals.length).toBe(1);
      const { warrants, facts, records, problems } = await read(arrivals[0]!);
      expect(problems).toEqual([]);
      expect(facts).toEqual([{ fullSnapshot: true, asOf: '2026-03-02T08:00:00.000Z' }]);
      expect(new Set(warrants.map((w) => w.number)).size).toBe(25);
      expect(warrants[0]).toMatchObject({
        bail: { cents: 123456789005 },
        issuedDate: '2026-02-01',
        sealed: false,
      });
      expect(warrants[0]?.offences.map((o) => o.statuteSection)).toEqual(['23152(a)', '22350']);
      expect((records[1]!.record as CourtRecord).event).toBe('recalled');
    });

    test('a whole read that broke off is told by its missing end', async () => {
      const { db, day } = start();
      await makeTables(db, day);
      await db('v_warrants').insert([warrant(1), warrant(2)]);
      const bytes = Buffer.from(await readAll((await collect(pull()))[0]!.read())).toString();
      const cut = bytes.slice(0, bytes.lastIndexOf('{"extract_end"'));
      expect((await parseWhole(relational, Buffer.from(cut))).problems).toMatchObject([
        { code: 'SRC-TRAILER' },
      ]);
    });

    test('read by watermark gives what changed, in batches; the mark moves when a batch is done', async () => {
      const { db, day } = start();
      await makeTables(db, day);
      await db('v_warrants').insert(
        Array.from({ length: 25 }, (_, i) => warrant(i + 1, { modified: `2026-03-01 08:00:0${i % 3}` })),
      );
      const cursor = new MemoryCursor();
      const changes = () => pull({ watermarkColumn: 'modified' }, cursor);
      const first = await collect(changes());
      const numbers = (await Promise.all(first.map(read))).flatMap((one) =>
        one.warrants.map((w) => w.number),
      );
      expect(first.length).toBe(3);
      expect(new Set(numbers).size).toBe(25);
      await first[0]!.done();
      // The run died here: what was not stored comes again.
      const again = (await Promise.all((await collect(changes())).map(read))).flatMap((one) =>
        one.warrants.map((w) => w.number),
      );
      expect(new Set(again).size).toBe(25);
      for (const arrival of first) await arrival.done();
      await db('v_warrants').insert(warrant(99, { modified: '2026-03-01 09:00:00' }));
      const later = await collect(changes());
      expect(later.length).toBe(3);
      for (const arrival of later) await arrival.done();
      const last = await Promise.all((await collect(changes())).map(read));
      expect(last.flatMap((one) => one.warrants.map((w) => w.number))).toEqual(['W0099']);
    });

    test('rows committed late, with an older time stamp, are not missed', async () => {
      const { db, day } = start();
      await makeTables(db, day);
      await db('v_warrants').insert(warrant(1, { modified: '2026-03-01 08:10:00' }));
      const cursor = new MemoryCursor();
      for (const arrival of await collect(pull({ watermarkColumn: 'modified' }, cursor)))
        await arrival.done();
      await db('v_warrants').insert(warrant(2, { modified: '2026-03-01 08:09:00' }));
      const [arrival] = await collect(pull({ watermarkColumn: 'modified' }, cursor));
      expect((await read(arrival!)).warrants.map((w) => w.number)).toEqual(['W0002', 'W0001']);
    });

    test('a refused batch holds the mark', async () => {
      const { db, day } = start();
      await makeTables(db, day);
      await db('v_warrants').insert(Array.from({ length: 15 }, (_, i) => warrant(i + 1)));
      const cursor = new MemoryCursor();
      const [one, two] = await collect(pull({ watermarkColumn: 'modified' }, cursor));
      await one!.refuse();
      await two!.done();
      expect(cursor.read()).toBeUndefined();
    });

    test('a view that is not there is said in plain words', async () => {
      const missing = pull({ views: { warrants: 'no_such_view' } });
      await expect(readAll((await collect(missing))[0]!.read())).rejects.toMatchObject({
        kind: 'retry',
        message: expect.stringContaining('a table or view does not exist'),
      });
    });
  });
}

describe('SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'benchlink-sql-'));
  const filename = join(folder, 'court.db');
  const db = knex({ client: 'better-sqlite3', connection: { filename }, useNullAsDefault: true });
  afterAll(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true });
  });
  databaseTests('SQLite', () => ({ db, settings: { client: 'sqlite', connection: filename }, day: 'text' }));
});

describe.skipIf(bin === undefined)(`PostgreSQL${bin ? '' : ' (skipped: no server on this machine)'}`, () => {
  let postgres: Postgres;
  let db: Knex;
  beforeAll(async () => {
    postgres = await startPostgres(bin ?? '');
    db = knex({ client: 'pg', connection: postgres.url });
  });
  afterAll(async () => {
    await db.destroy();
    postgres.stop();
  });
  databaseTests('PostgreSQL', () => ({
    db,
    settings: { client: 'pg', connection: postgres.url },
    day: 'date',
  }));

  test('a database that dies in the middle of a read stops the source, and nothing of it is taken', async () => {
    await makeTables(db, 'date');
    await db('v_warrants').insert(Array.from({ length: 500 }, (_, i) => warrant(i + 1)));
    const settings = {
      client: 'pg',
      connection: postgres.url,
      views: { warrants: 'v_warrants' },
      keyColumn: 'warrant_number',
      batchRows: 5,
      timeoutMs: 2000,
    } as const;
    const pull = new SqlPull(settings, new MemoryCursor(), new FixedClock('2026-03-02T08:00:00Z'));
    const [arrival] = await collect(pull);
    let lines = 0;
    const reading = (async () => {
      for await (const _line of arrival!.read()) {
        lines += 1;
        if (lines === 20) postgres.kill();
      }
    })();
    await expect(reading).rejects.toMatchObject({ kind: 'retry', code: 'SRC-CONNECT' });
    expect(lines).toBeLessThan(500);
    await pull.close();
  });
});

/** `mysql://user:password@host:port/database` of an empty database; its driver is no dependency of ours. */
const mysql = process.env.BENCHLINK_MYSQL;
describe.skipIf(mysql === undefined)(
  `MySQL or MariaDB${mysql ? '' : ' (skipped: BENCHLINK_MYSQL names no server)'}`,
  () => {
    let db: Knex;
    beforeAll(() => {
      db = knex({ client: 'mysql2', connection: mysql! });
    });
    afterAll(() => db.destroy());
    databaseTests('MySQL', () => ({ db, settings: { client: 'mysql2', connection: mysql! }, day: 'date ' }));
  },
);

test.skipIf(mysql !== undefined).each([
  ['mysql2', 'npm install mysql2'],
  ['mssql', 'npm install tedious'],
] as const)('a %s source without its driver says what to install', (client, words) => {
  const settings = {
    client,
    connection: 'mysql://u:p@h/d',
    views: {},
    keyColumn: 'k',
    batchRows: 1,
    timeoutMs: 1,
  };
  expect(() => new SqlPull(settings, new MemoryCursor(), new FixedClock('2026-01-01T00:00:00Z'))).toThrow(
    words,
  );
});
