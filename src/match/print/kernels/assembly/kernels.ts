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

/**
 * Filters every foreground cell of 4 x 4 pixels with the kernel its entry names.
 * image: i16, `stride` wide, with a border of 10 pixels left and above and 13 right and below;
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
      const xEnd = min(width, (c + 1) * CELL);
      for (let y = r * CELL; y < yEnd; y++) {
        for (let x = c * CELL; x < xEnd; x++) {
          let p = image + (<usize>(y * stride + x) << 1);
          let k = kernel;
          let s0 = i32x4.splat(0);
          let s1 = i32x4.splat(0);
          let s2 = i32x4.splat(0);
          for (let row = 0; row < SIDE; row++) {
            s0 = i32x4.add(s0, i32x4.dot_i16x8_s(v128.load(p), v128.load(k)));
            s1 = i32x4.add(s1, i32x4.dot_i16x8_s(v128.load(p, 16), v128.load(k, 16)));
            s2 = i32x4.add(s2, i32x4.dot_i16x8_s(v128.load(p, 32), v128.load(k, 32)));
            p += <usize>stride << 1;
            k += ROW << 1;
          }
          const s = i32x4.add(i32x4.add(s0, s1), s2);
          const sum =
            i32x4.extract_lane(s, 0) +
            i32x4.extract_lane(s, 1) +
            i32x4.extract_lane(s, 2) +
            i32x4.extract_lane(s, 3);
          store<i16>(out + (<usize>(y * width + x) << 1), <i16>(sum >> shift));
        }
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function lanes(v: v128): i32 {
  const pairs = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(v));
  return (
    i32x4.extract_lane(pairs, 0) +
    i32x4.extract_lane(pairs, 1) +
    i32x4.extract_lane(pairs, 2) +
    i32x4.extract_lane(pairs, 3)
  );
}

const CYLINDER_BYTES: usize = 96;

/**
 * Similarities of all cylinder pairs, u16 in 16384ths, row by row over a.
 * A cylinder is its mask and five layers of 16 bytes each, bits outside the mask 0; directions are bytes.
 */
export function similarities(
  a: usize,
  directionsA: usize,
  countA: i32,
  b: usize,
  directionsB: usize,
  countB: i32,
  out: usize,
  turnLimit: i32,
  commonLeast: i32,
): void {
  for (let i = 0; i < countA; i++) {
    const pa = a + <usize>i * CYLINDER_BYTES;
    const ma = v128.load(pa);
    const a0 = v128.load(pa, 16);
    const a1 = v128.load(pa, 32);
    const a2 = v128.load(pa, 48);
    const a3 = v128.load(pa, 64);
    const a4 = v128.load(pa, 80);
    const direction = <i32>load<u8>(directionsA + <usize>i) + 128;
    for (let j = 0; j < countB; j++) {
      const target = out + (<usize>(i * countB + j) << 1);
      store<u16>(target, 0);
      const turn = ((direction - <i32>load<u8>(directionsB + <usize>j)) & 255) - 128;
      if (turn > turnLimit || turn < -turnLimit) continue;
      const pb = b + <usize>j * CYLINDER_BYTES;
      const mb = v128.load(pb);
      const mask = v128.and(ma, mb);
      const common = <i32>(
        popcnt<i64>(i64x2.extract_lane(mask, 0)) + popcnt<i64>(i64x2.extract_lane(mask, 1))
      );
      if (common < commonLeast) continue;
      const b0 = v128.load(pb, 16);
      const b1 = v128.load(pb, 32);
      const b2 = v128.load(pb, 48);
      const b3 = v128.load(pb, 64);
      const b4 = v128.load(pb, 80);
      let both = i8x16.popcnt(v128.and(a0, b0));
      both = i8x16.add(both, i8x16.popcnt(v128.and(a1, b1)));
      both = i8x16.add(both, i8x16.popcnt(v128.and(a2, b2)));
      both = i8x16.add(both, i8x16.popcnt(v128.and(a3, b3)));
      both = i8x16.add(both, i8x16.popcnt(v128.and(a4, b4)));
      let set = i8x16.add(i8x16.popcnt(v128.and(a0, mb)), i8x16.popcnt(v128.and(b0, ma)));
      set = i8x16.add(set, i8x16.add(i8x16.popcnt(v128.and(a1, mb)), i8x16.popcnt(v128.and(b1, ma))));
      set = i8x16.add(set, i8x16.add(i8x16.popcnt(v128.and(a2, mb)), i8x16.popcnt(v128.and(b2, ma))));
      set = i8x16.add(set, i8x16.add(i8x16.popcnt(v128.and(a3, mb)), i8x16.popcnt(v128.and(b3, ma))));
      set = i8x16.add(set, i8x16.add(i8x16.popcnt(v128.and(a4, mb)), i8x16.popcnt(v128.and(b4, ma))));
      const total = lanes(set);
      if (total > 0) store<u16>(target, <u16>((lanes(both) << 15) / total));
    }
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
