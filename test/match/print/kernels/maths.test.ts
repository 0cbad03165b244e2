import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arcTangent2,
  cosine,
  exponential,
  logarithm,
  sine,
} from '../../../../src/match/print/kernels/maths.ts';

const angle = fc.double({ min: -50, max: 50, noNaN: true });

describe('functions from basic operations', () => {
  it('sine and cosine are right to 1e-10', () => {
    fc.assert(
      fc.property(angle, (x) => {
        expect(sine(x)).toBeCloseTo(Math.sin(x), 10);
        expect(cosine(x)).toBeCloseTo(Math.cos(x), 10);
      }),
    );
  });

  it('the angle of a vector is right to 1e-8 in every quadrant', () => {
    const part = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(part, part, (y, x) => {
        fc.pre(Math.abs(x) + Math.abs(y) > 1e-6);
        const off = arcTangent2(y, x) - Math.atan2(y, x);
        expect(Math.abs(Math.sin(off / 2))).toBeLessThan(1e-8);
      }),
    );
    expect(arcTangent2(0, 0)).toBe(0);
  });

  it('exponential and logarithm are right to 1e-9 and undo each other', () => {
    fc.assert(
      fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (x) => {
        expect(exponential(x) / Math.exp(x)).toBeCloseTo(1, 9);
        expect(logarithm(exponential(x))).toBeCloseTo(x, 9);
      }),
    );
  });
});
