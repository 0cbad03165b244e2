// AssemblyScript: the hot loops of print matching, 128-bit SIMD. Each has a plain TypeScript twin beside this
// folder that gives the same integers.

/** Grows the memory to hold at least `bytes`. */
export function reserve(bytes: usize): void {
  const pages = <i32>((bytes + 0xffff) >>> 16) - memory.size();
  if (pages > 0) memory.grow(pages);
}

const SIDE: i32 = 21;
const ROW: i32 = 24;
const CELL: i32 = 4;

// @ts-ignore: decorator
@inline
function laneSum(v: v128): i32 {
  return (
    i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1) + i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3)
  );
}

/**
 * Filters every foreground cell of 4 x 4 pixels with the kernel its entry names.
 * image: i16, `stride` wide, with a border of 10 pixels left and above and 16 right and 11 below;
 * choice: i16 a cell, -1 = background; bank: i16 kernels of 21 rows of 24; out: i16, `width` wide.
 */
export function gabor(
  image: usize,
  stride: i32,
  choice: usize,
  columns: i32,
  rows: i32,
  bank: usize,
  out: usize,
  width: i32,
  height: i32,
  shift: i32,
): void {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const entry = <i32>load<i16>(choice + (((r * columns + c) as usize) << 1));
      if (entry < 0) continue;
      const kernel = bank + (<usize>(entry * SIDE * ROW) << 1);
      const yEnd = min(height, (r + 1) * CELL);
      for (let y = r * CELL; y < yEnd; y++) {
        const x = c * CELL;
        let p = image + (<usize>(y * stride + x) << 1);
        let k = kernel;
        let s0 = i32x4.splat(0);
        let s1 = i32x4.splat(0);
        let s2 = i32x4.splat(0);
        let s3 = i32x4.splat(0);
        for (let row = 0; row < SIDE; row++) {
          const k0 = v128.load(k);
          const k1 = v128.load(k, 16);
          const k2 = v128.load(k, 32);
          s0 = i32x4.add(s0, i32x4.dot_i16x8_s(v128.load(p), k0));
          s1 = i32x4.add(s1, i32x4.dot_i16x8_s(v128.load(p, 2), k0));
          s2 = i32x4.add(s2, i32x4.dot_i16x8_s(v128.load(p, 4), k0));
          s3 = i32x4.add(s3, i32x4.dot_i16x8_s(v128.load(p, 6), k0));
          s0 = i32x4.add(s0, i32x4.dot_i16x8_s(v128.load(p, 16), k1));
          s1 = i32x4.add(s1, i32x4.dot_i16x8_s(v128.load(p, 18), k1));
          s2 = i32x4.add(s2, i32x4.dot_i16x8_s(v128.load(p, 20), k1));
          s3 = i32x4.add(s3, i32x4.dot_i16x8_s(v128.load(p, 22), k1));
          s0 = i32x4.add(s0, i32x4.dot_i16x8_s(v128.load(p, 32), k2));
          s1 = i32x4.add(s1, i32x4.dot_i16x8_s(v128.load(p, 34), k2));
          s2 = i32x4.add(s2, i32x4.dot_i16x8_s(v128.load(p, 36), k2));
          s3 = i32x4.add(s3, i32x4.dot_i16x8_s(v128.load(p, 38), k2));
          p += <usize>stride << 1;
          k += ROW << 1;
        }
        const target = out + (<usize>(y * width + x) << 1);
        const count = min(CELL, width - x);
        store<i16>(target, <i16>(laneSum(s0) >> shift));
        if (count > 1) store<i16>(target, <i16>(laneSum(s1) >> shift), 2);
        if (count > 2) store<i16>(target, <i16>(laneSum(s2) >> shift), 4);
        if (count > 3) store<i16>(target, <i16>(laneSum(s3) >> shift), 6);
      }
    }
  }
}

/**
 * Separable convolution of a plane of f32 with replicated borders.
 * source: `width` x `height` values, and 12 readable bytes more; taps: radius + 1 f32 from the centre outwards;
 * line: scratch for width + 2 radius + 8 values; rows: scratch of the shape of `out`;
 * out: rows of `width` up to a multiple of four.
 */
