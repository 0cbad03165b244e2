import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examine } from '../../../../src/match/print/extract/index.ts';
import type { GreyImage, QualityReason } from '../../../../src/match/print/index.ts';
import { explainReason, judge, type Measurements } from '../../../../src/match/print/quality/index.ts';
import { drawImpression, drawMaster } from '../../../../src/synth/prints/index.ts';

const GOOD: Measurements = {
  area: 200,
  clearArea: 160,
  clarity: 0.85,
  certainty: 0.96,
  evenness: 0.93,
  ridgePeriod: 9,
  minutiae: 40,
  minutiaWeight: 30,
  grey: 150,
  contrast: 55,
  parallel: 0.3,
};

describe('Quality', () => {
  it('never falls when a measurement gets better', () => {
    const better: (keyof Measurements)[] = ['clearArea', 'minutiaWeight', 'evenness', 'contrast'];
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...better), unit, unit, (name, p, q) => {
        const [low, high] = p < q ? [p, q] : [q, p];
        const at = (share: number): number => judge({ ...GOOD, [name]: GOOD[name] * share }).value;
        expect(at(low)).toBeLessThanOrEqual(at(high));
      }),
    );
  });

  it('is high for a good print and gives no reason', () => {
    const { value, reasons } = judge(GOOD);
    expect(value).toBeGreaterThan(60);
    expect(reasons).toEqual([]);
  });

  it.each<[QualityReason, Partial<Measurements>]>([
    ['blank', { area: 5 }],
    ['partial', { area: 70 }],
    ['too-light', { grey: 230, contrast: 20 }],
    ['too-dark', { grey: 50, clarity: 0.6 }],
    ['low-contrast', { contrast: 9 }],
    ['smudged', { clarity: 0.55 }],
    ['few-minutiae', { minutiae: 9 }],
    ['wrong-finger-area', { parallel: 0.93 }],
  ])('names %s, in a sentence', (reason, change) => {
    expect(judge({ ...GOOD, ...change }).reasons).toEqual([reason]);
    expect(explainReason(reason, GOOD)).toMatch(/\.$/);
  });

  it.each([3, 4.6, 5.4, 13.2, 18, 30])(
    'says of ridges %s px apart that the resolution is wrong, and no more',
    (ridgePeriod) => {
      // Half of the other reasons hold too: a print read at another scale seems partial, smudged or absent.
      const measured = { ...GOOD, ridgePeriod, area: 5, clarity: 0.5, minutiae: 3 };
      expect(judge(measured).reasons).toEqual(['wrong-resolution']);
      const apart = `ridges are ${Math.round(ridgePeriod)} px apart at 500 ppi where 9 are usual`;
      expect(explainReason('wrong-resolution', measured)).toContain(apart);
      expect(explainReason('wrong-resolution', measured)).toContain('give the true resolution');
    },
  );

  it.each([0, 6, 7, 9, 11, 12.5])(
    'says nothing of ridges %s px apart (0: none could be measured)',
    (ridgePeriod) => {
      expect(judge({ ...GOOD, ridgePeriod }).reasons).toEqual([]);
    },
  );
});

describe('Quality of pictures', () => {
  const master = drawMaster('quality-test');
  const mean = (quality: number): number => {
    const values = ['a', 'b', 'c'].map(
      (occasion) => examine(drawImpression(master, occasion, { quality })).quality.value,
    );
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };

  it('is higher for prints taken with care', () => {
    expect(mean(0.95)).toBeGreaterThan(mean(0.1) + 5);
  });

  it('falls where half of the print is missing', () => {
    const whole = drawImpression(master, 'whole', { quality: 0.8 });
    const part = drawImpression(master, 'whole', { quality: 0.8, partial: 0.35 });
    expect(examine(part).quality.value).toBeLessThan(examine(whole).quality.value);
  });

  it.each([
    ['blank', () => 200],
    ['noise', (i: number) => (i * 2654435761) >>> 24],
  ])('is below the gate for a picture of %s', (_, grey) => {
    const image: GreyImage = {
      width: 300,
      height: 300,
      ppi: 500,
      data: Uint8Array.from({ length: 90_000 }, (_x, i) => grey(i)),
    };
    expect(examine(image).quality.value).toBeLessThan(30);
  });

  it('is what the template carries', () => {
    const { template, quality } = examine(drawImpression(master, 'a'));
    expect(template.quality).toBe(quality.value);
  });
});
