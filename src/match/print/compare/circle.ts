import { EIGHTH_STEPS } from '../kernels/layout.ts';
import { arcTangent2, cosine, sine, TURN } from '../kernels/maths.ts';

/** Cosine and sine of each 256th of a turn. */
export const COSINES = Float64Array.from({ length: 256 }, (_, k) => cosine((k * TURN) / 256));
export const SINES = Float64Array.from({ length: 256 }, (_, k) => sine((k * TURN) / 256));

/** 256ths of a turn in the first eighth by the tangent. */
export const EIGHTH = Uint8Array.from({ length: EIGHTH_STEPS + 1 }, (_, k) =>
  Math.round((arcTangent2(k / EIGHTH_STEPS, 1) * 256) / TURN),
);

/** The turn with this cosine and sine (up to a common factor) in whole 256ths, 0-255. */
export function turnUnits(c: number, s: number): number {
  const ac = c < 0 ? -c : c;
  const as = s < 0 ? -s : s;
  if (ac + as === 0) return 0;
  const first =
    ac >= as
      ? EIGHTH[Math.round((as / ac) * EIGHTH_STEPS)]!
      : 64 - EIGHTH[Math.round((ac / as) * EIGHTH_STEPS)]!;
  const upper = c < 0 ? 128 - first : first;
  return (s < 0 ? -upper : upper) & 255;
}

/** 1 / (1 + sum of two ridge periods), by the sum. */
export const RECIPROCAL = Float64Array.from({ length: 511 }, (_, sum) => 1 / (sum + 1));
