import { THRESHOLDS } from '../parameters.ts';
import { TAIL } from './parameters.ts';

/**
 * The score from which so few false candidates are to be expected of a search: `expected` of a gallery of `size`.
 *
 * Up to where the calibration's pairs reach (FMR 1 in 10,000) the measured threshold decides. Beyond, no data
 * support a false match rate, and none is quoted; but whether a person must look at a candidate has to be decided
 * all the same. There the tail of scores of different fingers is taken to fall on exponentially, at `TAIL.slope` of
 * the rate at which it was measured to fall from 1 in 1,000 to 1 in 10,000.
 */
export function leastScoreFor(size: number, expected: number): number {
  const MEASURED = 1e-4;
  const wanted = expected / Math.max(1, size);
  const decades = Math.max(0, Math.log10(MEASURED / wanted));
  const perDecade = (THRESHOLDS.fmr10000 - THRESHOLDS.fmr1000) / TAIL.slope;
  return THRESHOLDS.fmr10000 + decades * perDecade;
}
