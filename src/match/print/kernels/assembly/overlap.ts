import {
  CARRY_OUT_AT,
  COSINES_AT,
  COVERED_AT,
  EV_CELLS,
  EV_DISAGREE,
  EV_ORIENTATION,
  EV_OVERLAP_A,
  EV_OVERLAP_B,
  EV_PERIOD,
  RECIPROCAL_AT,
  SET_DISAGREE,
  SET_OVERLAP_REACH,
  SINES_AT,
  T_BLOCK_START,
  T_BLOCK_X,
  T_BLOCK_Y,
  T_BLOCKS,
  T_CELL,
  T_CELLS,
  T_COLUMNS,
  T_COUNT,
  T_MAP,
  T_ROWS,
  T_STEP,
  T_TRUST,
  T_X,
  T_Y,
} from '../layout';
import { carriedOriginX, carriedOriginY, carryPlaces, loadPairs, turnUnits } from './placement';
import { rounded, section, setting } from './settings';

/** Places are counted in 65536ths of a cell. */
const FRACTION: i32 = 16;
const ONE: f64 = 65536;
/** Orientation differences are counted in 128ths of a ridge map's unit; half a turn is 255 units. */
const FINE: i32 = 128;
const HALF_TURN: i32 = 255 * FINE;
const BACKGROUND: i32 = 255;

let cells: i32 = 0;
let disagree: i32 = 0;
let orientation: i64 = 0;
let period: f64 = 0;

/** Compares one block of b's map, carried as a whole to (x, y) in cells of a, with what lies under it in a. */
function addBlock(
  map: usize,
  columns: i32,
  rows: i32,
  from: usize,
  end: usize,
  x: f64,
  y: f64,
  half: f64,
  turn: i32,
  limit: i32,
): void {
  const c = <i32>rounded(load<f64>(<usize>COSINES_AT + (<usize>turn << 3)) * half);
  const s = <i32>rounded(load<f64>(<usize>SINES_AT + (<usize>turn << 3)) * half);
  const x0 = <i32>rounded(x * ONE);
  const y0 = <i32>rounded(y * ONE);
  const halfTurns = (turn * 255) % HALF_TURN;
  let bends = 0;
  let apart: f64 = 0;
  let seen = 0;
  let differing = 0;
  for (let at = from; at < end; at += 4) {
    const u = <i32>load<i8>(at);
    const v = <i32>load<i8>(at, 1);
    const column = (x0 + c * u - s * v) >> FRACTION;
    const row = (y0 + s * u + c * v) >> FRACTION;
    if (<u32>column >= <u32>columns || <u32>row >= <u32>rows) continue;
    const cell = <usize>(row * columns + column);
    const under = <i32>load<u16>(map + (cell << 1));
    const angle = under & 255;
    if (angle == BACKGROUND) continue;
    store<u8>(<usize>COVERED_AT + cell, 1);
    const off = (angle - <i32>load<u8>(at, 2)) * FINE + halfTurns;
    const turned = off < 0 ? off + HALF_TURN : off >= HALF_TURN ? off - HALF_TURN : off;
    const bent = min(turned, HALF_TURN - turned);
    const pa = under >> 8;
    const pb = <i32>load<u8>(at, 3);
    seen++;
    bends += bent;
    differing += i32(bent > limit);
    apart += <f64>abs<i32>(pa - pb) * load<f64>(<usize>RECIPROCAL_AT + (<usize>(pa + pb) << 3));
  }
  cells += seen;
  orientation += <i64>bends;
  disagree += differing;
  period += apart;
}

/** Compares the maps block by block. */
function addBlocks(a: usize, b: usize): void {
  const count = load<i32>(b, T_BLOCKS);
  const columns = load<i32>(a, T_COLUMNS);
  const rows = load<i32>(a, T_ROWS);
  const step = <f64>load<i32>(a, T_STEP);
  const half = (<f64>load<i32>(b, T_STEP) / step) * (ONE / 2);
  const map = section(a, T_MAP);
  const starts = section(b, T_BLOCK_START);
  const list = section(b, T_CELLS);
  const reach = setting(SET_OVERLAP_REACH);
  const limit = <i32>setting(SET_DISAGREE) * FINE;
  const block = <usize>carryPlaces(section(b, T_BLOCK_X), section(b, T_BLOCK_Y), count, false) << 2;
  const originX = carriedOriginX();
  const originY = carriedOriginY();
  for (let k: usize = 0; k < <usize>count; k++) {
    const out = <usize>CARRY_OUT_AT + (k << 2);
    if (<f64>load<f32>(out + 4 * block) > reach) continue;
    const turn = turnUnits(<f64>load<f32>(out + 2 * block), <f64>load<f32>(out + 3 * block));
    const x = (<f64>load<f32>(out) + originX) / step;
    const y = (<f64>load<f32>(out + block) + originY) / step;
    const from = list + (<usize>load<u16>(starts + (k << 1)) << 2);
    const end = list + (<usize>load<u16>(starts + (k << 1), 2) << 2);
    addBlock(map, columns, rows, from, end, x, y, half, turn, limit);
  }
}

