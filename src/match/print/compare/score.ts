import { type AlignmentEvidence, type Evidence, fuse, fuseUnaligned } from './fusion.ts';
import type { Laid, LaidAlignment } from './laid.ts';
import type { PreparedTemplate } from './prepared.ts';

/** The outcome of one comparison before calibration. */
export interface Scored {
  readonly score: number;
  readonly evidence: Evidence;
  /** Valid until the next comparison. */
  readonly alignment: LaidAlignment | undefined;
}

/** Evidence of two prints that nothing could be laid on one another. */
const NOTHING: AlignmentEvidence = {
  weight: 0,
  pairs: 0,
  residual: 0,
  cells: 0,
  orientation: 0.5,
  disagree: 0.5,
  period: 0.1,
  overlapA: 0,
  overlapB: 0,
};

function evidenceOf(
  a: PreparedTemplate,
  b: PreparedTemplate,
  local: number,
  found: AlignmentEvidence,
): Evidence {
  const { weight, pairs, residual, cells, orientation, disagree, period, overlapA, overlapB } = found;
  const overlap = { cells, orientation, disagree, period, overlapA, overlapB };
  return { local, weight, pairs, residual, ...overlap, countA: a.count, countB: b.count };
}

/** Scores the best of the alignments that two prints were laid on one another by. */
export function scoreOf(a: PreparedTemplate, b: PreparedTemplate, { local, alignments }: Laid): Scored {
  let best: Scored | undefined;
  for (const alignment of alignments) {
    const evidence = evidenceOf(a, b, local, alignment);
    const score = fuse(evidence);
    if (best === undefined || score > best.score) best = { score, evidence, alignment };
  }
  return (
    best ?? { score: fuseUnaligned(local), evidence: evidenceOf(a, b, local, NOTHING), alignment: undefined }
  );
}
