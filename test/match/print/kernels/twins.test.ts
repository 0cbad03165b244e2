import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bankEntry, gaborBank } from '../../../../src/match/print/extract/gabor-bank.ts';
import { blurPlain, blurPlane } from '../../../../src/match/print/kernels/blur.ts';
import { compileKernels } from '../../../../src/match/print/kernels/build.ts';
import {
  carryPlain,
  carryScratch,
  carryStride,
  runCarry,
  setPair,
} from '../../../../src/match/print/kernels/carry.ts';
import { filterPlain, GaborFilter, paddedSize } from '../../../../src/match/print/kernels/gabor.ts';
import { KERNEL_MODULE } from '../../../../src/match/print/kernels/module.ts';
import {
  CYLINDER_WORDS,
  type PackedCylinders,
  similarities,
  similaritiesPlain,
} from '../../../../src/match/print/kernels/similarity.ts';

const filter = new GaborFilter(gaborBank);

const picture = fc
  .record({ columns: fc.integer({ min: 1, max: 9 }), rows: fc.integer({ min: 1, max: 9 }), cut: fc.nat(3) })
  .chain(({ columns, rows, cut }) => {
    const width = columns * 4 - (columns > 1 ? cut : 0);
    const height = rows * 4 - (rows > 1 ? cut : 0);
    const size = paddedSize(width, height);
    return fc.record({
      columns: fc.constant(columns),
      rows: fc.constant(rows),
      width: fc.constant(width),
      height: fc.constant(height),
      stride: fc.constant(size.width),
      shift: fc.constant(19),
      image: fc.int16Array({
        min: -1280,
        max: 1280,
        minLength: size.width * size.height,
        maxLength: size.width * size.height,
      }),
      choice: fc.int16Array({
        min: -1,
        max: gaborBank.entries - 1,
        minLength: columns * rows,
        maxLength: columns * rows,
      }),
    });
  });

function cylinders(count: number): fc.Arbitrary<PackedCylinders> {
  return fc
    .record({
      words: fc.uint32Array({ minLength: count * CYLINDER_WORDS, maxLength: count * CYLINDER_WORDS }),
      direction: fc.uint8Array({ minLength: count, maxLength: count }),
    })
    .map(({ words, direction }) => {
      // Bits outside the mask are 0 by definition.
      for (let i = 0; i < words.length; i++) {
        const base = Math.floor(i / CYLINDER_WORDS) * CYLINDER_WORDS;
        if (i - base >= 4) words[i]! &= words[base + (i % 4)]!;
      }
      return { count, words, direction };
    });
}

describe('SIMD kernels and their plain twins', () => {
  it('filter to the same integers', () => {
    fc.assert(
      fc.property(picture, (task) => {
        expect(filter.filter(task)).toEqual(filterPlain(gaborBank, task));
      }),
      { numRuns: 60 },
    );
  });

  it('blur to the same single-precision numbers', () => {
    const value = fc.float({ min: -300, max: 300, noNaN: true });
    const shape = fc.tuple(fc.integer({ min: 1, max: 13 }), fc.integer({ min: 1, max: 9 }));
    const plane = shape.chain(([width, height]) =>
      fc.record({
        width: fc.constant(width),
        height: fc.constant(height),
        data: fc.float32Array({
          minLength: width * height,
          maxLength: width * height,
          min: -300,
          max: 300,
          noNaN: true,
        }),
        taps: fc.array(value, { minLength: 2, maxLength: 14 }).map((t) => Float32Array.from(t)),
      }),
    );
    fc.assert(
      fc.property(plane, ({ data, width, height, taps }) => {
        expect(blurPlane(data, width, height, taps)).toEqual(blurPlain(data, width, height, taps));
      }),
      { numRuns: 150 },
    );
  });

  it('find the same similarities', () => {
    const sides = fc.tuple(fc.nat(20), fc.nat(20)).chain(([p, q]) => fc.tuple(cylinders(p), cylinders(q)));
    const limits = fc.record({
      turn: fc.integer({ min: 0, max: 128 }),
      common: fc.nat(60),
      pairs: fc.integer({ min: 1, max: 24 }),
    });
    fc.assert(
      fc.property(sides, limits, ([a, b], limit) => {
        const found = similarities(a, b, limit);
        const plain = similaritiesPlain(a, b, limit);
        expect([...found.matrix]).toEqual([...plain.matrix]);
        expect([...found.pairs]).toEqual([...plain.pairs]);
      }),
      { numRuns: 100 },
    );
  });

  it('carry places to the same single-precision numbers', () => {
    const at = fc.integer({ min: -600, max: 600 });
    const places = fc.array(fc.tuple(at, at, fc.integer({ min: -1, max: 6 })), { maxLength: 20 });
    const pairs = fc.array(fc.tuple(at, at, at, at, at, at), { maxLength: 7 });
    fc.assert(
      fc.property(places, pairs, (p, q) => {
        for (const [k, [bx, by, ax, ay, c, s]] of q.entries()) setPair(k, k, bx, by, ax, ay, c, s);
        for (const [k, [x, y, owner]] of p.entries()) {
          carryScratch.x[k] = x;
          carryScratch.y[k] = y;
          carryScratch.owner[k] = owner;
        }
        runCarry(p.length, q.length, 900);
        const results = carryScratch.out.slice(0, 5 * carryStride(p.length));
        expect(results).toEqual(carryPlain(carryScratch, p.length, q.length, 900));
      }),
      { numRuns: 200 },
    );
  });

  it('come from the committed source', async () => {
    const bytes = await compileKernels();
    expect(Buffer.from(bytes).toString('base64')).toBe(KERNEL_MODULE);
  }, 60_000);
});

describe('the Gabor bank', () => {
  it('answers its own wave with gain 1 and a constant with nothing', () => {
    const size = paddedSize(4, 4);
    for (const [angle, period] of [
      [0, 9],
      [0.7, 6],
      [2.4, 12],
    ] as const) {
      const entry = bankEntry(angle, period);
      const wave = new Int16Array(size.width * size.height);
      for (let i = 0; i < wave.length; i++) {
        const x = (i % size.width) - 11;
        const y = Math.floor(i / size.width) - 11;
        wave[i] = Math.round(
          512 * Math.cos((2 * Math.PI * (y * Math.cos(angle) - x * Math.sin(angle))) / period),
        );
      }
      const task = {
        stride: size.width,
        columns: 1,
        rows: 1,
        width: 4,
        height: 4,
        shift: 19,
        choice: new Int16Array([entry]),
      };
      expect(filter.filter({ ...task, image: wave })[5]! / 512).toBeCloseTo(1, 1);
      expect(Math.abs(filter.filter({ ...task, image: wave.map(() => 512) })[5]!)).toBeLessThanOrEqual(2);
    }
  });
});