/** Trust in a's minutiae whose cell, or one beside it, is covered: a turn leaves single cells uncovered. */
function countCovered(a: usize): f64 {
  const count = <usize>load<i32>(a, T_COUNT);
  const columns = <usize>load<i32>(a, T_COLUMNS);
  const list = section(a, T_CELL);
  const trust = section(a, T_TRUST);
  let sum: f64 = 0;
  for (let i: usize = 0; i < count; i++) {
    const cell = load<i32>(list + (i << 2));
    if (cell < 0) continue;
    const at = <usize>COVERED_AT + <usize>cell;
    const seen = load<u8>(at) | load<u8>(at - 1) | load<u8>(at + 1) | load<u8>(at - columns) | load<u8>(at + columns);
    if (seen != 0) sum += load<f64>(trust + (i << 3));
  }
  return sum;
}

/** Trust in b's minutiae that land on a's foreground. */
function countLanded(a: usize, b: usize): f64 {
  const count = <usize>load<i32>(b, T_COUNT);
  const trust = section(b, T_TRUST);
  const block = <usize>carryPlaces(section(b, T_X), section(b, T_Y), <i32>count, false) << 2;
  const originX = carriedOriginX();
  const originY = carriedOriginY();
  const step = <f64>load<i32>(a, T_STEP);
  const columns = load<i32>(a, T_COLUMNS);
  const rows = load<i32>(a, T_ROWS);
  const map = section(a, T_MAP);
  let sum: f64 = 0;
  for (let j: usize = 0; j < count; j++) {
    const out = <usize>CARRY_OUT_AT + (j << 2);
    const column = <i32>floor<f64>((<f64>load<f32>(out) + originX) / step);
    const row = <i32>floor<f64>((<f64>load<f32>(out + block) + originY) / step);
    if (<u32>column >= <u32>columns || <u32>row >= <u32>rows) continue;
    if (<i32>load<u8>(map + (<usize>(row * columns + column) << 1)) == BACKGROUND) continue;
    sum += load<f64>(trust + (j << 3));
  }
  return sum;
}

function trustOf(template: usize): f64 {
  const count = <usize>load<i32>(template, T_COUNT);
  const trust = section(template, T_TRUST);
  let sum: f64 = 0;
  for (let i: usize = 0; i < count; i++) sum += load<f64>(trust + (i << 3));
  return sum;
}

/** Writes what the ridges of two prints say where an alignment lays them on one another, as part of its evidence. */
export function overlap(a: usize, b: usize, partner: usize, evidence: usize): void {
  cells = 0;
  disagree = 0;
  orientation = 0;
  period = 0;
  let trustA: f64;
  let trustB: f64;
  if (load<i32>(a, T_STEP) == 0 || load<i32>(b, T_STEP) == 0) {
    trustA = trustOf(a);
    trustB = trustOf(b);
  } else {
    loadPairs(a, b, partner);
    const columns = <usize>load<i32>(a, T_COLUMNS);
    memory.fill(<usize>COVERED_AT - columns, 0, columns * (<usize>load<i32>(a, T_ROWS) + 2));
    addBlocks(a, b);
    trustA = countCovered(a);
    trustB = countLanded(a, b);
  }
  const n = <f64>max(1, cells);
  store<f64>(evidence, <f64>cells, EV_CELLS);
  store<f64>(evidence, <f64>orientation / <f64>FINE / (127.5 * n), EV_ORIENTATION);
  store<f64>(evidence, <f64>disagree / n, EV_DISAGREE);
  store<f64>(evidence, period / n, EV_PERIOD);
  store<f64>(evidence, trustA, EV_OVERLAP_A);
  store<f64>(evidence, trustB, EV_OVERLAP_B);
}
