import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FixedClock } from '../../../src/clock.ts';
import {
  type FeedKinds,
  type FeedPorts,
  feedFormats,
  loadFeedSource,
} from '../../../src/ingest/bookings/index.ts';
import { FolderTransport } from '../../../src/ingest/transports/folder.ts';
import { bookingId, type PrintRow, priorId, type Store } from '../../../src/store/index.ts';
import { TEST_CONTEXT } from '../../support/court-tests.ts';
import { PRINT_SIZE, png, transaction, wsq } from '../../support/print-files.ts';
import { readPrintFile } from '../../support/print-port.ts';
import { openTestStore } from '../../support/store.ts';

async function world(pattern = '*.csv') {
  const { store, folder } = await openTestStore();
  const inbox = join(folder, 'inbox');
  mkdirSync(inbox);
  const put = (name: string, bytes: string | Uint8Array) => {
    writeFileSync(join(inbox, name), bytes);
    utimesSync(join(inbox, name), 1, 1);
  };
  let runs = 0;
  const load = async (kind: keyof FeedKinds, ports: Partial<FeedPorts> = {}) => {
    runs += 1;
    const transport = new FolderTransport(
      {
        folder: inbox,
        pattern,
        complete: { by: 'age', seconds: 1 },
        owner: `run-${runs}`,
        isAlive: () => false,
        lookMs: 0,
        besideBytes: 10_000_000,
      },
      { clock: new FixedClock('2026-03-02T08:00:00Z'), sleep: async () => undefined },
    );
    const context = { ...TEST_CONTEXT, source: 'jail', limits: TEST_CONTEXT.limits };
    return loadFeedSource(
      { store, readPrintFile, actor: 'test', ...ports },
      transport,
      feedFormats(readPrintFile)[kind],
      context,
    );
  };
  return { store, inbox, put, load };
}

const printsOf = (store: Store): Promise<PrintRow[]> => store.db('prints').orderBy('id');
const BOOKING = { kind: 'booking', system: 'jail', number: 'B1', agencyOri: 'CA0100000' } as const;
const CITATION = { kind: 'citation', system: 'jail', number: 'T1', agencyOri: 'CA0100500' } as const;
const HEAD = 'booking_number,agency_ori,last_name,first_name,dob,print_file,finger,impression';

