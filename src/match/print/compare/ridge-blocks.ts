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

/** Room in which blocks are cut, as large as the largest map so far: most of it is not needed by the next one. */
let room = { cell: new Uint16Array(0), u: new Int8Array(0), v: new Int8Array(0) };
const blockRoom = {
  x: new Float32Array(BLOCKS_ROOM),
  y: new Float32Array(BLOCKS_ROOM),
  start: new Uint16Array(BLOCKS_ROOM + 1),
};

function roomFor(cells: number): typeof room {
  if (room.cell.length < cells)
    room = { cell: new Uint16Array(cells), u: new Int8Array(cells), v: new Int8Array(cells) };
  return room;
}

/** Cuts the foreground of a map into blocks of `ALIGN.overlapBlock` cells each way. */
export function cutBlocks(map: RidgeMap): RidgeBlocks {
  const side = ALIGN.overlapBlock;
  const { columns, rows, step, orientation } = map;
  const across = Math.ceil(columns / side);
  const most = Math.min(BLOCKS_ROOM, across * Math.ceil(rows / side));
  const { cell, u, v } = roomFor(columns * rows);
  const { x, y, start } = blockRoom;
  let cells = 0;
  let count = 0;
  for (let block = 0; block < most; block++) {
    const column0 = (block % across) * side;
    const row0 = Math.floor(block / across) * side;
    const first = cells;
    const lastColumn = Math.min(columns, column0 + side);
    const lastRow = Math.min(rows, row0 + side);
    for (let row = row0; row < lastRow; row++) {
      for (let column = column0; column < lastColumn; column++) {
        const at = row * columns + column;
        if (orientation[at] === BACKGROUND) continue;
        cell[cells] = at;
        u[cells] = 2 * (column - column0) + 1 - side;
        v[cells] = 2 * (row - row0) + 1 - side;
        cells += 1;
      }
    }
    if (cells === first) continue;
    x[count] = (column0 + side / 2) * step;
    y[count] = (row0 + side / 2) * step;
    count += 1;
    start[count] = cells;
  }
  return {
    count,
    x: x.slice(0, count),
    y: y.slice(0, count),
    start: start.slice(0, count + 1),
    cell: cell.slice(0, cells),
    u: u.slice(0, cells),
    v: v.slice(0, cells),
  };
}
