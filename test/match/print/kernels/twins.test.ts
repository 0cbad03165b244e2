import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bankEntry, gaborBank } from '../../../../src/match/print/extract/gabor-bank.ts';
import { blurPlain, blurPlane } from '../../../../src/match/print/kernels/blur.ts';
import { compileKernels } from '../../../../src/match/print/kernels/build.ts';
import { filterPlain, GaborFilter, paddedSize } from '../../../../src/match/print/kernels/gabor.ts';
import { KERNEL_MODULE } from '../../../../src/match/print/kernels/module.ts';

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
