import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { walk } from './support/walk.ts';
import { openWorld, type World } from './support/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld({ timeoutMs: 3000 });
});
afterEach(() => world.close());

// 100,000 events are walked by bench/transmit/walk.ts.
describe('A random walk of court, sender and destination', () => {
  it.each([[1]])(
    '(seed %i) ends with court, ours and theirs equal and nothing entered twice',
    async (seed) => {
      const { faults, runs, crashes } = await walk(world, seed, 1500, 12);
      expect(faults).toEqual([]);
      expect(runs).toBeGreaterThan(20);
      expect(crashes).toBeGreaterThan(5);
    },
    120_000,
  );
});
