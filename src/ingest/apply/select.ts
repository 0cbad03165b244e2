import {
  type EligibilityPolicy,
  eligibility,
  hasExpired,
  type ReasonCode,
  type Warrant,
  type WarrantState,
} from '../../domain/index.ts';

export interface Selection {
  readonly policy: EligibilityPolicy;
  readonly county: string;
  /** Today in the court's zone, ISO. */
  readonly today: string;
}

/** Where an active warrant starts: on its way, not sent by policy, or over by its own expiration date. */
export function startOf(warrant: Warrant, selection: Selection): { state: WarrantState; code: ReasonCode } {
  const { policy, county, today } = selection;
  if (hasExpired(warrant, today)) return { state: 'expired', code: 'WAR-EXPIRED' };
  const kind = warrant.kind?.code;
  if (kind === 'ARREST' || kind === 'OTHER') return { state: 'not-selected', code: 'WAR-NOT-FTA' };
  const verdict = eligibility(policy, warrant, today, county);
  return verdict.send ? { state: 'checked', code: 'SYS-OK' } : { state: 'not-selected', code: verdict.code };
}
