// AssemblyScript: the second step of the search, whether minutiae are found in one consistent place. `plain.ts` is the twin.
import { groupEvidence, lookForAll } from './evidence';
import { laneSum, largest, largestOfRows, rowTop } from './fold';
import { DIRECTIONS, GRID_END, GRID_LIST, GRID_SHIFT, GRID_SIDE, GROUP, HEADER, LANES, MINUTIAE, XS, YS } from './layout';
import {
  bonus, bottom, cosines, directionsAt, floor, gridAt, gridDirectionsAt, gridPlacesAt, left, right, sharesAt, sines, top,
  turnTolerance, xAt, yAt,
} from './probe';

/** How closely to look: anchors that are tried, and how far from its place a minutia may lie. */
let seeds: i32 = 0;
let reachLeast: i32 = 0;
let reachGrowth: i32 = 0;
let reachMost: i32 = 0;

// @ts-ignore: decorator
@inline
function lane(entry: usize, i: i32): usize {
  return entry + HEADER + <usize>(i >> 4) * GROUP + <usize>(i & 15);
}

/**
 * Scratch of the second step: the 48 x 48 matrix, the highest of each of its rows (48 bytes), then for 48 minutiae of
 * the entry where an anchor lays them: i16 pairs of places, then i16 squared tolerance and list of probe minutiae near;
 * last, for each of the probe's minutiae, the most that one laid on it counts (u8).
 */
const TOPS: usize = 48 * 48;
const LAID_PLACE: usize = TOPS + 48;
const LAID_REACH: usize = LAID_PLACE + 192;
const LAID_LIST: usize = LAID_REACH + 96;
const COUNTED: usize = LAID_LIST + 96;

/** Place among 48 bytes of the first that equals `value`, which one does. */
function placeOf(at: usize, value: i32): i32 {
  const wanted = i8x16.splat(<i8>value);
  const found =
    <u64>i8x16.bitmask(i8x16.eq(v128.load(at), wanted)) |
    (<u64>i8x16.bitmask(i8x16.eq(v128.load(at, 16), wanted)) << 16) |
    (<u64>i8x16.bitmask(i8x16.eq(v128.load(at, 32), wanted)) << 32);
  return <i32>ctz<u64>(found);
}

/** c * dx + s * dy in whole units, of eight. */
// @ts-ignore: decorator
@inline
function turned(first: v128, second: v128, factors: v128): v128 {
  const half = i32x4.splat(2048);
  return i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(i32x4.dot_i16x8_s(first, factors), half), 12),
    i32x4.shr_s(i32x4.add(i32x4.dot_i16x8_s(second, factors), half), 12),
  );
}

// @ts-ignore: decorator
@inline
function cellOf(place: v128): v128 {
  const cell = i16x8.shr_s(i16x8.add(place, i16x8.splat(128)), GRID_SHIFT);
  return i16x8.max_s(i16x8.splat(0), i16x8.min_s(i16x8.splat(<i16>(GRID_SIDE - 1)), cell));
}

/** Lays eight minutiae from `at` on (i16 offsets from the anchor) on the probe; bits say which fall into its box. */
function layEight(
  dx: v128, dy: v128, along: v128, across: v128, toX: v128, toY: v128, scratch: usize, at: usize,
): i32 {
  const first = v128.shuffle<i16>(dx, dy, 0, 8, 1, 9, 2, 10, 3, 11);
  const second = v128.shuffle<i16>(dx, dy, 4, 12, 5, 13, 6, 14, 7, 15);
  const x = i16x8.add(turned(first, second, along), toX);
  const y = i16x8.add(turned(first, second, across), toY);
  const far = i16x8.add(i16x8.abs(dx), i16x8.abs(dy));
  const growth = i16x8.shr_u(i16x8.mul(far, i16x8.splat(<i16>reachGrowth)), 6);
  const reach = i16x8.min_s(i16x8.splat(<i16>reachMost), i16x8.add(i16x8.splat(<i16>reachLeast), growth));
  const cell = i16x8.add(i16x8.mul(cellOf(y), i16x8.splat(<i16>GRID_SIDE)), cellOf(x));
  const places = scratch + (at << 2);
  v128.store(places, v128.shuffle<i16>(x, y, 0, 8, 1, 9, 2, 10, 3, 11), LAID_PLACE);
  v128.store(places, v128.shuffle<i16>(x, y, 4, 12, 5, 13, 6, 14, 7, 15), LAID_PLACE + 16);
  const values = scratch + (at << 1);
  v128.store(values, i16x8.mul(reach, reach), LAID_REACH);
  v128.store(values, i16x8.mul(cell, i16x8.splat(<i16>GRID_LIST)), LAID_LIST);
  const outside = v128.or(
    v128.or(i16x8.lt_s(x, i16x8.splat(<i16>left)), i16x8.gt_s(x, i16x8.splat(<i16>right))),
    v128.or(i16x8.lt_s(y, i16x8.splat(<i16>top)), i16x8.gt_s(y, i16x8.splat(<i16>bottom))),
  );
  return i16x8.bitmask(v128.not(outside));
}

/**
 * Counts the best probe minutia near a laid one, unless one that counts more was laid on it. `column` is that of the
 * laid one in the matrix.
 */
