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

/**
 * Evidence of 16 minutiae of one group for each of `count` probe minutiae: signed bytes, -128 where the turn is over
 * the limit. Written to `out`, `pitch` bytes from probe minutia to probe minutia.
 */
function groupEvidence(
  group: usize, evidence: usize, directions: usize, count: i32, limit: i32, out: usize, pitch: usize, keepMost: bool,
): void {
  const low = i8x16.splat(15);
  const v0 = v128.load(group), v1 = v128.load(group, 16), v2 = v128.load(group, 32);
  const v3 = v128.load(group, 48), v4 = v128.load(group, 64), v5 = v128.load(group, 80);
  const c0 = v128.and(v0, low), c1 = v128.and(v1, low), c2 = v128.and(v2, low);
  const c3 = v128.and(v3, low), c4 = v128.and(v4, low), c5 = v128.and(v5, low);
  const c6 = i8x16.shr_u(v0, 4), c7 = i8x16.shr_u(v1, 4), c8 = i8x16.shr_u(v2, 4);
  const c9 = i8x16.shr_u(v3, 4), c10 = i8x16.shr_u(v4, 4), c11 = i8x16.shr_u(v5, 4);
  const turned = v128.load(group, DIRECTIONS);
  const shift = i8x16.splat(<i8>limit);
  const range = i8x16.splat(<i8>(2 * limit));
  const none = i8x16.splat(-128);
  for (let p = 0; p < count; p++) {
    const sum = sixteen(evidence + <usize>p * ROW, c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11);
    const turn = i8x16.add(i8x16.sub(turned, i8x16.splat(load<i8>(directions + p))), shift);
    const near = i8x16.le_u(turn, range);
    const kept = v128.bitselect(sum, none, near);
    const at = out + <usize>p * pitch;
    v128.store(at, keepMost ? i8x16.max_s(v128.load(at), kept) : kept);
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

/** First step: u16 scores of `count` entries to `out`. `scratch` holds 16 bytes a probe minutia. */
export function scan(
  entries: usize, stride: usize, count: i32, evidence: usize, directions: usize, minutiae: i32, limit: i32,
  shares: usize, scratch: usize, out: usize,
): void {
  const zero = i8x16.splat(0);
  for (let e = 0; e < count; e++) {
    const entry = entries + <usize>e * stride;
    const kept = <i32>load<u8>(entry);
    const groups = (kept + 15) >> 4;
    for (let p = 0; p < minutiae; p++) v128.store(scratch + (<usize>p << 4), zero);
    for (let g = 0; g < groups; g++) {
      groupEvidence(entry + HEADER + <usize>g * GROUP, evidence, directions, minutiae, limit, scratch, LANES, true);
    }
    let sum = 0;
    for (let p = 0; p < minutiae; p++) sum += largest(v128.load(scratch + (<usize>p << 4)));
    const score = <u32>(sum * <i32>load<u16>(shares + (<usize>kept << 1))) >> 4;
    store<u16>(out + (<usize>e << 1), <u16>min<u32>(score, 0xffff));
  }
}

/** Probe of the second step: where its parts lie. */
let evidenceAt: usize = 0;
let directionsAt: usize = 0;
let xAt: usize = 0;
let yAt: usize = 0;
let gridAt: usize = 0;
let probeCount: i32 = 0;
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
  evidence: usize, directions: usize, x: usize, y: usize, grid: usize, count: i32,
  boxLeft: i32, boxRight: i32, boxTop: i32, boxBottom: i32,
): void {
  evidenceAt = evidence;
  directionsAt = directions;
  xAt = x;
  yAt = y;
  gridAt = grid;
  probeCount = count;
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

// @ts-ignore: decorator
@inline
function lane(entry: usize, i: i32): usize {
  return entry + HEADER + <usize>(i >> 4) * GROUP + <usize>(i & 15);
}

function alignedScore(entry: usize, kept: i32, matrix: usize, anchorP: i32, anchorI: i32): i32 {
  const from = lane(entry, anchorI);
  const turn = (<i32>load<u8>(directionsAt + anchorP) - <i32>load<u8>(from, DIRECTIONS)) & 255;
  const c = <i32>load<i16>(cosines + (<usize>turn << 1));
  const s = <i32>load<i16>(sines + (<usize>turn << 1));
  const fromX = <i32>load<i8>(from, XS);
  const fromY = <i32>load<i8>(from, YS);
  const toX = <i32>load<i8>(xAt + anchorP);
  const toY = <i32>load<i8>(yAt + anchorP);
  let sum = 0;
  let overlap = 0;
  for (let i = 0; i < kept; i++) {
    const at = lane(entry, i);
    const dx = <i32>load<i8>(at, XS) - fromX;
    const dy = <i32>load<i8>(at, YS) - fromY;
    const x = ((c * dx + s * dy + 2048) >> 12) + toX;
    const y = ((c * dy - s * dx + 2048) >> 12) + toY;
    if (x < left || x > right || y < top || y > bottom) continue;
    overlap++;
    const far = abs<i32>(dx) + abs<i32>(dy);
    const reach = min(reachMost, reachLeast + ((far * reachGrowth) >> 6));
    const reach2 = reach * reach;
    const column = max(0, min(GRID_SIDE - 1, (x + 128) >> GRID_SHIFT));
    const row = max(0, min(GRID_SIDE - 1, (y + 128) >> GRID_SHIFT));
    const list = gridAt + <usize>(row * GRID_SIDE + column) * GRID_LIST;
    const direction = <i32>load<u8>(at, DIRECTIONS) + turn;
    let best = 0;
    for (let k: usize = 0; k < GRID_LIST; k++) {
      const p = load<u8>(list + k);
      if (p == GRID_END) break;
      const ex = <i32>load<i8>(xAt + p) - x;
      const ey = <i32>load<i8>(yAt + p) - y;
      if (ex * ex + ey * ey > reach2) continue;
      const off = <i32>(<i8>(<i32>load<u8>(directionsAt + p) - direction));
      if (abs<i32>(off) > turnTolerance) continue;
      best = max(best, max(floor, <i32>load<i8>(matrix + <usize>(<i32>p * MINUTIAE + i)) + bonus));
    }
    sum += best;
  }
  return (sum * <i32>load<u16>(sharesAt + (<usize>overlap << 1))) >> 4;
}

/**
 * Second step: score of one entry. `scratch` holds the 48 x 48 matrix and 4 bytes a probe minutia behind it.
 */
function verifyOne(entry: usize, scratch: usize): i32 {
  const kept = <i32>load<u8>(entry);
  const groups = (kept + 15) >> 4;
  for (let g = 0; g < groups; g++) {
    const group = entry + HEADER + <usize>g * GROUP;
    groupEvidence(
      group, evidenceAt, directionsAt, probeCount, turnLimit, scratch + (<usize>g << 4), MINUTIAE, false,
    );
  }
  const tops = scratch + MINUTIAE * MINUTIAE;
  for (let p = 0; p < probeCount; p++) {
    const row = scratch + <usize>(p * MINUTIAE);
    let most = 0;
    for (let g = 0; g < groups; g++) most = max(most, largest(v128.load(row + (<usize>g << 4))));
    store<i32>(tops + (<usize>p << 2), most);
  }
  let best = 0;
  for (let seed = 0; seed < seeds; seed++) {
    let p = -1;
    let most = 0;
    for (let k = 0; k < probeCount; k++) {
      const value = load<i32>(tops + (<usize>k << 2));
      if (value > most) {
        most = value;
        p = k;
      }
    }
    if (p < 0) break;
    store<i32>(tops + (<usize>p << 2), 0);
    let i = 0;
    while (<i32>load<i8>(scratch + <usize>(p * MINUTIAE + i)) != most) i++;
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
