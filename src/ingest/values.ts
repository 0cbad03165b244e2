import type { DateReader } from './moments.ts';
import {
  cents,
  digits,
  indicator,
  isCalendarDate,
  isoDate,
  ncicHeight,
  pounds,
  xsDate,
} from './xml/values.ts';

/** The order in which a source writes the parts of a date. */
export type DateOrder = 'YMD' | 'MDY' | 'DMY';

/**
 * Readers of single cells of delimited and fixed-width feeds. Each gives a value, or a sentence that says what
 * was expected; none guesses, and none repeats the value (it may be a person's).
 */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

const bad = <T>(why: string): Read<T> => ({ ok: false, why });

function valueOr<T>(value: T | undefined, why: string): Read<T> {
  return value === undefined ? bad(why) : { ok: true, value };
}

export function isDateOrder(text: string | undefined): text is DateOrder {
  return text === 'YMD' || text === 'MDY' || text === 'DMY';
}

/** `08/13/2015` in the stated order, the way most courts write; undefined for any other, which may be a date still. */
function slashedDate(text: string, order: DateOrder): string | undefined {
  if (text.length !== 10 || order === 'YMD' || text[2] !== '/' || text[5] !== '/') return undefined;
  const [first, second, year] = [digits(text, 0, 2), digits(text, 3, 5), digits(text, 6, 10)];
  const isMonthFirst = order === 'MDY';
  if (!isCalendarDate(year, isMonthFirst ? first : second, isMonthFirst ? second : first)) return undefined;
  const [a, b] = [text.slice(0, 2), text.slice(3, 5)];
  return `${text.slice(6)}-${isMonthFirst ? a : b}-${isMonthFirst ? b : a}`;
}

/** `20150813`, `08132015`, `8/13/2015`, `08-13-2015` in the stated order. */
function orderedDate(text: string, order: DateOrder): string | undefined {
  const parts = /^\d{8}$/.test(text) ? splitPacked(text, order) : text.split(/[-/.]/);
  if (parts.length !== 3 || !parts.every((part) => /^\d{1,4}$/.test(part))) return undefined;
  const at = (letter: string) => parts[order.indexOf(letter)] ?? '';
  if (at('Y').length !== 4 || at('M').length > 2 || at('D').length > 2) return undefined;
  return isoDate(`${at('Y')}-${at('M').padStart(2, '0')}-${at('D').padStart(2, '0')}`);
}

function splitPacked(text: string, order: DateOrder): string[] {
  return order === 'YMD'
    ? [text.slice(0, 4), text.slice(4, 6), text.slice(6)]
    : [text.slice(0, 2), text.slice(2, 4), text.slice(4)];
}

/** A clock time after a date, which is dropped: only the source's own calendar date counts. */
const CLOCK_TIME = /^(\S+) \d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?$/;
/** Ten characters hold a date and no time. */
const SHORTEST_CLOCKED = 10;
const FIRST_YEAR = 1850;
const LAST_YEAR = 2200;

/**
 * A calendar date as ISO: ISO dates and date-times whatever the order, else eight digits or parted by `/`, `-`
 * or `.` in the stated order. Two-digit years are refused: a birth year cannot be guessed.
 * @param dates how ISO dates and date-times are read: as written, unless told otherwise
 */
export function readDate(text: string, order: DateOrder, dates: DateReader = xsDate): Read<string> {
  const day = (text.length > SHORTEST_CLOCKED ? CLOCK_TIME.exec(text)?.[1] : undefined) ?? text;
  const date = slashedDate(day, order) ?? dates(day) ?? orderedDate(day, order);
  if (date === undefined) return bad(whyNoDate(day, order));
  const year = Number(date.slice(0, 4));
  return year < FIRST_YEAR || year > LAST_YEAR
    ? bad('the year is not a possible one')
    : { ok: true, value: date };
}

function whyNoDate(text: string, order: DateOrder): string {
  if (/^\d{1,2}[/.-]\d{1,2}[/.-]\d{2}$/.test(text)) return 'the year has two digits; send four';
  const other = (['YMD', 'MDY', 'DMY'] as const).find((o) => o !== order && orderedDate(text, o));
  if (other)
    return `not a date in the order ${order}; if the source writes ${other}, set its option dateOrder`;
  const shaped = /^(\d{8}|\d{4}-\d{2}-\d{2}.*|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})$/.test(text);
  return shaped ? 'there is no such day in the calendar' : 'not a date; send YYYY-MM-DD';
}

/** Dollars as exact cents. */
export function readCents(text: string): Read<number> {
  return valueOr(cents(text), 'not an amount in dollars, such as 1500.00');
}

/** Height in inches: `5'10"`, `5 ft 10 in`, NCIC `510`, `70 in`, `70`. */
export function readInches(text: string): Read<number> {
  const feet = /^([3-8])\s*(?:'|ft\.?|feet)\s*(?:(0?\d|1[01])\s*(?:"|''|in\.?|inches)?)?$/i.exec(text);
  const plain = /^(\d{2})(?:\.0+)?\s*(?:"|in\.?|inch|inches)?$/i.exec(text);
  const value = feet
    ? Number(feet[1]) * 12 + Number(feet[2] ?? 0)
    : (ncicHeight(text) ?? (plain ? Number(plain[1]) : undefined));
  return valueOr(value, 'not a height; send feet and inches as 510, or inches as 70');
}

/** Weight in pounds: `167`, `167.0`, `167 lbs`. */
export function readPounds(text: string): Read<number> {
  const [, number = '', unit] = /^(\d{2,3}(?:\.0+)?)\s*([A-Za-z.]+)?$/.exec(text) ?? [];
  return valueOr(number ? pounds(number, unit) : undefined, 'not a weight in pounds, such as 170');
}

/** A yes or no. */
export function readFlag(text: string): Read<boolean> {
  return valueOr(indicator(text), 'neither yes nor no; send Y or N');
}

/** A whole number between two bounds. */
export function readCount(text: string, min: number, max: number): Read<number> {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? { ok: true, value } : bad(`not a whole number from ${min} to ${max}`);
}

/** Several values in one cell, divided by semicolons or bars. */
export function readList(text: string | undefined): string[] {
  if (text === undefined) return [];
  return text
    .split(/[;|]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
