import type { ExplainOptions, Explanation } from './explain.ts';

export interface LinkOptions {
  /** Least probability that it is the same person, to attach; default `ATTACH_PERSON`. */
  readonly attachPerson?: number;
  /** Least probability that it is the very booking, to attach; default `ATTACH_PROBABILITY`. */
  readonly attachProbability?: number;
  /** Least bits to the runner-up; default `ATTACH_GAP`. */
  readonly attachGap?: number;
  /** Least probability to ask a person; default `REVIEW_PROBABILITY`. */
  readonly reviewProbability?: number;
  /** Share of warrants whose booking is in the table, where it is known better than by the model. */
  readonly coverage?: number;
}

/** Why a likely booking is not attached without a person. */
export type HoldReason =
  /** Probability under the line. */
  | 'LINK_UNSURE'
  /** Another booking is nearly as likely. */
  | 'LINK_TIED'
  /** Something that cannot be two people's differs: state or federal number, Jr against Sr, half a foot of height. */
  | 'LINK_CONTRADICTED'
  /** Too many rows shared every key; a better booking may not have been looked at. */
  | 'LINK_INCOMPLETE';

/** Why there is no link at all. */
export type NoneReason =
  | 'LINK_NOTHING_TO_COMPARE'
  | 'LINK_NO_CANDIDATE'
  /** The person is known, but no booking of theirs is of this event. */
  | 'LINK_OTHER_EVENT'
  /** The only bookings of the person came after the failure to appear. */
  | 'LINK_ONLY_LATER';

export interface LinkCandidate {
  readonly id: string;
  /** That this booking is the warrant's origin. */
  readonly probability: number;
  /** That it is of the same person, whatever the event. */
  readonly personProbability: number;
  /** Evidence in bits, before any prior. */
  readonly weight: number;
  /** Fields that contradict the link. */
  readonly contradictions: readonly string[];
}

export interface LinkDecision {
  readonly kind: 'attach' | 'review' | 'none';
  /** Of the best candidate; 0 where there is none. */
  readonly probability: number;
  /** Bits between the best candidate and the runner-up; 99 where there is no runner-up. */
  readonly gap: number;
  readonly reasons: readonly (HoldReason | NoneReason)[];
  /** Best first, at most five. */
  readonly candidates: readonly LinkCandidate[];
  /** Bookings left out because they came after the failure to appear. */
  readonly later: number;
  /** The reasoning for the best candidate, or for another one by its id. */
  explain(options?: ExplainOptions & { readonly candidate?: string }): Explanation;
}
