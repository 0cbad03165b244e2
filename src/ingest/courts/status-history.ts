import type { Problem } from '../../domain/index.ts';
import { type ReaderSettings, readEventDate } from '../row-reader.ts';
import { isJson, type Json } from './nested-warrant.ts';

/** A line of a warrant's status history in a database. */
interface HistoryRow {
  readonly status: string;
  readonly start: string;
  /** The start with its time of day, where the database gives one. */
  readonly moment: string;
  readonly isOpen: boolean;
}

export function textOf(value: unknown): string {
  return value === null || value === undefined ? '' : String(value).trim();
}

/** `2026-02-03 14:05:00` as text that sorts; nothing where no time of day is given, or one relative to another zone. */
function momentOf(text: string): string {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)$/.exec(text) ?? [];
  return day && time ? `${day} ${time}` : '';
}

function isLater(one: HistoryRow, other: HistoryRow): boolean {
  if (one.start !== other.start) return one.start > other.start;
  return one.moment !== '' && other.moment !== '' && one.moment > other.moment;
}

function faulty(line: number, message: string): Problem {
  return { code: 'FIELD-FORMAT', severity: 'error', line, sourceField: 'status_history', message };
}

const isSame = (one: string, other: string) => one.toUpperCase() === other.toUpperCase();

/** The one status of several lines, if they have one. */
function agreed(rows: readonly HistoryRow[]): HistoryRow | undefined {
  const [first, ...others] = rows;
  return first && others.every(({ status }) => isSame(status, first.status)) ? first : undefined;
}

/**
 * The newest line of a row's status history. A list from a database has no order of its own: lines of one moment are
 * told apart by which is still open (no `end_date`), else by the row's own status, else not at all, which is listed.
 * A line without a readable start is a problem, not a guess.
 */
export function newestStatus(
  row: Json,
  settings: ReaderSettings,
  line: number,
): HistoryRow | Problem | undefined {
  const rows: HistoryRow[] = [];
  for (const item of Array.isArray(row.status_history) ? row.status_history : []) {
    const start = isJson(item) ? readEventDate(textOf(item.start_date), settings) : undefined;
    if (!isJson(item) || !start?.ok || textOf(item.status) === '')
      return faulty(line, 'A line of the status history has no status or no readable start date.');
    const moment = momentOf(textOf(item.start_date));
    rows.push({
      status: textOf(item.status),
      start: start.value,
      moment,
      isOpen: textOf(item.end_date) === '',
    });
  }
  const [some, ...more] = rows;
  if (!some) return undefined;
  const newest = more.reduce((known, one) => (isLater(known, one) ? known : one), some);
  const rivals = rows.filter((one) => one.start === newest.start && !isLater(newest, one));
  const own = rivals.filter(({ status }) => isSame(status, textOf(row.status)));
  return (
    agreed(rivals) ??
    agreed(rivals.filter(({ isOpen }) => isOpen)) ??
    agreed(own) ??
    faulty(line, 'Two lines of the status history start at one moment with different status.')
  );
}
