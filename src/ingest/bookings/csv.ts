import type { Booking, OriginKind } from '../../domain/index.ts';
import type { ByteSource, InputFormat, ParseContext, ParseItem } from '../courts/format.ts';
import { present, type ReaderSettings, RowReader, readerSettings } from '../row-reader.ts';
import { type Column, headerFit, readTable, type TableRow } from '../table.ts';
import { type Read, readList } from '../values.ts';
import { BOOKING_COLUMNS, BOOKING_NUMBER, CITATION_COLUMNS, WARRANT_NUMBER } from './columns.ts';
import { joinRows } from './join-rows.ts';
import { readPerson } from './person-columns.ts';
import { readPrintClaims } from './print-columns.ts';
import type { BookingFeedRecord, ReadBooking } from './record.ts';

/**
 * Booking and citation feeds as delimited text with print files beside them.
 *
 * History
 * 2026-11-23  First version: one row a booking or citation, or one row a charge as jail exports have it.
 */

/** Statute and words of a charge belong together where the feed has one of each. */
function readCharges(reader: RowReader): string[] {
  const statutes = readList(reader.text('statutes'));
  const charges = readList(reader.text('charges'));
  return statutes.length === 1 && charges.length === 1
    ? [`${statutes[0]} ${charges[0]}`]
    : [...statutes, ...charges];
}

/** An ORI, also without its last two places as some jails write it. */
const ORI = /^(?=.*\d)[A-Z]{2}[A-Z0-9]{5,7}$/i;

/** A column "Agency" may hold the agency's name: that is no ORI, and would keep a booking from its warrant. */
function readOri(text: string): Read<string> {
  if (ORI.test(text)) return { ok: true, value: text };
  return { ok: false, why: 'not an ORI; it is kept beside the record, and the option agencyOri holds' };
}

/** One row as a booking or citation. */
export function readBookingRow(
  row: TableRow,
  kind: OriginKind,
  context: ParseContext,
  settings: ReaderSettings,
): ReadBooking {
  const reader = new RowReader(row, settings);
  const agency = reader.text('agency_ori');
  const ori = reader.value('agency_ori', 'agencyOri', readOri, 'warning');
  const named =
    ori === undefined && agency !== undefined ? [{ path: row.header('agency_ori'), value: agency }] : [];
  const booking = present<Booking>({
    kind,
    system: context.source,
    number: reader.text(kind === 'booking' ? 'booking_number' : 'citation_number') ?? '',
    agencyOri: ori ?? context.options.agencyOri,
    tcn: reader.text('tcn'),
    arrestDate: reader.date('arrest_date', 'arrestDate'),
    bookedDate:
      kind === 'booking'
        ? reader.date('booking_date', 'bookedDate')
        : reader.date('citation_date', 'bookedDate'),
    caseNumbers: readList(reader.text('case_numbers')),
    charges: readCharges(reader),
    person: readPerson(reader),
    disposedDate: reader.date('disposed_date', 'disposedDate'),
  });
  const prints = readPrintClaims(reader, kind);
  const record = {
    format: `${kind}-csv`,
    place: { ordinal: row.ordinal, line: row.line },
    booking,
    prints,
    extra: [...row.extra, ...named],
  };
  return { record, problems: [...row.problems, ...reader.problems] };
}

async function* parse(
  kind: OriginKind,
  columns: readonly Column[],
  input: ByteSource,
  context: ParseContext,
): AsyncGenerator<ParseItem<BookingFeedRecord>> {
  const settings = readerSettings(context.options, context.zone);
  let held: ReadBooking | undefined;
  for await (const batch of readTable(input, columns, context)) {
    for (const item of batch) {
      if (item.kind === 'problem') {
        yield item;
        if (item.problem.severity === 'error') return;
        continue;
      }
      const next = readBookingRow(item.row, kind, context, settings);
      const joined = held && joinRows(held, next);
      if (held && !joined) yield { kind: 'record', ...held };
      held = joined ?? next;
    }
  }
  if (held) yield { kind: 'record', ...held };
}

function feed(
  kind: OriginKind,
  title: string,
  columns: readonly Column[],
  foreign: readonly Column[],
): InputFormat<BookingFeedRecord> {
  return {
    name: `${kind}-csv`,
    feed: kind,
    title,
    history: [{ date: '2026-11-23', change: 'First version.' }],
    delta: 'events',
    sniff: (head) => headerFit(head.text, columns, 3, foreign),
    parse: (input, context) => parse(kind, columns, input, context),
  };
}

export const bookingCsv = feed('booking', 'Jail bookings as delimited text', BOOKING_COLUMNS, [
  WARRANT_NUMBER,
]);
export const citationCsv = feed('citation', 'Citations as delimited text', CITATION_COLUMNS, [
  WARRANT_NUMBER,
  BOOKING_NUMBER,
]);
