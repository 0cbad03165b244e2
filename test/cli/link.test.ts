import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { linkCommands } from '../../src/cli/link.ts';
import { checkModel, createLinker, startModel } from '../../src/match/link/index.ts';
import { linkModel } from '../../src/ports/link-model.ts';
import { insertWarrants, upsertBookings } from '../../src/store/index.ts';
import { gatherLinkageCounty } from '../../src/synth/linkage/index.ts';
import { bookingOf, drawnWarrant, personOf } from '../support/drawn-records.ts';
import { openTestStore, temporaryFolder } from '../support/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'benchlink-link-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

const COURT =
  'no, first, last, born, email\n1, Maria, Quillmane, 04/17/1980, m@x.y\n2, José, Vertolini, 12/30/1961,\n3,,,,\n';
const JAIL =
  'key,fn,ln,dob\nA,MARIA,QUILLMANE,19800417\nB,Jose,Vertolini,1961-12-30\nC,Jose,Ruiz,1990-05-05\n';
writeFileSync(at('court.csv'), COURT);
writeFileSync(at('jail.csv'), JAIL);
const COLUMNS = [
  '--columns',
  'id=no,given=first,surname=last,dob=born',
  '--columns-b',
  'id=key,given=fn,surname=ln,dob=dob',
];

/** Runs `benchlink link ...`; gives the exit code and what was printed. */
async function run(...args: readonly string[]): Promise<{ code: number; text: string }> {
  let [code, text] = [-1, ''];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((piece) => {
    text += String(piece);
    return true;
  });
  try {
    const program = new Command('benchlink').exitOverride();
    linkCommands(program, (result) => {
      code = result;
    });
    await program.parseAsync(['node', 'benchlink', 'link', ...args]);
    return { code, text };
  } finally {
    write.mockRestore();
  }
}

describe('benchlink link score', () => {
  test('writes a header and a row for every pair above the floor', async () => {
    const { code } = await run(
      'score',
      at('court.csv'),
      at('jail.csv'),
      ...COLUMNS,
      '--out',
      at('pairs.csv'),
    );
    expect(code).toBe(0);
    expect(readFileSync(at('pairs.csv'), 'utf8').split('\n')[0]).toBe('id_a,id_b,probability');
    const rows = parse(readFileSync(at('pairs.csv')), { columns: true }) as Record<string, string>[];
    expect(rows.map((row) => `${row.id_a}-${row.id_b}`)).toEqual(['1-A', '2-B']);
    for (const row of rows) expect(Number(row.probability)).toBeGreaterThan(0.5);
  });

  test('names a field it does not know, with those it does, and goes on', async () => {
    let said = '';
    const write = vi.spyOn(process.stderr, 'write').mockImplementation((piece) => {
      said += String(piece);
      return true;
    });
    const columns = ['--columns', 'id=key,surnmae=ln,dob=dob'];
    const { code } = await run('score', at('jail.csv'), at('jail.csv'), ...columns, '--out', at('u.csv'));
    write.mockRestore();
    expect(code).toBe(0);
    expect(said).toMatch(/surnmae: no field of ours.*surname/);
  });

  test('may train, explain masked, and report as JSON', async () => {
    const { code, text } = await run(
      ...['score', at('court.csv'), at('jail.csv'), ...COLUMNS, '--out', at('p2.csv')],
      ...['--train', '--explain', at('why.jsonl'), '--mask', '--json'],
    );
    expect(code).toBe(0);
    expect(JSON.parse(text)).toMatchObject({ recordsA: 3, recordsB: 3, pairsWritten: 2 });
    const why = readFileSync(at('why.jsonl'), 'utf8');
    expect(JSON.parse(why.split('\n')[0] ?? '').rows[0].field).toBe('prior');
    expect(why).not.toContain('QUILLMANE');
  });

  test.each([
    ['a column that is not there', ['--columns', 'id=no,given=nothing'], 'LINK_COLUMNS_MISSING'],
    ['a map that is none', ['--columns', 'given'], 'LINK_COLUMNS_INVALID'],
    ['a model that is none', [...COLUMNS, '--model', at('court.csv')], 'LINK_FILE_UNREADABLE'],
  ])('refuses %s', async (_, options, code) => {
    const result = run('score', at('court.csv'), at('jail.csv'), ...options, '--out', at('no.csv'));
    await expect(result).rejects.toMatchObject({ code, kind: 'usage' });
  });

  test('refuses a file that is not there', async () => {
    const result = run('score', at('absent.csv'), at('jail.csv'), ...COLUMNS, '--out', at('no.csv'));
    await expect(result).rejects.toMatchObject({ code: 'LINK_FILE_UNREADABLE' });
  });
});

test('benchlink link dedupe finds the records of one person in one file', async () => {
  writeFileSync(at('twice.csv'), `${JAIL}D,Maria,Quillmane,04/17/1980\n`);
  const columns = ['--columns', 'id=key,given=fn,surname=ln,dob=dob'];
  expect((await run('dedupe', at('twice.csv'), ...columns, '--out', at('d.csv'))).code).toBe(0);
  const rows = parse(readFileSync(at('d.csv')), { columns: true }) as Record<string, string>[];
  expect(rows.map((row) => `${row.id_a}-${row.id_b}`)).toContain('A-D');
});

