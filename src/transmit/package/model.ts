import type { OriginKind, PersonName, PrintPurpose, Verdict, Warrant } from '../../domain/index.ts';

/** What every message to the destination carries, whatever its kind. All of it is fixed by the caller. */
export interface MessageHeader {
  /** Idempotency key: the same message always has the same id. */
  readonly messageId: string;
  /** Instant of creation, ISO 8601 UTC; stored with the message so that a rebuild gives the same bytes. */
  readonly created: string;
  /** Version of the warrant in our store. */
  readonly version: number;
  /** The court system the warrant came from, from configuration. */
  readonly sourceSystem: string;
}

/** The booking or citation at which the print was taken; facts of its feed. */
export interface MessageOrigin {
  readonly kind: OriginKind;
  /** Booking or citation number. */
  readonly number: string;
  readonly agencyOri?: string;
  readonly agencyName?: string;
  /** Livescan transaction control number. */
  readonly tcn?: string;
  /** ISO dates. */
  readonly arrestDate?: string;
  readonly bookedDate?: string;
}

/** A print as an ANSI/NIST-ITL file, with what the message says about the image inside it. */
export interface PrintAttachment {
  /** The whole ANSI/NIST file. */
  readonly bytes: Uint8Array;
  /** SHA-256 of `bytes`, 64 hexadecimal digits; checked when the message is built. */
  readonly sha256: string;
  /** ANSI/NIST FGP. */
  readonly finger: number;
  /** ANSI/NIST IMP. */
  readonly impression: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels per inch. */
  readonly ppi: number;
  /** ANSI/NIST compression algorithm, e.g. WSQ20, NONE. */
  readonly compression: string;
  readonly purpose: Exclude<PrintPurpose, 'prior-record'>;
  /** ISO date. */
  readonly captureDate?: string;
  /** 0 worst to 100 best. */
  readonly quality?: number;
}

/** A named limit the score was held against, e.g. match, non-match. */
export interface PrintThreshold {
  readonly name: string;
  readonly value: number;
}

/** What became of the print check, and the numbers it proved. */
export interface PrintDisposition {
  readonly verdict: Verdict;
  /** A plain sentence, without anybody's name. */
  readonly sentence?: string;
  readonly score?: number;
  readonly thresholds: readonly PrintThreshold[];
  /** Name and version of the algorithm. */
  readonly algorithm?: string;
  /** Fingerprint-backed numbers. They are sent only under the verdict `verified`, or `found` once confirmed. */
  readonly cii?: string;
  readonly fbi?: string;
}

/** A person shown not to be the one wanted; carried on the record from then on. */
export interface Exoneration {
  readonly name: PersonName;
  readonly birthDate?: string;
  /** A number that tells this person apart, e.g. a CII, with its kind. */
  readonly number?: { readonly kind: string; readonly value: string };
  readonly date?: string;
  readonly method: string;
  readonly informant?: string;
}

/** All that a record at the destination says about one warrant. */
export interface RecordFacts {
  readonly warrant: Warrant;
  readonly origin?: MessageOrigin;
  readonly print?: PrintAttachment;
  readonly disposition: PrintDisposition;
  /** The person's other warrants at the same agency, most serious first (one lead record per person and ORI). */
  readonly others: readonly Warrant[];
  readonly exonerations: readonly Exoneration[];
}

/** The record a later message is about, as the destination holds it. */
export interface RecordReference {
  /** ORI of the record owner. */
  readonly ori: string;
  readonly fcn?: string;
  readonly nic?: string;
  readonly oca?: string;
  /** NAM exactly as it was sent in the entry: a cancel must repeat it letter by letter. */
  readonly nameAsSent: string;
}

/** Why a record goes: cancel for all but SERVED, clear for SERVED. */
export type RemovalReason =
  | 'RECALLED'
  | 'QUASHED'
  | 'EXPIRED'
  | 'SERVED'
  | 'ENTERED_IN_ERROR'
  | 'SUPERSEDED'
  | 'WITHDRAWN';

export interface EnterMessage extends MessageHeader {
  readonly kind: 'enter';
  readonly facts: RecordFacts;
}

/** Only what changed: `before` is what the destination was last told and accepted. */
export interface ModifyMessage extends MessageHeader {
  readonly kind: 'modify';
  readonly record: RecordReference;
  readonly before: RecordFacts;
  readonly facts: RecordFacts;
}

export interface RemovalMessage extends MessageHeader {
  readonly kind: 'cancel' | 'clear';
  readonly record: RecordReference;
  readonly reason: RemovalReason;
  /** ISO date, court's calendar. */
  readonly date: string;
  /** The court's own words. */
  readonly reasonText?: string;
}

/** Identifiers to add to a record: aliases, further birth dates, scars, numbers. */
export interface SupplementalMessage extends MessageHeader {
  readonly kind: 'supplemental';
  readonly record: RecordReference;
  readonly additions: Supplement;
}

export interface Supplement {
  readonly aliases: readonly PersonName[];
  readonly birthDates: readonly string[];
  readonly smt: readonly string[];
  readonly mnu: readonly string[];
}

export interface ValidateMessage extends MessageHeader {
  readonly kind: 'validate';
  readonly record: RecordReference;
  /** VLN: who certifies. */
  readonly validator: string;
  /** Whom they consulted. */
  readonly consulted: string;
  readonly date: string;
}

/** One message to the destination. Each profile (niem-6, ojbc-3, ncic-text) writes the same model. */
export type WarrantMessage =
  | EnterMessage
  | ModifyMessage
  | RemovalMessage
  | SupplementalMessage
  | ValidateMessage;
