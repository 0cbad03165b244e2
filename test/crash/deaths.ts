import { expect } from 'vitest';
import { faultAt, tickingStore } from './faults.ts';
import type { RunWorld } from './run-world.ts';

/** A further run sends nothing, and the destination holds what an undisturbed run left there, each entry once. */
export async function expectTheEnd(world: RunWorld, reference: readonly string[]): Promise<void> {
  const again = await world.once();
  expect(again.balances).toBe(true);
  expect(again.transmit?.sent).toBe(0);
  expect(await world.active()).toEqual(reference);
  expect(await world.doubles()).toEqual([]);
  expect(await world.audit()).toMatchObject({ ok: true });
}

/** How many effects an undisturbed run of a fresh world has. */
export async function countEffects(open: () => Promise<RunWorld>): Promise<number> {
  const counting = faultAt(0, () => {
    throw new Error('never');
  });
  const whole = await open();
  await whole.once((store) => tickingStore(store, counting.tick));
  await whole.close();
  return counting.count();
}

/** Lets a run of a fresh world die at its n-th effect, runs again, and expects the end. */
export async function dieAt(n: number, open: () => Promise<RunWorld>, reference: readonly string[]) {
  const world = await open();
  const death = faultAt(
    n,
    () => {
      throw new Error('died');
    },
    true,
  );
  await expect(
    world.once((store) => tickingStore(store, death.tick)),
    `effect ${n}`,
  ).rejects.toThrow(/died/);
  world.wait(120);
  await world.once();
  await expectTheEnd(world, reference);
  await world.close();
}
