import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dropHolding, getHolding } from '../../src/store/index.ts';
import type { TransmitRun } from '../../src/transmit/index.ts';
import {
  type Case,
  type CourtEntry,
  compareCase,
  type TheirEntry,
} from '../../src/transmit/reconcile/compare.ts';
import { reconcile } from '../../src/transmit/reconcile/index.ts';
import { mergeLists } from '../../src/transmit/reconcile/merge.ts';
import { readList } from '../../src/transmit/transports/list.ts';
import { bytesOf, entry } from './support/messages.ts';
import { openWorld, type World } from './support/world.ts';

const KEY = { ori: 'CA0190000', oca: 'A1' };
const COURT: CourtEntry = {
  ...KEY,
  warrantId: 'w1',
  standing: true,
  kept: false,
  fcn: null,
  expected: true,
  rides: false,
  moving: false,
};
const OURS = { ...KEY, fcn: '1', nam: 'TEST, PAT', warrantId: 'w1' };
const KEPT_OURS = { ...OURS, warrantId: 'w2' };
const THEIRS: TheirEntry = { ...KEY, fcn: '1', nic: null, nam: 'TEST, PAT' };
const ended = { ...COURT, standing: false, expected: false };
const kept = { ...ended, kept: true, warrantId: 'w2' };

describe('Court, ours and theirs under one case number', () => {
  it.each<[string, Partial<Case>, string[]]>([
    ['agree', { court: [COURT], ours: [OURS], theirs: [THEIRS] }, []],
    ['agree that it has ended', { court: [ended] }, []],
    ['stale there', { court: [ended], ours: [OURS], theirs: [THEIRS] }, ['STALE-THERE cancel']],
    ['stale there, unknown here', { court: [ended], theirs: [THEIRS] }, ['STALE-THERE cancel']],
    ['ended, ours and not there', { court: [ended], ours: [OURS] }, ['GONE-THERE look']],
    [
      'ended and there under another number',
      { court: [ended], ours: [OURS], theirs: [{ ...THEIRS, fcn: '2' }] },
      ['STALE-THERE cancel', 'GONE-THERE look'],
    ],
    ['unknown there', { theirs: [THEIRS] }, ['UNKNOWN-THERE look']],
    [
      'kept here, and ours there',
      { court: [kept], ours: [KEPT_OURS], theirs: [THEIRS] },
      ['STALE-THERE cancel'],
    ],
    [
      'kept here, and one there that was ours',
      { court: [{ ...kept, fcn: '1' }], theirs: [THEIRS] },
      ['STALE-THERE cancel'],
    ],
    [
      'kept here, and one there that never was ours',
      { court: [kept], theirs: [THEIRS] },
      ['KEPT-THERE look'],
    ],
    ['kept here, ours and not there', { court: [kept], ours: [KEPT_OURS] }, ['GONE-THERE look']],
    [
      'kept here, beside one that has ended',
      { court: [kept, ended], theirs: [THEIRS] },
      ['STALE-THERE cancel'],
    ],
    ['kept here, beside one that stands', { court: [kept, COURT], ours: [OURS], theirs: [THEIRS] }, []],
    ['missing there', { court: [COURT], ours: [OURS] }, ['MISSING-THERE enter']],
    ['there, not known here', { court: [COURT], theirs: [THEIRS] }, ['NOT-KNOWN-HERE adopt']],
    [
      'other number',
      { court: [COURT], ours: [OURS], theirs: [{ ...THEIRS, fcn: '2' }] },
      ['OTHER-NUMBER look'],
    ],
    [
      'other name',
      { court: [COURT], ours: [OURS], theirs: [{ ...THEIRS, nam: 'X, Y' }] },
      ['OTHER-NAME look'],
    ],
    [
      'two there',
      { court: [COURT], ours: [OURS], theirs: [THEIRS, { ...THEIRS, fcn: '2' }] },
      ['DOUBLE-THERE look', 'DOUBLE-THERE look'],
    ],
    ['rides in another record', { court: [{ ...COURT, rides: true }] }, []],
    ['not sent yet', { court: [{ ...COURT, expected: false }] }, []],
    ['on its way', { court: [{ ...ended, moving: true }], theirs: [THEIRS] }, []],
    ['issued again', { court: [ended, { ...COURT, warrantId: 'w1' }], ours: [OURS], theirs: [THEIRS] }, []],
  ])('%s', (_what, one, expected) => {
    const found = compareCase({ ...KEY, court: [], ours: [], theirs: [], ...one });
    expect(found.map((each) => `${each.code} ${each.act}`)).toEqual(expected);
  });
});

async function* pages<T>(list: readonly T[], size: number): AsyncGenerator<readonly T[]> {
  for (let i = 0; i < list.length; i += size) yield list.slice(i, i + size);
}

