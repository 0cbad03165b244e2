import { Temporal } from 'temporal-polyfill';

/** When a court's files are expected, and what of them is odd. Set for each source in the configuration. */
export interface Expectation {
  readonly source: string;
  /** IANA zone of the court. */
  readonly zone: string;
  /** Local time by which the file has come, `HH:MM`. */
  readonly by: string;
  /** ISO weekdays on which one comes, 1 = Monday; every day if absent. */
  readonly weekdays?: readonly number[];
  /** ISO dates on which none comes. */
  readonly holidays?: readonly string[];
  /** Minutes after `by` until it counts as late, and until it counts as missing. */
  readonly lateAfter: number;
  readonly missingAfter: number;
  /** Fewer records than this share of the usual number, or more than this multiple, are odd. */
  readonly fewShare: number;
  readonly manyTimes: number;
  /** A file without a record is normal on quiet days. */
  readonly emptyIsNormal?: boolean;
}

export const DEFAULT_EXPECTATION = {
  lateAfter: 30,
  missingAfter: 240,
  fewShare: 0.5,
  manyTimes: 3,
} as const;

export function isExpectedOn(expectation: Expectation, date: Temporal.PlainDate): boolean {
  if (expectation.holidays?.includes(date.toString())) return false;
  return expectation.weekdays?.includes(date.dayOfWeek) ?? true;
}

/**
 * The instant a file is due on a date. A local time that a clock change skips or repeats is taken as the
 * later one, so that nobody is called late an hour too early.
 */
export function dueAt(expectation: Expectation, date: Temporal.PlainDate): Temporal.Instant {
  const time = Temporal.PlainTime.from(expectation.by);
  return date
    .toPlainDateTime(time)
    .toZonedDateTime(expectation.zone, { disambiguation: 'later' })
    .toInstant();
}

export interface Window {
  /** The date the file stands for. */
  readonly date: string;
  readonly due: Temporal.Instant;
  /** From here on a file counts for this date: the due time before. */
  readonly opens: Temporal.Instant;
}

/** How far back a calendar is searched for its last due time: past the longest court closure. */
const LOOK_BACK_DAYS = 45;

/** The newest window whose due time has passed, or undefined where none has yet. */
export function currentWindow(expectation: Expectation, now: Temporal.Instant): Window | undefined {
  let date = now.toZonedDateTimeISO(expectation.zone).toPlainDate();
  const found: { date: string; due: Temporal.Instant }[] = [];
  for (let back = 0; back < LOOK_BACK_DAYS && found.length < 2; back++) {
    if (isExpectedOn(expectation, date)) {
      const due = dueAt(expectation, date);
      if (Temporal.Instant.compare(due, now) <= 0) found.push({ date: date.toString(), due });
    }
    date = date.subtract({ days: 1 });
  }
  const [last, before] = found;
  return last && { ...last, opens: before?.due ?? last.due.subtract({ hours: 24 }) };
}
