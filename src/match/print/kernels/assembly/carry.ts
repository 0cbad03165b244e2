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
      nearest = f32x4.pmin(nearest, v128.bitselect(f32x4.splat(f32.MAX_VALUE), square, own));
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