describe('The merge of three sorted lists', () => {
  const keys = fc.array(
    fc.record({ ori: fc.constantFrom('A', 'B'), oca: fc.constantFrom('1', '10', '2', 'A-1', 'A1') }),
  );
  const sorted = (list: { ori: string; oca: string }[]) =>
    list.toSorted((a, b) => (`${a.ori}\0${a.oca}` < `${b.ori}\0${b.oca}` ? -1 : 1));

  it('hands over every entry once, under its key, whatever the pages', async () => {
    await fc.assert(
      fc.asyncProperty(keys, keys, keys, fc.integer({ min: 1, max: 4 }), async (c, o, t, size) => {
        const court = sorted(c).map((key) => ({ ...COURT, ...key }));
        const ours = sorted(o).map((key) => ({ ...OURS, ...key }));
        const theirs = sorted(t).map((key) => ({ ...THEIRS, ...key }));
        const seen: Case[] = [];
        const counts = await mergeLists(
          { court: pages(court, size), ours: pages(ours, size), theirs: pages(theirs, size) },
          (one) => void seen.push(one),
        );
        expect(counts).toMatchObject({ court: c.length, ours: o.length, theirs: t.length });
        expect(seen.flatMap((one) => one.court)).toEqual(court);
        expect(seen.flatMap((one) => one.ours)).toEqual(ours);
        expect(seen.flatMap((one) => one.theirs)).toEqual(theirs);
        expect(new Set(seen.map((one) => `${one.ori} ${one.oca}`)).size).toBe(seen.length);
      }),
    );
  });

  it('refuses a list that is out of order', async () => {
    const theirs = [
      { ...THEIRS, oca: 'B' },
      { ...THEIRS, oca: 'A' },
    ];
    const lists = {
      court: pages<CourtEntry>([], 1),
      ours: pages<typeof OURS>([], 1),
      theirs: pages(theirs, 1),
    };
    await expect(mergeLists(lists, () => undefined)).rejects.toMatchObject({ code: 'LIST-ORDER' });
  });

  it('refuses a list that was cut short', async () => {
    async function* lines() {
      yield JSON.stringify(THEIRS);
      yield JSON.stringify({ end: 2 });
    }
    const all = async () => {
      const list = [];
      for await (const record of readList(lines())) list.push(record);
      return list;
    };
    await expect(all()).rejects.toMatchObject({ code: 'DST-LIST' });
  });
});

describe('Reconciling', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  const run = (): TransmitRun => ({
    store: world.store,
    transport: world.transport,
    packager: world.packager,
    ports: { attachPrint: async () => undefined },
    destination: 'test',
    actor: 'reconcile',
    owner: 'reconcile',
    clock: world.clock,
    random: () => 0.5,
    sleep: async () => undefined,
    zone: 'America/Los_Angeles',
  });

  it('finds nothing when all agree', async () => {
    for (let n = 1; n <= 5; n++) await world.add(n);
    await world.run();
    expect(await reconcile(run())).toMatchObject({
      counts: { court: 5, ours: 5, theirs: 5, cases: 5 },
      differences: {},
    });
  });

  it('cancels at once a record of a warrant the court has ended, known here or not', async () => {
    const id = await world.add(1);
    await world.run();
    await world.court(id, 'recalled');
    await world.store.transaction('test', (unit) => dropHolding(unit, id, 'lost by a fault'));
    await world.run();
    expect(await world.active()).toHaveLength(1);
    expect(await reconcile(run())).toMatchObject({ differences: { 'STALE-THERE': 1 }, acted: 1 });
    await world.run();
    expect(await world.active()).toEqual([]);
    expect(await reconcile(run())).toMatchObject({ differences: {} });
  });

  it('proposes an entry for a record that is missing there, and makes it only where policy says so', async () => {
    const id = await world.add(1);
    await world.run();
    await world.intake.purge('2030-01-01');
    expect(await reconcile(run())).toMatchObject({ differences: { 'MISSING-THERE': 1 }, acted: 0 });
    expect(await world.state(id)).toBe('entered');
    await reconcile(run(), { acts: ['cancel', 'enter'] });
    expect(await world.state(id)).toBe('verified');
    await world.run();
    expect(await world.active()).toHaveLength(1);
  });

  it('takes up a record of a standing warrant that it did not know of', async () => {
    const id = await world.add(1);
    await world.run();
    await world.store.transaction('test', (unit) => dropHolding(unit, id, 'lost by a fault'));
    await reconcile(run(), { acts: ['adopt'] });
    expect(await getHolding(world.store.db, id)).toBeDefined();
    await world.run();
    expect(await world.messages(id)).toEqual(['enter accepted', 'modify accepted']);
    expect(await world.active()).toHaveLength(1);
  });

  it('leaves a record nobody here knows to a person', async () => {
    const message = entry(77);
    await world.transport.send({
      messageId: 'foreign',
      bytes: bytesOf({ ...message, messageId: 'foreign' }),
      contentType: 'x/y',
    });
    expect(await reconcile(run())).toMatchObject({ differences: { 'UNKNOWN-THERE': 1 }, acted: 0 });
    expect(await world.store.db('differences').select('code', 'act', 'state')).toEqual([
      { code: 'UNKNOWN-THERE', act: 'look', state: 'proposed' },
    ]);
  });

  it('writes nothing in a dry run', async () => {
    const message = entry(77);
    await world.transport.send({
      messageId: 'foreign',
      bytes: bytesOf({ ...message, messageId: 'foreign' }),
      contentType: 'x/y',
    });
    await reconcile(run(), { dryRun: true });
    expect(await world.store.db('differences')).toEqual([]);
  });
});
