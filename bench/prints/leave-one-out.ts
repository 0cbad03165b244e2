import { fusionTerms } from '../../src/match/print/compare/fusion.ts';
import { applyModel, fitLogistic, type LinearModel } from './logistic.ts';
import type { Outcome } from './pairs.ts';

/** The fusion's weights from outcomes that were aligned; the others have a score of their own. */
export function fitOutcomes(outcomes: readonly Outcome[]): LinearModel {
  const aligned = outcomes.filter((o) => o.evidence.pairs > 0);
  return fitLogistic(
    aligned.map((o) => fusionTerms(o.evidence)),
    aligned.map((o) => o.genuine),
  );
}

/** The score of an outcome under other weights. */
export function rescore(model: LinearModel, { score, evidence }: Outcome): number {
  return evidence.pairs > 0 ? applyModel(model, fusionTerms(evidence)) : score;
}

/** Scores each set by a model fitted on the other sets only. */
export function leaveOneSetOut(sets: readonly (readonly Outcome[])[]): Outcome[][] {
  return sets.map((held, k) => {
    const model = fitOutcomes(sets.filter((_, j) => j !== k).flat());
    return held.map((o) => ({ ...o, score: rescore(model, o) }));
  });
}
