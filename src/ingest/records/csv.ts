import type { PriorRecord, Problem } from '../../domain/index.ts';
import { BOOKING_NUMBER, CITATION_NUMBER, PRIOR_COLUMNS, WARRANT_NUMBER } from '../bookings/columns.ts';
import { readPerson } from '../bookings/person-columns.ts';
import { readPrintClaims } from '../bookings/print-columns.ts';
import type { PriorFeedRecord } from '../bookings/record.ts';
import type { ByteSource, InputFormat, ParseContext, ParseItem } from '../courts/format.ts';
import { present, type ReaderSettings, RowReader, readerSettings } from '../row-reader.ts';
import { headerFit, readTable, type TableRow } from '../table.ts';

/**
 * Prior records as delimited text with print files beside them.
 *
 * History
 * 2026-11-23  First version: one row a record.
 */

async function* parse(input: ByteSource, context: ParseContext): AsyncGenerator<ParseItem<PriorFeedRecord>> {
  const settings = readerSettings(context.options, context.zone);
  for await (const batch of readTable(input, PRIOR_COLUMNS, context)) {
    for (const item of batch) {
      if (item.kind === 'problem') yield item;
      else yield { kind: 'record', ...readRow(item.row, context.source, settings) };
    }
  }
}

function readRow(
  row: TableRow,
  system: string,
  settings: ReaderSettings,
): { record: PriorFeedRecord; problems: Problem[] } {
  const reader = new RowReader(row, settings);
  const person = readPerson(reader);
  const prior = present<PriorRecord>({
    system,
    number: reader.text('record_number') ?? '',
    cii: person.ids.cii,
    fbi: person.ids.fbi,
    person,
  });
  const prints = readPrintClaims(reader, 'prior-record');
  const place = { ordinal: row.ordinal, line: row.line };
  const record = { format: 'prior-record-csv', place, prior, prints, extra: row.extra };
  return { record, problems: [...row.problems, ...reader.problems] };
}

export const priorRecordCsv: InputFormat<PriorFeedRecord> = {
  name: 'prior-record-csv',
  feed: 'prior-record',
  title: 'Prior records as delimited text',
  history: [{ date: '2026-11-23', change: 'First version.' }],
  delta: 'events',
  sniff: (head) => headerFit(head.text, PRIOR_COLUMNS, 3, [WARRANT_NUMBER, BOOKING_NUMBER, CITATION_NUMBER]),
  parse,
};