export function blur(
  source: usize,
  width: i32,
  height: i32,
  taps: usize,
  radius: i32,
  line: usize,
  rows: usize,
  out: usize,
): void {
  const stride = <usize>((width + 3) & ~3) << 2;
  const reach = <usize>radius << 2;
  const length = <usize>width << 2;
  for (let y = 0; y < height; y++) {
    const row = source + <usize>y * length;
    const first = v128.load32_splat(row);
    const last = v128.load32_splat(row + length - 4);
    for (let x: usize = 0; x < reach; x += 16) v128.store(line + x, first);
    for (let x: usize = 0; x < length; x += 16) v128.store(line + reach + x, v128.load(row + x));
    for (let x: usize = 0; x < reach + 16; x += 16) v128.store(line + reach + length + x, last);
    const target = rows + <usize>y * stride;
    for (let x: usize = 0; x < stride; x += 16) {
      const at = line + reach + x;
      let sum = f32x4.mul(v128.load32_splat(taps), v128.load(at));
      for (let k: usize = 4; k <= reach; k += 4) {
        const both = f32x4.add(v128.load(at - k), v128.load(at + k));
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(taps + k), both));
      }
      v128.store(target + x, sum);
    }
  }
  for (let y = 0; y < height; y++) {
    const row = rows + <usize>y * stride;
    const target = out + <usize>y * stride;
    for (let x: usize = 0; x < stride; x += 16) {
      let sum = f32x4.mul(v128.load32_splat(taps), v128.load(row + x));
      for (let k = 1; k <= radius; k++) {
        const above = rows + <usize>max(0, y - k) * stride + x;
        const below = rows + <usize>min(height - 1, y + k) * stride + x;
        const both = f32x4.add(v128.load(above), v128.load(below));
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(taps + (<usize>k << 2)), both));
      }
      v128.store(target + x, sum);
    }
  }
}

const CYLINDER_BYTES: usize = 96;
const PLANES_BYTES: usize = 48;

// @ts-ignore: decorator
@inline
function shared(a: usize, b: usize, offset: usize): i32 {
  return <i32>popcnt<i64>(load<i64>(a + offset) & load<i64>(b + offset));
}

