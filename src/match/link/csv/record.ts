import type { LinkWarrant } from '../record.ts';
import { packedDate, type SlashOrder } from '../text/dates.ts';
import { type ColumnMap, isKnownField } from './columns.ts';

/** One row of a file, by column name. */
export type CsvRow = Readonly<Record<string, string>>;

/** Characters of a value that are looked at; a longer one is no name, date or number. */
const LONGEST = 500;

const DATES = ['dob', 'arrestDate', 'offenseDate', 'citationDate', 'failureToAppearDate'] as const;

/** `SURNAME, GIVEN MIDDLE` or `GIVEN MIDDLE SURNAME`. */
function splitName(name: string): { given?: string; middle?: string; surname?: string } {
  const comma = name.indexOf(',');
  const words = (text: string) =>
    text
      .trim()
      .split(/\s+/)
      .filter((word) => word !== '');
  const all = words(name);
  const surname =
    comma >= 0 ? name.slice(0, comma).trim() : all.length > 1 ? (all[all.length - 1] as string) : '';
  const first = comma >= 0 ? words(name.slice(comma + 1)) : all.length > 1 ? all.slice(0, -1) : all;
  const [given, ...middle] = first;
  return { surname, middle: middle.join(' '), ...(given === undefined ? {} : { given }) };
}

/** Year, month and day from three columns as one date; without a month it is the year alone. */
function dateFromParts(year: string, month: string, day: string): string {
  if (!/^\d{4}$/.test(year)) return '';
  return /^\d{1,2}$/.test(month) && /^\d{1,2}$/.test(day) ? `${year}-${month}-${day}` : year;
}

/** A date the linker reads without guessing: packed, or nothing. */
function plainDate(text: string, order: SlashOrder): string | undefined {
  const packed = packedDate(text, order);
  return packed === 0 ? undefined : String(packed).padStart(8, '0');
}

/** Makes records of rows, by a map of columns and the order of slashed dates in each. */
export function recordMaker(
  map: ColumnMap,
  orders: ReadonlyMap<string, SlashOrder>,
): (row: CsvRow, number: number) => LinkWarrant {
  const others = [...map.keys()].filter((field) => !isKnownField(field));
  return (row, number) => {
    const value = (field: string) =>
      (map.get(field) ?? [])
        .map((column) => row[column]?.trim().slice(0, LONGEST) ?? '')
        .filter((text) => text !== '')
        .join(' ');
    const whole = map.has('name') ? splitName(value('name')) : {};
    const fields: Record<string, string | undefined> = { ...whole };
    for (const field of map.keys())
      if (isKnownField(field) && value(field) !== '') fields[field] = value(field);
    if (map.has('birthYear') && fields.dob === undefined) {
      fields.dob = dateFromParts(value('birthYear'), value('birthMonth'), value('birthDay'));
    }
    for (const field of DATES)
      fields[field] = plainDate(fields[field] ?? '', orders.get(field) ?? 'month-first');
    if (fields.house !== undefined) fields.street = `${fields.house} ${fields.street ?? ''}`.trim();
    const other = Object.fromEntries(others.map((field) => [field, value(field)]));
    return {
      ...fields,
      id: (map.has('id') && value('id')) || String(number),
      ...(others.length > 0 ? { other } : {}),
    };
  };
}

/** Fields that hold dates. */
export const DATE_FIELDS: readonly string[] = DATES;
