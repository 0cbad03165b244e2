// AssemblyScript: both steps of the 1:N search with 128-bit SIMD. `plain.ts` is the twin that gives the same
// integers. All addresses are byte offsets into memory; the layout of an entry is that of `entry.ts`.

const LANES: usize = 16;
const CODE_VECTORS: usize = 6;
const HEADER: usize = 16;
const GROUP: usize = 144;
const DIRECTIONS: usize = 96;
const XS: usize = 112;
const YS: usize = 128;
const ROW: usize = 192;
const MINUTIAE: i32 = 48;
const GRID_SIDE: i32 = 32;
const GRID_SHIFT: i32 = 3;
const GRID_LIST: usize = 8;
const GRID_END: u8 = 255;

/** Grows the memory to hold at least `bytes`. */
export function reserve(bytes: usize): void {
  const pages = <i32>((bytes + 0xffff) >>> 16) - memory.size();
  if (pages > 0) memory.grow(pages);
}

// @ts-ignore: decorator
@inline
function add(sum: v128, rows: usize, offset: usize, codes: v128): v128 {
  return i8x16.add_sat_s(sum, i8x16.relaxed_swizzle(v128.load(rows + offset), codes));
}

// @ts-ignore: decorator
@inline
function sixteen(
  rows: usize,
  c0: v128, c1: v128, c2: v128, c3: v128, c4: v128, c5: v128,
  c6: v128, c7: v128, c8: v128, c9: v128, c10: v128, c11: v128,
): v128 {
  // In the order of the twin: book v, then book v + 6, because saturation depends on it.
  let sum = i8x16.relaxed_swizzle(v128.load(rows), c0);
  sum = add(sum, rows, 96, c6);
  sum = add(sum, rows, 16, c1);
  sum = add(sum, rows, 112, c7);
  sum = add(sum, rows, 32, c2);
  sum = add(sum, rows, 128, c8);
  sum = add(sum, rows, 48, c3);
  sum = add(sum, rows, 144, c9);
  sum = add(sum, rows, 64, c4);
  sum = add(sum, rows, 160, c10);
  sum = add(sum, rows, 80, c5);
  sum = add(sum, rows, 176, c11);
  return sum;
}

/** The probe: where its parts lie, and how many of its minutiae the first step looks for. */
let evidenceAt: usize = 0;
let directionsAt: usize = 0;
let xAt: usize = 0;
let yAt: usize = 0;
/** By place: minutiae near (u8), their places (i16 pairs) and directions (u8), all in the same order. */
let gridAt: usize = 0;
let gridPlacesAt: usize = 0;
let gridDirectionsAt: usize = 0;
let probeCount: i32 = 0;
let scanCount: i32 = 0;
/** For each part of the probe (those of the first step, and the others), u8: how many are of a lower direction. */
let startsAt: usize = 0;
let othersAt: usize = 0;
let left: i32 = 0;
let right: i32 = 0;
let top: i32 = 0;
let bottom: i32 = 0;
let cosines: usize = 0;
let sines: usize = 0;
let sharesAt: usize = 0;
let turnLimit: i32 = 0;
let seeds: i32 = 0;
let reachLeast: i32 = 0;
let reachGrowth: i32 = 0;
let reachMost: i32 = 0;
let turnTolerance: i32 = 0;
let bonus: i32 = 0;
let floor: i32 = 0;

export function setProbe(
  evidence: usize, directions: usize, x: usize, y: usize,
  grid: usize, gridPlaces: usize, gridDirections: usize, starts: usize, others: usize,
  count: i32, scanned: i32, boxLeft: i32, boxRight: i32, boxTop: i32, boxBottom: i32,
): void {
  evidenceAt = evidence;
  directionsAt = directions;
  xAt = x;
  yAt = y;
  gridAt = grid;
  gridPlacesAt = gridPlaces;
  gridDirectionsAt = gridDirections;
  startsAt = starts;
  othersAt = others;
  probeCount = count;
  scanCount = scanned;
  left = boxLeft;
  right = boxRight;
  top = boxTop;
  bottom = boxBottom;
}

export function setVerify(
  cosineTable: usize, sineTable: usize, shares: usize, limit: i32, seedCount: i32,
  least: i32, growth: i32, most: i32, turn: i32, pairBonus: i32, pairFloor: i32,
): void {
  cosines = cosineTable;
  sines = sineTable;
  sharesAt = shares;
  turnLimit = limit;
  seeds = seedCount;
  reachLeast = least;
  reachGrowth = growth;
  reachMost = most;
  turnTolerance = turn;
  bonus = pairBonus;
  floor = pairFloor;
}

/** Probe minutiae from and to (exclusive) that a group must be held against: four ranges at most. */
const rangeFrom = memory.data(16, 4);
const rangeTo = memory.data(16, 4);
let ranges: i32 = 0;

