import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layByKernel } from '../../../../src/match/print/compare/kernel.ts';
import type { Laid } from '../../../../src/match/print/compare/laid.ts';
import { buildCylindersPlain } from '../../../../src/match/print/compare/plain/cylinders.ts';
import { layPlain } from '../../../../src/match/print/compare/plain/lay.ts';
import { prepare } from '../../../../src/match/print/compare/prepare.ts';
import type { PreparedTemplate } from '../../../../src/match/print/compare/prepared.ts';
import type { Minutia, RidgeMap, Template } from '../../../../src/match/print/types.ts';

const TURN = 2 * Math.PI;

const minutia = (width: number, height: number): fc.Arbitrary<Minutia> =>
  fc.record({
    x: fc.nat(width - 1),
    y: fc.nat(height - 1),
    direction: fc.nat(255).map((units) => (units * TURN) / 256),
    type: fc.constant('ending' as const),
    reliability: fc.nat(100),
  });

/** A map with a hole or two of background; absent in one template of five. */
function ridgeMap(width: number, height: number): fc.Arbitrary<RidgeMap | undefined> {
  const [columns, rows] = [Math.ceil(width / 12), Math.ceil(height / 12)];
  const cells = { minLength: columns * rows, maxLength: columns * rows };
  const map = fc
    .record({
      orientation: fc.uint8Array({ ...cells, max: 254 }),
      period: fc.uint8Array(cells),
      from: fc.nat(columns * rows),
      length: fc.nat(columns * 3),
    })
    .map(({ orientation, period, from, length }) => ({
      step: 12,
      columns,
      rows,
      orientation: orientation.fill(255, from, from + length),
      period,
    }));
  return fc.option(map, { nil: undefined, freq: 4 });
}

const template: fc.Arbitrary<Template> = fc
  .tuple(fc.integer({ min: 60, max: 420 }), fc.integer({ min: 60, max: 420 }))
  .chain(([width, height]) =>
    fc
      .record({
        minutiae: fc.array(minutia(width, height), { maxLength: 70, size: 'max' }),
        ridges: ridgeMap(width, height),
      })
      .map(({ minutiae, ridges }) => ({
        version: 2,
        width,
        height,
        quality: 50,
        minutiae,
        ...(ridges && { ridges }),
      })),
  );

/** The print again: turned by quarters, some minutiae moved, some lost. */
function again(of: Template, turns: number, shifts: readonly number[]): Template {
  const minutiae = of.minutiae
    .filter((_, k) => shifts[k % shifts.length]! < 6)
    .map((m, k) => {
      const shift = shifts[k % shifts.length]!;
      const [x, y] = turns % 2 ? [m.y + shift, of.width - 1 - m.x] : [m.x + shift, m.y];
      return {
        ...m,
        x,
        y: Math.max(0, y - shift),
        direction: (m.direction + (turns % 2) * (TURN / 4)) % TURN,
      };
    });
  return { ...of, minutiae };
}

const pair: fc.Arbitrary<readonly [Template, Template]> = fc.oneof(
  fc.tuple(template, template),
  fc
    .tuple(template, fc.nat(1), fc.array(fc.nat(7), { minLength: 5, maxLength: 30 }))
    .map(([one, turns, shifts]) => [one, again(one, turns, shifts)] as const),
);

function plainNumbers({ local, alignments }: Laid, count: number): unknown {
  return {
    local,
    alignments: alignments.map(({ partner, weights, ...evidence }) => ({
      ...evidence,
      partner: [...partner.subarray(0, count)],
      weights: [...weights.subarray(0, count)],
    })),
  };
}

describe('the comparison kernel and its plain twin', () => {
  it('lay prints on one another to the same numbers, bit for bit', () => {
    let aligned = 0;
    fc.assert(
      fc.property(pair, ([one, other]) => {
        const [a, b] = [prepare(one), prepare(other)];
        const found = plainNumbers(layByKernel(a, b), b.count);
        expect(found).toEqual(plainNumbers(layPlain(a, b), b.count));
        aligned += layByKernel(a, b).alignments.length;
      }),
      { numRuns: 300 },
    );
    expect(aligned).toBeGreaterThan(50);
  });

  it('build the same cylinders', () => {
    let bits = 0;
    fc.assert(
      fc.property(template, (one) => {
        const print = prepare(one);
        const plain = buildCylindersPlain(print, print.ridges);
        expect(print.words).toEqual(plain);
        bits += plain.filter((word) => word !== 0).length;
      }),
      { numRuns: 100 },
    );
    expect(bits).toBeGreaterThan(1000);
  });

  it('remember nothing of the pair before', () => {
    const drawn = fc.sample(pair, { numRuns: 40, seed: 7 });
    const prepared = drawn.map(([one, other]): [PreparedTemplate, PreparedTemplate] => [
      prepare(one),
      prepare(other),
    ]);
    const lay = ([a, b]: [PreparedTemplate, PreparedTemplate]): unknown =>
      plainNumbers(layByKernel(a, b), b.count);
    const forwards = prepared.map(lay);
    const backwards = prepared.toReversed().map(lay).toReversed();
    expect(backwards).toEqual(forwards);
  });
});
