import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { move } from '../../src/store/index.ts';
import { askForRemoval } from '../../src/transmit/by-telephone.ts';
import { type Intake, startIntake } from '../../src/transmit/intake/index.ts';
import { SmallCounty } from '../support/small-county.ts';
import { certs } from '../transmit/support/intake.ts';
import { cli } from './support/cli.ts';

let folder: string;
let intake: Intake;
let county: SmallCounty;

async function open(more: Record<string, unknown> = {}): Promise<void> {
  county = new SmallCounty(folder, {
    url: intake.url,
    caFile: 'ca.pem',
    certFile: 'client.pem',
    keyFile: 'client.key',
    ...more,
  });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'benchlink-operator-'));
  const set = await certs();
  writeFileSync(join(folder, 'ca.pem'), set.ca);
  writeFileSync(join(folder, 'client.pem'), set.client.cert);
  writeFileSync(join(folder, 'client.key'), set.client.key);
  intake = await startIntake({
    data: join(folder, 'intake'),
    tls: { ca: set.ca, ...set.server },
    clock: systemClock,
  });
  await open();
});
afterEach(async () => {
  await intake.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A command of an operator, with what it said as JSON where it says so. */
async function say(...args: readonly string[]) {
  const [command = '', ...rest] = args;
  const told = await cli(command, ...rest, '--config', county.file);
  return { ...told, text: told.stdout + told.stderr };
}

const asJson = async <T>(...args: readonly string[]): Promise<T> =>
  JSON.parse((await say(...args, '--json')).stdout) as T;

const fcnOf = async (oca: string) => (await intake.findByCase(oca)) ?? '';
const stateOf = async (oca: string) => {
  const fcn = await fcnOf(oca);
  return (await intake.records(100)).find((record) => record.fcn === fcn)?.state;
};

describe('Three warrants of one person', () => {
  const ann = { surname: 'SAMPLE', given: 'ANN', birth: '02/28/1990', sex: 'F' } as const;

  it('are one record, led by the gravest; each recall promotes the next', async () => {
    county.court({ n: 1, ...ann }, { n: 2, ...ann, bail: '9000' }, { n: 3, ...ann, level: 'F' });
    await county.run();
    expect((await intake.records(9)).map(({ oca, state }) => [oca, state])).toEqual([['26-0003', 'active']]);
    county.court({ n: 3, ...ann, level: 'F', status: 'Recalled' });
    await county.run();
    expect(await stateOf('26-0003')).toBe('cancelled');
    expect(await stateOf('26-0002')).toBe('active');
    expect(await stateOf('26-0001')).toBeUndefined();
    county.court({ n: 2, ...ann, bail: '9000', status: 'Served' });
    await county.run();
    expect([await stateOf('26-0002'), await stateOf('26-0001')]).toEqual(['cleared', 'active']);
    expect(await county.standing()).toEqual({
      'M26-0001-W1': 'entered, enter accepted',
      'M26-0002-W1': 'served, enter accepted, clear accepted',
      'M26-0003-W1': 'recalled, enter accepted, cancel accepted',
    });
  });

  it('never lose who is not that person, whatever changes', async () => {
    county.court({ n: 1, ...ann }, { n: 2, ...ann, bail: '9000' });
    await county.run();
    const words = ['--name', 'SAMPLE, ANNA', '--method', 'prints compared', '--born', '1990-02-28'];
    expect((await say('exonerate', 'M26-0001-W1', ...words)).exit).toBe(0);
    expect((await say('exonerate', 'M26-0001-W1', ...words)).text).toContain('recorded before');
    expect((await say('exonerate', 'M26-0001-W1', '--name', 'ANNA', '--method', 'x')).exit).toBe(2);
    await county.run();
    county.court({ n: 2, ...ann, bail: '9500' });
    await county.run();
    const packed = await say('package', 'M26-0002-W1', '--format', 'text');
    expect(packed.stdout).toMatch(/NOT THIS PERSON SAMPLE, ANNA DOB 19900228.*BAIL 9500/);
    county.court({ n: 2, ...ann, bail: '9500', status: 'Recalled' });
    await county.run();
    const sent = await say('package', 'M26-0001-W1', '--format', 'sent');
    expect(sent.stdout).toContain('NOT THIS PERSON SAMPLE, ANNA');
  });
});

describe('A hit confirmation', () => {
  beforeEach(async () => {
    county.court({ n: 1 }, { n: 2 });
    await county.run();
    await intake.requestHitConfirmation(await fcnOf('26-0001'), 'NV0020000', { priority: 'R' });
    await intake.requestHitConfirmation(await fcnOf('26-0002'), 'NV0020000');
    county.court({ n: 2, status: 'Recalled' });
    await county.run();
  });

  it('of a warrant that no longer stands cannot be confirmed, only denied', async () => {
    const hits = await asJson<{ id: number; number: string; state: string; priority: string }[]>('hits');
    expect(hits.map(({ number, state, priority }) => [number, state, priority])).toEqual([
      ['M26-0002-W1', 'recalled', 'U'],
      ['M26-0001-W1', 'entered', 'R'],
    ]);
    const id = String(hits[0]!.id);
    const confirmed = await say('hits', 'answer', id, '--confirm', '--name', 'SGT EXAMPLE');
    expect(confirmed).toMatchObject({ exit: 2, stderr: expect.stringMatching(/HIT-NOT-STANDING.*recalled/) });
    expect((await say('hits', 'answer', id, '--deny', '--name', 'SGT EXAMPLE')).exit).toBe(0);
    expect(await asJson<unknown[]>('hits')).toHaveLength(1);
  });

  it('may be put off and stays on the list until it has a final answer, once', async () => {
    const [, routine] = await asJson<{ id: number; dueAt: string }[]>('hits');
    const answer = (...how: string[]) =>
      say('hits', 'answer', String(routine!.id), ...how, '--name', 'SGT EXAMPLE');
    expect((await answer('--later', '3')).stdout).toContain('CON/P.HRS/3');
    const later = (await asJson<{ id: number; dueAt: string }[]>('hits')).find(
      ({ id }) => id === routine!.id,
    );
    expect(Date.parse(later!.dueAt)).toBeGreaterThan(Date.parse(routine!.dueAt));
    expect((await answer('--confirm')).stdout).toContain('CON/Y');
    expect(await answer('--deny')).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('HIT-ANSWERED'),
    });
  });

  it('is a clock and an alert until it is answered', async () => {
    interface Status {
      clocks: { key: string; value: number; light: string }[];
      alerts: { key: string }[];
    }
    const hits = (status: Status) => status.clocks.find(({ key }) => key === 'hits-unanswered');
    const before = await asJson<Status>('status');
    expect(hits(before)).toMatchObject({ value: 2, light: 'amber' });
    expect(before.alerts.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['hit:1', 'hit:2', 'clock:hits-unanswered:amber']),
    );
    await say('hits', 'answer', '1', '--confirm', '--name', 'A');
    await say('hits', 'answer', '2', '--deny', '--name', 'A');
    await county.run();
    const after = await asJson<Status>('status');
    expect(hits(after)).toMatchObject({ value: 0, light: 'green' });
    // The certificates of the tests end in a month, which is an alert of its own.
    expect(after.alerts.map(({ key }) => key)).toEqual(['clock:certificates-expiring:amber']);
  });
});

