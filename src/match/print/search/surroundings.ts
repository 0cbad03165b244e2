import { SURROUNDINGS } from './parameters.ts';

/**
 * What is seen around a minutia, as numbers: neighbouring minutiae by place and relative direction, ridges by place
 * and relative orientation, and how much of each place is on the print at all. Every neighbour and every map point
 * adds its part, so that a learned projection of the sum is a sum of looked-up projections (`projector.ts`).
 */

const { side, spacing, radius, layers } = SURROUNDINGS;

interface Bump {
  readonly u: number;
  readonly v: number;
}

/** Centres of the bumps, relative to the minutia, whose direction is +u; v is a quarter turn anticlockwise of it. */
const BUMPS: readonly Bump[] = Array.from({ length: side * side }, (_, i) => ({
  u: ((i % side) - (side - 1) / 2) * spacing,
  v: (Math.floor(i / side) - (side - 1) / 2) * spacing,
})).filter(({ u, v }) => u * u + v * v <= radius * radius);

/** Numbers of one place: direction layers of minutiae, then presence, doubled cosine and doubled sine of ridges. */
export const PLACE_NUMBERS = layers + 3;
export const NUMBERS = BUMPS.length * PLACE_NUMBERS;
/** Neighbours further away add nothing. */
export const REACH = radius + spacing;

/** Smooth step down over one spacing: neighbouring bumps add up to one. */
function fall(distance: number): number {
  const t = Math.abs(distance) / spacing;
  return t >= 1 ? 0 : 1 - t * t * (3 - 2 * t);
}

/** Calls back with the first number and the weight of every bump that reaches (u, v). */
export function eachBump(u: number, v: number, visit: (first: number, weight: number) => void): void {
  for (const [i, bump] of BUMPS.entries()) {
    const weight = fall(u - bump.u) * fall(v - bump.v);
    if (weight > 0) visit(i * PLACE_NUMBERS, weight);
  }
}
