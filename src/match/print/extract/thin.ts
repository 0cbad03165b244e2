/** One-pixel skeletons of binary pictures. */

/** A binary picture, one byte a pixel, whose outermost pixels are 0. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The eight neighbours clockwise from the east (y down), as offsets. */
export function neighbourOffsets(width: number): readonly number[] {
  return [1, width + 1, width, width - 1, -1, -width - 1, -width, -width + 1];
}

export function neighbourMask(data: Uint8Array, i: number, around: readonly number[]): number {
  const down = around[2]!;
  return (
    data[i + 1]! |
    (data[i + down + 1]! << 1) |
    (data[i + down]! << 2) |
    (data[i + down - 1]! << 3) |
    (data[i - 1]! << 4) |
    (data[i - down - 1]! << 5) |
    (data[i - down]! << 6) |
    (data[i - down + 1]! << 7)
  );
}

function bits(mask: number): number[] {
  return Array.from({ length: 8 }, (_, k) => (mask >> k) & 1);
}

/** Zhang and Suen 1984: may the pixel with these neighbours go in this sub-iteration? */
function zhangSuen(mask: number, second: boolean): boolean {
  const n = bits(mask);
  const count = n.reduce((sum, b) => sum + b, 0);
  const crossings = n.filter((b, k) => b === 0 && n[(k + 1) % 8] === 1).length;
  if (count < 2 || count > 6 || crossings !== 1) return false;
  const [east, south, west, north] = [n[0]!, n[2]!, n[4]!, n[6]!];
  return second
    ? north * east * west === 0 && north * south * west === 0
    : north * east * south === 0 && east * south * west === 0;
}

/** True when removing the pixel changes no 8-connection and it is not an end (Yokoi number 1). */
function isSimple(mask: number): boolean {
  const n = bits(mask).map((b) => 1 - b);
  const count = 8 - n.reduce((sum, b) => sum + b, 0);
  let yokoi = 0;
  for (const k of [0, 2, 4, 6]) yokoi += n[k]! - n[k]! * n[k + 1]! * n[(k + 2) % 8]!;
  return yokoi === 1 && count >= 2;
}

const FIRST = Uint8Array.from({ length: 256 }, (_, m) => (zhangSuen(m, false) ? 1 : 0));
const SECOND = Uint8Array.from({ length: 256 }, (_, m) => (zhangSuen(m, true) ? 1 : 0));
const SIMPLE = Uint8Array.from({ length: 256 }, (_, m) => (isSimple(m) ? 1 : 0));

/** The set pixels in order. */
export function setPixels({ data }: Bitmap): Int32Array {
  const found = new Int32Array(data.length);
  let count = 0;
  for (let i = data.indexOf(1); i >= 0 && i < data.length; i++) if (data[i]) found[count++] = i;
  return found.subarray(0, count);
}

/** Takes pixels away and keeps the neighbour masks of those around them. */
function takeAway(
  pixels: Int32Array,
  count: number,
  data: Uint8Array,
  masks: Uint8Array,
  around: readonly number[],
): void {
  for (let k = 0; k < count; k++) {
    const i = pixels[k]!;
    data[i] = 0;
    for (let direction = 0; direction < 8; direction++) {
      masks[i + around[direction]!]! &= ~(1 << ((direction + 4) & 7));
    }
  }
}

/** Thins in place to a skeleton one pixel wide with 8-connection. */
export function thin(bitmap: Bitmap): void {
  const { data, width } = bitmap;
  const around = neighbourOffsets(width);
  const active = setPixels(bitmap);
  const masks = new Uint8Array(data.length);
  for (const i of active) masks[i] = neighbourMask(data, i, around);
  const doomed = new Int32Array(active.length);
  let left = active.length;
  for (let idle = 0, round = 0; idle < 2; round++) {
    const table = round % 2 === 0 ? FIRST : SECOND;
    let count = 0;
    let kept = 0;
    for (let k = 0; k < left; k++) {
      const i = active[k]!;
      if (table[masks[i]!]) doomed[count++] = i;
      else active[kept++] = i;
    }
    takeAway(doomed, count, data, masks, around);
    left = kept;
    idle = count > 0 ? 0 : idle + 1;
  }
  tidy(bitmap);
}

/** Removes the pixels on stair corners that the skeleton does not need. */
export function tidy(bitmap: Bitmap): void {
  const { data, width } = bitmap;
  const around = neighbourOffsets(width);
  for (const i of setPixels(bitmap)) if (SIMPLE[neighbourMask(data, i, around)]) data[i] = 0;
}
