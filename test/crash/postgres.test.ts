import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Postgres, postgresBin, startPostgres } from '../support/postgres.ts';
import { faultAt, tickingStore } from './faults.ts';
import { type Drawn, drawCounty, openRunWorld, type RunWorld } from './run-world.ts';

const bin = postgresBin();

/** Every so many effects a run dies here; test/crash/run.test.ts does it in full on the embedded database. */
const STEP = 40;

describe.skipIf(!bin)('A run whose store is PostgreSQL', () => {
  let postgres: Postgres;
  let drawn: Drawn;
  let reference: string[];
  let made = 0;

  /** A database of its own for each installation. */
  async function openWorld(): Promise<RunWorld> {
    made += 1;
    return openRunWorld(drawn, await postgres.create(`county${made}`));
  }

  beforeAll(async () => {
    postgres = await startPostgres(bin!);
    drawn = await drawCounty(20);
    const embedded = await openRunWorld(drawn);
    expect((await embedded.once()).balances).toBe(true);
    reference = await embedded.active();
    await embedded.close();
  }, 120_000);
  afterAll(() => {
    drawn?.remove();
    postgres?.stop();
  });

  async function expectTheEnd(world: RunWorld): Promise<void> {
    const again = await world.once();
    expect(again.balances).toBe(true);
    expect(again.transmit?.sent).toBe(0);
    expect(await world.active()).toEqual(reference);
    expect(await world.doubles()).toEqual([]);
    expect(await world.audit()).toMatchObject({ ok: true });
  }

  it('sends what a run on the embedded database sends, once, and its audit is whole', async () => {
    const world = await openWorld();
    expect((await world.once()).balances).toBe(true);
    await expectTheEnd(world);
    await world.close();
  }, 120_000);

  it('loses nothing and sends nothing twice when it dies', async () => {
    const counting = faultAt(0, () => {
      throw new Error('never');
    });
    const whole = await openWorld();
    await whole.once((store) => tickingStore(store, counting.tick));
    await whole.close();
    for (let n = 1; n <= counting.count(); n += STEP) {
      const world = await openWorld();
      const dies = () => {
        throw new Error('died');
      };
      const death = faultAt(n, dies, true);
      const dying = world.once((store) => tickingStore(store, death.tick));
      await expect(dying, `effect ${n}`).rejects.toThrow(/died/);
      world.wait(120);
      await world.once();
      await expectTheEnd(world);
      await world.close();
    }
  }, 240_000);
});
