import type { Person } from './person.ts';

/** The event at which a person's print was taken. */
export type OriginKind = 'booking' | 'citation';

/** A jail booking or a citation as its feed states it. */
export interface Booking {
  readonly kind: OriginKind;
  /** The feed's own name, from configuration. */
  readonly system: string;
  /** Booking or citation number. */
  readonly number: string;
  readonly agencyOri?: string;
  /** Livescan transaction control number. */
  readonly tcn?: string;
  readonly arrestDate?: string;
  readonly bookedDate?: string;
  readonly caseNumbers: readonly string[];
  readonly charges: readonly string[];
  readonly person: Person;
  /** Citations: set when the case is disposed of; the print must then be purged (VC 40500(a)). */
  readonly disposedDate?: string;
}

/** A criminal-history record with at least one print: what a booking claims to be, or turns out to be. */
export interface PriorRecord {
  readonly system: string;
  readonly number: string;
  readonly cii?: string;
  readonly fbi?: string;
  readonly person: Person;
}
