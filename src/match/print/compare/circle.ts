import { arcTangent2, cosine, sine, TURN } from '../kernels/maths.ts';

/** Cosine and sine of each 256th of a turn. */
export const COSINES = Float64Array.from({ length: 256 }, (_, k) => cosine((k * TURN) / 256));
export const SINES = Float64Array.from({ length: 256 }, (_, k) => sine((k * TURN) / 256));

/** The turn with this cosine and sine in whole 256ths, 0-255. */
export function turnUnits(c: number, s: number): number {
  return Math.round((arcTangent2(s, c) * 256) / TURN) & 255;
}
