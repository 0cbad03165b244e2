import type { Booking, CourtEvent, PriorRecord, Warrant } from '../../domain/index.ts';
import type { ScenarioName } from './scenario.ts';

export interface CountyOptions {
  readonly seed: string;
  readonly warrants: number;
  /** The night of the run, ISO; warrants are issued in the days before it. */
  readonly today: string;
}

export type CourtSystem = 'ojbc' | 'odyssey' | 'ebench';

/** A print to be drawn: whose finger, and how it was taken. */
export interface PlannedPrint {
  readonly personId: string;
  readonly finger: 1 | 6;
  readonly kind: 'livescan' | 'inked' | 'blank';
  readonly format: 'png' | 'wsq' | 'an2';
  readonly file: string;
}

export interface PlannedBooking {
  readonly booking: Booking;
  readonly prints: readonly PlannedPrint[];
}

export interface PlannedPrior {
  readonly record: PriorRecord;
  readonly prints: readonly PlannedPrint[];
}

export interface PlannedWarrant {
  readonly scenario: ScenarioName;
  readonly system: CourtSystem;
  readonly warrant: Warrant;
  /** What the court says of it, in order. */
  readonly events: readonly CourtEvent[];
  /** The truth: who missed the appearance, and the booking it grew out of. */
  readonly personId: string;
  readonly bookingNumber?: string;
  readonly cii?: string;
}

export interface CountyPlan {
  readonly warrants: readonly PlannedWarrant[];
  readonly bookings: readonly PlannedBooking[];
  readonly citations: readonly PlannedBooking[];
  readonly priors: readonly PlannedPrior[];
}

export const COUNTY = {
  name: 'Example',
  courtOri: 'CA001015J',
  courtName: 'Superior Court of Example County',
  sheriffOri: 'CA0010000',
  policeOri: 'CA0010300',
} as const;