// @ts-ignore: decorator
@inline
function addRange(from: i32, to: i32): void {
  if (from >= to) return;
  store<i32>(rangeFrom + (<usize>ranges << 2), from);
  store<i32>(rangeTo + (<usize>ranges << 2), to);
  ranges++;
}

/** Adds the minutiae of one part of the probe, sorted by direction, that a group can be turned to. */
function addRanges(group: usize, starts: usize, offset: i32, count: i32): void {
  const low = <i32>load<u8>(group, DIRECTIONS) - turnLimit;
  const high = <i32>load<u8>(group, DIRECTIONS + 15) + turnLimit;
  if (high - low >= 255) {
    addRange(offset, offset + count);
    return;
  }
  const from = offset + <i32>load<u8>(starts + <usize>(low & 255));
  const to = offset + <i32>load<u8>(starts + <usize>(high & 255), 1);
  if ((low & 255) <= (high & 255)) {
    addRange(from, to);
    return;
  }
  addRange(offset, to);
  addRange(from, offset + count);
}

/**
 * Evidence of 16 minutiae of one group for each probe minutia in the ranges: signed bytes, -128 where the turn is over
 * the limit. Written to `out`, `pitch` bytes from probe minutia to probe minutia.
 */
function groupEvidence(group: usize, out: usize, pitch: usize, keepMost: bool): void {
  const low = i8x16.splat(15);
  const v0 = v128.load(group), v1 = v128.load(group, 16), v2 = v128.load(group, 32);
  const v3 = v128.load(group, 48), v4 = v128.load(group, 64), v5 = v128.load(group, 80);
  const c0 = v128.and(v0, low), c1 = v128.and(v1, low), c2 = v128.and(v2, low);
  const c3 = v128.and(v3, low), c4 = v128.and(v4, low), c5 = v128.and(v5, low);
  const c6 = i8x16.shr_u(v0, 4), c7 = i8x16.shr_u(v1, 4), c8 = i8x16.shr_u(v2, 4);
  const c9 = i8x16.shr_u(v3, 4), c10 = i8x16.shr_u(v4, 4), c11 = i8x16.shr_u(v5, 4);
  const turned = v128.load(group, DIRECTIONS);
  const shift = i8x16.splat(<i8>turnLimit);
  const range = i8x16.splat(<i8>(2 * turnLimit));
  const none = i8x16.splat(-128);
  for (let r = 0; r < ranges; r++) {
    const to = load<i32>(rangeTo + (<usize>r << 2));
    for (let p = load<i32>(rangeFrom + (<usize>r << 2)); p < to; p++) {
      const sum = sixteen(evidenceAt + <usize>p * ROW, c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11);
      const turn = i8x16.add(i8x16.sub(turned, v128.load8_splat(directionsAt + p)), shift);
      const near = i8x16.le_u(turn, range);
      const kept = v128.bitselect(sum, none, near);
      const at = out + <usize>p * pitch;
      v128.store(at, keepMost ? i8x16.max_s(v128.load(at), kept) : kept);
    }
  }
}

// @ts-ignore: decorator
@inline
function largest(v: v128): i32 {
  let m = i8x16.max_s(v, v128.shuffle<i8>(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  m = i8x16.max_s(m, v128.shuffle<i8>(m, m, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3));
  m = i8x16.max_s(m, v128.shuffle<i8>(m, m, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1));
  m = i8x16.max_s(m, v128.shuffle<i8>(m, m, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0));
  return i8x16.extract_lane_s(m, 0);
}

/** Lane by lane the higher of the two halves of a and of b, interleaved: half the lanes of each are left. */
// @ts-ignore: decorator
@inline
function fold8(a: v128, b: v128): v128 {
  return i8x16.max_s(
    v128.shuffle<i8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23),
    v128.shuffle<i8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31),
  );
}

// @ts-ignore: decorator
@inline
function fold16(a: v128, b: v128): v128 {
  return i8x16.max_s(
    v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11),
    v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15),
  );
}

// @ts-ignore: decorator
@inline
function fold32(a: v128, b: v128): v128 {
  return i8x16.max_s(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7));
}

// @ts-ignore: decorator
@inline
function fold64(a: v128, b: v128): v128 {
  return i8x16.max_s(v128.shuffle<i64>(a, b, 0, 2), v128.shuffle<i64>(a, b, 1, 3));
}

// @ts-ignore: decorator
@inline
function foldFour(a: v128, b: v128, c: v128, d: v128): v128 {
  return fold16(fold8(a, b), fold8(c, d));
}

// @ts-ignore: decorator
@inline
function fourVectors(at: usize): v128 {
  return foldFour(v128.load(at), v128.load(at, 16), v128.load(at, 32), v128.load(at, 48));
}

