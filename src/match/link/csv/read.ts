import { CsvError, parse } from 'csv-parse';
import { BenchlinkError, errorText } from '../../../errors.ts';
import type { LinkWarrant } from '../record.ts';
import { type SlashOrder, slashOrder } from '../text/dates.ts';
import { type ColumnMap, checkHeader } from './columns.ts';
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
  const source = bytes[Symbol.asyncIterator]();
  const first = await source.next();
  const start = first.done === true ? '' : String(first.value);
  const header = (names: string[]) => {
    const trimmed = names.map((name) => name.trim());
    checkHeader(map, trimmed, file);
    return trimmed;
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
 * @throws BenchlinkError `LINK_COLUMNS_MISSING` or `LINK_CSV_INVALID`, and whatever reading the bytes throws
 */
export async function* readRecords(
  bytes: AsyncIterable<Buffer | string>,
  file: string,
  map: ColumnMap,
): AsyncGenerator<LinkWarrant> {
  const held: CsvRow[] = [];
  let make: ReturnType<typeof recordMaker> | undefined;
  let number = 0;
  try {
    for await (const row of rows(bytes, file, map)) {
      if (make === undefined) {
        held.push(row);
        if (held.length < SAMPLE) continue;
        make = recordMaker(map, ordersOf(held, map));
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
  const last = make ?? recordMaker(map, ordersOf(held, map));
  for (const one of held) yield last(one, ++number);
}

function ordersOf(sample: readonly CsvRow[], map: ColumnMap): ReadonlyMap<string, SlashOrder> {
  const dated = DATE_FIELDS.filter((field) => map.has(field));
  return new Map(
    dated.map((field) => {
      const columns = map.get(field) ?? [];
      return [
        field,
        slashOrder(sample.flatMap((row) => columns.map((column) => row[column] ?? ''))),
      ] as const;
    }),
  );
}
