import type { ReasonCode } from './reasons.ts';
import type { Warrant, WarrantLevel } from './warrant.ts';

/** One dated line of what may be sent. The first line that covers the warrant on the date decides. */
export interface EligibilityRule {
  readonly name: string;
  /** First day in force, ISO. */
  readonly from: string;
  /** Last day in force, ISO; open if absent. */
  readonly to?: string;
  /** Counties by name; all if absent. */
  readonly counties?: readonly string[];
  readonly levels?: readonly WarrantLevel[];
  /** Law books or `BOOK section`, e.g. `VC` or `PC 853.7`; every offence must be covered. */
  readonly statutes?: readonly string[];
  /** Applies only to bail below this many cents (a no-bail warrant is above every floor). */
  readonly bailBelowCents?: number;
  readonly send: boolean;
  readonly code: ReasonCode;
  /** The statute or county order, in a sentence for the clerk. */
  readonly why: string;
}

export interface EligibilityPolicy {
  readonly version: string;
  readonly rules: readonly EligibilityRule[];
}

/** Whether a warrant may be sent, by which rule, and why. */
export interface Eligibility {
  readonly send: boolean;
  readonly code: ReasonCode;
  readonly rule: string;
  readonly why: string;
}

function statuteCovered(warrant: Warrant, statutes: readonly string[]): boolean {
  const offences = warrant.offences.filter((offence) => offence.statuteCode);
  return (
    offences.length > 0 &&
    offences.every((offence) =>
      statutes.some(
        (s) => s === offence.statuteCode || s === `${offence.statuteCode} ${offence.statuteSection ?? ''}`,
      ),
    )
  );
}

function covers(rule: EligibilityRule, warrant: Warrant, date: string, county: string): boolean {
  if (date < rule.from || (rule.to !== undefined && date > rule.to)) return false;
  if (rule.counties && !rule.counties.includes(county)) return false;
  const level = warrant.level?.code;
  if (rule.levels && !(level && rule.levels.includes(level))) return false;
  if (rule.statutes && !statuteCovered(warrant, rule.statutes)) return false;
  if (rule.bailBelowCents !== undefined) {
    if (warrant.bail?.kind?.code === 'NO_BAIL') return false;
    if (warrant.bail?.cents === undefined || warrant.bail.cents >= rule.bailBelowCents) return false;
  }
  return true;
}

/**
 * Applies the dated policy to one warrant. Law and county orders move (AB 2122; bail floors), so they are data.
 * @param date the court's local calendar date on which the warrant would be sent, ISO
 */
export function eligibility(
  policy: EligibilityPolicy,
  warrant: Warrant,
  date: string,
  county: string,
): Eligibility {
  const rule = policy.rules.find((candidate) => covers(candidate, warrant, date, county));
  if (!rule) {
    return {
      send: false,
      code: 'WAR-NOT-SELECTED',
      rule: 'none',
      why: `No rule of policy ${policy.version} covers this warrant on ${date}.`,
    };
  }
  return { send: rule.send, code: rule.code, rule: rule.name, why: rule.why };
}

/**
 * What holds where a county has set nothing else: every level may be sent. The AB 2122 lines (Vehicle Code
 * infractions barred) stand ready in docs/configuration.md and enter by configuration once the bill is law.
 */
export const DEFAULT_POLICY: EligibilityPolicy = {
  version: 'default-1',
  rules: [
    {
      name: 'all-levels',
      from: '1900-01-01',
      levels: ['F', 'M', 'I'],
      send: true,
      code: 'SYS-OK',
      why: 'Felony, misdemeanour and infraction bench warrants may be sent.',
    },
  ],
};
