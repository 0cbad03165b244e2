import { ALIGN } from '../../parameters.ts';
import type { RidgeMap } from '../../types.ts';
import { COSINES, RECIPROCAL, SINES, turnUnits } from '../circle.ts';
import type { PreparedTemplate } from '../prepared.ts';
import { cellAt, type RidgeBlocks } from '../ridge-blocks.ts';
import { carryAll, loadPairs, setPlace } from './carriers.ts';

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

/** Each 256th of a turn clockwise in the ridge map's 255ths of half a turn anticlockwise, 0-255. */
const HALF_TURNS = Float64Array.from({ length: 256 }, (_, turn) => ((turn * 510) / 256) % 255);
const covered = new Uint8Array(1 << 16);

/** Places are counted in 65536ths of a cell. */
const FRACTION = 16;
const ONE = 1 << FRACTION;

/** Compares one block of b's map, carried as a whole to (x, y), with what lies under it in a. */
function addBlock(
  a: RidgeMap,
  b: RidgeMap,
  blocks: RidgeBlocks,
  k: number,
  x: number,
  y: number,
  turn: number,
  sums: Overlap,
): void {
  const half = (b.step / a.step) * (ONE / 2);
  const c = Math.round(COSINES[turn]! * half);
  const s = Math.round(SINES[turn]! * half);
  const x0 = Math.round((x / a.step) * ONE);
  const y0 = Math.round((y / a.step) * ONE);
  const halfTurns = HALF_TURNS[turn]!;
  const end = blocks.start[k + 1]!;
  const { columns, rows } = a;
  let cells = 0;
  let orientation = 0;
  let disagree = 0;
  let period = 0;
  for (let at = blocks.start[k]!; at < end; at++) {
    const u = blocks.u[at]!;
    const v = blocks.v[at]!;
    const column = (x0 + Math.imul(c, u) - Math.imul(s, v)) >> FRACTION;
    const row = (y0 + Math.imul(s, u) + Math.imul(c, v)) >> FRACTION;
    if (column < 0 || row < 0 || column >= columns || row >= rows) continue;
    const cellA = row * columns + column;
    const angleA = a.orientation[cellA]!;
    if (angleA === 255) continue;
    const cellB = blocks.cell[at]!;
    covered[cellA] = 1;
    const off = angleA - b.orientation[cellB]! + halfTurns;
    const turned = off < 0 ? off + 255 : off >= 255 ? off - 255 : off;
    const bent = turned > 127.5 ? 255 - turned : turned;
    const pa = a.period[cellA]!;
    const pb = b.period[cellB]!;
    cells++;
    orientation += bent;
    if (bent > ALIGN.disagree) disagree++;
    period += (pa > pb ? pa - pb : pb - pa) * RECIPROCAL[pa + pb]!;
  }
  sums.cells += cells;
  sums.orientation += orientation;
  sums.disagree += disagree;
  sums.period += period;
}

/** Compares the maps block by block. */
function addBlocks(a: RidgeMap, b: RidgeMap, blocks: RidgeBlocks, sums: Overlap): void {
  for (let k = 0; k < blocks.count; k++) setPlace(k, blocks.x[k]!, blocks.y[k]!, -1);
  const { out, stride, origin } = carryAll(blocks.count);
  const reach = ALIGN.overlapGap * ALIGN.overlapGap;
  for (let k = 0; k < blocks.count; k++) {
    if (out[k + 4 * stride]! > reach) continue;
    const turn = turnUnits(out[k + 2 * stride]!, out[k + 3 * stride]!);
    addBlock(a, b, blocks, k, out[k]! + origin[0], out[k + stride]! + origin[1], turn, sums);
  }
}

/** A turn leaves single cells uncovered: a cell counts if it or a neighbour is covered. */
function isCovered(columns: number, cell: number): boolean {
  return (
    covered[cell] === 1 ||
    covered[cell - 1] === 1 ||
    covered[cell + 1] === 1 ||
    covered[cell - columns] === 1 ||
    covered[cell + columns] === 1
  );
}

function countCovered(a: PreparedTemplate, columns: number): number {
  let count = 0;
  for (let i = 0; i < a.count; i++) {
    const cell = a.cell[i]!;
    if (cell >= 0 && isCovered(columns, cell)) count += a.trust[i]!;
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
  const sums: Overlap = { cells: 0, orientation: 0, disagree: 0, period: 0, minutiaeA: 0, minutiaeB: 0 };
  if (!a.ridges || !b.ridges || !b.blocks) {
    return { ...sums, minutiaeA: sum(a.trust), minutiaeB: sum(b.trust) };
  }
  loadPairs(a, b, partner);
  covered.fill(0, 0, a.ridges.columns * (a.ridges.rows + 1));
  addBlocks(a.ridges, b.ridges, b.blocks, sums);
  sums.minutiaeA = countCovered(a, a.ridges.columns);
  sums.minutiaeB = countLanded(b, a.ridges);
  const n = Math.max(1, sums.cells);
  sums.orientation /= 127.5 * n;
  sums.disagree /= n;
  sums.period /= n;
  return sums;
}
