import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countByState, countSubmissions, verifyAudit } from '../../src/store/index.ts';
import { openWorld, type World } from '../transmit/support/world.ts';
import { faultAt, tickingStore, tickingTransport } from './faults.ts';
import { type CrashWorld, openCrashWorld } from './transmit-world.ts';

describe('A sender that is killed with SIGKILL', () => {
  let world: CrashWorld;
  let next = 1;
  beforeAll(async () => {
    world = await openCrashWorld();
  });
  afterAll(() => world.close());

  /** Two new warrants to enter, and one entered before that the court has recalled. */
  async function work(): Promise<{ fresh: number[]; recalled: number }> {
    const fresh = [next, next + 1];
    const recalled = next + 2;
    next += 3;
    await world.add([recalled]);
    await world.start(0).ended;
    await world.court(recalled, 'recalled');
    await world.add(fresh);
    return { fresh, recalled };
  }

  // Every effect, and 200 random moments, are run by bench/transmit/crash.ts.
  it.each([4, 14, 23, 31])(
    'at its effect %i leaves exactly one record a warrant once another takes over',
    async (n) => {
      const { fresh, recalled } = await work();
      const first = await world.start(n).ended;
      await world.buryTheDead();
      const second = await world.start(first === 'killed' ? Math.ceil(n / 2) : 0).ended;
      await world.buryTheDead();
      if (second === 'killed') await world.start(0).ended;
      const active = await world.active();
      for (const number of fresh) {
        const oca = `OCA${String(number).padStart(6, '0')}`;
        expect(active.filter((each) => each === oca)).toHaveLength(1);
      }
      expect(active).not.toContain(`OCA${String(recalled).padStart(6, '0')}`);
      expect(await countSubmissions(world.store.db)).not.toHaveProperty('unsure');
      expect(await world.audit()).toMatchObject({ ok: true });
    },
    60_000,
  );

  it('beside two others on one queue leaves each warrant entered once', async () => {
    const numbers = Array.from({ length: 45 }, (_, i) => 1000 + i);
    await world.add(numbers);
    const before = (await world.active()).length;
    const workers = [world.start(25, 4), world.start(0, 4), world.start(60, 4)];
    await Promise.all(workers.map((worker) => worker.ended));
    await world.buryTheDead();
    await world.start(0).ended;
    const active = await world.active();
    expect(active.length - before).toBe(45);
    expect(new Set(active).size).toBe(active.length);
    expect((await world.intake.stats()).records.active).toBe(active.length);
    expect(await world.audit()).toMatchObject({ ok: true });
  }, 60_000);
});

/** What a database says when the disk is full or the file may not be written. */
const STORE_FAULTS = ['SQLITE_FULL', 'SQLITE_READONLY'] as const;

describe('A sender whose database refuses a write', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  async function faulty(n: number, code: string, everAfter: boolean): Promise<number> {
    const fault = faultAt(
      n,
      () => {
        throw Object.assign(new Error('the database refused'), { code });
      },
      everAfter,
    );
    const over = {
      store: tickingStore(world.store, fault.tick),
      transport: tickingTransport(world.transport, fault.tick),
    };
    await world.run(over).catch(() => undefined);
    return fault.count();
  }

  it.each(
    STORE_FAULTS.flatMap(
      (code) =>
        [
          [code, false],
          [code, true],
        ] as const,
    ),
  )(
    '(%s, ever after: %s) at any effect ends in the same state once it can be written again',
    async (code, everAfter) => {
      const step = everAfter ? 9 : 6;
      let added = 0;
      for (let n = everAfter ? 1 : 2; n < 46; n += step) {
        const recalled = await world.add(1000 + n);
        await world.run();
        await world.court(recalled, 'recalled');
        await world.add(2 * n);
        await world.add(2 * n + 1);
        added += 2;
        await faulty(n, code, everAfter);
        world.clock.advance(61_000);
        await world.run();
        expect(await countByState(world.store.db)).toMatchObject({ entered: added });
        expect((await world.intake.stats()).records).toMatchObject({ active: added });
      }
      expect(await verifyAudit(world.store.db)).toMatchObject({ ok: true });
      expect(new Set((await world.active()).map((each) => each.oca)).size).toBe(added);
    },
    60_000,
  );
});

describe('A sender whose clock jumps', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  const HOUR = 3_600_000;
  it.each([
    ['forward an hour', HOUR],
    ['forward a day', 24 * HOUR],
    ['back an hour', -HOUR],
    ['back a day', -24 * HOUR],
  ])('%s with messages unsure and queued settles them all the same', async (_what, jump) => {
    for (let n = 1; n <= 3; n++) await world.add(n);
    world.intake.misbehave('drop-after', 2);
    await world.run({ policy: { patienceMs: 0 } });
    world.clock.advance(jump);
    await world.run({ policy: { patienceMs: 0 } });
    world.clock.advance(48 * HOUR);
    await world.run();
    expect(await countByState(world.store.db)).toEqual({ entered: 3 });
    expect((await world.intake.stats()).records).toEqual({ active: 3 });
  });

  it.each([
    ['spring', '2026-03-08T09:59:00.000Z'],
    ['autumn', '2026-11-01T08:59:00.000Z'],
  ])('by daylight saving in %s sends the dates of the court', async (_season, at) => {
    world.clock.advance(Date.parse(at) - world.clock.now().getTime());
    const id = await world.add(1);
    await world.run();
    await world.court(id, 'recalled');
    world.clock.advance(3 * 60_000);
    await world.run();
    expect(await world.active()).toEqual([]);
  });
});
