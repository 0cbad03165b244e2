import { describe, expect, it } from 'vitest';
import { findSingularPoints } from '../../../../src/match/print/extract/singular-points.ts';
import { examine, type SingularPoint } from '../../../../src/match/print/index.ts';
import { EXTRACT } from '../../../../src/match/print/parameters.ts';
import { drawImpression, drawMaster, type FingerClass } from '../../../../src/synth/prints/index.ts';
import { flowAt } from '../../../../src/synth/prints/orientation.ts';
import { drawPattern } from '../../../../src/synth/prints/pattern.ts';
import type { Pattern } from '../../../../src/synth/prints/types.ts';

const CLASSES: readonly FingerClass[] = [
  'arch',
  'tented-arch',
  'left-loop',
  'right-loop',
  'whorl',
  'twin-loop',
];
/** Pixels from the edge within which a point cannot be held against what lies around it. */
const EDGE = 24;

/** The singular points of a drawn flow, its ridges as extraction would see them without fault. */
function pointsOf(pattern: Pattern, turn = 0): SingularPoint[] {
  const [width, height] = [Math.ceil(pattern.width / EXTRACT.cell), Math.ceil(pattern.height / EXTRACT.cell)];
  const angles = Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [(i % width) + 0.5, Math.floor(i / width) + 0.5];
    return flowAt(pattern, x * EXTRACT.cell, y * EXTRACT.cell) + turn;
  });
  const plane = (value: (angle: number) => number) => ({
    width,
    height,
    data: Float32Array.from(angles, value),
  });
  const field = {
    cosine2: plane((angle) => Math.cos(2 * angle)),
    sine2: plane((angle) => -Math.sin(2 * angle)),
    coherence: plane(() => 1),
  };
  return findSingularPoints(field, new Uint8Array(width * height).fill(1));
}

function isInside({ width, height }: Pattern, { x, y }: { x: number; y: number }): boolean {
  return Math.min(x, y, width - x, height - y) > EDGE;
}

function near(a: { x: number; y: number }, b: { x: number; y: number }): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y) < 12;
}

function apart(a: number, b: number): number {
  return Math.abs(((a - b + 5 * Math.PI) % (2 * Math.PI)) - Math.PI);
}

describe('Cores and deltas', () => {
  it.each(CLASSES)(
    'of a drawn %s are found where the flow was given them, and nowhere else',
    (fingerClass) => {
      for (let n = 0; n < 15; n++) {
        const pattern = drawPattern(`singular-${n}`, fingerClass);
        const found = pointsOf(pattern);
        for (const given of pattern.singularities.filter((point) => isInside(pattern, point)))
          expect(found.some((point) => point.kind === given.kind && near(point, given))).toBe(true);
        for (const point of found)
          expect(pattern.singularities.some((given) => given.kind === point.kind && near(point, given))).toBe(
            true,
          );
      }
    },
  );

  it('a core tells where its loop opens', () => {
    for (const fingerClass of ['left-loop', 'right-loop', 'tented-arch'] as const) {
      for (let n = 0; n < 10; n++) {
        const pattern = drawPattern(`opening-${n}`, fingerClass);
        const [c, s] = pattern.singularities.find(({ kind }) => kind === 'core')!.axis;
        const [core] = pointsOf(pattern).filter((point) => point.kind === 'core');
        expect(apart(core!.direction, Math.atan2(s, c))).toBeLessThan(0.5);
      }
    }
  });

  it('are not looked for off the print, where noise winds too', () => {
    const size = 60;
    const noise = (seed: number) => ({
      width: size,
      height: size,
      data: Float32Array.from(
        { length: size * size },
        (_, i) => Math.sin((i + 1) * seed) * ((i * 7919) % 13),
      ),
    });
    const field = { cosine2: noise(12.9898), sine2: noise(78.233), coherence: noise(1) };
    expect(findSingularPoints(field, new Uint8Array(size * size))).toEqual([]);
  });

  it.each([
    ['left-loop', 1],
    ['right-loop', 1],
    ['whorl', 2],
  ] as const)('of a pictured %s: its cores', (fingerClass, cores) => {
    const counts = [1, 2, 3, 4].map((n) => {
      const master = drawMaster(`pictured-${n}`, { fingerClass });
      const { singularPoints } = examine(drawImpression(master, 'whole', { width: 480, height: 560 }));
      return singularPoints.filter(({ kind }) => kind === 'core').length;
    });
    expect(counts.filter((count) => count === cores).length).toBeGreaterThanOrEqual(3);
  });
});
