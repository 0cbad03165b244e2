import {
  BIT_OF_CELL_AT,
  CELL_U_AT,
  CELL_V_AT,
  CELL_X_AT,
  CELL_Y_AT,
  COSINES_AT,
  CYLINDER_BYTES,
  DIRECTIONAL_AT,
  LAYERS,
  SET_ALONE_SQUARE,
  SET_CELL_REACH,
  SET_CELL_THRESHOLD,
  SET_CELL_WIDTH,
  SET_CELLS,
  SET_MARGIN,
  SET_NEIGHBOUR_REACH,
  SET_NEIGHBOURS_LEAST,
  SET_SPATIAL_END,
  SET_TRUST_FULL,
  SET_VALID_LEAST,
  ROW_BIT_AT,
  ROW_FIRST_AT,
  SIDE,
  SINES_AT,
  SPATIAL_AT,
  SUM_BYTES,
  SUMS_AT,
} from '../layout';
import { setting } from './settings';

/** The print: f64 places and trust, u8 directions; and its ridge map's orientations, if `step` is not 0. */
let xs: usize = 0;
let ys: usize = 0;
let trusts: usize = 0;
let directions: usize = 0;
let count: i32 = 0;
let map: usize = 0;
let columns: i32 = 0;
let rows: i32 = 0;
let step: f64 = 0;

// @ts-ignore: decorator
@inline
function at64(base: usize, k: i32): f64 {
  return load<f64>(base + (<usize>k << 3));
}

/** Whether the map shows ridges at a place, x and y in one vector. */
function onForeground(place: v128): bool {
  const cell = i32x4.trunc_sat_f64x2_s_zero(f64x2.floor(f64x2.div(place, f64x2.splat(step))));
  const c = i32x4.extract_lane(cell, 0);
  const r = i32x4.extract_lane(cell, 1);
  if (<u32>c >= <u32>columns || <u32>r >= <u32>rows) return false;
  return load<u8>(map + <usize>(r * columns + c)) != 255;
}

/** Whether a place lies on the print, by its ridge map, or near any minutia where there is none. */
function inside(x: f64, y: f64, margin: f64): bool {
  if (step != 0) {
    return (
      onForeground(f64x2(x, y)) ||
      onForeground(f64x2(x - margin, y)) ||
      onForeground(f64x2(x + margin, y)) ||
      onForeground(f64x2(x, y - margin)) ||
      onForeground(f64x2(x, y + margin))
    );
  }
  const square = setting(SET_ALONE_SQUARE);
  for (let k = 0; k < count; k++) {
    const dx = at64(xs, k) - x;
    const dy = at64(ys, k) - y;
    if (dx * dx + dy * dy < square) return true;
  }
  return false;
}

// @ts-ignore: decorator
@inline
function isNear(i: i32, k: i32, square: f64): bool {
  const dx = at64(xs, k) - at64(xs, i);
  const dy = at64(ys, k) - at64(ys, i);
  return k != i && dx * dx + dy * dy < square;
}

function placeCells(i: i32, c: f64, s: f64, cells: i32): void {
  const x = f64x2.splat(at64(xs, i));
  const y = f64x2.splat(at64(ys, i));
  const cc = f64x2.splat(c);
  const ss = f64x2.splat(s);
  for (let at: usize = 0; at < <usize>cells << 3; at += 16) {
    const u = v128.load(<usize>CELL_U_AT + at);
    const v = v128.load(<usize>CELL_V_AT + at);
    v128.store(<usize>CELL_X_AT + at, f64x2.sub(f64x2.add(x, f64x2.mul(cc, u)), f64x2.mul(ss, v)));
    v128.store(<usize>CELL_Y_AT + at, f64x2.add(f64x2.add(y, f64x2.mul(ss, u)), f64x2.mul(cc, v)));
  }
  memory.fill(SUMS_AT, 0, <usize>(cells * SUM_BYTES));
}

