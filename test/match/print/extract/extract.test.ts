import { describe, expect, it } from 'vitest';
import { extract, type GreyImage } from '../../../../src/match/print/index.ts';
import { type Dislocation, drawRidges, turned } from '../drawn-ridges.ts';
import { codeOf } from '../print-error.ts';

const PLACES: readonly Dislocation[] = [
  { x: 80, y: 90, sign: 1 },
  { x: 210, y: 80, sign: -1 },
  { x: 150, y: 160, sign: 1 },
  { x: 90, y: 225, sign: -1 },
  { x: 220, y: 215, sign: 1 },
];

function distance(m: { x: number; y: number }, p: { x: number; y: number }): number {
  return Math.hypot(m.x - p.x, m.y - p.y);
}

describe('extraction from drawn ridges', () => {
  it.each([0, 0.4, 0.8, 1.2, 1.6, 2.2, 2.8])(
    'finds every minutia within 6 px of where the phase winds, and no other, ridges at %s rad',
    (angle) => {
      const { minutiae } = extract(drawRidges({ angle, minutiae: PLACES }));
      for (const place of PLACES) expect(minutiae.filter((m) => distance(m, place) <= 6)).toHaveLength(1);
      // At the very edge the winding phases of five dislocations bend the ridges, so only the inner part counts.
      expect(minutiae.filter((m) => Math.min(m.x, m.y, 299 - m.x, 299 - m.y) > 30)).toHaveLength(
        PLACES.length,
      );
    },
  );

  it.each([6, 9, 13])('does so for ridges %s px apart', (period) => {
    const { minutiae } = extract(drawRidges({ period, angle: 0.3, minutiae: PLACES }));
    for (const place of PLACES) expect(minutiae.filter((m) => distance(m, place) <= 7)).toHaveLength(1);
  });

  it('gives a minutia the direction of its ridge, into the ridge or the forking valley', () => {
    const { minutiae } = extract(drawRidges({ minutiae: PLACES }));
    for (const place of PLACES) {
      const [found] = minutiae.filter((m) => distance(m, place) <= 6);
      // One ridge more on the right for a positive winding: ending or fork, both point there.
      const expected = place.sign > 0 ? 0 : Math.PI;
      const off = Math.abs(((found!.direction - expected + 3 * Math.PI) % (2 * Math.PI)) - Math.PI);
      expect(off).toBeLessThan(0.35);
    }
  });

  it('turns minutiae with the picture', () => {
    const image = drawRidges({ angle: 0.5, minutiae: PLACES });
    const plain = extract(image).minutiae;
    const after = extract(turned(image)).minutiae;
    expect(after).toHaveLength(plain.length);
    for (const m of plain) {
      const at = { x: m.y, y: image.width - 1 - m.x };
      const [same] = after.filter((o) => distance(o, at) <= 4);
      const off = (same!.direction - m.direction - Math.PI / 2 + 5 * Math.PI) % (2 * Math.PI);
      expect(Math.abs(off - Math.PI)).toBeLessThan(0.2);
    }
  });

  it.each([250, 400, 1000])('brings a picture of %s ppi to the places it has at 500 ppi', (ppi) => {
    const side = Math.round((300 * ppi) / 500);
    const { minutiae, width } = extract(drawRidges({ ppi, width: side, height: side, minutiae: PLACES }));
    expect(width).toBe(300);
    for (const place of PLACES) expect(minutiae.filter((m) => distance(m, place) <= 7)).toHaveLength(1);
  });

  it('measures orientation anticlockwise and period in quarter pixels', () => {
    const { ridges } = extract(drawRidges({ angle: -Math.PI / 6, period: 8 }));
    const cell = Math.floor(ridges!.rows / 2) * ridges!.columns + Math.floor(ridges!.columns / 2);
    expect((ridges!.orientation[cell]! / 255) * 180).toBeCloseTo(30, -0.5);
    expect(ridges!.period[cell]! / 4).toBeCloseTo(8, 0);
  });

  it('finds nothing on a blank sheet and on noise without ridges', () => {
    const blank: GreyImage = { width: 200, height: 200, ppi: 500, data: new Uint8Array(40000).fill(240) };
    expect(extract(blank).minutiae).toHaveLength(0);
    const speckled = { ...blank, data: blank.data.map((_, i) => 200 + ((i * 7919) % 13)) };
    expect(extract(speckled).minutiae.length).toBeLessThan(5);
  });

  it('gives the same template for the same picture', () => {
    const image = drawRidges({ angle: 0.7, minutiae: PLACES });
    expect(extract(image)).toEqual(extract(image));
  });

  it('reports the picture of every step when asked', () => {
    const steps: string[] = [];
    const values: string[] = [];
    extract(drawRidges({ minutiae: PLACES }), {
      trace: { image: (step) => steps.push(step), values: (step) => values.push(step) },
    });
    expect(steps).toEqual([
      '1-normalised',
      '2-orientation',
      '3-period',
      '4-enhanced',
      '5-reliability',
      '6-skeleton',
      '7-minutiae',
      '8-singular-points',
    ]);
    expect(values).toContain('7-minutiae');
  });
});

describe('pictures that cannot be used', () => {
  const square = (side: number, ppi = 500): GreyImage => ({
    width: side,
    height: side,
    ppi,
    data: new Uint8Array(side * side),
  });

  it.each([
    ['fewer bytes than its size says', { ...square(100), data: new Uint8Array(50) }, 'PRINT-MALFORMED'],
    ['no width', { ...square(100), width: 0 }, 'PRINT-MALFORMED'],
    ['a resolution no print has', square(100, 5), 'PRINT-RESOLUTION'],
    ['no resolution', square(100, Number.NaN), 'PRINT-RESOLUTION'],
    ['less than 48 px at 500 ppi', square(40), 'PRINT-TOO-SMALL'],
    ['more than 2000 px at 500 ppi', square(2001), 'PRINT-TOO-LARGE'],
  ])('%s: a typed error', (_, image, code) => {
    expect(codeOf(() => extract(image))).toBe(code);
  });
});
