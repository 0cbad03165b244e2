import { createRandom, type Random } from '../random.ts';

/** Randomness for prints: one stream per purpose, and smooth noise over a picture. */

export type Seed = number | string;

/** A stream of its own for every purpose, so that a draw added in one place shifts nothing in another. */
export function stream(seed: Seed, purpose: string): Random {
  return createRandom(`${purpose}/${seed}`);
}

/** Uniform in [from, to). */
export function between(random: Random, from: number, to: number): number {
  return from + (to - from) * random.next();
}

/**
 * Near-normal, mean 0, deviation 1, by the sum of four uniforms: needs no logarithm (see portable-math.ts)
 * and never goes beyond 3.5.
 */
export function nearNormal(random: Random): number {
  return (random.next() + random.next() + random.next() + random.next() - 2) * 1.7320508075688772;
}

/** Fills a new grid with uniform noise in [-1, 1). */
export function whiteNoise(random: Random, count: number): Float32Array {
  const out = new Float32Array(count);
  for (let i = 0; i < count; i++) out[i] = 2 * random.next() - 1;
  return out;
}

/** A smooth random surface: cubic-smooth interpolation of uniform noise on a lattice of `cell` pixels. */
export class SmoothNoise {
  readonly #columns: number;
  readonly #cell: number;
  readonly #lattice: Float32Array;

  constructor(random: Random, width: number, height: number, cell: number) {
    this.#cell = cell;
    this.#columns = Math.ceil(width / cell) + 2;
    this.#lattice = whiteNoise(random, this.#columns * (Math.ceil(height / cell) + 2));
  }

  /** Height in (-1, 1) at a point inside the picture. */
  at(x: number, y: number): number {
    const gx = x / this.#cell;
    const gy = y / this.#cell;
    const ix = Math.floor(gx);
    const iy = Math.floor(gy);
    const fx = gx - ix;
    const fy = gy - iy;
    const u = fx * fx * (3 - 2 * fx);
    const v = fy * fy * (3 - 2 * fy);
    const i = iy * this.#columns + ix;
    const n = this.#lattice;
    const top = n[i]! + (n[i + 1]! - n[i]!) * u;
    const low = n[i + this.#columns]! + (n[i + this.#columns + 1]! - n[i + this.#columns]!) * u;
    return top + (low - top) * v;
  }
}
