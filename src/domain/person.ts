/** A person as a court, jail or record system describes one. Text is the source's own, trimmed, never recased. */
export interface PersonName {
  readonly given?: string;
  readonly middle?: string;
  readonly surname?: string;
  readonly suffix?: string;
  /** The whole name where the source gives it so; not rebuilt from the parts. */
  readonly full?: string;
}

/** OLN / OLS / OLY: driver licence number, state, expiry year. NCIC wants all three or none. */
export interface DriverLicence {
  readonly number: string;
  readonly state?: string;
  readonly expiryYear?: string;
}

export interface LocalNumber {
  readonly number: string;
  /** Who gave the number: a system, county or agency, as the source names it. */
  readonly source?: string;
}

export interface PersonIdentifiers {
  /** SOC, digits only where the source had nine digits in any layout; else as given. */
  readonly ssn?: string;
  readonly licence?: DriverLicence;
  /** CII / SID: the state's fingerprint-backed number. */
  readonly cii?: string;
  /** FBI number / UCN. */
  readonly fbi?: string;
  /** State identity card, not the SID. */
  readonly stateCard?: LocalNumber;
  /** MNU values as given, e.g. `PS-123456`. */
  readonly mnu: readonly string[];
  readonly local: readonly LocalNumber[];
}

export interface Address {
  readonly kind?: string;
  readonly number?: string;
  readonly street?: string;
  readonly unit?: string;
  readonly city?: string;
  readonly state?: string;
  readonly zip?: string;
  readonly county?: string;
}

export interface Person {
  readonly name: PersonName;
  readonly aliases: readonly PersonName[];
  /** ISO calendar date. */
  readonly birthDate?: string;
  readonly otherBirthDates: readonly string[];
  readonly ageText?: string;
  readonly birthPlace?: string;
  readonly citizenship?: string;
  readonly sex?: string;
  readonly race?: string;
  readonly ethnicity?: string;
  readonly eyes?: string;
  readonly hair?: string;
  readonly skin?: string;
  readonly heightInches?: number;
  readonly weightPounds?: number;
  readonly ids: PersonIdentifiers;
  /** Scars, marks and tattoos: NCIC codes or words, as given. */
  readonly smt: readonly string[];
  /** Caution and medical: NCIC codes or words, as given. */
  readonly cautions: readonly string[];
  readonly addresses: readonly Address[];
  readonly phones: readonly string[];
}

export const NO_IDENTIFIERS: PersonIdentifiers = { mnu: [], local: [] };

export const NO_PERSON: Person = {
  name: {},
  aliases: [],
  otherBirthDates: [],
  ids: NO_IDENTIFIERS,
  smt: [],
  cautions: [],
  addresses: [],
  phones: [],
};

/** "SURNAME, GIVEN MIDDLE SUFFIX" for a clerk's eye; the NCIC field rules live in transmit/edits. */
export function displayName(name: PersonName): string {
  const given = [name.given, name.middle, name.suffix].filter(Boolean).join(' ');
  return [name.surname, given].filter(Boolean).join(', ') || name.full || '(no name)';
}
