import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arctan2, cosine, exponential, sine, smoothStep } from '../../../src/synth/prints/portable-math.ts';

const angle = fc.double({ min: -900, max: 900, noNaN: true });

describe('functions from arithmetic alone', () => {
  it('agree with the platform on sines and cosines', () => {
    fc.assert(
      fc.property(angle, (x) => {
        expect(sine(x)).toBeCloseTo(Math.sin(x), 10);
        expect(cosine(x)).toBeCloseTo(Math.cos(x), 10);
      }),
    );
  });

  it('agree on exponentials, to nine digits of the value', () => {
    fc.assert(
      fc.property(fc.double({ min: -60, max: 20, noNaN: true }), (x) => {
        expect(exponential(x) / Math.exp(x)).toBeCloseTo(1, 7);
      }),
    );
    expect(exponential(-1000)).toBe(0);
    expect(exponential(0)).toBe(1);
  });

  it('agree on the angle of a point, in every quadrant and at the origin', () => {
    const side = fc.double({ min: -500, max: 500, noNaN: true });
    fc.assert(
      fc.property(side, side, (x, y) => {
        fc.pre(Math.abs(x) + Math.abs(y) > 1e-6);
        const off = Math.abs(arctan2(y, x) - Math.atan2(y, x));
        expect(Math.min(off, Math.abs(off - 2 * Math.PI))).toBeLessThan(1e-9);
      }),
    );
    expect(arctan2(0, 0)).toBe(0);
  });

  it.each([
    [-1, 0],
    [0.5, 0.5],
    [3, 1],
  ])('step smoothly from 0 to 1: %d gives %d', (x, y) => expect(smoothStep(0, 1, x)).toBeCloseTo(y, 9));
});
