import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../src/clock.ts';
import { resubmit } from '../src/reprocess.ts';
import { getHolding, getWarrant, type Store } from '../src/store/index.ts';
import { type Intake, startIntake } from '../src/transmit/intake/index.ts';
import { SmallCounty } from './support/small-county.ts';
import { certs } from './transmit/support/intake.ts';
import { roundAgain } from './transmit/support/round-again.ts';
import { openWorld } from './transmit/support/world.ts';

describe('A warrant sealed after it was sent', () => {
  const ann = { surname: 'SAMPLE', given: 'ANN', birth: '02/28/1990', sex: 'F' } as const;
  let folder: string;
  let intake: Intake;
  let county: SmallCounty;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'benchlink-sealed-'));
    const set = await certs();
    const [caFile, certFile, keyFile] = ['ca.pem', 'client.pem', 'client.key'].map((n) => join(folder, n));
    writeFileSync(caFile!, set.ca);
    writeFileSync(certFile!, set.client.cert);
    writeFileSync(keyFile!, set.client.key);
    intake = await startIntake({
      data: join(folder, 'intake'),
      tls: { ca: set.ca, ...set.server },
      clock: systemClock,
    });
    county = new SmallCounty(folder, { url: intake.url, caFile, certFile, keyFile });
  });
  afterEach(async () => {
    await intake.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const there = async () =>
    Object.fromEntries((await intake.records(9)).map(({ oca, state }) => [oca, state]));

  async function bytesSent(store: Store): Promise<string> {
    const last = await store.db('submissions').orderBy('built_at', 'desc').orderBy('kind').first();
    return Buffer.from(store.blobs.get(last.package_sha256)).toString('utf8');
  }

  it('is taken back by the next run, in words that say nothing of it', async () => {
    county.court({ n: 1 });
    await county.run();
    expect(await there()).toEqual({ '26-0001': 'active' });
    county.court({ n: 1, sealed: 'Y' });
    await county.run();
    expect(await there()).toEqual({ '26-0001': 'cancelled' });
    expect(await county.standing()).toEqual({ 'M26-0001-W1': 'recalled, enter accepted, cancel accepted' });
    const store = await county.open();
    expect(await bytesSent(store)).not.toMatch(/seal|juven|confiden/i);
    await store.close();
  });

  it('leaves the record in which it rides', async () => {
    county.court({ n: 1, ...ann }, { n: 2, ...ann, level: 'F' });
    await county.run();
    county.court({ n: 1, ...ann, sealed: 'Y' });
    await county.run();
    expect(await county.standing()).toEqual({
      'M26-0001-W1': 'recalled',
      'M26-0002-W1': 'entered, enter accepted, modify accepted',
    });
    const store = await county.open();
    expect(await bytesSent(store)).not.toContain('M26-0001-W1');
    await store.close();
  });
});

describe('A warrant of which we learn here that it is sealed', () => {
  it('by a correction is over, and its record taken back', async () => {
    const world = await openWorld();
    const id = await world.add(1);
    await world.run();
    await world.court(id, 'rejected');
    const correction = { field: 'sealed', value: true };
    await resubmit(world.store, 'A. Clerk', id, { version: 1, corrections: [correction] });
    expect(await getWarrant(world.store.db, id)).toMatchObject({ state: 'recalled', reason: 'WAR-SEALED' });
    await world.run({ onlyRecalls: true });
    expect(await world.active()).toEqual([]);
    await world.close();
  });

  it.each([
    ['sealed', { sealed: true }, 'recalled', 'WAR-SEALED'],
    ['past its expiry', { expirationDate: '2026-01-14' }, 'expired', 'WAR-EXPIRED'],
  ])('%s only before the wire is not left on file', async (_what, facts, state, reason) => {
    const world = await openWorld({ niem: true });
    const id = await world.add(1);
    await world.run();
    await roundAgain(world.store, id, facts);
    await world.run();
    expect(await getWarrant(world.store.db, id)).toMatchObject({ state, reason });
    expect(await world.messages(id)).toEqual(['enter accepted', 'cancel accepted']);
    expect(await getHolding(world.store.db, id)).toBeUndefined();
    expect(await world.active()).toEqual([]);
    await world.close();
  });
});
