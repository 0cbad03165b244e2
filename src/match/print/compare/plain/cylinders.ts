import { CYLINDER } from '../../parameters.ts';
import type { RidgeMap } from '../../types.ts';
import { COSINES, SINES } from '../circle.ts';
import {
  ALONE_SQUARE,
  BIT_OF_CELL,
  CELL_REACH,
  CELL_WIDTH,
  CYLINDER_WORDS,
  DIRECTIONAL,
  INNER,
  INNER_CELLS,
  MASK_WORDS,
  type MinutiaPoints,
  NEIGHBOUR_REACH,
  SPATIAL,
  VALID_LEAST,
} from '../cylinders.ts';

const { side, layers } = CYLINDER;

/** Whether a place lies on the print, by its ridge map, or near any minutia where there is none. */
function insideTest(points: MinutiaPoints, ridges: RidgeMap | undefined): (x: number, y: number) => boolean {
  if (!ridges) {
    return (x, y) => {
      for (let k = 0; k < points.count; k++) {
        const dx = points.x[k]! - x;
        const dy = points.y[k]! - y;
        if (dx * dx + dy * dy < ALONE_SQUARE) return true;
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
  const reach = CELL_REACH / CELL_WIDTH;
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
  const near: number[] = [];
  for (let k = 0; k < points.count; k++) {
    const dx = points.x[k]! - points.x[centre]!;
    const dy = points.y[k]! - points.y[centre]!;
    if (k !== centre && dx * dx + dy * dy < NEIGHBOUR_REACH * NEIGHBOUR_REACH) near.push(k);
  }
  return near;
}

/** The plain twin of `buildCylinders`. */
export function buildCylindersPlain(points: MinutiaPoints, ridges: RidgeMap | undefined): Uint32Array {
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
    if (seen < VALID_LEAST) words.fill(0, base, base + CYLINDER_WORDS);
  }
  return words;
}