describe('The lists of the two sides', () => {
  it('are compared by every night: a record that should be gone is gone in the morning', async () => {
    county.court({ n: 1 }, { n: 2 });
    await county.run();
    county.court({ n: 1, status: 'Recalled' });
    await county.run();
    await intake.drift(await fcnOf('26-0001'), 'active');
    await intake.drift(await fcnOf('26-0002'), 'purged');
    const summary = await county.run();
    expect(summary.reconcile).toMatchObject({
      differences: { 'STALE-THERE': 1, 'MISSING-THERE': 1 },
      acted: 1,
    });
    expect(await stateOf('26-0001')).toBe('cancelled');
    const open = await say('reconcile', '--open');
    expect(open).toMatchObject({ exit: 1, stdout: expect.stringContaining('MISSING-THERE') });
    expect(await say('reconcile', '--act', 'enter')).toMatchObject({ exit: 0 });
    expect(await stateOf('26-0002')).toBe('active');
    expect(await say('reconcile', '--open')).toMatchObject({ exit: 0 });
  });

  it('change nothing in a dry run', async () => {
    county.court({ n: 1 });
    await county.run();
    await intake.drift(await fcnOf('26-0001'), 'purged');
    const out = join(folder, 'differences.csv');
    expect(await say('reconcile', '--dry-run', '--out', out, '--act', 'enter')).toMatchObject({ exit: 1 });
    expect(await stateOf('26-0001')).toBe('purged');
    expect((await say('reconcile', '--open')).exit).toBe(0);
  });
});

