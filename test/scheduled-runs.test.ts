import { describe, expect, it } from 'vitest';
import { openAlerts } from '../src/alerts.ts';
import { FixedClock } from '../src/clock.ts';
import { parseConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { dailyTime, runIfDue } from '../src/schedule.ts';
import { scheduledRuns } from '../src/scheduled-runs.ts';
import { lastRuns } from '../src/store/index.ts';
import { openTestStore } from './support/store.ts';

const ZONE = 'America/Los_Angeles';

async function world(config: Record<string, unknown> = {}) {
  const clock = new FixedClock('2026-03-01T20:00:00Z');
  const { store, folder } = await openTestStore({ clock });
  const parsed = parseConfig({ zone: ZONE, data: folder, log: 'silent', ...config }, folder);
  const stop = new AbortController();
  const [nightly] = scheduledRuns({
    config: parsed,
    store,
    clock,
    log: createLog('silent'),
    signal: stop.signal,
  });
  const at = dailyTime(parsed.schedule.nightly, ZONE)!;
  await runIfDue(store, clock, nightly!, at);
  const alerts = async () => (await openAlerts(store)).map(({ key, severity }) => `${severity} ${key}`);
  return { clock, store, nightly: nightly!, stop, alerts, tick: () => runIfDue(store, clock, nightly!, at) };
}

const HOURS = 3_600_000;

describe('The scheduled night', () => {
  it('runs under its own local date', async () => {
    const { clock, store, tick } = await world({
      schedule: { nightly: '30 23 * * *', recalls: '*/5 * * * *' },
    });
    clock.advance(12 * HOURS);
    expect(await tick()).toBe(true);
    const [last] = await lastRuns(store.db, 1);
    expect(last).toMatchObject({ kind: 'nightly', for_date: '2026-03-01', state: 'done' });
  });

  it('names missed nights in one alert, which the next night on its time closes', async () => {
    const { clock, tick, alerts } = await world();
    clock.advance(72 * HOURS);
    expect(await tick()).toBe(true);
    expect(await alerts()).toContain('amber nights-missed');
    clock.advance(24 * HOURS);
    expect(await tick()).toBe(true);
    expect(await alerts()).not.toContain('amber nights-missed');
  });

  it('that fails is a red alert until one succeeds; being stopped is none', async () => {
    const { clock, store, nightly, alerts, tick, stop } = await world();
    clock.advance(24 * HOURS);
    await nightly.onFailed!(new Error('the disk is full'), clock.now());
    expect(await alerts()).toEqual(['red night-failed']);
    expect(await tick()).toBe(true);
    expect(await alerts()).not.toContain('red night-failed');
    stop.abort();
    clock.advance(24 * HOURS);
    const stopped = await tick().catch((error: unknown) => error);
    expect(stopped).toMatchObject({ code: 'STOPPED' });
    await nightly.onFailed!(stopped, clock.now());
    expect(await alerts()).not.toContain('red night-failed');
    expect((await lastRuns(store.db, 1))[0]).toMatchObject({ state: 'failed' });
  });
});
