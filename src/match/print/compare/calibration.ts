import { exponential, logarithm } from '../kernels/maths.ts';
import { CALIBRATION } from '../parameters.ts';

/** A measured point: at this score and above, at most this share of impostor pairs. */
export type FmrPoint = readonly [score: number, fmr: number];

/** Value at x on a polyline, its ends held constant. */
function interpolate(points: readonly (readonly [number, number])[], x: number): number {
  const after = points.findIndex(([at]) => at > x);
  if (after === 0) return points[0]![1];
  if (after < 0) return points[points.length - 1]![1];
  const [x0, y0] = points[after - 1]!;
  const [x1, y1] = points[after]!;
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}

const LOG_FMR = CALIBRATION.fmr.map(([score, fmr]) => [score, logarithm(fmr)] as const);

/**
 * The false match rate at a score: the upper 95 % bound measured on pairs of different fingers, interpolated in
 * its logarithm. It stops where the number of pairs stops supporting it (rule of three), however high the score;
 * below the lowest score it was measured at nothing bounds it but 1.
 */
export function falseMatchRate(score: number): number {
  if (score < CALIBRATION.fmr[0]![0]) return 1;
  return Math.min(1, exponential(interpolate(LOG_FMR, score)));
}

const RATIOS = CALIBRATION.log10LikelihoodRatio;
const VALUE = RATIOS.map(([score, value]) => [score, value] as const);
const LOW = RATIOS.map(([score, , low]) => [score, low] as const);
const HIGH = RATIOS.map(([score, , , high]) => [score, high] as const);

/** log10 of the likelihood ratio same against different finger, held at the ends of what was measured. */
export function log10LikelihoodRatio(score: number): number {
  return interpolate(VALUE, score);
}

/** 95 % bounds of `log10LikelihoodRatio`. */
export function log10LikelihoodBounds(score: number): readonly [low: number, high: number] {
  return [interpolate(LOW, score), interpolate(HIGH, score)];
}
