import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FixedClock } from '../../../src/clock.ts';
import { readAll } from '../../../src/ingest/bytes.ts';
import type { CompleteRule } from '../../../src/ingest/transports/complete.ts';
import { type FolderSettings, FolderTransport } from '../../../src/ingest/transports/folder.ts';
import type { Arrival, Notice } from '../../../src/ingest/transports/transport.ts';
import { temporaryFolder } from '../../support/store.ts';

const NOW = '2026-03-02T08:00:00Z';
const AGE: CompleteRule = { by: 'age', seconds: 60 };

function put(folder: string, name: string, text: string | Uint8Array, ageSeconds = 600): void {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  const at = Date.parse(NOW) / 1000 - ageSeconds;
  utimesSync(path, at, at);
}

function open(
  folder: string,
  owner = 'run-2',
  complete = AGE,
  more: Partial<FolderSettings> = {},
  onSleep: () => void = () => undefined,
) {
  const settings = {
    folder,
    pattern: '*',
    complete,
    owner,
    isAlive: () => false,
    lookMs: 5,
    besideBytes: 1000,
    ...more,
  };
  return new FolderTransport(settings, {
    clock: new FixedClock(NOW),
    sleep: async () => onSleep(),
  });
}

async function collect(transport: FolderTransport) {
  const arrivals: Arrival[] = [];
  const notices: Notice[] = [];
  for await (const item of transport.fetch()) {
    if (item.kind === 'arrival') arrivals.push(item.arrival);
    else notices.push(item.notice);
  }
  return {
    arrivals,
    notices,
    names: arrivals.map((a) => a.name),
    codes: notices.map((n) => [n.name, n.problem.code]),
  };
}

const text = async (arrival: Arrival) => Buffer.from(await readAll(arrival.read())).toString();

