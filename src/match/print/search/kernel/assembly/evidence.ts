// AssemblyScript: evidence that minutiae of an entry are minutiae of the probe, sixteen at a time. `plain.ts` is the twin.
import { DIRECTIONS, ROW } from './layout';
import { directionsAt, evidenceAt, othersAt, probeCount, scanCount, startsAt, turnLimit } from './probe';

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
function addPart(group: usize, starts: usize, offset: i32, count: i32): void {
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

/** Chooses the minutiae of the first step that a group can be turned to. */
export function lookForScanned(group: usize): void {
  ranges = 0;
  addPart(group, startsAt, 0, scanCount);
}

/** Chooses all minutiae that a group can be turned to. */
export function lookForAll(group: usize): void {
  lookForScanned(group);
  addPart(group, othersAt, scanCount, probeCount - scanCount);
}

/**
 * Evidence of 16 minutiae of one group for each probe minutia that was chosen: signed bytes, -128 where the turn is over
 * the limit. Written to `out`, `pitch` bytes from probe minutia to probe minutia.
 */
export function groupEvidence(group: usize, out: usize, pitch: usize, keepMost: bool): void {
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

