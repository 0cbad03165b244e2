import { instantiateKernels } from './wasm.ts';

/** Most places and pairs of one call. */
export const CARRY_PLACES = 1024;
export const CARRY_PAIRS = 256;
/** Squared distance to the nearest pair where there is none. */
export const CARRY_NOWHERE = Math.fround(3.4028234663852886e38);

const PAIR_FLOATS = 8;

/**
 * Scratch of the carrying kernel. `load` takes pairs, `at` takes places, `run` carries them: moving least squares
 * with rigid maps (Schaefer, McPhail, Warren 2006). A place of b goes where a rotation and shift fitted to the
 * pairs around it takes it; the pairs' directions count like points at the length of an arm, so that even one pair
 * says how to turn. Everything is rounded to single precision, in the twin as in the kernel.
 */
export interface CarryScratch {
  /** Places of b and, for each, the number of the pair that must not carry it (-1 for none). */
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly owner: Int32Array;
  /** Pairs: bx, by, ax, ay, arm * cosine, arm * sine of the turn, number (as i32), unused. */
  readonly pairs: Float32Array;
  readonly numbers: Int32Array;
  /** Results: five blocks of `stride` values: x, y, cosine, sine, squared distance to the nearest pair. */
  readonly out: Float32Array;
}

const PLACES_BYTES = CARRY_PLACES * 4;
const PAIRS_AT = 3 * PLACES_BYTES;
const OUT_AT = PAIRS_AT + CARRY_PAIRS * PAIR_FLOATS * 4;

const kernels = instantiateKernels();
kernels.reserve(OUT_AT + 5 * PLACES_BYTES);
const { buffer } = kernels.memory;

export const carryScratch: CarryScratch = {
  x: new Float32Array(buffer, 0, CARRY_PLACES),
  y: new Float32Array(buffer, PLACES_BYTES, CARRY_PLACES),
  owner: new Int32Array(buffer, 2 * PLACES_BYTES, CARRY_PLACES),
  pairs: new Float32Array(buffer, PAIRS_AT, CARRY_PAIRS * PAIR_FLOATS),
  numbers: new Int32Array(buffer, PAIRS_AT, CARRY_PAIRS * PAIR_FLOATS),
  out: new Float32Array(buffer, OUT_AT, 5 * CARRY_PLACES),
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

/** Carries the first `places` places by the first `count` pairs with the SIMD kernel. */
export function runCarry(places: number, count: number, soft: number): void {
  kernels.carry(0, PLACES_BYTES, 2 * PLACES_BYTES, carryStride(places), PAIRS_AT, count, soft, OUT_AT);
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

/** The plain twin of `runCarry`: the same five blocks, padding included. */
export function carryPlain(scratch: CarryScratch, places: number, count: number, soft: number): Float32Array {
  const stride = carryStride(places);
  const out = new Float32Array(5 * stride);
  for (let place = 0; place < stride; place++) {
    const values = carryOne(scratch, place, count, f(soft));
    for (const [block, value] of values.entries()) out[block * stride + place] = value;
  }
  return out;
}
