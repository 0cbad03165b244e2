import type { OriginKind, PriorRecord, Problem } from '../../domain/index.ts';
import { errorText } from '../../errors.ts';
import { atMost, readAll } from '../bytes.ts';
import type { ByteSource, ParseContext, ParseItem } from '../courts/format.ts';
import { Refusal } from '../refusal.ts';
import { present, type ReaderSettings, RowReader } from '../row-reader.ts';
import type { TableRow } from '../table.ts';
import { xsDate } from '../xml/values.ts';
import { readBookingRow } from './csv.ts';
import type { FeedFormat } from './load.ts';
import { readPerson } from './person-columns.ts';
import type { ReadPrintFile } from './print-port.ts';
import type { BookingFeedRecord, PriorFeedRecord } from './record.ts';

/**
 * ANSI/NIST transactions as feeds of their own: Type-1 and Type-2 say who and when, Type-4 and Type-14 hold the
 * thumbs. Field numbers after ANSI/NIST-ITL 1-2011 (Type-1) and EBTS 10.0 (Type-2).
 *
 * History
 * 2026-11-23  First version. The number of a booking or citation is 2.009 (OCA), else 2.010 (CIX), else 1.009 (TCN);
 *             option `numberField` names another. A prior record's is 2.015 (SID), else 2.014 (FBI), else 2.009.
 */

/** Our columns by field number. */
const COLUMNS: Readonly<Record<string, string>> = {
  '1.008': 'agency_ori',
  '1.009': 'tcn',
  '2.014': 'fbi',
  '2.015': 'cii',
  '2.016': 'ssn',
  '2.019': 'aliases',
  '2.020': 'birth_place',
  '2.021': 'citizenship',
  '2.022': 'dob',
  '2.024': 'sex',
  '2.025': 'race',
  '2.026': 'smt',
  '2.027': 'height',
  '2.029': 'weight',
  '2.031': 'eyes',
  '2.032': 'hair',
  '2.038': 'capture_date',
  '2.045': 'arrest_date',
  '2.047': 'charges',
};

const NUMBER_FIELDS = {
  booking: ['2.009', '2.010', '1.009'],
  citation: ['2.009', '2.010', '1.009'],
  'prior-record': ['2.015', '2.014', '2.009'],
};
type AnyKind = OriginKind | 'prior-record';
const NUMBER_COLUMN = {
  booking: 'booking_number',
  citation: 'citation_number',
  'prior-record': 'record_number',
};

type Text = ReadonlyMap<string, readonly string[]>;

/** 2.018 NAM: `SURNAME,GIVEN MIDDLE SUFFIX` as one name; the suffix is not told from a middle name. */
function nameCells(text: Text): [string, string][] {
  const name = text.get('2.018')?.[0];
  if (!name) return [];
  const comma = name.indexOf(',');
  if (comma < 1) return [['full_name', name]];
  const [given = '', ...middle] = name
    .slice(comma + 1)
    .trim()
    .split(/\s+/);
  const cells: [string, string][] = [
    ['last_name', name.slice(0, comma).trim()],
    ['first_name', given],
    ['middle_name', middle.join(' ')],
  ];
  return cells.filter(([, value]) => value !== '');
}

/** The row a transaction's text comes to; fields without a column are kept. */
function rowOf(kind: AnyKind, text: Text, option: string | undefined): TableRow {
  const cells = new Map<string, string>(nameCells(text));
  const extra: { path: string; value: string }[] = [];
  for (const [field, values] of text) {
    const value = values.filter(Boolean).join('; ');
    const column = COLUMNS[field];
    if (value === '' || field === '2.018' || field === '1.001' || field === '2.001') continue;
    if (column) cells.set(column, value);
    else extra.push({ path: field, value });
  }
  const fields = option ? [option] : NUMBER_FIELDS[kind];
  const number = fields.map((field) => text.get(field)?.[0]).find((value) => value);
  if (number) cells.set(NUMBER_COLUMN[kind], number);
  const missing: Problem = {
    code: 'FIELD-MISSING',
    severity: 'error',
    sourceField: fields.join(', '),
    message: `The transaction has no number of the ${kind} (fields ${fields.join(', ')}).`,
  };
  const header = (column: string) =>
    Object.entries(COLUMNS).find(([, name]) => name === column)?.[0] ?? column;
  return { line: 1, ordinal: 1, cells, extra, header, problems: number ? [] : [missing] };
}

/** Type-2 dates are written CCYYMMDD. */
const SETTINGS: ReaderSettings = { order: 'YMD', dates: xsDate };

type EventRecord = BookingFeedRecord | PriorFeedRecord;

function toRecord(
  kind: AnyKind,
  row: TableRow,
  bytes: Uint8Array,
  context: ParseContext,
): { record: EventRecord; problems: readonly Problem[] } {
  const reader = new RowReader(row, SETTINGS);
  const captureDate =
    reader.date('capture_date', 'prints.captureDate') ?? reader.date('arrest_date', 'arrestDate');
  const prints = [present<EventRecord['prints'][number]>({ origin: { bytes }, purpose: kind, captureDate })];
  const place = { ordinal: 1 };
  const format = `${kind}-an2`;
  if (kind !== 'prior-record') {
    const { record, problems } = readBookingRow(row, kind, context, SETTINGS);
    return { record: { ...record, format, place, prints }, problems };
  }
  const person = readPerson(reader);
  const { cii, fbi } = person.ids;
  const prior = present<PriorRecord>({
    system: context.source,
    number: row.cells.get('record_number') ?? '',
    cii,
    fbi,
    person,
  });
  return {
    record: { format, place, prior, prints, extra: row.extra },
    problems: [...row.problems, ...reader.problems],
  };
}

async function* parse(
  kind: AnyKind,
  read: ReadPrintFile,
  input: ByteSource,
  context: ParseContext,
): AsyncGenerator<ParseItem<EventRecord>> {
  try {
    const bytes = await readAll(atMost(input, context.limits.fileBytes));
    const { text } = await read(bytes);
    if (!text) throw new Refusal('SRC-FORMAT', 'The file is a picture, not an ANSI/NIST transaction.');
    yield {
      kind: 'record',
      ...toRecord(kind, rowOf(kind, text, context.options.numberField), bytes, context),
    };
  } catch (error) {
    const problem: Problem =
      error instanceof Refusal
        ? error.problem()
        : {
            code: 'PRT-BROKEN',
            severity: 'error',
            message: `The ANSI/NIST file cannot be read: ${errorText(error)}`,
          };
    yield { kind: 'problem', problem };
  }
}

/** The ANSI/NIST feed of a kind; `read` is the print library, handed in. */
export function an2Feed(kind: AnyKind, read: ReadPrintFile): FeedFormat {
  return {
    name: `${kind}-an2`,
    feed: kind,
    title: `ANSI/NIST transactions, one a ${kind}`,
    history: [{ date: '2026-11-23', change: 'First version.' }],
    delta: 'events',
    holdsPrints: true,
    sniff: (head) => (/^1\.0{1,8}1:\d/.test(head.text) ? 'certain' : 'no'),
    parse: (input, context) => parse(kind, read, input, context),
  } as FeedFormat;
}
