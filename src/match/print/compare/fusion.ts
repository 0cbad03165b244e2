import { logarithm } from '../kernels/maths.ts';
import { FUSION } from '../parameters.ts';

/** Everything one alignment of two prints offers as evidence. */
export interface Evidence {
  /** Relaxed local similarity of the best pairs (minutia cylinder code). */
  readonly local: number;
  /** Sum of the weights of the paired minutiae, and their number. */
  readonly weight: number;
  readonly pairs: number;
  /** What is left of the pairs' distances after the local correction, root mean square, pixels. */
  readonly residual: number;
  /** Cells both ridge maps cover. */
  readonly cells: number;
  /** Mean difference of orientation there, 0-1, and the share of cells that plainly disagree. */
  readonly orientation: number;
  readonly disagree: number;
  /** Mean relative difference of ridge period. */
  readonly period: number;
  /** Trust in the minutiae of either print in the part both show, summed. */
  readonly overlapA: number;
  readonly overlapB: number;
  /** All minutiae of either print. */
  readonly countA: number;
  readonly countB: number;
}

/** The evidence on scales where the log odds are about linear; the order is that of `FUSION.weights`. */
export function fusionTerms(e: Evidence): number[] {
  const overlap = Math.sqrt((e.overlapA + 1) * (e.overlapB + 1));
  return [
    logarithm(e.local + FUSION.localOffset),
    Math.sqrt(e.weight),
    e.weight / (overlap + 1.5),
    e.weight / (Math.min(e.overlapA, e.overlapB) + 1.5),
    e.orientation,
    e.disagree,
    e.period,
    logarithm(1 + e.cells),
    logarithm(1 + overlap),
    logarithm(1 + Math.min(e.countA, e.countB)),
  ];
}

/** Log odds of same against different finger (base e, up to a constant): agreement found against agreement expected. */
export function fuse(evidence: Evidence): number {
  let sum = FUSION.bias;
  for (const [k, term] of fusionTerms(evidence).entries()) sum += FUSION.weights[k]! * term;
  return sum;
}

/** The score of two prints that nothing lays on one another: below all others, ordered by local similarity. */
export function fuseUnaligned(local: number): number {
  return FUSION.unaligned + FUSION.weights[0]! * logarithm(local + FUSION.localOffset);
}
