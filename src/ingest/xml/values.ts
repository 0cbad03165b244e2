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

/** The number its digits come to, or -1 where something else stands among them. */
export function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = text.charCodeAt(i) - 48;
    // A place beyond the end is not a number, which is neither above nor below.
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** `YYYY-MM-DD` that exists; the only form XML Schema dates have. Without a pattern: dates are half of all values. */
export function isoDate(text: string): string | undefined {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return undefined;
  const year = digits(text, 0, 4);
  return isCalendarDate(year, digits(text, 5, 7), digits(text, 8, 10)) ? text : undefined;
}

/**
 * The calendar date in an xs:date or xs:dateTime without or with an offset, as written: shifting it by an offset would
 * move birth dates by a day. Dates of events are read by `datesIn`.
 */
export function xsDate(text: string): string | undefined {
  if (text.length === 10) return isoDate(text);
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:T(?:[01]\d|2[0-4]):[0-5]\d:[0-5]\d(?:\.\d+)?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/.exec(
      text,
    );
  return match ? isoDate(match[1]!) : undefined;
}

const EXACT_DIGITS = 15;

/**
 * Dollars to whole cents: `5000`, `661.58`, `250.0`, `$1,250.00`. A third decimal other than zero, a sign, an
 * exponent or misplaced commas are refused.
 */
export function cents(text: string): number | undefined {
  const match = /^(?:\$ ?)?(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{0,2})0*)?$/.exec(text);
  if (!match) return undefined;
  const whole = match[1]!.includes(',') ? match[1]!.replaceAll(',', '') : match[1]!;
  const amount = whole + (match[2] ?? '').padEnd(2, '0');
  // Up to fifteen digits a number is exact; beyond the last exact one there is no amount.
  if (amount.length <= EXACT_DIGITS) return Number(amount);
  const value = BigInt(amount);
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
