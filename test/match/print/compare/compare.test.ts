import { beforeAll, describe, expect, it } from 'vitest';
import {
  ALGORITHM_VERSION,
  compare,
  decodeTemplate,
  encodeTemplate,
  extract,
  fromIso19794,
  type GreyImage,
  PrintError,
  prepare,
  type Template,
  THRESHOLDS,
  toIso19794,
} from '../../../../src/match/print/index.ts';
import { drawImpression, drawMaster } from '../../../../src/synth/prints/index.ts';
import { cropped, turned } from '../drawn-ridges.ts';

const FINGERS = 4;

interface Finger {
  readonly image: GreyImage;
  readonly one: Template;
  readonly other: Template;
}

const fingers: Finger[] = [];

beforeAll(() => {
  for (let k = 0; k < FINGERS; k++) {
    const master = drawMaster(`compare-${k}`);
    const image = drawImpression(master, 1, { quality: 0.9 });
    const second = drawImpression(master, 2, { quality: 0.8 });
    fingers.push({ image, one: extract(image), other: extract(second) });
  }
}, 120_000);

describe('comparison of two prints', () => {
  it('knows impressions of one finger from those of another', () => {
    for (const [k, { one }] of fingers.entries()) {
      for (const [j, { other }] of fingers.entries()) {
        const { score } = compare(one, other);
        if (k === j) expect(score).toBeGreaterThan(THRESHOLDS.fmr10000);
        else expect(score).toBeLessThan(THRESHOLDS.fmr1000);
      }
    }
  });

  it('gives the same score for (a, b) and (b, a), with the pairs and the alignment turned round', () => {
    for (const { one, other } of fingers) {
      const there = compare(one, other);
      const back = compare(other, one);
      expect(back.score).toBe(there.score);
      expect(back.fmr).toBe(there.fmr);
      const swapped = back.pairs.map(({ a, b, weight }) => ({ a: b, b: a, weight }));
      expect(new Set(swapped.map((p) => JSON.stringify(p)))).toEqual(
        new Set(there.pairs.map((p) => JSON.stringify(p))),
      );
      expect(back.alignment!.rotation).toBeCloseTo(-there.alignment!.rotation, 9);
    }
    const [p, q] = [fingers[0]!.one, fingers[1]!.other];
    expect(compare(p, q).score).toBe(compare(q, p).score);
  });

  it('scores a print against itself highest', () => {
    for (const { one } of fingers) {
      const self = compare(one, one).score;
      for (const { one: x, other: y } of fingers) {
        if (x !== one) expect(compare(one, x).score).toBeLessThan(self);
        expect(compare(one, y).score).toBeLessThan(self);
      }
    }
  });

  it('lays b on a: paired minutiae come to lie close together', () => {
    const { one, other } = fingers[0]!;
    const { pairs, alignment } = compare(one, other);
    const { rotation, dx, dy } = alignment!;
    const offs = pairs.map(({ a, b }) => {
      const [p, q] = [one.minutiae[a]!, other.minutiae[b]!];
      const x = Math.cos(rotation) * q.x - Math.sin(rotation) * q.y + dx;
      const y = Math.sin(rotation) * q.x + Math.cos(rotation) * q.y + dy;
      return Math.hypot(x - p.x, y - p.y);
    });
    expect(pairs.length).toBeGreaterThan(8);
    expect([...offs].sort((p, q) => p - q)[offs.length >> 1]).toBeLessThan(12);
  });

  it('still matches after a turn by 90 degrees and a crop of 10 %', () => {
    for (const { image, other } of fingers) {
      expect(compare(extract(turned(cropped(image, 0.1))), other).score).toBeGreaterThan(THRESHOLDS.fmr10000);
    }
  });

  it.each([1, 2, 3])('still matches %i quarters of a turn away', (quarters) => {
    for (const { image, other } of fingers) {
      let lying = image;
      for (let n = 0; n < quarters; n++) lying = turned(lying);
      expect(compare(extract(lying), other).score).toBeGreaterThan(THRESHOLDS.fmr10000);
    }
  });

  it('gives exactly the same score after a template was written and read', () => {
    for (const { one, other } of fingers) {
      const score = compare(decodeTemplate(encodeTemplate(one)), decodeTemplate(encodeTemplate(other))).score;
      expect(score).toBe(compare(one, other).score);
      expect(compare(prepare(one), other).score).toBe(score);
    }
  });

  it('still matches on minutiae alone, as ISO/IEC 19794-2 carries them', () => {
    const right = fingers.map(({ one, other }) => {
      return compare(fromIso19794(toIso19794(one)), fromIso19794(toIso19794(other))).score;
    });
    const wrong = fingers.map(({ one }, k) => {
      const stranger = fingers[(k + 1) % FINGERS]!.other;
      return compare(fromIso19794(toIso19794(one)), fromIso19794(toIso19794(stranger))).score;
    });
    expect(Math.min(...right)).toBeGreaterThan(Math.max(...wrong));
  });

  it('finds nothing in prints without minutiae', () => {
    const empty: Template = { version: ALGORITHM_VERSION, width: 100, height: 100, quality: 0, minutiae: [] };
    for (const [a, b] of [
      [empty, empty],
      [empty, fingers[0]!.one],
    ] as const) {
      const { score, pairs, fmr } = compare(a, b);
      expect(score).toBeLessThan(THRESHOLDS.fmr100);
      expect(pairs).toHaveLength(0);
      expect(fmr).toBeGreaterThan(0.01);
    }
  });

  it('refuses a template that another version of the extraction made', () => {
    const { one, other } = fingers[0]!;
    expect(() => compare({ ...one, version: ALGORITHM_VERSION - 1 }, other)).toThrow(
      'extract the picture again',
    );
  });

  it('refuses a template with more minutiae than it can hold', () => {
    const { one } = fingers[0]!;
    const minutiae = Array.from({ length: 256 }, () => one.minutiae[0]!);
    expect(() => compare({ ...one, minutiae }, one)).toThrow(PrintError);
  });
});

describe('calibration', () => {
  it('never quotes less than its impostor pairs support, nor more than 1', () => {
    const { one } = fingers[0]!;
    const { fmr, log10LikelihoodRatio } = compare(one, one);
    expect(fmr).toBeGreaterThanOrEqual(3 / 78_400);
    expect(log10LikelihoodRatio).toBeLessThanOrEqual(Math.log10(78_400 / 3));
  });

  it('names thresholds at which the false match rate is what they say', () => {
    expect(THRESHOLDS.fmr100).toBeLessThan(THRESHOLDS.fmr1000);
    expect(THRESHOLDS.fmr1000).toBeLessThan(THRESHOLDS.fmr10000);
  });
});
