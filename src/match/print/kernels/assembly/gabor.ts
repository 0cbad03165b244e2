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
