import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadSet } from '../../../../bench/prints/dataset.ts';
import { errorRates } from '../../../../bench/prints/metrics.ts';
import { compareAll, scoresOf } from '../../../../bench/prints/pairs.ts';

/** EER in % of the best other open matcher on the set, by the same protocol. */
const SETS = [
  ['fvc2002_db1b', 1.99],
  ['fvc2002_db3b', 3.21],
] as const;

describe('error rates by the FVC protocol', () => {
  for (const [name, limit] of SETS) {
    const folder = fileURLToPath(new URL(`../../../../../shared/fvc/${name}`, import.meta.url));
    const present = existsSync(folder);
    const note = present ? '' : ' (skipped: the public sample sets are not beside the project)';
    it.skipIf(!present)(
      `on ${name} stay below ${limit} % EER${note}`,
      async () => {
        const outcomes = compareAll(await loadSet(folder));
        const rates = errorRates(scoresOf(outcomes, true), scoresOf(outcomes, false));
        expect(scoresOf(outcomes, true)).toHaveLength(280);
        expect(scoresOf(outcomes, false)).toHaveLength(2880);
        expect(100 * rates.eer).toBeLessThan(limit);
      },
      120_000,
    );
  }
});

describe('the equal error rate', () => {
  it('is interpolated between the two operating points around FMR = FNMR', () => {
    expect(errorRates([3, 4, 5, 6], [1, 2]).eer).toBe(0);
    expect(errorRates([1, 3, 4, 5], [0, 0, 0, 2]).eer).toBeCloseTo(0.25, 12);
    expect(errorRates([0, 0], [1, 1]).eer).toBe(1);
  });
});
