import { NO_PERSON, type Person } from './person.ts';

/** What a court system's status word means, whatever the word was (domain brief D.10, N-DEx WarrantStatusCode). */
export type CourtStatus =
  | 'ORDERED'
  | 'ISSUED'
  | 'STAYED'
  | 'RECALLED'
  | 'QUASHED'
  | 'SERVED'
  | 'EXPIRED'
  | 'UNKNOWN';

/** What one court document or row says happened. `snapshot` only says how things stand. */
export type CourtEvent =
  | 'issued'
  | 'modified'
  | 'stayed'
  | 'recalled'
  | 'quashed'
  | 'served'
  | 'expired'
  | 'snapshot'
  /** Answers of another warrant repository, met in court drops: kept as evidence, they change no warrant. */
  | 'accepted'
  | 'rejected';

/** A coded value with the source's own word beside it. `code` is absent where no mapping covers the word. */
export interface Coded<Code extends string> {
  readonly code?: Code;
  readonly raw: string;
}

export type WarrantLevel = 'F' | 'M' | 'I';
export type WarrantKind = 'BENCH' | 'ARREST' | 'OTHER';
/** Bail kinds that must never be confused: the wrong word has held people (domain brief C.1). */
export type BailKind = 'CASH_ONLY' | 'BONDABLE' | 'NO_BAIL' | 'OR_CITE';

export interface Bail {
  readonly kind?: Coded<BailKind>;
  /** Exact cents, never a float. */
  readonly cents?: number;
  readonly status?: string;
}

export interface Offence {
  readonly count?: string;
  /** NCIC OFF, four digits, where the source gives one. */
  readonly ncic?: string;
  /** Law book, e.g. PC, VC. */
  readonly statuteCode?: string;
  readonly statuteSection?: string;
  readonly description?: string;
  readonly level?: Coded<WarrantLevel>;
  readonly offenceDate?: string;
  readonly chargeCode?: string;
  readonly originalOffenceCode?: string;
  readonly prosecutionCode?: string;
}

export interface Appearance {
  /** The date that was missed, ISO. */
  readonly date?: string;
  readonly courtOri?: string;
  readonly reason?: string;
}

export interface Extradition {
  readonly limit?: string;
  readonly indicator?: boolean;
  readonly pickupRadius?: string;
  readonly broadcast?: string;
}

export interface Vehicle {
  readonly vin?: string;
  readonly year?: string;
  readonly make?: string;
  readonly model?: string;
  readonly style?: string;
  readonly colour?: string;
  readonly secondColour?: string;
  readonly plate?: string;
  readonly plateState?: string;
  readonly plateType?: string;
  /** Year or year-month as given. */
  readonly plateExpires?: string;
}

export interface CourtCase {
  readonly number?: string;
  readonly docket?: string;
  /** Criminal tracking number. */
  readonly trackingNumber?: string;
  readonly status?: string;
}

/** The event the warrant grew out of, as far as the court knows it: the keys that lead to the print. */
export interface Origin {
  /** Livescan transaction control number. */
  readonly tcn?: string;
  readonly bookingNumber?: string;
  readonly bookingAgencyOri?: string;
  readonly citationNumber?: string;
  readonly arrestDate?: string;
}

/** One note of the source, with its own category word. */
export interface Note {
  readonly category?: string;
  readonly date?: string;
  readonly text: string;
}

/**
 * A serving agency that has the warrant in hand ("checked out"): it must be told of a recall, never bypassed.
 * Texts as the source gives them.
 */
export interface ServiceCustody {
  readonly status?: string;
  readonly agency?: string;
  readonly person?: string;
  readonly phone?: string;
  readonly date?: string;
}

/** A bench warrant in this system's own words; every value is the source's, typed and trimmed. */
export interface Warrant {
  readonly number?: string;
  /** OCA: the enforcing agency's case number. */
  readonly oca?: string;
  /** The identity another repository gave it (FCN or state number). */
  readonly repositoryId?: string;
  readonly kind?: Coded<WarrantKind>;
  readonly status: Coded<CourtStatus>;
  readonly statusDate?: string;
  readonly level?: Coded<WarrantLevel>;
  readonly issuedDate?: string;
  readonly expirationDate?: string;
  readonly recallDate?: string;
  readonly recallReason?: string;
  readonly servedDate?: string;
  readonly courtOri?: string;
  readonly courtName?: string;
  /** Record owner: the ORI on the wanted-person record. */
  readonly agencyOri?: string;
  readonly agencyName?: string;
  readonly issuingAgencyOri?: string;
  readonly judge?: string;
  readonly requestedBy?: string;
  readonly jurisdiction?: string;
  readonly bail?: Bail;
  readonly nightService?: boolean;
  readonly extradition?: Extradition;
  readonly entryCategory?: string;
  readonly offences: readonly Offence[];
  readonly case: CourtCase;
  readonly missedAppearance?: Appearance;
  readonly origin: Origin;
  readonly person: Person;
  readonly vehicles: readonly Vehicle[];
  readonly notes: readonly Note[];
  readonly custody?: ServiceCustody;
  readonly sealed?: boolean;
  readonly juvenile?: boolean;
  /** Private surety bond on the case: PC 980(b), 1196(b). */
  readonly suretyBond?: boolean;
  /** A DMV non-compliance notice is open on the same offence: VC 40002.1. */
  readonly dmvNoticeOpen?: boolean;
}

/** A warrant that says nothing. */
export const NO_WARRANT: Warrant = {
  status: { raw: '' },
  offences: [],
  case: {},
  origin: {},
  person: NO_PERSON,
  vehicles: [],
  notes: [],
};

/** Whether its own last day in force has passed on a day at the court, ISO; without such a date it never does. */
export function hasExpired({ expirationDate }: Pick<Warrant, 'expirationDate'>, today: string): boolean {
  return expirationDate !== undefined && expirationDate < today;
}

/** Whether nothing of the case may be told: sealed, or a juvenile's. */
export function isConfidential({ sealed, juvenile }: Warrant): boolean {
  return sealed === true || juvenile === true;
}
