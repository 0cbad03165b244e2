import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Postgres, postgresBin, startPostgres } from '../support/postgres.ts';
import { countEffects, dieAt, expectTheEnd } from './deaths.ts';
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

  it('sends what a run on the embedded database sends, once, and its audit is whole', async () => {
    const world = await openWorld();
    expect((await world.once()).balances).toBe(true);
    await expectTheEnd(world, reference);
    await world.close();
  }, 120_000);

  it('loses nothing and sends nothing twice when it dies', async () => {
    const effects = await countEffects(openWorld);
    for (let n = 1; n <= effects; n += STEP) await dieAt(n, openWorld, reference);
  }, 240_000);
});
