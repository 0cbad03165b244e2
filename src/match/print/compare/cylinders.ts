import { exponential, TURN } from '../kernels/maths.ts';
import { CYLINDER_WORDS } from '../kernels/similarity.ts';
import { CYLINDER } from '../parameters.ts';
import type { RidgeMap } from '../types.ts';
import { COSINES, SINES } from './circle.ts';

export interface MinutiaPoints {
  readonly count: number;
  readonly x: Int16Array;
  readonly y: Int16Array;
  readonly direction: Uint8Array;
  /** Chance that another impression shows the minutia. */
  readonly trust: Float64Array;
}

const { side, layers, radius } = CYLINDER;

/** Places of the cells within the cylinder's radius relative to the minutia; a cell's bit is its place in this list. */
const INNER: readonly { readonly u: number; readonly v: number }[] = (() => {
  const width = (2 * radius) / side;
  return Array.from({ length: side * side }, (_, cell) => ({
    u: ((cell % side) - (side - 1) / 2) * width,
    v: (Math.floor(cell / side) - (side - 1) / 2) * width,
  })).filter(({ u, v }) => u * u + v * v <= radius * radius);
})();

export const INNER_CELLS = INNER.length;
const MASK_WORDS = 4;

/** Spatial contribution by squared distance. */
const SPATIAL = Float64Array.from(
  { length: Math.ceil((3 * CYLINDER.spatialSigma) ** 2) + 2 },
  (_, d) => exponential(-d / (2 * CYLINDER.spatialSigma ** 2)) / (CYLINDER.spatialSigma * Math.sqrt(TURN)),
);

/** Area under the normal curve of a layer's width around each direction difference, [layer * 256 + difference]. */
const DIRECTIONAL = Float64Array.from({ length: layers * 256 }, (_, i) => {
  const centre = (Math.floor(i / 256) + 0.5) * (TURN / layers) - Math.PI;
  const difference = ((i % 256) * TURN) / 256;
  let offset = (difference - centre) % TURN;
  if (offset > Math.PI) offset -= TURN;
  if (offset < -Math.PI) offset += TURN;
  const steps = 20;
  const width = TURN / layers / steps;
  let area = 0;
  for (let k = 0; k < steps; k++) {
    const t = (offset + (k + 0.5 - steps / 2) * width) / CYLINDER.directionSigma;
    area += (width * exponential((-t * t) / 2)) / (CYLINDER.directionSigma * Math.sqrt(TURN));
  }
  return area;
});

/** Whether a place lies on the print, by its ridge map, or near any minutia where there is none. */
export function insideTest(
  points: MinutiaPoints,
  ridges: RidgeMap | undefined,
): (x: number, y: number) => boolean {
  if (!ridges) {
    return (x, y) => {
      for (let k = 0; k < points.count; k++) {
        const dx = points.x[k]! - x;
        const dy = points.y[k]! - y;
        if (dx * dx + dy * dy < 1600) return true;
      }
      return false;
    };
  }
  const { columns, rows, step, orientation } = ridges;
  const at = (x: number, y: number): boolean => {
    const c = Math.floor(x / step);
    const r = Math.floor(y / step);
    return c >= 0 && r >= 0 && c < columns && r < rows && orientation[r * columns + c] !== 255;
  };
  const m = CYLINDER.margin;
  return (x, y) => at(x, y) || at(x - m, y) || at(x + m, y) || at(x, y - m) || at(x, y + m);
}

function fillCell(
  points: MinutiaPoints,
  centre: number,
  near: readonly number[],
  x: number,
  y: number,
  sums: Float64Array,
): void {
  sums.fill(0);
  const reach = SPATIAL.length - 1;
  for (const k of near) {
    const dx = points.x[k]! - x;
    const dy = points.y[k]! - y;
    const d = Math.round(dx * dx + dy * dy);
    if (d >= reach) continue;
    const share = CYLINDER.trustFull * points.trust[k]!;
    const difference = (points.direction[centre]! - points.direction[k]!) & 255;
    for (let layer = 0; layer < layers; layer++) {
      sums[layer]! += share * SPATIAL[d]! * DIRECTIONAL[layer * 256 + difference]!;
    }
  }
}

function neighbours(points: MinutiaPoints, centre: number): number[] {
  const reach = radius + 3 * CYLINDER.spatialSigma;
  const near: number[] = [];
  for (let k = 0; k < points.count; k++) {
    const dx = points.x[k]! - points.x[centre]!;
    const dy = points.y[k]! - points.y[centre]!;
    if (k !== centre && dx * dx + dy * dy < reach * reach) near.push(k);
  }
  return near;
}

/**
 * The bit cylinder of every minutia: mask words, then layer after layer. A cylinder that sees too little of the
 * print, or too few neighbours, keeps an empty mask and is like nothing.
 */
export function buildCylinders(points: MinutiaPoints, ridges: RidgeMap | undefined): Uint32Array {
  const words = new Uint32Array(points.count * CYLINDER_WORDS);
  const inside = insideTest(points, ridges);
  const sums = new Float64Array(layers);
  for (let i = 0; i < points.count; i++) {
    const near = neighbours(points, i);
    if (near.length < CYLINDER.neighboursLeast) continue;
    const base = i * CYLINDER_WORDS;
    const c = COSINES[points.direction[i]!]!;
    const s = SINES[points.direction[i]!]!;
    let seen = 0;
    for (const [cell, { u, v }] of INNER.entries()) {
      const x = points.x[i]! + c * u - s * v;
      const y = points.y[i]! + s * u + c * v;
      if (!inside(x, y)) continue;
      seen++;
      const bit = 1 << (cell & 31);
      const word = base + (cell >> 5);
      words[word]! |= bit;
      fillCell(points, i, near, x, y, sums);
      for (let layer = 0; layer < layers; layer++) {
        if (sums[layer]! > CYLINDER.threshold) words[word + (layer + 1) * MASK_WORDS]! |= bit;
      }
    }
    if (seen < INNER_CELLS * CYLINDER.validShare) words.fill(0, base, base + CYLINDER_WORDS);
  }
  return words;
}
