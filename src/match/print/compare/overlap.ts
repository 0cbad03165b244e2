import { ALIGN } from '../parameters.ts';
import { COSINES, SINES } from './circle.ts';
import { type Carriers, carry } from './flex.ts';
import type { PreparedTemplate } from './prepare.ts';

/** What the ridges of the two prints say where they lie on one another. */
export interface Overlap {
  /** Cells of a's map that b's map covers too. */
  readonly cells: number;
  /** Mean difference of ridge orientation, 0-1 (1 = a right angle). */
  readonly orientation: number;
  /** Share of the cells whose orientations differ by more than 22.5 degrees. */
  readonly disagree: number;
  /** Mean relative difference of ridge period. */
  readonly period: number;
  /** Minutiae of a and b in the part both prints show. */
  readonly minutiaeA: number;
  readonly minutiaeB: number;
}

function cellAt(p: PreparedTemplate, x: number, y: number): number {
  const map = p.ridges;
  if (!map) return -1;
  const c = Math.floor(x / map.step);
  const r = Math.floor(y / map.step);
  if (c < 0 || r < 0 || c >= map.columns || r >= map.rows) return -1;
  const cell = r * map.columns + c;
  return map.orientation[cell] === 255 ? -1 : cell;
}

/** Compares the ridge maps and counts the minutiae where the prints lie on one another. */
export function overlap(a: PreparedTemplate, b: PreparedTemplate, pairs: Carriers): Overlap {
  const place = { x: 0, y: 0, turn: 0, gap: 0 };
  let minutiaeB = 0;
  for (let j = 0; j < b.count; j++) {
    carry(pairs, b.x[j]!, b.y[j]!, -1, place);
    if (cellAt(a, place.x, place.y) >= 0) minutiaeB++;
  }
  if (!a.ridges || !b.ridges) {
    return { cells: 0, orientation: 0, disagree: 0, period: 0, minutiaeA: a.count, minutiaeB: b.count };
  }
  const covered = new Uint8Array(a.ridges.columns * a.ridges.rows);
  let cells = 0;
  let sum = 0;
  let disagree = 0;
  let period = 0;
  const { columns, rows, step } = b.ridges;
  const block = 3;
  for (let r0 = 0; r0 < rows; r0 += block) {
    for (let c0 = 0; c0 < columns; c0 += block) {
      const cx = (c0 + block / 2) * step;
      const cy = (r0 + block / 2) * step;
      carry(pairs, cx, cy, -1, place);
      if (place.gap > ALIGN.overlapGap) continue;
      const c = COSINES[place.turn]!;
      const s = SINES[place.turn]!;
      // Ridge maps count anticlockwise in 255ths of half a turn, the map turns clockwise in 256ths of a turn.
      const turn = (place.turn * 510) / 256;
      for (let row = r0; row < Math.min(rows, r0 + block); row++) {
        for (let column = c0; column < Math.min(columns, c0 + block); column++) {
          const cellB = row * columns + column;
          const angleB = b.ridges.orientation[cellB]!;
          if (angleB === 255) continue;
          const u = (column + 0.5) * step - cx;
          const v = (row + 0.5) * step - cy;
          const cellA = cellAt(a, place.x + c * u - s * v, place.y + s * u + c * v);
          if (cellA < 0) continue;
          covered[cellA] = 1;
          let off = (a.ridges.orientation[cellA]! - (angleB - turn) + 510 * 2) % 255;
          if (off > 127.5) off = 255 - off;
          const pa = a.ridges.period[cellA]!;
          const pb = b.ridges.period[cellB]!;
          cells++;
          sum += off / 127.5;
          if (off > 32) disagree++;
          period += Math.abs(pa - pb) / (pa + pb + 1);
        }
      }
    }
  }
  let minutiaeA = 0;
  for (let i = 0; i < a.count; i++) {
    const cell = cellAt(a, a.x[i]!, a.y[i]!);
    if (cell >= 0 && isCovered(covered, a.ridges.columns, cell)) minutiaeA++;
  }
  const n = Math.max(1, cells);
  return { cells, orientation: sum / n, disagree: disagree / n, period: period / n, minutiaeA, minutiaeB };
}

/** A turn leaves single cells uncovered: a cell counts if it or a neighbour is covered. */
function isCovered(covered: Uint8Array, columns: number, cell: number): boolean {
  return [0, -1, 1, -columns, columns].some((o) => covered[cell + o] === 1);
}