test('benchlink link train writes a model that score takes', async () => {
  const columns = ['--columns', 'id=key,given=fn,surname=ln,dob=dob'];
  expect((await run('train', at('jail.csv'), ...columns, '--out', at('model.json'))).code).toBe(0);
  const { code } = await run(
    'score',
    at('court.csv'),
    at('jail.csv'),
    ...COLUMNS,
    '--model',
    at('model.json'),
    '--out',
    at('p3.csv'),
  );
  expect(code).toBe(0);
  await expect(run('train', '--out', at('none.json'))).rejects.toMatchObject({
    code: 'LINK_NOTHING_TO_TRAIN',
  });
});

describe('benchlink link train --store', () => {
  /** A configuration whose store holds a drawn county: who was booked, and who of them did not appear. */
  async function installation(people: number): Promise<string> {
    const folder = temporaryFolder();
    const { store } = await openTestStore({ folder });
    const county = gatherLinkageCounty({ seed: 'stored', people, warrantShare: 0.5 });
    await store.transaction('test', async (unit) => {
      const bookings = county.bookings.map((one) =>
        bookingOf(one.id, personOf(one), one.arrestDate ?? '2024-01-01'),
      );
      await upsertBookings(unit, bookings);
      const warrants = county.warrants.map(({ warrant }) => ({
        identityKey: warrant.id,
        source: 'court',
        county: '',
        facts: drawnWarrant(warrant),
        state: 'entered' as const,
        reason: 'SYS-OK' as const,
        recordId: null,
      }));
      await insertWarrants(unit, warrants);
    });
    const config = join(folder, 'benchlink.json');
    writeFileSync(config, JSON.stringify({ data: '.' }));
    return config;
  }
  const learn = (config: string, out: string, ...more: readonly string[]) =>
    run('train', '--store', '--config', config, '--out', at(out), ...more);

  test('learns from the warrants and bookings of an installation, the same from the same', async () => {
    const config = await installation(1500);
    const { code, text } = await learn(config, 'stored.json', '--name', 'our county');
    expect(code).toBe(0);
    expect(text).toMatch(/learned .*surname.*dob/);
    const written = readFileSync(at('stored.json'), 'utf8');
    const model = checkModel(JSON.parse(written));
    expect(model.name).toBe('our county');
    expect(model.trained).toMatchObject({ on: 'stored warrants and bookings' });
    expect(model.trained.leftRecords).toBeGreaterThan(500);
    expect(model.trained.rightRecords).toBeGreaterThan(1500);
    expect(model.fields.surname).not.toEqual(startModel().fields.surname);
    await learn(config, 'again.json', '--name', 'our county');
    expect(readFileSync(at('again.json'), 'utf8')).toBe(written);
  });

  test('writes a model that a run takes as its linkModelFile, and that names nobody', async () => {
    const config = await installation(600);
    await learn(config, 'ours.json');
    const { warrants } = gatherLinkageCounty({ seed: 'stored', people: 600, warrantShare: 0.5 });
    const written = readFileSync(at('ours.json'), 'utf8');
    for (const { warrant } of warrants) if (warrant.surname) expect(written).not.toContain(warrant.surname);
    const model = linkModel(at('ours.json'));
    const linker = createLinker(model);
    await linker.index(gatherLinkageCounty({ seed: 'stored', people: 600, warrantShare: 0.5 }).bookings);
    const right = warrants.filter(({ warrant, booking }) => {
      const decision = linker.link(warrant);
      return decision.kind === 'attach' && decision.candidates[0]?.id === booking;
    });
    expect(right.length / warrants.length).toBeGreaterThan(0.5);
  });

  test('refuses a store that has nothing to teach, and writes no model', async () => {
    const config = await installation(0);
    await expect(learn(config, 'empty.json')).rejects.toMatchObject({
      code: 'LINK_NOTHING_TO_TRAIN',
      kind: 'usage',
    });
    expect(existsSync(at('empty.json'))).toBe(false);
  });

  test('refuses files beside the store: it is one or the other', async () => {
    const config = await installation(0);
    await expect(
      run('train', at('jail.csv'), '--store', '--config', config, '--out', at('both.json')),
    ).rejects.toMatchObject({ code: 'LINK_TRAIN_ON_ONE', kind: 'usage' });
  });
});

test('benchlink link drift profiles a file and compares it with an earlier profile', async () => {
  const columns = ['--columns', 'given=fn,surname=ln,dob=dob'];
  expect((await run('drift', at('jail.csv'), ...columns, '--out', at('profile.json'))).text).toContain(
    'surname',
  );
  const { text } = await run('drift', at('jail.csv'), ...columns, '--earlier', at('profile.json'), '--json');
  expect(JSON.parse(text)).toMatchObject({ records: 3 });
});
