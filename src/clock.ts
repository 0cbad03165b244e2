import { Temporal } from 'temporal-polyfill';

/** The only way time enters the system. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until told otherwise: tests, demos, replays. */
export class FixedClock implements Clock {
  #at: number;

  constructor(iso: string) {
    this.#at = Date.parse(iso);
  }

  now(): Date {
    return new Date(this.#at);
  }

  advance(milliseconds: number): void {
    this.#at += milliseconds;
  }
}

/** ISO 8601 with milliseconds and Z, as audit records want it (CJISSECPOL AU-8). */
export function isoInstant(at: Date): string {
  return at.toISOString();
}

/** The calendar date of an instant in a court's zone. DOW and DOB rules are in local dates, never UTC. */
export function localDate(at: Date, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString();
}

/** Whether a text is a day of the calendar, written YYYY-MM-DD. */
export function isCalendarDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
  if (!year || !month || !day || month > 12) return false;
  return day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth;
}

/** The instant at which a calendar date begins in a zone, ISO with milliseconds. */
export function startOfDay(date: string, zone: string): string {
  return Temporal.PlainDate.from(date)
    .toZonedDateTime(zone)
    .toInstant()
    .toString({ smallestUnit: 'millisecond' });
}

/** Whole days from one ISO date to another. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;
}
