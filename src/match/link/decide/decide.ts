import * as P from '../parameters.ts';
import type { HoldReason, LinkCandidate, LinkOptions, NoneReason } from './types.ts';

/** What the candidates of one warrant say together. */
export interface Verdict {
  readonly kind: 'attach' | 'review' | 'none';
  readonly gap: number;
  readonly reasons: readonly (HoldReason | NoneReason)[];
}

/** Facts of the search that the candidates do not carry. */
export interface SearchFacts {
  /** Whether the warrant says anything at all. */
  readonly empty: boolean;
  readonly incomplete: boolean;
  /** Bookings left out as later than the failure to appear. */
  readonly later: number;
  /** The best candidate that is not the same booking entered twice. */
  readonly runnerUp: LinkCandidate | undefined;
}

/**
 * Attach, ask a person, or neither. Attaches only what is likely, well ahead of the runner-up, uncontradicted and
 * completely searched; everything else of any likelihood goes to a person.
 */
export function decide(
  candidates: readonly LinkCandidate[],
  facts: SearchFacts,
  options: LinkOptions,
): Verdict {
  const best = candidates[0];
  if (best === undefined) return { kind: 'none', gap: 0, reasons: [noCandidate(facts)] };
  const gap = facts.runnerUp === undefined ? P.NO_RIVAL_GAP : best.weight - facts.runnerUp.weight;
  if (best.probability < (options.reviewProbability ?? P.REVIEW_PROBABILITY)) {
    return { kind: 'none', gap, reasons: [unlikely(best, facts)] };
  }
  const holds: HoldReason[] = [];
  if (isUnsure(best, options)) holds.push('LINK_UNSURE');
  if (gap < (options.attachGap ?? P.ATTACH_GAP)) holds.push('LINK_TIED');
  if (best.contradictions.length > 0) holds.push('LINK_CONTRADICTED');
  if (facts.incomplete) holds.push('LINK_INCOMPLETE');
  return { kind: holds.length === 0 ? 'attach' : 'review', gap, reasons: holds };
}

function isUnsure(best: LinkCandidate, options: LinkOptions): boolean {
  if (best.personProbability < (options.attachPerson ?? P.ATTACH_PERSON)) return true;
  return best.probability < (options.attachProbability ?? P.ATTACH_PROBABILITY);
}

function noCandidate(facts: SearchFacts): NoneReason {
  if (facts.empty) return 'LINK_NOTHING_TO_COMPARE';
  return facts.later > 0 ? 'LINK_ONLY_LATER' : 'LINK_NO_CANDIDATE';
}

function unlikely(best: LinkCandidate, facts: SearchFacts): NoneReason {
  if (best.personProbability >= 0.5) return 'LINK_OTHER_EVENT';
  return facts.later > 0 ? 'LINK_ONLY_LATER' : 'LINK_NO_CANDIDATE';
}