function findRows(): void {
  for (let row = 0; row < SIDE; row++) {
    let column = 0;
    const bits = <usize>BIT_OF_CELL_AT + (<usize>(row * SIDE) << 1);
    while (column < SIDE && load<i16>(bits + (<usize>column << 1)) < 0) column++;
    store<i16>(<usize>ROW_FIRST_AT + (<usize>row << 1), <i16>column);
    store<i16>(<usize>ROW_BIT_AT + (<usize>row << 1), load<i16>(bits + (<usize>column << 1)));
  }
}

// @ts-ignore: decorator
@inline
function addTo(bit: i32, given: f64, d01: v128, d23: v128, d4: f64): void {
  const both = f64x2.splat(given);
  const sums = <usize>SUMS_AT + <usize>(bit * SUM_BYTES);
  v128.store(sums, f64x2.add(v128.load(sums), f64x2.mul(both, d01)));
  v128.store(sums, f64x2.add(v128.load(sums, 16), f64x2.mul(both, d23)), 16);
  store<f64>(sums, load<f64>(sums, 32) + given * d4, 32);
}

/** Adds what one neighbour gives to the cells around it. */
function addNeighbour(i: i32, k: i32, c: f64, s: f64): void {
  const x = at64(xs, k);
  const y = at64(ys, k);
  const dx = x - at64(xs, i);
  const dy = y - at64(ys, i);
  const width = setting(SET_CELL_WIDTH);
  const reach = setting(SET_CELL_REACH) / width;
  const middle = (<f64>SIDE - 1) / 2;
  const across = (c * dx + s * dy) / width + middle;
  const down = (c * dy - s * dx) / width + middle;
  const left = max<i32>(0, <i32>ceil<f64>(across - reach));
  const right = min<i32>(SIDE - 1, <i32>floor<f64>(across + reach));
  const top = max<i32>(0, <i32>ceil<f64>(down - reach));
  const bottom = min<i32>(SIDE - 1, <i32>floor<f64>(down + reach));
  const share = setting(SET_TRUST_FULL) * at64(trusts, k);
  const end = setting(SET_SPATIAL_END);
  const difference =
    (<i32>load<u8>(directions + <usize>i) - <i32>load<u8>(directions + <usize>k)) & 255;
  const layer = <usize>DIRECTIONAL_AT + (<usize>difference << 3);
  const d01 = f64x2(load<f64>(layer), load<f64>(layer, 2048));
  const d23 = f64x2(load<f64>(layer, 4096), load<f64>(layer, 6144));
  const d4 = load<f64>(layer, 8192);
  const middleX = f64x2.splat(x);
  const middleY = f64x2.splat(y);
  for (let row = top; row <= bottom; row++) {
    const first = <i32>load<i16>(<usize>ROW_FIRST_AT + (<usize>row << 1));
    const from = <i32>load<i16>(<usize>ROW_BIT_AT + (<usize>row << 1)) - first;
    const last = from + min<i32>(right, SIDE - 1 - first);
    // Cells of a row have bits one after another: two at a time, what is beyond the last gives nothing.
    for (let bit = from + max<i32>(left, first); bit <= last; bit += 2) {
      const places = <usize>bit << 3;
      const ex = f64x2.sub(middleX, v128.load(<usize>CELL_X_AT + places));
      const ey = f64x2.sub(middleY, v128.load(<usize>CELL_Y_AT + places));
      const square = f64x2.add(f64x2.mul(ex, ex), f64x2.mul(ey, ey));
      const up = f64x2.ceil(square);
      const isUp = f64x2.le(f64x2.sub(up, f64x2.splat(0.5)), square);
      const whole = v128.bitselect(up, f64x2.sub(up, f64x2.splat(1)), isUp);
      const d = i32x4.trunc_sat_f64x2_s_zero(f64x2.pmin(whole, f64x2.splat(end)));
      const one = share * load<f64>(<usize>SPATIAL_AT + (<usize>i32x4.extract_lane(d, 0) << 3));
      const two = share * load<f64>(<usize>SPATIAL_AT + (<usize>i32x4.extract_lane(d, 1) << 3));
      addTo(bit, one, d01, d23, d4);
      if (bit < last) addTo(bit + 1, two, d01, d23, d4);
    }
  }
}

