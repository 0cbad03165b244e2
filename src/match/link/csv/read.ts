import { CsvError, parse } from 'csv-parse';
import { BenchlinkError, errorText } from '../../../errors.ts';
import type { LinkWarrant } from '../record.ts';
import { orderBy, type SlashEvidence, type SlashOrder, slashEvidence } from '../text/dates.ts';
import { type ColumnMap, matchHeader } from './columns.ts';
import { decoded } from './decode.ts';
import { type CsvRow, DATE_FIELDS, recordMaker } from './record.ts';

/** Rows looked at to see whether slashed dates put the day or the month first. */
const SAMPLE = 10_000;
const DELIMITERS = [',', ';', '\t', '|'];

/** The delimiter that splits the header into most columns. */
function delimiterOf(start: string): string {
  const line = start.slice(0, start.search(/[\r\n]|$/));
  const count = (delimiter: string) => line.split(delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

/** Cells of a CSV, row by row, headed by its header; spaces around names and values do not count. */
async function* rows(
  bytes: AsyncIterable<Buffer | string>,
  file: string,
  map: ColumnMap,
): AsyncGenerator<CsvRow> {
  const source = decoded(bytes);
  const first = await source.next();
  const start = first.done === true ? '' : first.value;
  const header = (names: string[]) => {
    return matchHeader(
      map,
      names.map((name) => name.trim()),
      file,
    );
  };
  const delimiter = delimiterOf(start.replace(/^\uFEFF/, ''));
  const parser = parse({
    columns: header,
    delimiter,
    trim: true,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const feed = async () => {
    parser.write(first.done === true ? '' : first.value);
    for (let next = await source.next(); next.done !== true; next = await source.next()) {
      if (!parser.write(next.value)) await new Promise((drained) => parser.once('drain', drained));
    }
    parser.end();
  };
  const fed = feed().catch((error: unknown) =>
    parser.destroy(error instanceof Error ? error : new Error(errorText(error))),
  );
  for await (const row of parser) yield row as CsvRow;
  await fed;
}

/**
 * Records of a CSV file, as a stream. The order of day and month in slashed dates is seen from the first rows.
 * @param bytes the file, in pieces
 * @param notice told what had to be decided about the file, in plain words
 * @throws BenchlinkError `LINK_COLUMNS_MISSING` or `LINK_CSV_INVALID`, and whatever reading the bytes throws
 */
export async function* readRecords(
  bytes: AsyncIterable<Buffer | string>,
  file: string,
  map: ColumnMap,
  notice: ReadNotice = () => undefined,
): AsyncGenerator<LinkWarrant> {
  const orders = (sample: readonly CsvRow[]) => ordersOf(sample, map, (text) => notice(`${file}: ${text}`));
  const held: CsvRow[] = [];
  let make: ReturnType<typeof recordMaker> | undefined;
  let number = 0;
  try {
    for await (const row of rows(bytes, file, map)) {
      if (make === undefined) {
        held.push(row);
        if (held.length < SAMPLE) continue;
        make = recordMaker(map, orders(held));
        for (const one of held.splice(0)) yield make(one, ++number);
        continue;
      }
      yield make(row, ++number);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new BenchlinkError(
      'reject',
      'LINK_CSV_INVALID',
      `${file} is not a readable CSV file: ${errorText(error)}`,
    );
  }
  const last = make ?? recordMaker(map, orders(held));
  for (const one of held) yield last(one, ++number);
}

/** Takes a sentence about a file. */
export type ReadNotice = (text: string) => void;

/** What is to be said about a column's dates; nothing where they leave no doubt. */
function doubtOf(columns: string, { dayFirst, monthFirst, open }: SlashEvidence): string | undefined {
  if (dayFirst > 0 && monthFirst > 0) {
    const read = dayFirst > monthFirst ? 'day' : 'month';
    return `dates in "${columns}" are written both ways round (${dayFirst} with the day first, ${monthFirst} with the month); the others are read ${read} first`;
  }
  if (dayFirst > 0) return `dates in "${columns}" are read day first, as ${dayFirst} of them show`;
  if (monthFirst > 0 || open === 0) return undefined;
  return `nothing shows whether day or month comes first in "${columns}"; the month is read first. Write dates as YYYY-MM-DD to be sure`;
}

function ordersOf(
  sample: readonly CsvRow[],
  map: ColumnMap,
  notice: ReadNotice,
): ReadonlyMap<string, SlashOrder> {
  const dated = DATE_FIELDS.filter((field) => map.has(field));
  return new Map(
    dated.map((field) => {
      const columns = map.get(field) ?? [];
      const evidence = slashEvidence(sample.flatMap((row) => columns.map((column) => row[column] ?? '')));
      const doubt = doubtOf(columns.join('+'), evidence);
      if (doubt !== undefined) notice(doubt);
      return [field, orderBy(evidence)] as const;
    }),
  );
}
