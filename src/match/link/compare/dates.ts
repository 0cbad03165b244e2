import { FITS_DAYS, NEAR_DAYS } from '../parameters.ts';
import { dayNumber } from '../text/dates.ts';

/** Levels of agreement of a birth date, best first. */
export const DOB = { exact: 1, slip: 2, swapped: 3, twoParts: 4, year: 5, other: 6 } as const;
/** Levels of agreement of two dates of the same kind (arrest and arrest), best first. */
export const EVENT = { same: 1, slip: 2, mixed: 3, near: 4, other: 5 } as const;
/** Levels of an offence in one record and an arrest in the other, best first. */
export const SEQUENCE = { sameDay: 1, fits: 2, near: 3, other: 4 } as const;

/** One digit differs, or two neighbouring digits are swapped, in numbers of eight digits. */
export function datesAreOneSlip(a: number, b: number): boolean {
  let differing = 0;
  let place = -1;
  let [x, y] = [a, b];
  for (let i = 0; i < 8; i += 1) {
    if (x % 10 !== y % 10) {
      differing += 1;
      if (differing > 2) return false;
      if (differing === 2 && (place !== i - 1 || !swappedAt(a, b, i))) return false;
      place = i;
    }
    x = Math.floor(x / 10);
    y = Math.floor(y / 10);
  }
  return differing > 0;
}

/** Digits at places `i` and `i - 1` (from the right) are each other's. */
function swappedAt(a: number, b: number, i: number): boolean {
  const low = 10 ** (i - 1);
  const [x, y] = [Math.floor(a / low) % 100, Math.floor(b / low) % 100];
  return Math.floor(x / 10) === y % 10 && x % 10 === Math.floor(y / 10);
}

const year = (date: number): number => Math.floor(date / 10_000);
const monthDay = (date: number): number => date % 10_000;
const isStandIn = (date: number): boolean => monthDay(date) === 101;

/** How two birth dates (`YYYYMMDD`, 0 unknown) agree. 1 January stands for "only the year is known". */
export function dobLevel(a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  if (a === b) return DOB.exact;
  if (isStandIn(a) || isStandIn(b)) return year(a) === year(b) ? DOB.year : DOB.other;
  const turned = (monthDay(a) % 100) * 100 + Math.floor(monthDay(a) / 100);
  if (year(a) === year(b) && turned === monthDay(b)) return DOB.swapped;
  if (datesAreOneSlip(a, b)) return DOB.slip;
  const agreeing =
    Number(year(a) === year(b)) +
    Number(a % 100 === b % 100) +
    Number(Math.floor(monthDay(a) / 100) === Math.floor(monthDay(b) / 100));
  if (agreeing === 2) return DOB.twoParts;
  return year(a) === year(b) ? DOB.year : DOB.other;
}

function sameEventLevel(a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  if (a === b) return EVENT.same;
  const apart = Math.abs(dayNumber(a) - dayNumber(b));
  if (apart === 1 || datesAreOneSlip(a, b)) return EVENT.slip;
  return apart <= NEAR_DAYS ? EVENT.near : EVENT.other;
}

/** An offence of one record against an arrest of the other: the arrest follows, mostly on the same day. */
function followsLevel(offense: number, arrest: number): number {
  if (offense === 0 || arrest === 0) return 0;
  const after = dayNumber(arrest) - dayNumber(offense);
  if (after === 0) return SEQUENCE.sameDay;
  if (after > 0 && after <= FITS_DAYS) return SEQUENCE.fits;
  return Math.abs(after) <= NEAR_DAYS ? SEQUENCE.near : SEQUENCE.other;
}

/** The dates of one record's event. */
export interface EventDates {
  readonly arrest: number;
  readonly offense: number;
  readonly citation: number;
}

const better = (a: number, b: number): number => (a === 0 ? b : b === 0 ? a : Math.min(a, b));

/**
 * How two records' events agree by dates of the same kind; 0 where they have none in common. One kind agreeing while
 * another is plainly different is two arrests on one day, or one offence with two arrests.
 */
export function eventLevel(a: EventDates, b: EventDates): number {
  const arrest = sameEventLevel(a.arrest, b.arrest);
  const offense = sameEventLevel(a.offense, b.offense);
  const citation = sameEventLevel(a.citation, b.citation);
  const best = better(better(arrest, offense), citation);
  return best <= EVENT.slip && Math.max(arrest, offense, citation) >= EVENT.near ? EVENT.mixed : best;
}

/** Whether one record's arrest follows the other's offence; asked where they have no kind of date in common. */
export function sequenceLevel(a: EventDates, b: EventDates): number {
  return better(
    followsLevel(a.offense || a.citation, b.arrest),
    followsLevel(b.offense || b.citation, a.arrest),
  );
}
