// AssemblyScript: the highest lanes of many vectors at once.

// @ts-ignore: decorator
@inline
export function largest(v: v128): i32 {
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
export function largestOfEach(at: usize): v128 {
  return fold64(
    fold32(fourVectors(at), fourVectors(at + 64)),
    fold32(fourVectors(at + 128), fourVectors(at + 192)),
  );
}

// @ts-ignore: decorator
@inline
export function rowTop(row: usize): v128 {
  return i8x16.max_s(i8x16.max_s(v128.load(row), v128.load(row, 16)), v128.load(row, 32));
}

// @ts-ignore: decorator
@inline
function fourRows(at: usize): v128 {
  return foldFour(rowTop(at), rowTop(at + 48), rowTop(at + 96), rowTop(at + 144));
}

/** The highest of each of sixteen rows of the matrix, in their order. */
export function largestOfRows(at: usize): v128 {
  return fold64(
    fold32(fourRows(at), fourRows(at + 192)),
    fold32(fourRows(at + 384), fourRows(at + 576)),
  );
}

// @ts-ignore: decorator
@inline
export function laneSum(v: v128): i32 {
  const pairs = i16x8.extadd_pairwise_i8x16_u(v);
  const fours = i32x4.extadd_pairwise_i16x8_u(pairs);
  return (
    i32x4.extract_lane(fours, 0) +
    i32x4.extract_lane(fours, 1) +
    i32x4.extract_lane(fours, 2) +
    i32x4.extract_lane(fours, 3)
  );
}

