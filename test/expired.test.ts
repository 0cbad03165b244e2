import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, FixedClock, localDate, startOfDay, systemClock } from '../src/clock.ts';
import { lastRuns } from '../src/store/index.ts';
import { openSandbox } from '../src/transmit/intake/sandbox.ts';
import { SmallCounty, usDate } from './support/small-county.ts';

const HOUR = 3_600_000;
const ann = { surname: 'SAMPLE', given: 'ANN', birth: '02/28/1990', sex: 'F' } as const;
const TODAY = usDate();

let folder: string;
let intake: Awaited<ReturnType<typeof openSandbox>>;
let county: SmallCounty;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'benchlink-expired-'));
  intake = await openSandbox({ data: join(folder, 'intake'), certs: folder, clock: systemClock });
  const files = { caFile: 'ca.pem', certFile: 'client.pem', keyFile: 'client.key' };
  county = new SmallCounty(folder, { url: intake.url, ...files, perSecond: 500 });
});
afterEach(async () => {
  await intake.close();
  rmSync(folder, { recursive: true, force: true });
});

/** On another day than today, even where today has 25 hours. */
const tomorrow: Clock = { now: () => new Date(systemClock.now().getTime() + 25 * HOUR) };
const there = async () => Object.fromEntries((await intake.records(9)).map(({ oca, state }) => [oca, state]));

describe('A warrant whose last day in force has passed while its record is on file', () => {
  it.each([
    ['the night', false],
    ['the fast lane', true],
  ])('is taken back by %s of the day after, though its court sends nothing', async (_who, onlyRecalls) => {
    county.court({ n: 1, expires: TODAY }, { n: 2 });
    await county.run();
    expect(await there()).toEqual({ '26-0001': 'active', '26-0002': 'active' });
    expect(await county.run({ onlyRecalls })).toMatchObject({ expired: 0 });
    expect(await county.run({ onlyRecalls, clock: tomorrow })).toMatchObject({ expired: 1, balances: true });
    expect(await there()).toEqual({ '26-0001': 'cancelled', '26-0002': 'active' });
    expect(await county.standing()).toEqual({
      'M26-0001-W1': 'expired, enter accepted, cancel accepted',
      'M26-0002-W1': 'entered, enter accepted',
    });
  });

  it('leaves the record in which it rides', async () => {
    county.court({ n: 1, ...ann, expires: TODAY }, { n: 2, ...ann, level: 'F' });
    await county.run();
    await county.run({ onlyRecalls: true, clock: tomorrow });
    expect(await county.standing()).toEqual({
      'M26-0001-W1': 'expired',
      'M26-0002-W1': 'entered, enter accepted, modify accepted',
    });
  });

  it('stays when the same run brings a later last day', async () => {
    county.court({ n: 1, expires: TODAY });
    await county.run();
    county.court({ n: 1, expires: usDate(-30) });
    expect(await county.run({ clock: tomorrow })).toMatchObject({ expired: 0 });
    expect(await there()).toEqual({ '26-0001': 'active' });
  });
});

it('A warrant runs out at midnight where the court sits', async () => {
  const zone = county.config.zone;
  const morning = Date.parse(startOfDay(localDate(systemClock.now(), zone), zone));
  const midnight = Date.parse(startOfDay(localDate(new Date(morning + 30 * HOUR), zone), zone));
  county.court({ n: 1, expires: TODAY });
  const at = (ms: number) => ({ dryRun: true, clock: new FixedClock(new Date(ms).toISOString()) });
  expect(await county.run(at(midnight - 1))).toMatchObject({ expired: 0 });
  expect(await county.run(at(midnight))).toMatchObject({ expired: 1 });
});

it('A fast pass that ended a warrant nobody had sent is kept among the runs', async () => {
  county.court({ n: 1, expires: TODAY });
  await county.run({ dryRun: true });
  await county.run({ onlyRecalls: true, clock: tomorrow });
  expect(await county.standing()).toEqual({ 'M26-0001-W1': 'expired' });
  const store = await county.open();
  expect((await lastRuns(store.db, 5)).map(({ kind }) => kind)).toContain('recalls');
  await store.close();
});