/** Writes in how many of the five layers each cell is set, as the three bit planes of that number. */
function countPlanes(cylinder: usize, target: usize): void {
  const l0 = v128.load(cylinder, 16);
  const l1 = v128.load(cylinder, 32);
  const l2 = v128.load(cylinder, 48);
  const l3 = v128.load(cylinder, 64);
  const l4 = v128.load(cylinder, 80);
  const half = v128.xor(l0, l1);
  const first = v128.xor(half, l2);
  const carry = v128.or(v128.and(l0, l1), v128.and(half, l2));
  const rest = v128.xor(first, l3);
  const more = v128.or(v128.and(first, l3), v128.and(rest, l4));
  v128.store(target, v128.xor(rest, l4));
  v128.store(target, v128.xor(carry, more), 16);
  v128.store(target, v128.and(carry, more), 32);
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

/**
 * Similarities of all cylinder pairs, u16 in 16384ths, row by row over a, and the highest of each row with its place
 * (u16, the first of equals). A cylinder is its mask and five layers of 16 bytes each, bits
 * outside the mask 0; directions are bytes; `planes` is scratch of 48 bytes a cylinder of b and 48 more.
 */
export function similarities(
  a: usize,
  directionsA: usize,
  countA: i32,
  b: usize,
  directionsB: usize,
  countB: i32,
  planes: usize,
  tops: usize,
  columns: usize,
  out: usize,
  turnLimit: i32,
  commonLeast: i32,
): void {
  for (let j = 0; j < countB; j++) {
    countPlanes(b + <usize>j * CYLINDER_BYTES, planes + <usize>j * PLANES_BYTES);
  }
  const planesA = planes + <usize>countB * PLANES_BYTES;
  let target = out;
  for (let i = 0; i < countA; i++) {
    const pa = a + <usize>i * CYLINDER_BYTES;
    countPlanes(pa, planesA);
    const maskA0 = load<i64>(pa);
    const maskA1 = load<i64>(pa, 8);
    const direction = <i32>load<u8>(directionsA + <usize>i) + 128;
    let most = 0;
    let place = 0;
    let pb = b;
    let planesB = planes;
    for (let j = 0; j < countB; j++, pb += CYLINDER_BYTES, planesB += PLANES_BYTES, target += 2) {
      store<u16>(target, 0);
      const turn = ((direction - <i32>load<u8>(directionsB + <usize>j)) & 255) - 128;
      if (turn > turnLimit || turn < -turnLimit) continue;
      const maskB0 = load<i64>(pb);
      const maskB1 = load<i64>(pb, 8);
      if (<i32>(popcnt<i64>(maskA0 & maskB0) + popcnt<i64>(maskA1 & maskB1)) < commonLeast) continue;
      const both =
        shared(pa, pb, 16) +
        shared(pa, pb, 24) +
        shared(pa, pb, 32) +
        shared(pa, pb, 40) +
        shared(pa, pb, 48) +
        shared(pa, pb, 56) +
        shared(pa, pb, 64) +
        shared(pa, pb, 72) +
        shared(pa, pb, 80) +
        shared(pa, pb, 88);
      if (both == 0) continue;
      const set = maskedBits(planesA, maskB0, maskB1) + maskedBits(planesB, maskA0, maskA1);
      const value = <i32>(<u32>(both << 15) / <u32>set);
      store<u16>(target, <u16>value);
      if (value > most) {
        most = value;
        place = j;
      }
    }
    store<u16>(tops + (<usize>i << 1), <u16>most);
    store<u16>(columns + (<usize>i << 1), <u16>place);
  }
}

/**
 * Carries `points` places of b by the pairs around each (moving least squares with rigid maps), four at a time.
 * places: f32 x, y; owners: i32, the pair of the same number is left out; all padded to a multiple of four.
 * pairs: `count` rows of f32 bx, by, ax, ay, arm * cos, arm * sin and i32 number, in 32 bytes.
 * out, a block of `points` f32 each: x, y, cosine, sine, squared distance to the nearest pair (the largest f32 if none).
 */
export function carry(
  xs: usize,
  ys: usize,
  owners: usize,
  points: i32,
  pairs: usize,
  count: i32,
  soft: f32,
  out: usize,
): void {
  const block = <usize>points << 2;
  for (let p: usize = 0; p < block; p += 16) {
    const x = v128.load(xs + p);
    const y = v128.load(ys + p);
    const owner = v128.load(owners + p);
    let w = f32x4.splat(0);
    let wbx = f32x4.splat(0);
    let wby = f32x4.splat(0);
    let wax = f32x4.splat(0);
    let way = f32x4.splat(0);
    let dot = f32x4.splat(0);
    let cross = f32x4.splat(0);
    let nearest = f32x4.splat(f32.MAX_VALUE);
    for (let k = 0; k < count; k++) {
      const row = pairs + (<usize>k << 5);
      const bx = f32x4.sub(v128.load32_splat(row), x);
      const by = f32x4.sub(v128.load32_splat(row, 4), y);
      const ax = v128.load32_splat(row, 8);
      const ay = v128.load32_splat(row, 12);
      const own = i32x4.eq(owner, v128.load32_splat(row, 24));
      const square = f32x4.add(f32x4.mul(bx, bx), f32x4.mul(by, by));
      nearest = f32x4.min(nearest, v128.bitselect(f32x4.splat(f32.MAX_VALUE), square, own));
      const share = f32x4.div(f32x4.splat(1), f32x4.add(square, f32x4.splat(soft)));
      const weight = v128.andnot(f32x4.mul(share, share), own);
      w = f32x4.add(w, weight);
      wbx = f32x4.add(wbx, f32x4.mul(weight, bx));
      wby = f32x4.add(wby, f32x4.mul(weight, by));
      wax = f32x4.add(wax, f32x4.mul(weight, ax));
      way = f32x4.add(way, f32x4.mul(weight, ay));
      const along = f32x4.add(f32x4.add(f32x4.mul(bx, ax), f32x4.mul(by, ay)), v128.load32_splat(row, 16));
      const aside = f32x4.add(f32x4.sub(f32x4.mul(bx, ay), f32x4.mul(by, ax)), v128.load32_splat(row, 20));
      dot = f32x4.add(dot, f32x4.mul(weight, along));
      cross = f32x4.add(cross, f32x4.mul(weight, aside));
    }
    const none = f32x4.eq(w, f32x4.splat(0));
    const scale = f32x4.div(f32x4.splat(1), v128.bitselect(f32x4.splat(1), w, none));
    const mbx = f32x4.mul(wbx, scale);
    const mby = f32x4.mul(wby, scale);
    const max = f32x4.mul(wax, scale);
    const may = f32x4.mul(way, scale);
    const cd = f32x4.sub(f32x4.mul(dot, scale), f32x4.add(f32x4.mul(mbx, max), f32x4.mul(mby, may)));
    const sd = f32x4.sub(f32x4.mul(cross, scale), f32x4.sub(f32x4.mul(mbx, may), f32x4.mul(mby, max)));
    const length = f32x4.sqrt(f32x4.add(f32x4.mul(cd, cd), f32x4.mul(sd, sd)));
    const flat = f32x4.eq(length, f32x4.splat(0));
    const inverse = f32x4.div(f32x4.splat(1), v128.bitselect(f32x4.splat(1), length, flat));
    const c = v128.bitselect(f32x4.splat(1), f32x4.mul(cd, inverse), flat);
    const s = f32x4.mul(sd, inverse);
    v128.store(out + p, f32x4.sub(max, f32x4.sub(f32x4.mul(c, mbx), f32x4.mul(s, mby))));
    v128.store(out + p + block, f32x4.sub(may, f32x4.add(f32x4.mul(s, mbx), f32x4.mul(c, mby))));
    v128.store(out + p + 2 * block, c);
    v128.store(out + p + 3 * block, s);
    v128.store(out + p + 4 * block, nearest);
  }
}
