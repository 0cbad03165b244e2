import {
  COLUMNS_AT,
  CYLINDER_BYTES,
  MATRIX_AT,
  PLANES_BYTES,
  T_COUNT,
  T_DIRECTION,
  T_PLANES,
  T_TOTALS,
  T_WORDS,
  TOPS_AT,
} from '../layout';

/** Added to the number of bits of a cylinder that sees all its cells. */
const FULL: i32 = 1 << 16;

// @ts-ignore: decorator
@inline
function bitsOf(v: v128): i32 {
  return <i32>(popcnt<i64>(i64x2.extract_lane(v, 0)) + popcnt<i64>(i64x2.extract_lane(v, 1)));
}

/** Bits that a cylinder has under a mask in all layers, from its planes. */
// @ts-ignore: decorator
@inline
function maskedBits(planes: usize, low: i64, high: i64): i32 {
  return <i32>(
    popcnt<i64>(load<i64>(planes) & low) +
    popcnt<i64>(load<i64>(planes, 8) & high) +
    ((popcnt<i64>(load<i64>(planes, 16) & low) + popcnt<i64>(load<i64>(planes, 24) & high)) << 1) +
    ((popcnt<i64>(load<i64>(planes, 32) & low) + popcnt<i64>(load<i64>(planes, 40) & high)) << 2)
  );
}

/**
 * Similarities of all cylinder pairs of two packed templates, u16 in 16384ths, row by row over a, and the highest of
 * each row with its place (u16, the first of equals; zeros up to a multiple of eight). Bits outside a cylinder's mask
 * are 0, so that one which sees all its cells has all its bits under any other.
 */
export function similarities(a: usize, b: usize, turnLimit: i32, commonLeast: i32): void {
  const countA = load<i32>(a, T_COUNT);
  const countB = load<i32>(b, T_COUNT);
  const directionsA = a + load<u32>(a, T_DIRECTION);
  const directionsB = b + load<u32>(b, T_DIRECTION);
  const totalsA = a + load<u32>(a, T_TOTALS);
  const totalsB = b + load<u32>(b, T_TOTALS);
  const firstB = b + load<u32>(b, T_WORDS);
  const firstPlanesB = b + load<u32>(b, T_PLANES);
  let pa = a + load<u32>(a, T_WORDS);
  let planesA = a + load<u32>(a, T_PLANES);
  let target: usize = MATRIX_AT;
  store<u64>(<usize>TOPS_AT + (<usize>countA << 1), 0);
  store<u64>(<usize>TOPS_AT + (<usize>countA << 1), 0, 8);
  for (let i = 0; i < countA; i++, pa += CYLINDER_BYTES, planesA += PLANES_BYTES) {
    const maskA0 = load<i64>(pa);
    const maskA1 = load<i64>(pa, 8);
    const a0 = v128.load(pa, 16);
    const a1 = v128.load(pa, 32);
    const a2 = v128.load(pa, 48);
    const a3 = v128.load(pa, 64);
    const a4 = v128.load(pa, 80);
    const seesAll = load<i32>(totalsA + (<usize>i << 2)) >= FULL;
    const direction = <i32>load<u8>(directionsA + <usize>i) + 128;
    let most = 0;
    let place = 0;
    let pb = firstB;
    let planesB = firstPlanesB;
    for (let j = 0; j < countB; j++, pb += CYLINDER_BYTES, planesB += PLANES_BYTES, target += 2) {
      store<u16>(target, 0);
      const turn = ((direction - <i32>load<u8>(directionsB + <usize>j)) & 255) - 128;
      if (turn > turnLimit || turn < -turnLimit) continue;
      const maskB0 = load<i64>(pb);
      const maskB1 = load<i64>(pb, 8);
      if (<i32>(popcnt<i64>(maskA0 & maskB0) + popcnt<i64>(maskA1 & maskB1)) < commonLeast) continue;
      // How many layers share each cell, as bit planes: ones, and twice two more.
      const s0 = v128.and(a0, v128.load(pb, 16));
      const s1 = v128.and(a1, v128.load(pb, 32));
      const s2 = v128.and(a2, v128.load(pb, 48));
      const s3 = v128.and(a3, v128.load(pb, 64));
      const s4 = v128.and(a4, v128.load(pb, 80));
      const half = v128.xor(s0, s1);
      const first = v128.xor(half, s2);
      const rest = v128.xor(first, s3);
      const twos = v128.or(v128.and(s0, s1), v128.and(half, s2));
      const others = v128.or(v128.and(first, s3), v128.and(rest, s4));
      const both = bitsOf(v128.xor(rest, s4)) + ((bitsOf(twos) + bitsOf(others)) << 1);
      if (both == 0) continue;
      const bitsA = maskedBits(planesA, maskB0, maskB1);
      const bitsB = seesAll
        ? load<i32>(totalsB + (<usize>j << 2)) & (FULL - 1)
        : maskedBits(planesB, maskA0, maskA1);
      const value = <i32>(<u32>(both << 15) / <u32>(bitsA + bitsB));
      store<u16>(target, <u16>value);
      if (value > most) {
        most = value;
        place = j;
      }
    }
    store<u16>(<usize>TOPS_AT + (<usize>i << 1), <u16>most);
    store<u16>(<usize>COLUMNS_AT + (<usize>i << 1), <u16>place);
  }
}
