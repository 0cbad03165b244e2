import { CARRY_PLACES } from '../kernels/carry.ts';
import { ALIGN } from '../parameters.ts';
import type { RidgeMap } from '../types.ts';
import { carryAll, loadPairs, setPlace } from './carriers.ts';
import { COSINES, SINES, turnUnits } from './circle.ts';
import type { PreparedTemplate } from './prepare.ts';

/** What the ridges of the two prints say where they lie on one another. */
export interface Overlap {
  /** Cells of b's map that a's map covers too. */
  cells: number;
  /** Mean difference of ridge orientation, 0-1 (1 = a right angle). */
  orientation: number;
  /** Share of the cells whose orientations differ by more than `ALIGN.disagree`. */
  disagree: number;
  /** Mean relative difference of ridge period. */
  period: number;
  /** Trust in the minutiae of a and b in the part both prints show, summed. */
  minutiaeA: number;
  minutiaeB: number;
}

/** Cell of a ridge map's foreground at a place, or -1. */
function cellAt(map: RidgeMap, x: number, y: number): number {
  const c = Math.floor(x / map.step);
  const r = Math.floor(y / map.step);
  if (c < 0 || r < 0 || c >= map.columns || r >= map.rows) return -1;
  const cell = r * map.columns + c;
  return map.orientation[cell] === 255 ? -1 : cell;
}

/** Where one block of b's map, carried as a whole, comes to lie in a. */
interface CarriedBlock {
  column0: number;
  row0: number;
  x: number;
  y: number;
  turn: number;
}

/** Compares one block of b's map with what lies under it in a. */
function addBlock(a: RidgeMap, b: RidgeMap, block: CarriedBlock, covered: Uint8Array, sums: Overlap): void {
  const { column0, row0 } = block;
  const side = ALIGN.overlapBlock;
  const c = COSINES[block.turn]! * b.step;
  const s = SINES[block.turn]! * b.step;
  // Ridge maps count anticlockwise in 255ths of half a turn, the placement turns clockwise in 256ths of a turn.
  const turn = (block.turn * 510) / 256 + 1020;
  const rowEnd = Math.min(b.rows, row0 + side);
  const columnEnd = Math.min(b.columns, column0 + side);
  for (let row = row0; row < rowEnd; row++) {
    const v = row + 0.5 - row0 - side / 2;
    for (let column = column0; column < columnEnd; column++) {
      const cellB = row * b.columns + column;
      const angleB = b.orientation[cellB]!;
      if (angleB === 255) continue;
      const u = column + 0.5 - column0 - side / 2;
      const cellA = cellAt(a, block.x + c * u - s * v, block.y + s * u + c * v);
      if (cellA < 0) continue;
      covered[cellA] = 1;
      const off = (a.orientation[cellA]! - angleB + turn) % 255;
      const bent = off > 127.5 ? 255 - off : off;
      const pa = a.period[cellA]!;
      const pb = b.period[cellB]!;
      sums.cells++;
      sums.orientation += bent / 127.5;
      if (bent > ALIGN.disagree) sums.disagree++;
      sums.period += Math.abs(pa - pb) / (pa + pb + 1);
    }
  }
}

/** Compares the maps block by block. */
function addBlocks(a: RidgeMap, b: RidgeMap, covered: Uint8Array, sums: Overlap): void {
  const side = ALIGN.overlapBlock;
  const across = Math.ceil(b.columns / side);
  const blocks = Math.min(CARRY_PLACES, across * Math.ceil(b.rows / side));
  for (let k = 0; k < blocks; k++) {
    setPlace(k, ((k % across) + 0.5) * side * b.step, (Math.floor(k / across) + 0.5) * side * b.step, -1);
  }
  const { out, stride, origin } = carryAll(blocks);
  const block: CarriedBlock = { column0: 0, row0: 0, x: 0, y: 0, turn: 0 };
  for (let k = 0; k < blocks; k++) {
    if (out[k + 4 * stride]! > ALIGN.overlapGap * ALIGN.overlapGap) continue;
    block.column0 = (k % across) * side;
    block.row0 = Math.floor(k / across) * side;
    block.x = out[k]! + origin[0];
    block.y = out[k + stride]! + origin[1];
    block.turn = turnUnits(out[k + 2 * stride]!, out[k + 3 * stride]!);
    addBlock(a, b, block, covered, sums);
  }
}

/** A turn leaves single cells uncovered: a cell counts if it or a neighbour is covered. */
function isCovered(covered: Uint8Array, columns: number, cell: number): boolean {
  return (
    covered[cell] === 1 ||
    covered[cell - 1] === 1 ||
    covered[cell + 1] === 1 ||
    covered[cell - columns] === 1 ||
    covered[cell + columns] === 1
  );
}

function countCovered(a: PreparedTemplate, map: RidgeMap, covered: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < a.count; i++) {
    const cell = cellAt(map, a.x[i]!, a.y[i]!);
    if (cell >= 0 && isCovered(covered, map.columns, cell)) count += a.trust[i]!;
  }
  return count;
}

/** Trust in b's minutiae that land on a's foreground. */
function countLanded(b: PreparedTemplate, map: RidgeMap): number {
  for (let j = 0; j < b.count; j++) setPlace(j, b.x[j]!, b.y[j]!, -1);
  const { out, stride, origin } = carryAll(b.count);
  let count = 0;
  for (let j = 0; j < b.count; j++) {
    if (cellAt(map, out[j]! + origin[0], out[j + stride]! + origin[1]) >= 0) count += b.trust[j]!;
  }
  return count;
}

function sum(values: Float64Array): number {
  return values.reduce((total, v) => total + v, 0);
}

/** Compares the ridge maps and counts the minutiae where the prints lie on one another. */
export function overlap(a: PreparedTemplate, b: PreparedTemplate, partner: Int16Array): Overlap {
  const sums: Overlap = {
    cells: 0,
    orientation: 0,
    disagree: 0,
    period: 0,
    minutiaeA: sum(a.trust),
    minutiaeB: sum(b.trust),
  };
  if (!a.ridges || !b.ridges) return sums;
  loadPairs(a, b, partner);
  const covered = new Uint8Array(a.ridges.columns * a.ridges.rows);
  addBlocks(a.ridges, b.ridges, covered, sums);
  sums.minutiaeA = countCovered(a, a.ridges, covered);
  sums.minutiaeB = countLanded(b, a.ridges);
  const n = Math.max(1, sums.cells);
  sums.orientation /= n;
  sums.disagree /= n;
  sums.period /= n;
  return sums;
}
