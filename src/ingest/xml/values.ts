/**
 * Text of a source to typed values, exactly or not at all: every function answers undefined for what is not
 * certain, and the caller lists the problem. Nothing here ever goes through a float.
 */

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether year, month and day name a day of the calendar. */
export function isCalendarDate(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = month === 2 && leap ? 29 : DAYS[month - 1];
  return year >= 1 && last !== undefined && day >= 1 && day <= last;
}

function iso(year: string, month: string, day: string): string | undefined {
  if (!isCalendarDate(Number(year), Number(month), Number(day))) return undefined;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** `YYYY-MM-DD` that exists; the only form XML Schema dates have. */
export function isoDate(text: string): string | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match ? iso(match[1]!, match[2]!, match[3]!) : undefined;
}

/**
 * The calendar date in an xs:date or xs:dateTime without or with an offset. The date is taken as written: a
 * court writes its own local date, and shifting it by an offset would move birth dates by a day.
 */
export function xsDate(text: string): string | undefined {
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:T(?:[01]\d|2[0-4]):[0-5]\d:[0-5]\d(?:\.\d+)?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/.exec(
      text,
    );
  return match ? isoDate(match[1]!) : undefined;
}

export type DateOrder = 'YMD' | 'MDY' | 'DMY';

/**
 * A date of a delimited or fixed-width source in its stated order: `20150813`, `08132015`, `8/13/2015`,
 * `08-13-2015`. Two-digit years are refused: 1924 and 2024 are different people.
 */
export function orderedDate(text: string, order: DateOrder): string | undefined {
  const packed = /^\d{8}$/.test(text);
  const parts = packed ? splitPacked(text, order) : text.split(/[-/.]/);
  if (parts.length !== 3 || !parts.every((part) => /^\d{1,4}$/.test(part))) return undefined;
  const at = (letter: string) => parts[order.indexOf(letter)]!;
  if (at('Y').length !== 4 || at('M').length > 2 || at('D').length > 2) return undefined;
  return iso(at('Y'), at('M'), at('D'));
}

function splitPacked(text: string, order: DateOrder): string[] {
  return order === 'YMD'
    ? [text.slice(0, 4), text.slice(4, 6), text.slice(6)]
    : [text.slice(0, 2), text.slice(2, 4), text.slice(4)];
}

const EXACT_DIGITS = 15;

/**
 * Dollars to whole cents: `5000`, `661.58`, `250.0`, `$1,250.00`. A third decimal other than zero, a sign, an
 * exponent or misplaced commas are refused.
 */
export function cents(text: string): number | undefined {
  const match = /^\$?(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{0,2})0*)?$/.exec(text);
  if (!match) return undefined;
  const digits = match[1]!.replaceAll(',', '') + (match[2] ?? '').padEnd(2, '0');
  // Up to fifteen digits a number is exact; beyond the last exact one there is no amount.
  if (digits.length <= EXACT_DIGITS) return Number(digits);
  const value = BigInt(digits);
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : undefined;
}

/** xs:boolean and the letters court exports use. */
export function indicator(text: string): boolean | undefined {
  if (/^(true|1|y|yes|t)$/i.test(text)) return true;
  if (/^(false|0|n|no|f)$/i.test(text)) return false;
  return undefined;
}

/** A plain decimal number as written, at most six digits before the point: measures only. */
export function decimal(text: string): number | undefined {
  return /^\d{1,6}(\.\d{1,4})?$/.test(text) ? Number(text) : undefined;
}

const CM_PER_INCH = 2.54;
const POUNDS_PER_KG = 2.2046226218;

/** Height to inches by the unit's own word; undefined for an unknown unit. */
export function inches(text: string, unit: string | undefined): number | undefined {
  const value = decimal(text);
  if (value === undefined) return undefined;
  if (unit === undefined || /^(in|inh|inch|inches|")$/i.test(unit)) return value;
  if (/^(cm|cmt|centimet(er|re)s?)$/i.test(unit)) return Math.round(value / CM_PER_INCH);
  return undefined;
}

/** NCIC height, feet and inches as three digits: `511` is 5 feet 11. */
export function ncicHeight(text: string): number | undefined {
  const match = /^([4-7])(0\d|1[01])$/.exec(text);
  return match ? Number(match[1]) * 12 + Number(match[2]) : undefined;
}

/** Weight to pounds by the unit's own word; undefined for an unknown unit. */
export function pounds(text: string, unit: string | undefined): number | undefined {
  const value = decimal(text);
  if (value === undefined) return undefined;
  if (unit === undefined || /^(lbs?|lbr|pounds?)\.?$/i.test(unit)) return value;
  if (/^(kg|kgm|kilograms?)$/i.test(unit)) return Math.round(value * POUNDS_PER_KG);
  return undefined;
}

/** SOC as nine digits where the text has exactly nine in a usual layout, else as given. */
export function ssn(text: string): string {
  return /^\d{3}[- ]?\d{2}[- ]?\d{4}$/.test(text) ? text.replace(/[- ]/g, '') : text;
}

/** Drops undefined members, as exact optional properties require. */
export function defined<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  const kept: Partial<T> = {};
  for (const key in value) if (value[key] !== undefined) kept[key] = value[key];
  return kept as T;
}

/** The same, but undefined where every member is. */
export function definedOrNone<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T | undefined {
  const kept = defined<T>(value);
  return Object.keys(kept).length > 0 ? kept : undefined;
}
