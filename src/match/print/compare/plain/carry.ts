import { BLOCKS_ROOM, MINUTIAE_ROOM } from '../../kernels/layout.ts';

/** Squared distance to the nearest pair where there is none. */
export const CARRY_NOWHERE = Math.fround(3.4028234663852886e38);

const PAIR_FLOATS = 8;

/** Places of b and the pairs that carry them; in single precision, as the kernel keeps them. */
export interface CarryScratch {
  /** Places of b and, for each, the number of the pair that must not carry it (-1 for none). */
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly owner: Int32Array;
  /** Pairs: bx, by, ax, ay, arm * cosine, arm * sine of the turn, number (as i32), unused. */
  readonly pairs: Float32Array;
  readonly numbers: Int32Array;
}

const buffer = new ArrayBuffer(MINUTIAE_ROOM * PAIR_FLOATS * 4);

export const carryScratch: CarryScratch = {
  x: new Float32Array(BLOCKS_ROOM),
  y: new Float32Array(BLOCKS_ROOM),
  owner: new Int32Array(BLOCKS_ROOM),
  pairs: new Float32Array(buffer),
  numbers: new Int32Array(buffer),
};

/** Number of values in one block of results for this many places. */
export function carryStride(places: number): number {
  return (places + 3) & ~3;
}

/** Writes pair `k`. */
export function setPair(
  k: number,
  number: number,
  bx: number,
  by: number,
  ax: number,
  ay: number,
  c: number,
  s: number,
): void {
  const { pairs, numbers } = carryScratch;
  const at = k * PAIR_FLOATS;
  pairs[at] = bx;
  pairs[at + 1] = by;
  pairs[at + 2] = ax;
  pairs[at + 3] = ay;
  pairs[at + 4] = c;
  pairs[at + 5] = s;
  numbers[at + 6] = number;
}

const f = Math.fround;

/** Carries one place: x, y, cosine, sine, squared distance. */
function carryOne(scratch: CarryScratch, place: number, count: number, soft: number): number[] {
  const { pairs, numbers } = scratch;
  const x = scratch.x[place]!;
  const y = scratch.y[place]!;
  let [w, wbx, wby, wax, way, dot, cross] = [0, 0, 0, 0, 0, 0, 0];
  let nearest: number = CARRY_NOWHERE;
  for (let at = 0; at < count * PAIR_FLOATS; at += PAIR_FLOATS) {
    if (numbers[at + 6] === scratch.owner[place]) continue;
    const bx = f(pairs[at]! - x);
    const by = f(pairs[at + 1]! - y);
    const [ax, ay] = [pairs[at + 2]!, pairs[at + 3]!];
    const square = f(f(bx * bx) + f(by * by));
    nearest = Math.min(nearest, square);
    const share = f(1 / f(square + soft));
    const weight = f(share * share);
    w = f(w + weight);
    wbx = f(wbx + f(weight * bx));
    wby = f(wby + f(weight * by));
    wax = f(wax + f(weight * ax));
    way = f(way + f(weight * ay));
    dot = f(dot + f(weight * f(f(f(bx * ax) + f(by * ay)) + pairs[at + 4]!)));
    cross = f(cross + f(weight * f(f(f(bx * ay) - f(by * ax)) + pairs[at + 5]!)));
  }
  const scale = f(1 / (w === 0 ? 1 : w));
  const [mbx, mby, max, may] = [f(wbx * scale), f(wby * scale), f(wax * scale), f(way * scale)];
  const cd = f(f(dot * scale) - f(f(mbx * max) + f(mby * may)));
  const sd = f(f(cross * scale) - f(f(mbx * may) - f(mby * max)));
  const length = f(Math.sqrt(f(f(cd * cd) + f(sd * sd))));
  const inverse = f(1 / (length === 0 ? 1 : length));
  const c = length === 0 ? 1 : f(cd * inverse);
  const s = f(sd * inverse);
  return [f(max - f(f(c * mbx) - f(s * mby))), f(may - f(f(s * mbx) + f(c * mby))), c, s, nearest];
}

/**
 * Carries the first `places` places by the first `count` pairs: moving least squares with rigid maps (Schaefer,
 * McPhail, Warren 2006). A place of b goes where a rotation and shift fitted to the pairs around it takes it; the
 * pairs' directions count like points at the length of an arm, so that even one pair says how to turn. Everything is
 * rounded to single precision. Results are five blocks of `carryStride(places)` values: x, y, cosine, sine, squared
 * distance to the nearest pair.
 */
export function carry(places: number, count: number, soft: number): Float32Array {
  const stride = carryStride(places);
  const out = new Float32Array(5 * stride);
  for (let place = 0; place < stride; place++) {
    const values = carryOne(carryScratch, place, count, f(soft));
    for (const [block, value] of values.entries()) out[block * stride + place] = value;
  }
  return out;
}