// @ts-ignore: decorator
@inline
function countNear(column: usize, direction: i32, place: v128, list: usize, reach2: i32, counted: usize): void {
  const within = i32x4.splat(reach2);
  const turned = i32x4.splat(direction << 24);
  const tolerance = i32x4.splat(turnTolerance);
  let most = 0;
  let nearest: usize = 0;
  let at = list;
  let isMore = true;
  while (isMore) {
    const offset = i16x8.sub(v128.load(gridPlacesAt + (at << 2)), place);
    const near = i32x4.le_s(i32x4.dot_i16x8_s(offset, offset), within);
    const bytes = v128.load32_zero(gridDirectionsAt + at);
    const directions = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes));
    const off = i32x4.abs(i32x4.shr_s(i32x4.sub(i32x4.shl(directions, 24), turned), 24));
    for (let hits = i32x4.bitmask(v128.and(near, i32x4.le_s(off, tolerance))); hits != 0; hits &= hits - 1) {
      const p = <usize>load<u8>(gridAt + at + <usize>ctz<i32>(hits));
      const weight = max(floor, <i32>load<i8>(column + p * MINUTIAE) + bonus);
      if (weight <= most) continue;
      most = weight;
      nearest = p;
    }
    isMore = (at & 4) == 0 && load<u8>(gridAt + at, 4) != GRID_END;
    at += 4;
  }
  if (most > <i32>load<u8>(counted + nearest)) store<u8>(counted + nearest, most);
}

function alignedScore(entry: usize, kept: i32, scratch: usize, anchorP: i32, anchorI: i32): i32 {
  const from = lane(entry, anchorI);
  const turn = (<i32>load<u8>(directionsAt + anchorP) - <i32>load<u8>(from, DIRECTIONS)) & 255;
  const c = <i32>load<i16>(cosines + (<usize>turn << 1));
  const s = <i32>load<i16>(sines + (<usize>turn << 1));
  const along = i32x4.splat((c & 0xffff) | (s << 16));
  const across = i32x4.splat((-s & 0xffff) | (c << 16));
  const fromX = i16x8.splat(<i16>load<i8>(from, XS));
  const fromY = i16x8.splat(<i16>load<i8>(from, YS));
  const toX = i16x8.splat(<i16>load<i8>(xAt + anchorP));
  const toY = i16x8.splat(<i16>load<i8>(yAt + anchorP));
  let inside: u64 = 0;
  for (let i = 0; i < kept; i += 16) {
    const group = lane(entry, i);
    const xs = v128.load(group, XS);
    const ys = v128.load(group, YS);
    const low = layEight(
      i16x8.sub(i16x8.extend_low_i8x16_s(xs), fromX), i16x8.sub(i16x8.extend_low_i8x16_s(ys), fromY),
      along, across, toX, toY, scratch, <usize>i,
    );
    const high = layEight(
      i16x8.sub(i16x8.extend_high_i8x16_s(xs), fromX), i16x8.sub(i16x8.extend_high_i8x16_s(ys), fromY),
      along, across, toX, toY, scratch, <usize>i + 8,
    );
    inside |= <u64>(low | (high << 8)) << <u64>i;
  }
  inside &= (<u64>1 << <u64>kept) - 1;
  const overlap = <usize>popcnt<u64>(inside);
  const counted = scratch + COUNTED;
  const nothing = i8x16.splat(0);
  v128.store(counted, nothing);
  v128.store(counted, nothing, 16);
  v128.store(counted, nothing, 32);
  for (; inside != 0; inside &= inside - 1) {
    const i = <i32>ctz<u64>(inside);
    countNear(
      scratch + <usize>i, <i32>load<u8>(lane(entry, i), DIRECTIONS) + turn,
      v128.load32_splat(scratch + (<usize>i << 2), LAID_PLACE),
      load<u16>(scratch + (<usize>i << 1), LAID_LIST), load<u16>(scratch + (<usize>i << 1), LAID_REACH), counted,
    );
  }
  const sum = laneSum(v128.load(counted)) + laneSum(v128.load(counted, 16)) + laneSum(v128.load(counted, 32));
  return (sum * <i32>load<u16>(sharesAt + (overlap << 1))) >> 4;
}

/** Second step: score of one entry. */
function verifyOne(entry: usize, scratch: usize): i32 {
  const kept = <i32>load<u8>(entry);
  const groups = (kept + 15) >> 4;
  const none = i8x16.splat(-128);
  const tops = scratch + TOPS;
  for (let at = scratch; at < tops; at += LANES) v128.store(at, none);
  for (let g = 0; g < groups; g++) {
    const group = entry + HEADER + <usize>g * GROUP;
    lookForAll(group);
    groupEvidence(group, scratch + (<usize>g << 4), MINUTIAE, false);
  }
  for (let rows: usize = 0; rows < 48; rows += 16) {
    v128.store(tops + rows, largestOfRows(scratch + rows * MINUTIAE));
  }
  let best = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const most = largest(rowTop(tops));
    if (most <= 0) break;
    const p = placeOf(tops, most);
    store<i8>(tops + <usize>p, 0);
    const i = placeOf(scratch + <usize>(p * MINUTIAE), most);
    best = max(best, alignedScore(entry, kept, scratch, p, i));
  }
  return best;
}

/** Second step: i32 scores of `count` entries to `out`. */
export function verify(
  entries: usize, stride: usize, count: i32, scratch: usize, out: usize,
  seedCount: i32, least: i32, growth: i32, most: i32,
): void {
  seeds = seedCount;
  reachLeast = least;
  reachGrowth = growth;
  reachMost = most;
  for (let e = 0; e < count; e++) {
    store<i32>(out + (<usize>e << 2), verifyOne(entries + <usize>e * stride, scratch));
  }
}
