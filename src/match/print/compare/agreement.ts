import { SINE_STEPS } from '../kernels/layout.ts';
import { exponential, sine, TURN } from '../kernels/maths.ts';
import { RELAX } from '../parameters.ts';

/** How pairs of minutiae agree, as tables: the relaxation of Cappelli, Ferrara, Maltoni 2010. */

function sigmoid(value: number, centre: number, slope: number): number {
  return 1 / (1 + exponential(-slope * (value - centre)));
}

/** Number of pairs that decide, by the smaller print's minutiae. */
export const DECIDING = Uint8Array.from(
  { length: 256 },
  (_, n) =>
    RELAX.pairsMin +
    Math.round(sigmoid(n, RELAX.pairsCentre, RELAX.pairsSlope) * (RELAX.pairsMax - RELAX.pairsMin)),
);

export const DISTANCE_STEPS = 8;
export const DISTANCE_MOST = 12;
/** Agreement below this is none. */
export const LEAST_AGREEMENT = 1e-4;
/** Agreement of distances by their difference in 8ths of a pixel. */
export const BY_DISTANCE = Float64Array.from({ length: DISTANCE_MOST * DISTANCE_STEPS + 1 }, (_, k) =>
  sigmoid(k / DISTANCE_STEPS, RELAX.distanceCentre, RELAX.distanceSlope),
);
/** Agreement of turns by their difference in 256ths, 0-255. */
export const BY_TURN = Float64Array.from({ length: 256 }, (_, k) =>
  sigmoid((Math.min(k, 256 - k) * TURN) / 256, RELAX.angleCentre, RELAX.angleSlope),
);
/** Agreement of bearings by the sine of their difference. */
export const BY_SINE = (() => {
  const table = new Float64Array(SINE_STEPS + 1);
  for (let k = 0, angle = 0; k <= SINE_STEPS; k++) {
    while (sine(angle) < k / SINE_STEPS && angle < TURN / 4) angle += 0.001;
    table[k] = sigmoid(angle, RELAX.angleCentre, RELAX.angleSlope);
  }
  return table;
})();
