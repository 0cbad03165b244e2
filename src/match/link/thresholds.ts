import type { LinkDecision } from './decide/types.ts';

/** What a threshold table needs of each decision; `right` where the truth is known. */
export interface JudgedDecision {
  readonly decision: Pick<LinkDecision, 'kind' | 'probability' | 'gap' | 'reasons' | 'candidates'>;
  /** Whether the best candidate is the true booking. */
  readonly right?: boolean;
}

export interface ThresholdRow {
  readonly probability: number;
  /** Share of warrants that would be attached. */
  readonly attached: number;
  /** Links in 100,000 warrants that the model itself expects to be wrong. */
  readonly expectedFalsePer100k: number;
  /** Links in 100,000 warrants that were wrong, where the truth is known. */
  readonly observedFalsePer100k: number | undefined;
}

/** Thresholds worth choosing among. */
export const THRESHOLDS: readonly number[] = [0.5, 0.9, 0.99, 0.999, 0.9995, 0.9999, 0.99999];

/** Held back for a reason no threshold lifts. */
const HELD = ['LINK_CONTRADICTED', 'LINK_INCOMPLETE', 'LINK_TIED'];

/**
 * What each threshold would give: how many warrants are attached and how many of 100,000 would be attached wrongly,
 * by the model's own probabilities and, where the truth is known, in fact. The two agreeing is what "calibrated"
 * means.
 */
export function thresholdTable(
  judged: readonly JudgedDecision[],
  thresholds: readonly number[] = THRESHOLDS,
): readonly ThresholdRow[] {
  const scale = 100_000 / Math.max(1, judged.length);
  const free = judged.filter(({ decision }) => !decision.reasons.some((reason) => HELD.includes(reason)));
  return thresholds.map((probability) => {
    const attached = free.filter(({ decision }) => decision.probability >= probability);
    const known = attached.every(({ right }) => right !== undefined);
    return {
      probability,
      attached: attached.length / Math.max(1, judged.length),
      expectedFalsePer100k: scale * attached.reduce((sum, { decision }) => sum + 1 - decision.probability, 0),
      observedFalsePer100k: known
        ? scale * attached.filter(({ right }) => right === false).length
        : undefined,
    };
  });
}
