/** Which part of a slashed date comes first; US files put the month there. */
export type SlashOrder = 'month-first' | 'day-first';

/** Two-digit years up to this many past 2000 belong to this century. */
const PIVOT = 29;

function pack(year: number, month: number, day: number): number {
  return year * 10_000 + month * 100 + day;
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year <= PIVOT ? 2000 + year : 1900 + year;
}

const MONTHS = 'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC';

function monthByName(name: string): number {
  const at = MONTHS.indexOf(name.slice(0, 3).toUpperCase());
  return at >= 0 && at % 3 === 0 ? at / 3 + 1 : 0;
}

/**
 * A date as the number `YYYYMMDD`, or 0 where there is none. Impossible days (`19580631`) are kept: a mistyped
 * birth date still agrees with the right one in most of its digits.
 */
export function packedDate(text: string | undefined, order: SlashOrder = 'month-first'): number {
  const plain = text?.trim() ?? '';
  if (plain === '') return 0;
  const digits = /^(\d{8})(?:\d{6})?$/.exec(plain);
  if (digits !== null) return fromEightDigits(digits[1] as string, order);
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(plain);
  if (iso !== null) return checked(pack(Number(iso[1]), Number(iso[2]), Number(iso[3])));
  const slashed = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[T ].*)?$/.exec(plain);
  if (slashed !== null) {
    const [first, second] = [Number(slashed[1]), Number(slashed[2])];
    const dayFirst = order === 'day-first' ? second <= 12 : first > 12;
    const [month, day] = dayFirst ? [second, first] : [first, second];
    return checked(pack(fullYear(slashed[3] as string), month, day));
  }
  return fromWords(plain);
}

/** `19800417`, or `04171980` where the first four digits make no year. */
function fromEightDigits(digits: string, order: SlashOrder): number {
  const century = Number(digits.slice(0, 2));
  if (century >= 17 && century <= 21) return checked(Number(digits));
  const end = Number(digits.slice(4, 6));
  if (end < 17 || end > 21) return checked(Number(digits));
  const [a, b] = [Number(digits.slice(0, 2)), Number(digits.slice(2, 4))];
  const [month, day] = order === 'day-first' && b <= 12 ? [b, a] : [a, b];
  return checked(pack(Number(digits.slice(4)), month, day));
}

/** `17 APR 1980`, `17-Apr-80`, `April 17, 1980`; a bare year is its 1 January, the usual stand-in. */
function fromWords(text: string): number {
  const dayFirst = /^(\d{1,2})[ -]([A-Za-z]{3,9})[ ,-]+(\d{4}|\d{2})$/.exec(text);
  const monthFirst = /^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})$/.exec(text);
  const year = /^(1[789]\d\d|20\d\d)$/.exec(text);
  if (year !== null) return pack(Number(year[1]), 1, 1);
  const [day, name, y] =
    dayFirst !== null
      ? dayFirst.slice(1)
      : monthFirst !== null
        ? [monthFirst[2], monthFirst[1], monthFirst[3]]
        : [];
  const month = name === undefined ? 0 : monthByName(name);
  return month === 0 || day === undefined || y === undefined ? 0 : pack(fullYear(y), month, Number(day));
}

/** Stand-ins for "no date at all". */
function checked(packed: number): number {
  const year = Math.floor(packed / 10_000);
  return year === 0 || packed === 18000101 || packed === 99991231 || packed === 19000101 ? 0 : packed;
}

/** Dates of a column that can only be read with the day, or only with the month, in front, and those that leave it open. */
export interface SlashEvidence {
  readonly dayFirst: number;
  readonly monthFirst: number;
  readonly open: number;
}

export function slashEvidence(values: Iterable<string>): SlashEvidence {
  let [dayFirst, monthFirst, open] = [0, 0, 0];
  for (const value of values) {
    const parts = /^\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}/.exec(value);
    if (parts === null) continue;
    if (Number(parts[2]) > 12) monthFirst += 1;
    else if (Number(parts[1]) > 12) dayFirst += 1;
    else open += 1;
  }
  return { dayFirst, monthFirst, open };
}

/** The order in which a column's slashed dates are written, by what most of them can only be; US order where none says. */
export function orderBy({ dayFirst, monthFirst }: SlashEvidence): SlashOrder {
  return dayFirst > monthFirst ? 'day-first' : 'month-first';
}

/** Day number of a packed date, for counting days between two; impossible days roll over. */
export function dayNumber(packed: number): number {
  return Math.round(
    Date.UTC(Math.floor(packed / 10_000), (Math.floor(packed / 100) % 100) - 1, packed % 100) / 86_400_000,
  );
}