describe('a drop folder', () => {
  test('gives whole files in the order of their names, each with its exact bytes', async () => {
    const folder = temporaryFolder();
    put(folder, 'b.csv', 'two');
    put(folder, 'a.csv', 'one');
    const { arrivals } = await collect(open(folder));
    expect(await Promise.all(arrivals.map(text))).toEqual(['one', 'two']);
  });

  test('leaves alone what is still being written: too young, growing, or under a temporary name', async () => {
    const folder = temporaryFolder();
    put(folder, 'young.csv', 'x', 5);
    put(folder, 'growing.csv', 'x');
    for (const name of ['.hidden', 'x.csv.part', 'x.tmp', '~lock']) put(folder, name, 'x');
    const transport = open(folder, 'r', AGE, {}, () => put(folder, 'growing.csv', 'xx'));
    const { names, codes } = await collect(transport);
    expect(names).toEqual([]);
    expect(codes).toEqual([
      ['growing.csv', 'SRC-INCOMPLETE'],
      ['young.csv', 'SRC-INCOMPLETE'],
    ]);
    expect(readdirSync(folder)).toContain('growing.csv');
  });

  test('a file of 0 bytes is named, and put where a person finds it', async () => {
    const folder = temporaryFolder();
    put(folder, 'empty.csv', '');
    const { names, notices } = await collect(open(folder));
    expect(names).toEqual([]);
    expect(notices[0]?.problem).toMatchObject({ code: 'SRC-EMPTY', severity: 'error' });
    expect(existsSync(join(folder, 'refused', 'empty.csv'))).toBe(true);
  });

  test('takes only names that fit the pattern', async () => {
    const folder = temporaryFolder();
    for (const name of ['a.CSV', 'b.xml', 'c.png']) put(folder, name, 'x');
    expect((await collect(open(folder, 'r', AGE, { pattern: '*.csv, *.xml' }))).names).toEqual([
      'a.CSV',
      'b.xml',
    ]);
  });

  test('a link is never followed', async () => {
    const folder = temporaryFolder();
    put(folder, 'real.csv', 'x');
    symlinkSync('/etc/hostname', join(folder, 'link.csv'));
    const { names, codes } = await collect(open(folder));
    expect(names).toEqual(['real.csv']);
    expect(codes).toEqual([['link.csv', 'SRC-UNREADABLE']]);
  });

  test('done and refused files leave the folder, under names of their own', async () => {
    const folder = temporaryFolder();
    for (const run of ['run-1', 'run-2']) {
      put(folder, 'a.csv', run);
      put(folder, 'b.csv', run);
      const transport = open(folder, run);
      for (const arrival of (await collect(transport)).arrivals) {
        await (arrival.name === 'a.csv' ? arrival.done() : arrival.refuse());
      }
      await transport.close();
    }
    expect(readdirSync(join(folder, 'done')).sort()).toEqual(['a.csv', 'a.csv~2']);
    expect(readdirSync(join(folder, 'refused')).sort()).toEqual(['b.csv', 'b.csv~2']);
    expect(readdirSync(join(folder, 'claimed'))).toEqual([]);
  });

  test('the same file again is named a duplicate; another file of the same name is not', async () => {
    const folder = temporaryFolder();
    put(folder, 'a.csv', 'same');
    for (const arrival of (await collect(open(folder, 'run-1'))).arrivals) await arrival.done();
    put(folder, 'a.csv', 'same');
    const again = await collect(open(folder, 'run-2'));
    expect(again.codes).toEqual([['a.csv', 'SRC-DUPLICATE']]);
    expect(again.arrivals[0]?.duplicateOf).toBe('done/a.csv');
    await again.arrivals[0]?.done();
    put(folder, 'a.csv', 'news');
    expect((await collect(open(folder, 'run-3'))).codes).toEqual([]);
  });

  test('of two runs only one gets a file', async () => {
    const folder = temporaryFolder();
    for (let i = 0; i < 20; i += 1) put(folder, `f${i}.csv`, String(i));
    const alive = { isAlive: () => true };
    const both = await Promise.all([
      collect(open(folder, 'a', AGE, alive)),
      collect(open(folder, 'b', AGE, alive)),
    ]);
    const names = both.flatMap((one) => one.names);
    expect(names.length).toBe(20);
    expect(new Set(names).size).toBe(20);
  });

  test('what a dead run had claimed comes first, marked as recovered; a living run keeps its own', async () => {
    const folder = temporaryFolder();
    put(folder, 'z.csv', 'left');
    await collect(open(folder, 'run-1'));
    put(folder, 'a.csv', 'new');
    const kept = await collect(open(folder, 'run-2', AGE, { isAlive: (owner) => owner === 'run-1' }));
    expect(kept.names).toEqual(['a.csv']);
    const { arrivals } = await collect(open(folder, 'run-3'));
    expect(arrivals.map((a) => [a.name, a.recovered])).toEqual([
      ['z.csv', true],
      ['a.csv', true],
    ]);
    expect(await text(arrivals[0]!)).toBe('left');
  });

  test('a folder that is not there is explained', async () => {
    await expect(collect(open('/nowhere/at/all'))).rejects.toMatchObject({
      kind: 'retry',
      code: 'SRC-CONNECT',
      message: 'Folder /nowhere/at/all: the folder does not exist; create it or correct the path.',
    });
  });
});

describe('completion by a marker file', () => {
  const MARKER: CompleteRule = { by: 'marker', suffix: '.done' };

  test('a file is taken only with its marker, which goes with it', async () => {
    const folder = temporaryFolder();
    put(folder, 'a.csv', 'x', 1);
    put(folder, 'a.csv.done', '', 1);
    put(folder, 'b.csv', 'x', 1);
    const { arrivals, codes } = await collect(open(folder, 'r', MARKER));
    expect(arrivals.map((a) => a.name)).toEqual(['a.csv']);
    expect(codes).toEqual([['b.csv', 'SRC-INCOMPLETE']]);
    await arrivals[0]?.done();
    expect(readdirSync(join(folder, 'done')).sort()).toEqual(['a.csv', 'a.csv.done']);
  });

  test('a marker claimed by a run that died before its file goes back, and the file is taken', async () => {
    const folder = temporaryFolder();
    put(folder, 'a.csv', 'x');
    put(folder, 'claimed/run-1/000001-a.csv.done', '');
    expect((await collect(open(folder, 'run-2', MARKER))).names).toEqual(['a.csv']);
  });

  test('without its marker for over an hour a file is called half-written', async () => {
    const folder = temporaryFolder();
    put(folder, 'a.csv', 'x', 4000);
    const { notices } = await collect(open(folder, 'r', MARKER));
    expect(notices[0]?.problem.severity).toBe('error');
    expect(notices[0]?.problem.message).toContain('half-written');
  });
});

