import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { estimate } from '../../../src/match/link/train/em.ts';
import { PatternCounter, type Patterns } from '../../../src/match/link/train/patterns.ts';
import { createRandom } from '../../../src/synth/random.ts';
import { hasShared, sharedFile } from './helpers.ts';

const NONE = new Set<number>();
const START = {
  startM: [
    [0.9, 0.1],
    [0.9, 0.1],
    [0.9, 0.1],
  ],
  startU: [
    [0.15, 0.85],
    [0.15, 0.85],
    [0.15, 0.85],
  ],
  startShare: 0.3,
  priorPairs: 0,
  settled: 1e-9,
} as const;

/** Vectors drawn from known chances of agreement. */
function draw(m: readonly number[], u: readonly number[], share: number, pairs: number): Patterns {
  const random = createRandom('known parameters');
  const counter = new PatternCounter(m.map(() => 2));
  for (let n = 0; n < pairs; n += 1) {
    const chances = random.chance(share) ? m : u;
    counter.add(
      Uint8Array.from(chances, (p) => (random.chance(p) ? 1 : 2)),
      NONE,
    );
  }
  return counter.patterns();
}

describe('expectation and maximisation', () => {
  test('recovers known m and u from drawn vectors within 0.01', () => {
    const [m, u] = [
      [0.7, 0.9, 0.95],
      [0.1, 0.025, 0.2],
    ];
    const result = estimate(draw(m as number[], u as number[], 0.5, 400_000), { ...START, learnU: true });
    m?.forEach((p, f) => {
      expect(Math.abs((result.m[f]?.[0] ?? 0) - p)).toBeLessThan(0.01);
    });
    u?.forEach((p, f) => {
      expect(Math.abs((result.u[f]?.[0] ?? 0) - p)).toBeLessThan(0.01);
    });
    expect(result.share).toBeCloseTo(0.5, 1);
  });

  test.skipIf(!hasShared)(
    `recovers the m and u of the known-parameter vectors within 0.01${hasShared ? '' : ' (skipped: the file is not on this machine)'}`,
    () => {
      const rows = parse(readFileSync(sharedFile('known-params-comparison-vectors.csv')), { columns: true });
      const counter = new PatternCounter([2, 2, 2]);
      for (const row of rows as Record<string, string>[]) {
        const gammas = [row.gamma_col_1, row.gamma_col_2, row.gamma_col_3];
        counter.add(
          Uint8Array.from(gammas, (gamma) => (gamma === '1' ? 1 : 2)),
          NONE,
        );
      }
      const result = estimate(counter.patterns(), { ...START, learnU: true });
      [0.7, 0.9, 0.95].forEach((p, f) => {
        expect(Math.abs((result.m[f]?.[0] ?? 0) - p)).toBeLessThan(0.01);
      });
      [0.1, 0.025, 0.2].forEach((p, f) => {
        expect(Math.abs((result.u[f]?.[0] ?? 0) - p)).toBeLessThan(0.01);
      });
    },
  );

  test('a value that cannot be compared teaches nothing', () => {
    const counter = new PatternCounter([2, 2]);
    for (let n = 0; n < 100; n += 1) counter.add(Uint8Array.of(n < 30 ? 1 : 2, 0), NONE);
    const start = [
      [0.9, 0.1],
      [0.8, 0.2],
    ];
    const result = estimate(counter.patterns(), {
      ...START,
      startM: start,
      startU: START.startU.slice(0, 2),
      learnU: true,
    });
    expect(result.m[1]).toEqual([0.8, 0.2]);
    expect(result.seen[1]).toBe(0);
  });

  test('the order of the vectors changes nothing', () => {
    const vectors = Array.from({ length: 300 }, (_, n) =>
      Uint8Array.of(1 + (n % 2), 1 + (n % 3 === 0 ? 1 : 0), 1),
    );
    const run = (list: readonly Uint8Array[]) => {
      const counter = new PatternCounter([2, 2, 2]);
      for (const vector of list) counter.add(vector, NONE);
      return estimate(counter.patterns(), { ...START, learnU: true });
    };
    expect(run([...vectors].reverse())).toEqual(run(vectors));
  });

  test('no vectors at all leave the starting chances', () => {
    const result = estimate({ levels: [], counts: [], sizes: [2, 2, 2] }, { ...START, learnU: true });
    expect(result.m).toEqual(START.startM);
  });
});
