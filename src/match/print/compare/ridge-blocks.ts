import { BLOCKS_ROOM } from '../kernels/layout.ts';
import { ALIGN } from '../parameters.ts';
import type { RidgeMap } from '../types.ts';

const BACKGROUND = 255;

/** The foreground of a ridge map, block by block, as an alignment carries it. */
export interface RidgeBlocks {
  readonly count: number;
  /** Centre of each block, pixels. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** First cell of each block, and the end of the last one. */
  readonly start: Uint16Array;
  /** Cells of the map, and their distance from the centre of their block in half cells. */
  readonly cell: Uint16Array;
  readonly u: Int8Array;
  readonly v: Int8Array;
}

/** Cell of a ridge map's foreground at a place, or -1. */
export function cellAt(map: RidgeMap, x: number, y: number): number {
  const c = Math.floor(x / map.step);
  const r = Math.floor(y / map.step);
  if (c < 0 || r < 0 || c >= map.columns || r >= map.rows) return -1;
  const cell = r * map.columns + c;
  return map.orientation[cell] === BACKGROUND ? -1 : cell;
}

/** Cuts the foreground of a map into blocks of `ALIGN.overlapBlock` cells each way. */
export function cutBlocks(map: RidgeMap): RidgeBlocks {
  const side = ALIGN.overlapBlock;
  const across = Math.ceil(map.columns / side);
  const found = { x: [] as number[], y: [] as number[], start: [0] };
  const cells = { cell: [] as number[], u: [] as number[], v: [] as number[] };
  const most = Math.min(BLOCKS_ROOM, across * Math.ceil(map.rows / side));
  for (let block = 0; block < most; block++) {
    const column0 = (block % across) * side;
    const row0 = Math.floor(block / across) * side;
    for (let k = 0; k < side * side; k++) {
      const column = column0 + (k % side);
      const row = row0 + Math.floor(k / side);
      const cell = row * map.columns + column;
      if (column >= map.columns || row >= map.rows || map.orientation[cell] === BACKGROUND) continue;
      cells.cell.push(cell);
      cells.u.push(2 * (column - column0) + 1 - side);
      cells.v.push(2 * (row - row0) + 1 - side);
    }
    if (cells.cell.length === found.start.at(-1)) continue;
    found.x.push((column0 + side / 2) * map.step);
    found.y.push((row0 + side / 2) * map.step);
    found.start.push(cells.cell.length);
  }
  return {
    count: found.x.length,
    x: Float32Array.from(found.x),
    y: Float32Array.from(found.y),
    start: Uint16Array.from(found.start),
    cell: Uint16Array.from(cells.cell),
    u: Int8Array.from(cells.u),
    v: Int8Array.from(cells.v),
  };
}