describe('a booking feed with print files beside it', () => {
  test('stores each booking with its prints, the image bytes exactly as they came', async () => {
    const { store, put, load, inbox } = await world();
    const image = await png(1);
    put('p1.png', image);
    put('a.csv', `${HEAD}\nB1,CA0100000,DOE,JO,1990-01-02,p1.png,1,1\n`);
    const report = await load('bookings');
    expect(report.files[0]?.outcome).toMatchObject({
      state: 'done',
      counts: { received: 1, stored: 1, quarantined: 0, prints: 1 },
      problems: [],
    });
    const [print] = await printsOf(store);
    expect(print).toMatchObject({
      owner_id: bookingId(BOOKING),
      purpose: 'booking',
      finger: 1,
      impression: 1,
      image_format: 'png',
      ...PRINT_SIZE,
      ppi: 500,
    });
    expect(store.blobs.get(print!.image_sha256).equals(image)).toBe(true);
    expect(readdirSync(join(inbox, 'done')).sort()).toEqual(['a.csv', 'p1.png']);
  });

  test('takes the thumbs out of an ANSI/NIST file, with the finger and impression the file states', async () => {
    const { store, put, load } = await world();
    put('p1.an2', transaction([1, 6]));
    put('a.csv', `${HEAD}\nB1,CA0100000,DOE,JO,1990-01-02,p1.an2,,\n`);
    await load('bookings');
    const prints = await printsOf(store);
    expect(prints.map((p) => [p.finger, p.impression, p.image_format]).sort()).toEqual([
      [1, 1, 'wsq'],
      [6, 1, 'wsq'],
    ]);
  });

  test('the same file again does nothing; the same rows in another file change nothing', async () => {
    const { store, put, load } = await world();
    const row = 'B1,CA0100000,DOE,JO,1990-01-02,p1.png,1,1';
    put('p1.png', await png(1));
    put('a.csv', `${HEAD}\n${row}\n`);
    await load('bookings');
    put('b.csv', `${HEAD}\n${row}\n`);
    expect((await load('bookings')).files[0]?.outcome.state).toBe('duplicate');
    put('c.csv', `${HEAD}\n${row}\nB2,CA0100000,ROE,AL,1991-01-02,,,\n`);
    expect((await load('bookings')).files[0]?.outcome.state).toBe('done');
    expect((await printsOf(store)).length).toBe(1);
    expect((await store.db('bookings').orderBy('number')).map((b) => b.number)).toEqual(['B1', 'B2']);
  });

  test.each([
    ['is missing', undefined, 'is not beside the feed'],
    ['is a text file', Buffer.from('not a picture'), 'cannot be read'],
    ['has 0 bytes', Buffer.alloc(0), 'has 0 bytes'],
    ['is a WSQ cut in half', wsq(3).subarray(0, 4000), 'cannot be read'],
  ])('a print file that %s is named; the booking is kept without it', async (_what, bytes, why) => {
    const { store, put, load } = await world();
    if (bytes) put('p1.png', bytes);
    put('a.csv', `${HEAD}\nB1,CA0100000,DOE,JO,1990-01-02,p1.png,1,1\n`);
    const { outcome } = (await load('bookings')).files[0]!;
    expect(outcome).toMatchObject({ state: 'done', counts: { stored: 1, prints: 0 } });
    expect(outcome.problems[0]).toMatchObject({
      code: 'PRT-BROKEN',
      severity: 'warning',
      line: 2,
      sourceField: 'p1.png',
    });
    expect(outcome.problems[0]?.message).toContain(why);
    expect(await store.db('bookings').first()).toMatchObject({ number: 'B1' });
  });

  test('a print file that comes late is taken when the same feed file is sent again', async () => {
    const { store, put, load } = await world();
    put('a.csv', `${HEAD}\nB1,CA0100000,DOE,JO,1990-01-02,p1.png,1,1\n`);
    await load('bookings');
    put('p1.png', await png(1));
    put('a.csv', `${HEAD}\nB1,CA0100000,DOE,JO,1990-01-02,p1.png,1,1\n`);
    expect((await load('bookings')).files[0]?.outcome.state).toBe('done');
    expect((await printsOf(store)).length).toBe(1);
  });

  test('a row whose print path leaves the folder is stopped; so is one whose file names another finger', async () => {
    const { store, put, load } = await world();
    put('p.an2', transaction([1]));
    put(
      'a.csv',
      `${HEAD}\nB1,CA0100000,DOE,JO,1990-01-02,../p1.png,1,1\nB2,CA0100000,ROE,AL,1991-01-02,p.an2,6,\nB3,CA0100000,POE,ED,1992-01-02,,,\n`,
    );
    const { outcome } = (await load('bookings')).files[0]!;
    expect(outcome).toMatchObject({ counts: { received: 3, stored: 1, quarantined: 2 } });
    expect(outcome.problems.map((p) => [p.code, p.line])).toEqual([
      ['PRT-BROKEN', 2],
      ['PRT-BROKEN', 3],
    ]);
    expect((await store.db('bookings')).map((b) => b.number)).toEqual(['B3']);
  });

  test('of a condemned file nothing is stored, and it goes to refused', async () => {
    const { store, put, load, inbox } = await world();
    put('a.csv', `${HEAD}\nB1,CA0100000,DOE,JO,1990-01-02,,,\nB2,CA0100000,"ROE,AL,1991-01-02,,,\n`);
    const { outcome } = (await load('bookings')).files[0]!;
    expect(outcome).toMatchObject({ state: 'refused', problems: [{ code: 'SRC-UNREADABLE' }] });
    expect(await store.db('bookings')).toEqual([]);
    expect(readdirSync(join(inbox, 'refused'))).toEqual(['a.csv']);
  });

  test('a run that dies at any print leaves a state from which the next one ends the same', async () => {
    const rows = Array.from({ length: 5 }, (_, i) => `B${i},CA0100000,DOE,JO,1990-01-02,p${i}.png,1,1`).join(
      '\n',
    );
    for (let dieAt = 1; dieAt <= 5; dieAt += 1) {
      const { store, put, load } = await world();
      for (let i = 0; i < 5; i += 1) put(`p${i}.png`, await png(i));
      put('a.csv', `${HEAD}\n${rows}\n`);
      let reads = 0;
      const dying = (bytes: Uint8Array) => {
        reads += 1;
        if (reads === dieAt) throw Object.assign(new Error('power cut'), { fatal: true });
        return readPrintFile(bytes);
      };
      const store2 = new Proxy(store, {
        get: (target, key) => {
          if (key === 'transaction' && reads >= dieAt) return () => Promise.reject(new Error('power cut'));
          const value: unknown = Reflect.get(target, key);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
      await expect(load('bookings', { store: store2, readPrintFile: dying })).rejects.toThrow('power cut');
      const report = await load('bookings');
      expect(report.files[0]).toMatchObject({
        recovered: true,
        outcome: { state: 'done', counts: { stored: 5, prints: 5 } },
      });
      expect((await store.db('bookings')).length).toBe(5);
      expect((await printsOf(store)).length).toBe(5);
      expect((await store.db('source_files')).map((f) => f.state)).toEqual(['done']);
    }
  });
});

describe('citation prints (VC 40500(a): for the identity of the arrestee only)', () => {
  const head = 'citation_number,agency_ori,last_name,dob,disposed_date,print_file,finger,impression';

  test('carry their purpose, and no second copy is kept in the folder', async () => {
    const { store, put, load, inbox } = await world();
    put('t1.png', await png(1));
    put('a.csv', `${head}\nT1,CA0100500,DOE,1990-01-02,,t1.png,1,2\n`);
    await load('citations');
    expect((await printsOf(store))[0]).toMatchObject({ purpose: 'citation', owner_id: bookingId(CITATION) });
    expect(readdirSync(join(inbox, 'done'))).toEqual(['a.csv']);
  });

  test('are purged when the case is disposed of: image gone, row and audit entry kept', async () => {
    const { store, put, load } = await world();
    put('t1.png', await png(1));
    put('a.csv', `${head}\nT1,CA0100500,DOE,1990-01-02,,t1.png,1,2\n`);
    await load('citations');
    const [before] = await printsOf(store);
    put('b.csv', `${head}\nT1,CA0100500,DOE,1990-01-02,2026-02-27,t1.png,1,2\n`);
    put('t1.png', await png(1));
    const { outcome } = (await load('citations')).files[0]!;
    expect(outcome).toMatchObject({ counts: { purged: 1, prints: 0 } });
    const [after] = await printsOf(store);
    expect(after?.purged_at).toBe('2026-03-02T08:00:00.000Z');
    expect(store.blobs.has(before!.image_sha256)).toBe(false);
    const actions = (await store.db('audit')).map((a) => a.action);
    expect(actions.filter((a) => a === 'print.purge').length).toBe(1);
  });
});

test('prior records come with their numbers and prints, and update in place', async () => {
  const { store, put, load } = await world();
  put('r1.wsq', wsq(2));
  put(
    'a.csv',
    'record_number,last_name,dob,cii,print_file,finger,impression\nR1,DOE,1990-01-02,A1,r1.wsq,1,1\n',
  );
  await load('records');
  put('b.csv', 'record_number,last_name,dob,cii,fbi\nR1,DOE,1990-01-02,A1,F1\n');
  await load('records');
  const id = priorId({ system: 'jail', number: 'R1' });
  expect(await store.db('prior_records')).toMatchObject([{ id, cii: 'A1', fbi: 'F1' }]);
  expect(await printsOf(store)).toMatchObject([
    { owner_id: id, purpose: 'prior-record', image_format: 'wsq' },
  ]);
});

test('a file of no known feed is refused with what was expected', async () => {
  const { put, load, inbox } = await world();
  put('a.csv', 'some,thing\n1,2\n');
  const { outcome } = (await load('bookings')).files[0]!;
  expect(outcome).toMatchObject({ state: 'unread', problems: [{ code: 'SRC-FORMAT' }] });
  expect(existsSync(join(inbox, 'refused', 'a.csv'))).toBe(true);
});

describe('ANSI/NIST transactions as a feed', () => {
  const TEXT = new Map([
    [9, 'B77'],
    [14, '123456AB7'],
    [15, 'A12345678'],
    [18, 'OKAFOR,LENA MARIE'],
    [19, 'RAY,LENA'],
    [22, '19880709'],
    [24, 'F'],
    [27, '505'],
    [38, '20251202'],
    [45, '20251201'],
    [67, 'SCANNER'],
  ]);

  test('give the booking its text, its livescan number and both thumbs', async () => {
    const { store, put, load } = await world('*');
    put('one.an2', transaction([1, 6], TEXT, { controlNumber: '1001234567890' }));
    const { outcome } = (await load('bookings')).files[0]!;
    expect(outcome).toMatchObject({ state: 'done', problems: [], counts: { stored: 1, prints: 2 } });
    const row = (await store.db('bookings').first()) as { facts: string };
    expect(JSON.parse(row.facts)).toMatchObject({
      number: 'B77',
      tcn: '1001234567890',
      agencyOri: 'CA0100000',
      arrestDate: '2025-12-01',
      person: {
        name: { surname: 'OKAFOR', given: 'LENA', middle: 'MARIE' },
        aliases: [{ surname: 'RAY', given: 'LENA' }],
        birthDate: '1988-07-09',
        heightInches: 65,
        ids: { cii: 'A12345678', fbi: '123456AB7' },
      },
    });
    expect((await printsOf(store)).map((p) => [p.finger, p.capture_date]).sort()).toEqual([
      [1, '2025-12-02'],
      [6, '2025-12-02'],
    ]);
  });

  test('give prior records by their state number', async () => {
    const { store, put, load } = await world('*');
    put('one.an2', transaction([1], TEXT));
    await load('records');
    expect(await store.db('prior_records')).toMatchObject([
      { number: 'A12345678', cii: 'A12345678', fbi: '123456AB7' },
    ]);
    expect(await printsOf(store)).toMatchObject([{ purpose: 'prior-record', finger: 1 }]);
  });

  test('of a citation leave no second copy of the print, in the folder or among the raw files', async () => {
    const { store, put, load, inbox } = await world('*');
    const bytes = transaction([1], TEXT);
    put('one.an2', bytes);
    await load('citations');
    const [file] = (await store.db('source_files')) as { sha256: string }[];
    expect(store.blobs.has(file!.sha256)).toBe(false);
    expect(readdirSync(join(inbox, 'done'))).toEqual([]);
    expect(await printsOf(store)).toMatchObject([{ purpose: 'citation' }]);
  });

  test.each([
    ['cut in half', (bytes: Uint8Array) => bytes.subarray(0, bytes.length / 2)],
    ['with a flipped length', (bytes: Uint8Array) => Uint8Array.from(bytes, (b, i) => (i === 6 ? b ^ 1 : b))],
  ])('%s are refused', async (_what, damage) => {
    const { put, load, inbox } = await world('*');
    put('one.an2', damage(transaction([1], TEXT)));
    const { outcome } = (await load('bookings')).files[0]!;
    expect(outcome).toMatchObject({ state: 'refused', problems: [{ code: 'PRT-BROKEN' }] });
    expect(readdirSync(join(inbox, 'refused'))).toEqual(['one.an2']);
  });
});

describe('pictures alone', () => {
  test('wait at the source until their booking is known, then join it without touching its facts', async () => {
    const { store, put, load, inbox } = await world('*');
    put('B1_right-thumb_1.wsq', wsq(1));
    const first = (await load('bookings')).files[0]!;
    expect(first.outcome).toMatchObject({ state: 'waiting', problems: [{ code: 'LNK-NONE' }] });
    expect(readdirSync(inbox)).toContain('B1_right-thumb_1.wsq');
    put('a.csv', `${HEAD}\nB1,CA0100000,DOE,JO,1990-01-02,,,\n`);
    await load('bookings');
    const report = await load('bookings');
    expect(report.files.map((file) => [file.name, file.outcome.state])).toEqual([
      ['B1_right-thumb_1.wsq', 'done'],
    ]);
    expect(await printsOf(store)).toMatchObject([{ owner_id: bookingId(BOOKING), finger: 1, impression: 1 }]);
    expect(await store.db('bookings').first()).toMatchObject({ surname: 'DOE', birth_date: '1990-01-02' });
  });

  test.each([['print.png'], ['B1_toe.png'], ['B1_99.png']])(
    'named %s are refused with the rule',
    async (name) => {
      const { put, load } = await world('*');
      put('a.csv', `${HEAD}\nB1,CA0100000,DOE,JO,1990-01-02,,,\n`);
      await load('bookings');
      put(name, await png(1));
      const { outcome } = (await load('bookings')).files[0]!;
      expect(outcome.problems[0]).toMatchObject({ code: 'FIELD-FORMAT', sourceField: 'file name' });
    },
  );
});
