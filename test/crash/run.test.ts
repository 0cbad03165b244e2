import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/synth/random.ts';
import { countEffects, dieAt, expectTheEnd } from './deaths.ts';
import { type Drawn, drawCounty, openRunWorld, type RunWorld } from './run-world.ts';

/**
 * All effects and 100 kills take about eight minutes: BENCHLINK_CRASH=full. The ordinary test takes every ninth
 * effect and twelve kills.
 */
const FULL = process.env.BENCHLINK_CRASH === 'full';
const STEP = FULL ? 1 : 9;
const KILLS = FULL ? 100 : 12;
/** Milliseconds; the full mode may run beside other work. */
const TIMEOUT = FULL ? 2 * 3_600_000 : 400_000;

let drawn: Drawn;
/** What the destination holds after an undisturbed run. */
let reference: string[];
beforeAll(async () => {
  drawn = await drawCounty(20);
  const world = await openRunWorld(drawn);
  const summary = await world.once();
  expect(summary.balances).toBe(true);
  expect(summary.balance.records.received).toBeGreaterThan(17);
  reference = await world.active();
  expect(reference.length).toBeGreaterThan(6);
  expect(new Set(reference).size).toBe(reference.length);
  await world.close();
});
afterAll(() => drawn.remove());

describe('A run that dies', () => {
  it(
    'at one effect after another loses nothing and sends nothing twice',
    async () => {
      const open = () => openRunWorld(drawn);
      const effects = await countEffects(open);
      expect(effects).toBeGreaterThan(40);
      for (let n = 1; n <= effects; n += STEP) await dieAt(n, open, reference);
    },
    TIMEOUT,
  );

  it(
    'by SIGKILL at random moments, again and again on one installation, ends as if nothing had happened',
    async () => {
      const random = createRandom('kill');
      let kills = 0;
      while (kills < KILLS) {
        const world = await openRunWorld(drawn);
        for (let ended = false; !ended && kills < KILLS; ) {
          ended = await runAndKill(world, random.int(0, 900));
          if (!ended) kills += 1;
        }
        await world.once();
        await expectTheEnd(world, reference);
        await world.close();
      }
    },
    TIMEOUT,
  );
});

/** Starts a run as a process and kills it after a while; true if it had ended by itself. */
async function runAndKill(world: RunWorld, afterMs: number): Promise<boolean> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'run-worker.ts'), world.file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(world.folder, '..', 'benchlink-compile-cache') },
  });
  const exited = once(child, 'exit');
  await once(child.stdout, 'data');
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
  const [code] = (await exited) as [number | null];
  clearTimeout(timer);
  return code === 0;
}
