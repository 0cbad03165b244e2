import type { CourtRecord } from '../../domain/index.ts';
import { readerSettings } from '../row-reader.ts';
import { headerFit, readTable, type TableRow } from '../table.ts';
import { mergeMaps } from './code-map.ts';
import type { ByteSource, CourtFormat, ParseContext, ParseItem } from './format.ts';
import { joinCharge, sameMoment } from './join-charge.ts';
import { ODYSSEY_CODES } from './odyssey-codes.ts';
import { WARRANT_COLUMNS } from './warrant-columns.ts';
import { joinCharges, type ReadRecord, readWarrantRow } from './warrant-row.ts';

/**
 * Odyssey-kind warrant export as delimited text: one row a warrant, or one a charge, modified since the last.
 *
 * History
 * 2026-11-23  First version, after the published help pages of the product (warrant detail, warrant codes):
 *             number = case and sequence, locked once issued; codes with effective and obsolete dates.
 */

const NAME = 'odyssey-csv';

/** One record of two rows: charges of one warrant, also where they contradict each other; that is listed. */
function join(held: ReadRecord, next: ReadRecord, { cells, header }: TableRow): ReadRecord | undefined {
  const joined = joinCharges(held, next);
  if (joined || !sameMoment(held, next)) return joined;
  return joinCharge(
    held,
    next,
    [...cells].map(([column, value]) => ({ path: header(column), value })),
  );
}

async function* parse(input: ByteSource, context: ParseContext): AsyncGenerator<ParseItem<CourtRecord>> {
  const codes = mergeMaps(context.codes, ODYSSEY_CODES);
  const court = { format: NAME, context, codes, settings: readerSettings(context.options, context.zone) };
  let held: ReadRecord | undefined;
  for await (const batch of readTable(input, WARRANT_COLUMNS, context)) {
    for (const item of batch) {
      if (item.kind === 'problem') {
        yield item;
        if (item.problem.severity === 'error') return;
        continue;
      }
      const next = readWarrantRow(item.row, court);
      const joined = held && join(held, next, item.row);
      if (held && !joined) yield { kind: 'record', ...held };
      held = joined ?? next;
    }
  }
  if (held) yield { kind: 'record', ...held };
}

export const odysseyCsv: CourtFormat = {
  name: NAME,
  feed: 'court',
  title: 'Odyssey-kind warrant export, delimited',
  history: [{ date: '2026-11-23', change: 'First version, from the published help pages.' }],
  delta: 'events',
  sniff: (head) => headerFit(head.text, WARRANT_COLUMNS, 5),
  parse,
};