describe('A record taken off by telephone', () => {
  /** A recalled warrant whose record the destination has refused to take off. */
  async function refused(): Promise<string> {
    county.court({ n: 1 });
    await county.run();
    const store = await county.open();
    await store.transaction('court', async (unit) => {
      const { id, version } = await unit.trx('warrants').first();
      await move(unit, { id, from: 'entered', to: 'recalled', code: 'WAR-RECALLED' });
      await askForRemoval(unit, { id, version }, 'It will not take it off.');
    });
    await store.close();
    const [question] = await asJson<{ id: number; code: string }[]>('review');
    expect(question?.code).toBe('RCL-REFUSED');
    return String(question!.id);
  }
  const status = async () => (await say('status', 'M26-0001-W1')).stdout;

  it('is noted with who there said so, and borne out by the list of the next comparison', async () => {
    const question = await refused();
    expect((await say('failures')).stdout).toContain('answer with --removed');
    const decide = (...words: string[]) => say('review', 'decide', question, ...words);
    expect(await decide('--done')).toMatchObject({ exit: 2, stderr: expect.stringContaining('removed') });
    expect((await decide('--removed', 'Sgt. Example', '--at', 'yesterday')).exit).toBe(2);
    await intake.drift(await fcnOf('26-0001'), 'purged');
    expect((await decide('--removed', 'Sgt. Example', '--by', 'A. Clerk')).exit).toBe(0);
    expect(await status()).toMatch(/says Sgt. Example at .*noted by A. Clerk\): not yet held/);
    await county.run();
    expect(await status()).toContain('its list has it no more');
    expect(await county.standing()).toEqual({ 'M26-0001-W1': 'recalled, enter accepted' });
  });

  it('that the list still has is taken back by the night, and the status says who was wrong', async () => {
    const question = await refused();
    await say('review', 'decide', question, '--removed', 'Sgt. Example');
    await county.run();
    expect(await status()).toContain('its list had it all the same');
    expect(await stateOf('26-0001')).toBe('cancelled');
    expect(await asJson<unknown[]>('review')).toEqual([]);
    expect((await say('alerts')).stdout).not.toContain('removal:');
  });
});

describe('Validation', () => {
  it('certifies what stands, and nothing the court has ended', async () => {
    county.court({ n: 1 }, { n: 2 });
    await county.run();
    const certify = (...ids: string[]) =>
      say('validate-due', '--certify', ...ids, '--validator', 'a clerk', '--consulted', 'court');
    expect((await say('validate-due')).stdout).toContain('No record is due');
    expect(await asJson<unknown[]>('validate-due', '--ahead', '90')).toHaveLength(2);
    expect((await certify('M26-0001-W1')).exit).toBe(0);
    expect(await certify('M26-0001-W1')).toMatchObject({
      exit: 1,
      stdout: expect.stringContaining('MESSAGE-OPEN'),
    });
    expect((await say('validate-due', '--certify', 'M26-0002-W1')).exit).toBe(2);
    county.court({ n: 2, status: 'Recalled' });
    await county.run();
    expect((await certify('M26-0002-W1')).stdout).toMatch(/NOT-HELD|NOT-STANDING/);
    expect((await county.standing())['M26-0001-W1']).toBe('entered, enter accepted, validate accepted');
  });

  it('is not something OJBC reports can say, which is told', async () => {
    await open({ profile: 'ojbc-3' });
    county.court({ n: 1 });
    await county.run();
    const told = await say(
      'validate-due',
      '--certify',
      'M26-0001-W1',
      '--validator',
      'A',
      '--consulted',
      'court',
    );
    expect(told).toMatchObject({ exit: 1, stdout: expect.stringContaining('no message of kind validate') });
  });
});

describe('What the destination tells of a record', () => {
  it('is a question until somebody has dealt with it', async () => {
    county.court({ n: 1 });
    await county.run();
    await intake.locate(await fcnOf('26-0001'), 'NV0020000');
    await county.run();
    const [question] = await asJson<{ id: number; code: string }[]>('review');
    expect(question?.code).toBe('WAR-SERVED');
    expect((await say('review', 'decide', String(question!.id), '--keep')).exit).toBe(2);
    expect(
      (await say('review', 'decide', String(question!.id), '--done', '--note', 'not our person')).exit,
    ).toBe(0);
    expect(await asJson<unknown[]>('review')).toEqual([]);
    expect((await county.standing())['M26-0001-W1']).toBe('entered, enter accepted');
  });
});

describe('Nothing accepted goes out again', () => {
  it('by a correction, a second click or a reprocessing', async () => {
    county.court({ n: 1 }, { n: 2, race: '' });
    await county.run();
    const fix = () => say('resubmit', 'M26-0002-W1', '--set', 'person.race=W');
    expect((await say('failures')).stdout).toContain(
      'benchlink resubmit M26-0002-W1 --set person.race=VALUE',
    );
    expect([(await fix()).exit, (await fix()).exit]).toEqual([0, 2]);
    expect((await say('resubmit', 'M26-0001-W1', '--set', 'person.race=B')).exit).toBe(2);
    expect((await say('reprocess', '--state', 'entered')).exit).toBe(2);
    await county.run();
    await say('reprocess');
    await county.run();
    expect(await county.standing()).toEqual({
      'M26-0001-W1': 'entered, enter accepted',
      'M26-0002-W1': 'entered, enter accepted',
    });
    expect((await intake.stats()).messages).toBe(2);
  });
});
