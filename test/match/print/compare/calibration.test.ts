import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { falseMatchRate, log10LikelihoodRatio } from '../../../../src/match/print/compare/calibration.ts';
import { THRESHOLDS } from '../../../../src/match/print/index.ts';

const score = fc.double({ min: -100, max: 100, noNaN: true });

describe('score to false match rate and likelihood ratio', () => {
  it.each([
    [THRESHOLDS.fmr100, 0.01],
    [THRESHOLDS.fmr1000, 0.001],
    [THRESHOLDS.fmr10000, 0.0001],
  ])('the threshold %s stands for %s', (threshold, rate) => {
    expect(falseMatchRate(threshold) / rate).toBeGreaterThan(0.9);
    expect(falseMatchRate(threshold) / rate).toBeLessThan(1.1);
  });

  it('falls and rises with the score, and stays within what was measured', () => {
    fc.assert(
      fc.property(score, score, (p, q) => {
        const [low, high] = p < q ? [p, q] : [q, p];
        expect(falseMatchRate(low)).toBeGreaterThanOrEqual(falseMatchRate(high));
        expect(log10LikelihoodRatio(low)).toBeLessThanOrEqual(log10LikelihoodRatio(high));
        expect(falseMatchRate(high)).toBeGreaterThan(3 / 100_000);
        expect(Math.abs(log10LikelihoodRatio(high))).toBeLessThan(5);
      }),
    );
  });
});
