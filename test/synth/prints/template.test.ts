import { describe, expect, it } from 'vitest';
import { compare } from '../../../src/match/print/index.ts';
import { drawSparseFinger, drawTemplate, drawTemplatePair } from '../../../src/synth/prints/index.ts';
import { ridgesBegun } from '../../../src/synth/prints/minutiae.ts';
import { flowAt } from '../../../src/synth/prints/orientation.ts';

describe('a finger drawn as minutiae', () => {
  it('is the same from the same seed', () => {
    expect(drawSparseFinger('s').minutiae).toEqual(drawSparseFinger('s').minutiae);
    expect(drawSparseFinger('s').minutiae).not.toEqual(drawSparseFinger('t').minutiae);
  });

  it('has 50 to 130 minutiae over the whole thumb, none within a ridge of another', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { minutiae } = drawSparseFinger(seed);
      expect(minutiae.length).toBeGreaterThan(50);
      expect(minutiae.length).toBeLessThan(130);
      for (const a of minutiae) {
        for (const b of minutiae)
          if (a !== b) expect(Math.abs(a.x - b.x) + Math.abs(a.y - b.y)).toBeGreaterThan(6);
      }
    }
  });

  it('has minutiae along the flow, turned so that ridges begin where it widens', () => {
    let agree = 0;
    let count = 0;
    for (let seed = 0; seed < 20; seed++) {
      const { pattern, minutiae } = drawSparseFinger(seed);
      for (const m of minutiae) {
        const angle = flowAt(pattern, m.x, m.y);
        expect(Math.abs(Math.sin(m.direction - angle))).toBeLessThan(1e-9);
        const begun = ridgesBegun(pattern, 9, m.direction, m.x, m.y);
        if (Math.abs(begun) < 0.0002) continue;
        count++;
        if (begun > 0) agree++;
      }
    }
    // Fingers grown ridge by ridge, and extracted, agree with the flow at 96 % of such minutiae.
    expect(agree / count).toBeGreaterThan(0.75);
  });
});

describe('a template drawn without a picture', () => {
  it('is whole pixels inside its frame, directions in 256ths of a turn', () => {
    const [template] = drawTemplatePair('frame');
    expect(template.minutiae.length).toBeGreaterThan(8);
    for (const m of template.minutiae) {
      expect(Number.isInteger(m.x) && m.x >= 0 && m.x < template.width).toBe(true);
      expect(Number.isInteger(m.y) && m.y >= 0 && m.y < template.height).toBe(true);
      expect((m.direction * 128) / Math.PI).toBeCloseTo(Math.round((m.direction * 128) / Math.PI), 6);
      expect(m.reliability).toBeGreaterThan(0);
      expect(m.reliability).toBeLessThanOrEqual(100);
    }
  });

  it('carries a ridge map unless told not to', () => {
    const finger = drawSparseFinger('map');
    expect(drawTemplate(finger, 1).ridges?.step).toBe(12);
    expect(drawTemplate(finger, 1, { ridgeStep: 0 }).ridges).toBeUndefined();
  });

  it('matches another of its finger better than any of other fingers, at good quality', () => {
    const pairs = Array.from({ length: 10 }, (_, i) => drawTemplatePair(`pair-${i}`, { quality: 0.85 }));
    for (const [i, [a, b]] of pairs.entries()) {
      const own = compare(a, b).score;
      for (const [j, [, other]] of pairs.entries())
        if (j !== i) expect(compare(a, other).score).toBeLessThan(own);
    }
  });

  it('loses minutiae with quality', () => {
    const finger = drawSparseFinger('quality');
    const mean = (quality: number): number => {
      let sum = 0;
      for (let i = 0; i < 40; i++) sum += drawTemplate(finger, i, { quality }).quality;
      return sum / 40;
    };
    expect(mean(0.9)).toBeGreaterThan(mean(0.2));
  });
});
