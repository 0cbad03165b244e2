/** The highest of eight u16. */
// @ts-ignore: decorator
@inline
function highestLane(v: v128): i32 {
  let m = i16x8.max_u(v, v128.shuffle<i8>(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  m = i16x8.max_u(m, v128.shuffle<i8>(m, m, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11));
  m = i16x8.max_u(m, v128.shuffle<i8>(m, m, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13));
  return <i32>i16x8.extract_lane_u(m, 0);
}

/** The highest of `count` u16 under a mask of as many lanes, which is 0 up to the next multiple of eight. */
function highestOf(values: usize, mask: usize, count: i32): i32 {
  let most = i16x8.splat(0);
  for (let k = 0; k < count; k += 8) {
    const at = <usize>k << 1;
    most = i16x8.max_u(most, v128.and(v128.load(values + at), v128.load(mask + at)));
  }
  return highestLane(most);
}

/** Place of the first of the masked values that equals `value`, which one does. */
function placeOf(values: usize, mask: usize, value: i32): i32 {
  const wanted = i16x8.splat(<i16>value);
  let at: usize = 0;
  let found = 0;
  while (found == 0) {
    found = i16x8.bitmask(i16x8.eq(v128.and(v128.load(values + at), v128.load(mask + at)), wanted));
    at += 16;
  }
  return <i32>((at - 16) >> 1) + ctz<i32>(found);
}

/**
 * Pairs by falling similarity, each row and column used once; of equals the lower row, then the lower column.
 * tops: u16, the highest of each row, and zeros up to a multiple of eight, used up; columns: u16, where that is;
 * free: scratch for a u16 a column, all: one of the like for rows, both up to multiples of eight;
 * pairs: u16 row, column and similarity. Returns their number, `most` at most.
 */
export function assign(
  matrix: usize,
  countA: i32,
  countB: i32,
  tops: usize,
  columns: usize,
  free: usize,
  all: usize,
  pairs: usize,
  most: i32,
): i32 {
  for (let i = 0; i < ((countA + 7) >> 3); i++) v128.store(all + (<usize>i << 4), i16x8.splat(-1));
  for (let j = 0; j < ((countB + 7) & ~7); j++) store<u16>(free + (<usize>j << 1), j < countB ? 0xffff : 0);
  let count = 0;
  while (count < most) {
    const top = highestOf(tops, all, countA);
    if (top == 0) break;
    const row = placeOf(tops, all, top);
    const rowTop = tops + (<usize>row << 1);
    const rowColumn = columns + (<usize>row << 1);
    const column = load<u16>(rowColumn);
    if (load<u16>(free + (<usize>column << 1)) == 0) {
      const values = matrix + (<usize>(row * countB) << 1);
      const next = highestOf(values, free, countB);
      store<u16>(rowTop, <u16>next);
      if (next > 0) store<u16>(rowColumn, <u16>placeOf(values, free, next));
      continue;
    }
    store<u16>(pairs, <u16>row);
    store<u16>(pairs, column, 2);
    store<u16>(pairs, <u16>top, 4);
    pairs += 6;
    count++;
    store<u16>(rowTop, 0);
    store<u16>(free + (<usize>column << 1), 0);
  }
  return count;
}
