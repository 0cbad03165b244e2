import { fusionTerms } from '../../src/match/print/compare/fusion.ts';
import { applyModel, fitLogistic, type LinearModel, type Sample } from './logistic.ts';
import type { Outcome } from './pairs.ts';

/** Synthetic impostors weigh this much against those of one set: their thumbs are richer, so that chance pairs more. */
const THUMB_IMPOSTORS = 10;

function samplesOf(outcomes: readonly Outcome[], genuine: boolean, total: number): Sample[] {
  const chosen = outcomes.filter((o) => o.genuine === genuine && o.evidence.pairs > 0);
  const weight = total / Math.max(1, chosen.length);
  return chosen.map((o) => ({ terms: [...fusionTerms(o.evidence)], genuine, weight }));
}

/**
 * The fusion's weights from outcomes that were aligned (the others have a score of their own): genuine and impostor
 * pairs of every set weigh the same.
 */
export function fitOutcomes(
  sets: readonly (readonly Outcome[])[],
  thumbs: readonly Outcome[] = [],
): LinearModel {
  return fitLogistic([
    ...sets.flatMap((set) => [...samplesOf(set, true, 1), ...samplesOf(set, false, 1)]),
    ...samplesOf(thumbs, true, 1),
    ...samplesOf(thumbs, false, THUMB_IMPOSTORS),
  ]);
}

/** The score of an outcome under other weights. */
export function rescore(model: LinearModel, { score, evidence }: Outcome): number {
  return evidence.pairs > 0 ? applyModel(model, [...fusionTerms(evidence)]) : score;
}

/** Scores each set by a model fitted on the other sets, and on synthetic thumbs, only. */
export function leaveOneSetOut(
  sets: readonly (readonly Outcome[])[],
  thumbs: readonly Outcome[] = [],
): Outcome[][] {
  return sets.map((held, k) => {
    const others = sets.filter((_, j) => j !== k);
    const model = fitOutcomes(others, thumbs);
    return held.map((o) => ({ ...o, score: rescore(model, o) }));
  });
}
