import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../src/clock.ts';
import type { Config } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { run } from '../src/run.ts';
import { acquireLease, lastRuns, releaseLease, type Store, verifyAudit } from '../src/store/index.ts';
import type { RunSummary } from '../src/summary.ts';
import { openSandbox } from '../src/transmit/intake/sandbox.ts';
import { faultAt, tickingStore } from './crash/faults.ts';
import { SmallCounty } from './support/small-county.ts';

let folder: string;
let intake: Awaited<ReturnType<typeof openSandbox>>;
let county: SmallCounty;
/** The same installation with a destination that takes one message a second: its nights last. */
let slow: Config;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'benchlink-lanes-'));
  intake = await openSandbox({ data: join(folder, 'intake'), certs: folder, clock: systemClock });
  const files = { caFile: 'ca.pem', certFile: 'client.pem', keyFile: 'client.key' };
  const destination = { url: intake.url, ...files };
  county = new SmallCounty(folder, { ...destination, perSecond: 500 });
  slow = new SmallCounty(folder, { ...destination, perSecond: 1 }).config;
});
afterEach(async () => {
  await intake.close();
  rmSync(folder, { recursive: true, force: true });
});

const ENTERED = 'entered, enter accepted';
const CANCELLED = 'recalled, enter accepted, cancel accepted';

/** One run of the fast lane on a store of its own, as a process beside the nightly one has. */
function fastLane(wrap: (store: Store) => Store = (store) => store): Promise<RunSummary> {
  return inStore((store) => lane(wrap(store)));
}

function lane(store: Store): Promise<RunSummary> {
  const log = createLog('silent');
  return run({ config: county.config, store, clock: systemClock, log, onlyRecalls: true });
}

async function inStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await county.open();
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ n: from + i }));
const open = () => inStore((store) => store.db('submissions').where({ state: 'built' }));

/** A nightly run with so many entries to send, in the middle of sending them. @returns what stops it */
async function aNightAtWork(entries: number): Promise<() => Promise<unknown>> {
  county.court(...numbers(100, 99 + entries));
  const abort = new AbortController();
  const night = inStore((store) => {
    const log = createLog('silent');
    return run({ config: slow, store, clock: systemClock, log, signal: abort.signal });
  });
  const ended = night.catch((error: unknown) => error);
  while ((await open()).length < entries / 2) await pause(50);
  return () => {
    abort.abort();
    return ended;
  };
}

describe('The fast lane beside a nightly run', () => {
  it('takes a recall from the court and has it cancelled before the entries are through', async () => {
    county.court({ n: 1 }, { n: 2 });
    await county.run();
    const stop = await aNightAtWork(40);
    county.court({ n: 1, status: 'Recalled' });
    const fast = await fastLane();
    expect(fast).toMatchObject({ balances: true, failed: 0 });
    await expect.poll(async () => (await county.standing())['M26-0001-W1']).toBe(CANCELLED);
    expect((await open()).length).toBeGreaterThan(0);
    await stop();
    expect(await county.run()).toMatchObject({ balances: true, failed: 0 });
    const standing = Object.entries(await county.standing()).filter(([n]) => n !== 'M26-0001-W1');
    expect(standing).toHaveLength(41);
    expect(new Set(standing.map(([, what]) => what))).toEqual(new Set([ENTERED]));
    expect(await inStore((store) => verifyAudit(store.db))).toMatchObject({ ok: true });
  }, 30_000);

  it('killed at any of its effects leaves the recall to the next, and the night undisturbed', async () => {
    county.court(...numbers(1, 8));
    await county.run();
    const stop = await aNightAtWork(40);
    let recalled = 0;
    for (const n of [2, 5, 9, 14, 20, 27]) {
      recalled += 1;
      county.court({ n: recalled, status: 'Recalled' });
      const died = () => {
        throw new Error('died');
      };
      const death = faultAt(n, died, true);
      await fastLane((store) => tickingStore(store, death.tick)).catch(() => undefined);
    }
    await inStore((store) =>
      store.db('leases').whereNot({ name: 'run' }).update({ expires_at: '2000-01-01' }),
    );
    await fastLane();
    await stop();
    expect(await county.run()).toMatchObject({ balances: true });
    const standing = await county.standing();
    const states = Object.values(standing);
    expect(states.filter((each) => each === CANCELLED)).toHaveLength(recalled);
    expect(states.filter((each) => each === ENTERED)).toHaveLength(8 - recalled + 40);
    expect((await intake.stats()).records).toMatchObject({ active: 42, cancelled: recalled });
    expect(await inStore((store) => verifyAudit(store.db))).toMatchObject({ ok: true });
  }, 60_000);

  it('does not read a source that the night is reading', async () => {
    county.court({ n: 1 });
    await inStore((store) =>
      store.transaction('night', (unit) => acquireLease(unit, 'source:court', 'elsewhere/1/night', 60)),
    );
    expect(await fastLane()).toMatchObject({ sources: [] });
    const night = county.run();
    await pause(400);
    expect(await county.standing()).toEqual({});
    await inStore((store) =>
      store.transaction('night', (unit) => releaseLease(unit, 'source:court', 'elsewhere/1/night')),
    );
    expect(await night).toMatchObject({ balances: true });
    expect(await county.standing()).toEqual({ 'M26-0001-W1': ENTERED });
  });

  it('with nothing to do leaves no row and no entry in the trail', async () => {
    county.court({ n: 1 });
    await county.run();
    const before = await inStore((store) => verifyAudit(store.db));
    expect(await fastLane()).toMatchObject({ balances: true });
    expect(await inStore((store) => verifyAudit(store.db))).toEqual(before);
    expect((await inStore((store) => lastRuns(store.db, 5))).map((each) => each.kind)).toEqual(['nightly']);
  });

  it('runs once at a time, as the night does', async () => {
    const both = await inStore((store) => Promise.allSettled([lane(store), lane(store)]));
    const codes = both.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []));
    expect(codes).toEqual(['LEASE-HELD']);
  });
});
