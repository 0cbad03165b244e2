import { localDate } from '../clock.ts';
import { xsDate } from './xml/values.ts';

/** Text of a source to a calendar date, or undefined for what is none. */
export type DateReader = (text: string) => string | undefined;

/** A date-time that says by an offset or `Z` which moment it is; midnight by its own reckoning is none of them. */
const MOMENT =
  /^\d{4}-\d\d-\d\dT(?!(?:00:00:00(?:\.0+)?|24:)[Z+-])\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
/** A date alone is by far the most frequent. */
const SHORTEST_MOMENT = '2026-03-02T03:00:00Z'.length;

function dateIn(zone: string): DateReader {
  return (text) => {
    const written = xsDate(text);
    if (written === undefined || text.length < SHORTEST_MOMENT || !MOMENT.test(text)) return written;
    return localDate(new Date(text), zone);
  };
}

const readers = new Map<string, DateReader>();

/**
 * Dates of events in a court's zone: a moment is the day it was there; a date, a date-time without an offset, and
 * midnight with one (a date that a program wrote as a date-time) are the day as written. Not for birth dates, which
 * are days and no moments: {@link xsDate}.
 */
export function datesIn(zone: string): DateReader {
  const known = readers.get(zone) ?? dateIn(zone);
  readers.set(zone, known);
  return known;
}