test.each([
  ['H1\nD1\nT0001\n', ['f.txt']],
  ['H1\nD1\nT0001\r\n\r\n', ['f.txt']],
  ['H1\nD1\n', []],
  ['H1\nD1\nT00\nD2', []],
])('completion by a trailer: %j', async (content, names) => {
  const folder = temporaryFolder();
  put(folder, 'f.txt', content);
  expect((await collect(open(folder, 'r', { by: 'trailer', startsWith: 'T', seconds: 1 }))).names).toEqual(
    names,
  );
});

describe('print files beside a feed', () => {
  async function first(folder: string, owner = 'run-1') {
    return (await collect(open(folder, owner, AGE, { pattern: '*.csv' }))).arrivals[0]!;
  }

  test('are read below the folder and go to done with the feed', async () => {
    const folder = temporaryFolder();
    put(folder, 'a.csv', 'x');
    put(folder, 'prints/1.png', 'PNG');
    const arrival = await first(folder);
    expect(await arrival.beside('prints\\1.png')).toEqual({ ok: true, bytes: Buffer.from('PNG') });
    await arrival.done();
    expect(readFileSync(join(folder, 'done/prints/1.png'), 'utf8')).toBe('PNG');
    expect(existsSync(join(folder, 'prints/1.png'))).toBe(false);
  });

  test('are found again when the run died between putting them away and their feed', async () => {
    const folder = temporaryFolder();
    put(folder, 'claimed/dead/000001-a.csv', 'x');
    put(folder, 'done/1.png', 'PNG');
    expect(await (await first(folder)).beside('1.png')).toMatchObject({ ok: true });
  });

  test('are erased where no second copy may be kept', async () => {
    const folder = temporaryFolder();
    put(folder, 'a.csv', 'x');
    put(folder, '1.png', 'PNG');
    const arrival = await first(folder);
    await arrival.beside('1.png');
    await arrival.done('erase-beside');
    expect(existsSync(join(folder, 'done/1.png'))).toBe(false);
    expect(existsSync(join(folder, '1.png'))).toBe(false);
  });

  test.each([
    '../secret.png',
    'prints/../../secret.png',
    '/etc/hostname',
    'C:\\secret.png',
    '..\\secret.png',
    'a\0b',
    './x.png',
    'link.png',
    'linkdir/hostname',
    '',
  ])('never lead out of the folder: %j', async (path) => {
    const parent = temporaryFolder();
    const folder = join(parent, 'inbox');
    put(parent, 'secret.png', 'no');
    put(folder, 'a.csv', 'x');
    symlinkSync(join(parent, 'secret.png'), join(folder, 'link.png'));
    symlinkSync('/etc', join(folder, 'linkdir'));
    expect(await (await first(folder)).beside(path)).toEqual({ ok: false, why: 'unsafe' });
  });

  test('a missing one, a folder and one that is too large are told apart', async () => {
    const folder = temporaryFolder();
    put(folder, 'a.csv', 'x');
    put(folder, 'big.png', Buffer.alloc(1001));
    put(folder, 'prints/x', 'x');
    const arrival = await first(folder);
    expect(await arrival.beside('none.png')).toEqual({ ok: false, why: 'missing' });
    expect(await arrival.beside('big.png')).toEqual({ ok: false, why: 'too-large' });
    expect(await arrival.beside('prints')).toEqual({ ok: false, why: 'unsafe' });
  });
});