/** The highest lane of each of sixteen vectors, in their order. */
function largestOfEach(at: usize): v128 {
  return fold64(
    fold32(fourVectors(at), fourVectors(at + 64)),
    fold32(fourVectors(at + 128), fourVectors(at + 192)),
  );
}

// @ts-ignore: decorator
@inline
function rowTop(row: usize): v128 {
  return i8x16.max_s(i8x16.max_s(v128.load(row), v128.load(row, 16)), v128.load(row, 32));
}

// @ts-ignore: decorator
@inline
function fourRows(at: usize): v128 {
  return foldFour(rowTop(at), rowTop(at + 48), rowTop(at + 96), rowTop(at + 144));
}

/** The highest of each of sixteen rows of the matrix, in their order. */
function largestOfRows(at: usize): v128 {
  return fold64(
    fold32(fourRows(at), fourRows(at + 192)),
    fold32(fourRows(at + 384), fourRows(at + 576)),
  );
}

// @ts-ignore: decorator
@inline
function laneSum(v: v128): i32 {
  const pairs = i16x8.extadd_pairwise_i8x16_u(v);
  const fours = i32x4.extadd_pairwise_i16x8_u(pairs);
  return (
    i32x4.extract_lane(fours, 0) +
    i32x4.extract_lane(fours, 1) +
    i32x4.extract_lane(fours, 2) +
    i32x4.extract_lane(fours, 3)
  );
}

/** First step: u16 scores of `count` entries to `out`. `scratch` holds 16 bytes a probe minutia, 16 of them at a time. */
export function scan(entries: usize, stride: usize, count: i32, shares: usize, scratch: usize, out: usize): void {
  const zero = i8x16.splat(0);
  const end = scratch + <usize>((scanCount + 15) & ~15) * LANES;
  for (let e = 0; e < count; e++) {
    const entry = entries + <usize>e * stride;
    const kept = <i32>load<u8>(entry);
    const groups = (kept + 15) >> 4;
    for (let at = scratch; at < end; at += LANES) v128.store(at, zero);
    for (let g = 0; g < groups; g++) {
      const group = entry + HEADER + <usize>g * GROUP;
      ranges = 0;
      addRanges(group, startsAt, 0, scanCount);
      groupEvidence(group, scratch, LANES, true);
    }
    let sum = 0;
    for (let at = scratch; at < end; at += 256) sum += laneSum(largestOfEach(at));
    const score = <u32>(sum * <i32>load<u16>(shares + (<usize>kept << 1))) >> 4;
    store<u16>(out + (<usize>e << 1), <u16>min<u32>(score, 0xffff));
  }
}

// @ts-ignore: decorator
@inline
function lane(entry: usize, i: i32): usize {
  return entry + HEADER + <usize>(i >> 4) * GROUP + <usize>(i & 15);
}

/**
 * Scratch of the second step: the 48 x 48 matrix, the highest of each of its rows (48 bytes), then for 48 minutiae of
 * the entry where an anchor lays them: i16 pairs of places, then i16 squared tolerance and list of probe minutiae near.
 */
const TOPS: usize = 48 * 48;
const LAID_PLACE: usize = TOPS + 48;
const LAID_REACH: usize = LAID_PLACE + 192;
const LAID_LIST: usize = LAID_REACH + 96;

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

/** Evidence of the best probe minutia near a laid one; `column` is that of the laid one in the matrix. */
// @ts-ignore: decorator
@inline
function bestNear(column: usize, direction: i32, place: v128, list: usize, reach2: i32): i32 {
  const within = i32x4.splat(reach2);
  const turned = i32x4.splat(direction << 24);
  const tolerance = i32x4.splat(turnTolerance);
  let best = 0;
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
      best = max(best, max(floor, <i32>load<i8>(column + p * MINUTIAE) + bonus));
    }
    isMore = (at & 4) == 0 && load<u8>(gridAt + at, 4) != GRID_END;
    at += 4;
  }
  return best;
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
  let sum = 0;
  for (; inside != 0; inside &= inside - 1) {
    const i = <i32>ctz<u64>(inside);
    sum += bestNear(
      scratch + <usize>i, <i32>load<u8>(lane(entry, i), DIRECTIONS) + turn,
      v128.load32_splat(scratch + (<usize>i << 2), LAID_PLACE),
      load<u16>(scratch + (<usize>i << 1), LAID_LIST), load<u16>(scratch + (<usize>i << 1), LAID_REACH),
    );
  }
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
    ranges = 0;
    addRanges(group, startsAt, 0, scanCount);
    addRanges(group, othersAt, scanCount, probeCount - scanCount);
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
export function verify(entries: usize, stride: usize, count: i32, scratch: usize, out: usize): void {
  for (let e = 0; e < count; e++) {
    store<i32>(out + (<usize>e << 2), verifyOne(entries + <usize>e * stride, scratch));
  }
}
