import { logarithm } from '../kernels/maths.ts';
import { FUSION } from '../parameters.ts';

/** What one alignment of two prints says. */
export interface AlignmentEvidence {
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
}

/** Everything two prints, laid on one another, offer as evidence. */
export interface Evidence extends AlignmentEvidence {
  /** Relaxed local similarity of the best pairs (minutia cylinder code). */
  readonly local: number;
  /** All minutiae of either print. */
  readonly countA: number;
  readonly countB: number;
}

const terms = new Float64Array(FUSION.weights.length);

/**
 * The evidence on scales where the log odds are about linear; the order is that of `FUSION.weights`. What was found
 * stands against what the overlap could hold and against what chance would pair there: rich prints pair more by
 * chance. The array is reused by the next call.
 */
export function fusionTerms(e: Evidence): Float64Array {
  const overlap = Math.sqrt((e.overlapA + 1) * (e.overlapB + 1));
  const fewer = Math.min(e.overlapA, e.overlapB);
  const chance = (e.overlapA * e.overlapB) / (e.cells + FUSION.chanceCells);
  terms[0] = logarithm(e.local + FUSION.localOffset);
  terms[1] = Math.sqrt(e.weight);
  terms[2] = e.weight / (overlap + FUSION.overlapOffset);
  terms[3] = e.weight / (fewer + FUSION.overlapOffset);
  terms[4] = e.orientation;
  terms[5] = e.disagree;
  terms[6] = e.period;
  terms[7] = logarithm(1 + e.cells);
  terms[8] = logarithm(1 + overlap);
  terms[9] = logarithm(1 + Math.min(e.countA, e.countB));
  terms[10] = logarithm((e.weight + FUSION.weightOffset) / (chance + FUSION.chanceOffset));
  terms[11] = logarithm(1 + e.pairs);
  terms[12] = e.pairs / (2 * fewer + FUSION.overlapOffset);
  return terms;
}

/** Log odds of same against different finger (base e, up to a constant): agreement found against agreement expected. */
export function fuse(evidence: Evidence): number {
  fusionTerms(evidence);
  let sum = FUSION.bias;
  for (let k = 0; k < terms.length; k++) sum += FUSION.weights[k]! * terms[k]!;
  return sum;
}

/** The score of two prints that nothing lays on one another: below all others, ordered by local similarity. */
export function fuseUnaligned(local: number): number {
  return FUSION.unaligned + logarithm(local + FUSION.localOffset);
}
