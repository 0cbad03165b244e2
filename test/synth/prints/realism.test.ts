import { describe, expect, it } from 'vitest';
import { compare, extract } from '../../../src/match/print/index.ts';
import { drawImpression, drawMaster } from '../../../src/synth/prints/index.ts';
import { flowAt } from '../../../src/synth/prints/orientation.ts';

const masters = Array.from({ length: 6 }, (_, i) => drawMaster(`real-${i}`));
const prints = masters.map((m) =>
  [0, 1, 2].map((seed) => extract(drawImpression(m, seed, { quality: 0.8 }))),
);

describe('what an extractor finds in synthetic prints', () => {
  it('is 20 to 80 minutiae in a usual impression, as in real ones', () => {
    for (const templates of prints) {
      const counts = templates.map((t) => t.minutiae.length).sort((a, b) => a - b);
      expect(counts[1]).toBeGreaterThanOrEqual(20);
      expect(counts[1]).toBeLessThanOrEqual(80);
    }
  });

  it('is both endings and bifurcations', () => {
    const all = prints.flat().flatMap((t) => t.minutiae);
    const endings = all.filter((m) => m.type === 'ending').length / all.length;
    expect(endings).toBeGreaterThan(0.3);
    expect(endings).toBeLessThan(0.7);
  });

  it('is minutiae that lie along the flow the finger was drawn from', () => {
    for (const master of masters.slice(0, 3)) {
      const data = Uint8Array.from(master.ridges, (v) => 127 - v);
      const { minutiae } = extract({ width: master.width, height: master.height, ppi: 500, data });
      const off = minutiae
        .map((m) => Math.abs(Math.sin(m.direction - flowAt(master.pattern, m.x, m.y))))
        .sort((a, b) => a - b);
      expect(minutiae.length).toBeGreaterThan(35);
      expect(off[Math.floor(off.length / 2)]).toBeLessThan(0.2);
    }
  });

  it('is nearer to another impression of the finger than to other fingers, nearly always', () => {
    let wins = 0;
    let count = 0;
    for (const [f, templates] of prints.entries()) {
      const own = compare(templates[0]!, templates[1]!).score;
      for (const [g, others] of prints.entries()) {
        if (f === g) continue;
        count++;
        if (compare(templates[0]!, others[1]!).score < own) wins++;
      }
    }
    expect(wins / count).toBeGreaterThan(0.9);
  });
});
