import { CYLINDER_BYTES } from '../kernels/layout.ts';
import { exponential, TURN } from '../kernels/maths.ts';
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

const CELL_WIDTH = (2 * radius) / side;

/** Place of a row or column of cells relative to the minutia. */
function cellOffset(k: number): number {
  return (k - (side - 1) / 2) * CELL_WIDTH;
}

/** Places of the cells within the cylinder's radius relative to the minutia; a cell's bit is its place in this list. */
const INNER: readonly { readonly u: number; readonly v: number; readonly cell: number }[] = Array.from(
  { length: side * side },
  (_, cell) => ({ u: cellOffset(cell % side), v: cellOffset(Math.floor(cell / side)), cell }),
).filter(({ u, v }) => u * u + v * v <= radius * radius);

/** Bit of each cell of the square around the cylinder, or -1. */
const BIT_OF_CELL = (() => {
  const bits = new Int16Array(side * side).fill(-1);
  for (const [bit, { cell }] of INNER.entries()) bits[cell] = bit;
  return bits;
})();

export const INNER_CELLS = INNER.length;
/** Words of a cylinder's mask and of each of its layers, and of all of it. */
export const MASK_WORDS = 4;
export const CYLINDER_WORDS = CYLINDER_BYTES / 4;
/** A similarity of 1 in the integers used here. */
export const SIMILARITY_UNIT = 16384;

/** Spatial contribution by squared distance. */
const SPATIAL = Float64Array.from(
  { length: Math.ceil((3 * CYLINDER.spatialSigma) ** 2) + 2 },
  (_, d) => exponential(-d / (2 * CYLINDER.spatialSigma ** 2)) / (CYLINDER.spatialSigma * Math.sqrt(TURN)),
);

/** A neighbour further than this from a cell gives nothing to it, pixels (rounded up). */
const REACH = 3 * CYLINDER.spatialSigma + 0.5;

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

/** Places of one cylinder's cells on the print, and what the neighbours give to each layer of each. */
interface Cells {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly sums: Float64Array;
}

function placeCells(points: MinutiaPoints, centre: number, cells: Cells): void {
  const c = COSINES[points.direction[centre]!]!;
  const s = SINES[points.direction[centre]!]!;
  for (const [bit, { u, v }] of INNER.entries()) {
    cells.x[bit] = points.x[centre]! + c * u - s * v;
    cells.y[bit] = points.y[centre]! + s * u + c * v;
  }
  cells.sums.fill(0);
}

/** First and last row or column of cells that a neighbour at this offset can reach. */
function reached(offset: number): readonly [number, number] {
  const middle = offset / CELL_WIDTH + (side - 1) / 2;
  const reach = REACH / CELL_WIDTH;
  return [Math.max(0, Math.ceil(middle - reach)), Math.min(side - 1, Math.floor(middle + reach))];
}

/** Adds what one neighbour gives to the cells around it. */
function addNeighbour(points: MinutiaPoints, centre: number, k: number, cells: Cells): void {
  const c = COSINES[points.direction[centre]!]!;
  const s = SINES[points.direction[centre]!]!;
  const dx = points.x[k]! - points.x[centre]!;
  const dy = points.y[k]! - points.y[centre]!;
  const [left, right] = reached(c * dx + s * dy);
  const [top, bottom] = reached(c * dy - s * dx);
  const share = CYLINDER.trustFull * points.trust[k]!;
  const difference = (points.direction[centre]! - points.direction[k]!) & 255;
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const bit = BIT_OF_CELL[row * side + column]!;
      if (bit < 0) continue;
      const ex = points.x[k]! - cells.x[bit]!;
      const ey = points.y[k]! - cells.y[bit]!;
      const d = Math.round(ex * ex + ey * ey);
      if (d >= SPATIAL.length - 1) continue;
      const given = share * SPATIAL[d]!;
      for (let layer = 0; layer < layers; layer++) {
        cells.sums[bit * layers + layer]! += given * DIRECTIONAL[layer * 256 + difference]!;
      }
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
  const cells = {
    x: new Float64Array(INNER_CELLS),
    y: new Float64Array(INNER_CELLS),
    sums: new Float64Array(INNER_CELLS * layers),
  };
  for (let i = 0; i < points.count; i++) {
    const near = neighbours(points, i);
    if (near.length < CYLINDER.neighboursLeast) continue;
    placeCells(points, i, cells);
    for (const k of near) addNeighbour(points, i, k, cells);
    const base = i * CYLINDER_WORDS;
    let seen = 0;
    for (let cell = 0; cell < INNER_CELLS; cell++) {
      if (!inside(cells.x[cell]!, cells.y[cell]!)) continue;
      seen++;
      const bit = 1 << (cell & 31);
      const word = base + (cell >> 5);
      words[word]! |= bit;
      for (let layer = 0; layer < layers; layer++) {
        if (cells.sums[cell * layers + layer]! > CYLINDER.threshold)
          words[word + (layer + 1) * MASK_WORDS]! |= bit;
      }
    }
    if (seen < INNER_CELLS * CYLINDER.validShare) words.fill(0, base, base + CYLINDER_WORDS);
  }
  return words;
}
