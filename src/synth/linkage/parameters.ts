/** Shares of mistakes and gaps in the synthetic linkage county; a court's row is worse than a booking desk's. */
export const COUNTY = {
  /** Bookings of one person: one, and again with this chance each time. */
  bookedAgain: 0.38,
  /** Share of warrants whose own booking is not in the table: cited and released, another county, lost. */
  absent: 0.1,
  /** First and last day of arrest. */
  arrests: { first: '2019-01-01', last: '2025-06-30' },
  /** Share of arrests on the day of the offence; the others follow within a year. */
  arrestedOnTheDay: 0.85,
  /** Days from arrest to the failure to appear. */
  untilHearing: { least: 15, most: 150 },
} as const;

/** Chances of each mistake or gap in a record. */
export interface RecordQuality {
  readonly mistypedName: number;
  readonly shortForm: number;
  readonly swappedNames: number;
  readonly halfSurname: number;
  readonly middleGone: number;
  readonly middleInitial: number;
  readonly suffixGone: number;
  readonly wrongDate: number;
  readonly dateGone: number;
  readonly looksGone: number;
  readonly otherRace: number;
  readonly wrongSex: number;
  readonly ssnGone: number;
  readonly olnGone: number;
  readonly numberWrong: number;
  readonly ciiGone: number;
  readonly phoneGone: number;
  readonly addressGone: number;
  readonly moved: number;
  readonly arrestGone: number;
  readonly offenseGone: number;
  readonly wrongEventDate: number;
  readonly agencyGone: number;
  readonly otherAgency: number;
  readonly chargeGone: number;
  readonly otherCharge: number;
}

export const BOOKING_QUALITY: RecordQuality = {
  mistypedName: 0.008,
  shortForm: 0.01,
  swappedNames: 0.001,
  halfSurname: 0.01,
  middleGone: 0.1,
  middleInitial: 0.15,
  suffixGone: 0.15,
  wrongDate: 0.008,
  dateGone: 0.002,
  looksGone: 0.01,
  otherRace: 0.04,
  wrongSex: 0.001,
  ssnGone: 0.35,
  olnGone: 0.25,
  numberWrong: 0.005,
  ciiGone: 0.02,
  phoneGone: 0.4,
  addressGone: 0.06,
  moved: 0.15,
  arrestGone: 0,
  offenseGone: 0.1,
  wrongEventDate: 0.002,
  agencyGone: 0.01,
  otherAgency: 0.01,
  chargeGone: 0.02,
  otherCharge: 0.03,
};

export const COURT_QUALITY: RecordQuality = {
  mistypedName: 0.04,
  shortForm: 0.04,
  swappedNames: 0.006,
  halfSurname: 0.06,
  middleGone: 0.35,
  middleInitial: 0.3,
  suffixGone: 0.35,
  wrongDate: 0.025,
  dateGone: 0.015,
  looksGone: 0.3,
  otherRace: 0.08,
  wrongSex: 0.003,
  ssnGone: 0.7,
  olnGone: 0.35,
  numberWrong: 0.02,
  ciiGone: 0.75,
  phoneGone: 0.7,
  addressGone: 0.1,
  moved: 0.25,
  arrestGone: 0.5,
  offenseGone: 0.015,
  wrongEventDate: 0.006,
  agencyGone: 0.2,
  otherAgency: 0.03,
  chargeGone: 0.03,
  otherCharge: 0.1,
};
