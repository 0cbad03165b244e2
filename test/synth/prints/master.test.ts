import { describe, expect, it } from 'vitest';
import { drawMaster, type FingerClass } from '../../../src/synth/prints/index.ts';
import { stream } from '../../../src/synth/prints/noise.ts';
import { drawClass } from '../../../src/synth/prints/pattern.ts';
import { differing, digest, meanPeriod } from './support.ts';

const CORES: Readonly<Record<FingerClass, number>> = {
  arch: 0,
  'tented-arch': 1,
  'left-loop': 1,
  'right-loop': 1,
  whorl: 2,
  'twin-loop': 2,
};
const CLASSES = Object.keys(CORES) as FingerClass[];

describe('a drawn finger', () => {
  it('is the same from the same seed, byte for byte', () => {
    expect(digest(drawMaster('finger-1').ridges)).toBe(digest(drawMaster('finger-1').ridges));
  });

  it('is the same on every machine: a changed digest means that every fixture changes', () => {
    expect(digest(drawMaster('golden').ridges)).toBe('529055dae9e5b57f');
  });

  it('is another from another seed', () => {
    expect(differing(drawMaster(1).ridges, drawMaster(2).ridges, 60)).toBeGreaterThan(0.3);
  });

  it.each(CLASSES)('can be asked for as a %s', (fingerClass) => {
    const master = drawMaster('classed', { fingerClass });
    expect(master.fingerClass).toBe(fingerClass);
    expect(master.ridges).toHaveLength(master.width * master.height);
    const cores = master.pattern.singularities.filter((s) => s.kind === 'core').length;
    const deltas = master.pattern.singularities.filter((s) => s.kind === 'delta').length;
    expect(cores).toBe(deltas);
    expect(cores).toBe(
      { arch: 0, 'tented-arch': 1, 'left-loop': 1, 'right-loop': 1 }[fingerClass as 'arch'] ?? 2,
    );
  });

  it('has ridges about 9 pixels apart at 500 ppi, with as much ridge as valley', () => {
    for (const seed of ['p', 'q', 'r']) {
      const master = drawMaster(seed, { fingerClass: 'arch' });
      const x = Math.round(master.pattern.centre.x);
      const column = Array.from({ length: 330 }, (_, i) => master.ridges[(i + 20) * master.width + x]!);
      expect(meanPeriod(column)).toBeGreaterThan(7);
      expect(meanPeriod(column)).toBeLessThan(12);
      const ridge = column.filter((v) => v > 0).length / column.length;
      expect(ridge).toBeGreaterThan(0.4);
      expect(ridge).toBeLessThan(0.6);
    }
  });
});

describe('the classes of fingers', () => {
  it('come in their natural shares (Wilson, Candela, Watson 1994)', () => {
    const random = stream('shares', 'test');
    const counts = new Map<string, number>();
    for (let i = 0; i < 20_000; i++) {
      const name = drawClass(random);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    expect(counts.get('left-loop')! / 20_000).toBeCloseTo(0.338, 1);
    expect(counts.get('right-loop')! / 20_000).toBeCloseTo(0.317, 1);
    expect(counts.get('arch')! / 20_000).toBeCloseTo(0.037, 1);
    expect((counts.get('whorl')! + counts.get('twin-loop')!) / 20_000).toBeCloseTo(0.279, 1);
  });
});
