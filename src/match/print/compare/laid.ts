import { CYLINDER, RELAX } from '../parameters.ts';
import { INNER_CELLS } from './cylinders.ts';
import type { AlignmentEvidence } from './fusion.ts';

/** Which cylinders are compared: turn in 256ths, cells both see; and how many pairs take part. */
export const LIMITS = {
  turn: Math.round((CYLINDER.turnLimit / (2 * Math.PI)) * 256),
  common: Math.ceil(INNER_CELLS * CYLINDER.commonShare),
  pairs: RELAX.most,
} as const;

/** One alignment of two prints and what speaks for it. The arrays hold until the next comparison. */
export interface LaidAlignment extends AlignmentEvidence {
  /** For each minutia of b its partner in a, or -1, and the pair's weight 0-1. */
  readonly partner: Int16Array;
  readonly weights: Float64Array;
}

/** Two prints laid on one another. */
export interface Laid {
  /** Relaxed local similarity of the best pairs, 0-1. */
  readonly local: number;
  /** Alignments worth judging, most weight first; none where the local similarities leave no hope. */
  readonly alignments: readonly LaidAlignment[];
}
