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