/** Writes the bits of a cylinder to `target`; returns how many of its cells lie on the print. */
function writeBits(target: usize, cells: i32): i32 {
  const threshold = f64x2.splat(setting(SET_CELL_THRESHOLD));
  const margin = setting(SET_MARGIN);
  let seen = 0;
  for (let from = 0; from < cells; from += 32) {
    const end = min<i32>(cells, from + 32);
    let mask: u32 = 0;
    let bits0: u32 = 0;
    let bits1: u32 = 0;
    let bits2: u32 = 0;
    let bits3: u32 = 0;
    let bits4: u32 = 0;
    for (let bit = from; bit < end; bit++) {
      if (!inside(at64(CELL_X_AT, bit), at64(CELL_Y_AT, bit), margin)) continue;
      const sums = <usize>SUMS_AT + <usize>(bit * SUM_BYTES);
      const first = i64x2.bitmask(f64x2.gt(v128.load(sums), threshold));
      const second = i64x2.bitmask(f64x2.gt(v128.load(sums, 16), threshold));
      const last = i64x2.bitmask(f64x2.gt(v128.load64_zero(sums, 32), threshold));
      const place = <u32>(bit & 31);
      mask |= <u32>1 << place;
      bits0 |= <u32>(first & 1) << place;
      bits1 |= <u32>(first >> 1) << place;
      bits2 |= <u32>(second & 1) << place;
      bits3 |= <u32>(second >> 1) << place;
      bits4 |= <u32>(last & 1) << place;
    }
    seen += <i32>popcnt<u32>(mask);
    const word = target + (<usize>(from >> 5) << 2);
    store<u32>(word, mask);
    store<u32>(word, bits0, 16);
    store<u32>(word, bits1, 32);
    store<u32>(word, bits2, 48);
    store<u32>(word, bits3, 64);
    store<u32>(word, bits4, 80);
  }
  return seen;
}

/**
 * Bit cylinders of a print to `out`, `CYLINDER_BYTES` each: mask, then layer after layer. Places and trust are f64,
 * directions u8, the map u8 orientations with 255 for background; `mapStep` 0 = there is no map.
 */
export function cylinders(
  placesX: usize,
  placesY: usize,
  trust: usize,
  direction: usize,
  minutiae: i32,
  orientations: usize,
  mapColumns: i32,
  mapRows: i32,
  mapStep: i32,
  out: usize,
): void {
  xs = placesX;
  ys = placesY;
  trusts = trust;
  directions = direction;
  count = minutiae;
  map = orientations;
  columns = mapColumns;
  rows = mapRows;
  step = <f64>mapStep;
  findRows();
  const cells = <i32>setting(SET_CELLS);
  const reach = setting(SET_NEIGHBOUR_REACH);
  const square = reach * reach;
  const least = <i32>setting(SET_NEIGHBOURS_LEAST);
  memory.fill(out, 0, <usize>minutiae * CYLINDER_BYTES);
  for (let i = 0; i < minutiae; i++) {
    let near = 0;
    for (let k = 0; k < minutiae; k++) near += i32(isNear(i, k, square));
    if (near < least) continue;
    const units = <i32>load<u8>(direction + <usize>i);
    const c = at64(COSINES_AT, units);
    const s = at64(SINES_AT, units);
    placeCells(i, c, s, cells);
    for (let k = 0; k < minutiae; k++) if (isNear(i, k, square)) addNeighbour(i, k, c, s);
    const target = out + <usize>i * CYLINDER_BYTES;
    if (<f64>writeBits(target, cells) < setting(SET_VALID_LEAST)) memory.fill(target, 0, CYLINDER_BYTES);
  }
}
