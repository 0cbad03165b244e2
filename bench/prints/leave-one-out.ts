import { fusionTerms } from '../../src/match/print/compare/fusion.ts';
import { applyModel, fitLogistic, type LinearModel } from './logistic.ts';
import type { Outcome } from './pairs.ts';

export function fitOutcomes(outcomes: readonly Outcome[]): LinearModel {
  return fitLogistic(
    outcomes.map((o) => fusionTerms(o.evidence)),
    outcomes.map((o) => o.genuine),
  );
}

/** Scores each set by a model fitted on the other sets only. */
export function leaveOneSetOut(sets: readonly (readonly Outcome[])[]): Outcome[][] {
  return sets.map((held, k) => {
    const model = fitOutcomes(sets.filter((_, j) => j !== k).flat());
    return held.map((o) => ({ ...o, score: applyModel(model, fusionTerms(o.evidence)) }));
  });
}
