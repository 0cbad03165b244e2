import type { CourtRecord, Problem } from '../../domain/index.ts';
import { type FixedLine, layoutLength, lineProblems, readLines, sliceFields } from '../fixed-width.ts';
import { Refusal } from '../refusal.ts';
import { readerSettings } from '../row-reader.ts';
import { readDate } from '../values.ts';
import { mapCode, mergeMaps } from './code-map.ts';
import { COURT_STATUSES } from './events.ts';
import { DETAIL, HEADER, TRAILER } from './fixed-width-layout.ts';
import type { ByteSource, CodeMaps, CourtFormat, FileFacts, ParseContext, ParseItem } from './format.ts';
import { type ReadRecord, type RowCourt, readWarrantRow } from './warrant-row.ts';

/**
 * Daily fixed-width file of a legacy court system: header with date, issuing agency and running number; one
 * detail a warrant with an action code; trailer with record count and bail total. Dates are MMDDCCYY.
 *
 * History
 * 2026-11-23  First version, after descriptions of county interfaces (daily ASCII files, MMDDCCYY dates, person or
 *             business indicator, split address, agency in the header). The positions are this project's own.
 */

const NAME = 'fixed-width-daily';

/** What an action code does is the court's own table (code set "action"); C, a change, is issued and stands. */
const OWN_CODES: CodeMaps = {
  action: [
    { raw: 'A', code: 'ISSUED' },
    { raw: 'C', code: 'ISSUED' },
    { raw: 'H', code: 'STAYED' },
    { raw: 'R', code: 'RECALLED' },
    { raw: 'Q', code: 'QUASHED' },
    { raw: 'S', code: 'SERVED' },
    { raw: 'X', code: 'EXPIRED' },
  ],
  level: [
    { raw: 'F', code: 'F' },
    { raw: 'M', code: 'M' },
    { raw: 'I', code: 'I' },
  ],
  bail: [
    { raw: 'C', code: 'CASH_ONLY' },
    { raw: 'B', code: 'BONDABLE' },
    { raw: 'N', code: 'NO_BAIL' },
    { raw: 'O', code: 'OR_CITE' },
  ],
};

/** Count and total as the file itself comes to, against its trailer. */
class Control {
  records = 0;
  cents = 0n;
  trailer: FixedLine | undefined;
  header: ReadonlyMap<string, string> | undefined;

  add(cells: ReadonlyMap<string, string>): void {
    this.records += 1;
    const text = cells.get('bond_amount_cents') ?? '0';
    if (/^\d+$/.test(text)) this.cents += BigInt(text);
  }

  /** Why the file must not be used, if it must not. */
  fault(): Problem | undefined {
    const fault = (message: string, line?: number): Problem => ({
      code: 'SRC-TRAILER',
      severity: 'error',
      message: `${message} Nothing of the file was taken; ask the sender for it again.`,
      ...(line === undefined ? {} : { line }),
    });
    if (!this.header) return fault('The file does not begin with its header.', 1);
    if (!this.trailer) return fault('The file has no trailer: it was cut short.');
    const cells = sliceFields(this.trailer.text, TRAILER);
    const count = cells.get('record_count') ?? '';
    const total = cells.get('bond_total_cents') ?? '';
    if (!/^\d+$/.test(count) || !/^\d+$/.test(total))
      return fault('The trailer has no count or total.', this.trailer.line);
    if (Number(count) !== this.records) {
      return fault(
        `The trailer counts ${Number(count)} records, the file has ${this.records}.`,
        this.trailer.line,
      );
    }
    return BigInt(total) === this.cents
      ? undefined
      : fault('The bail of the records does not come to the total of the trailer.', this.trailer.line);
  }
}

function readHeader(text: string): { cells: ReadonlyMap<string, string>; facts: FileFacts } {
  const cells = sliceFields(text, HEADER);
  const date = readDate(cells.get('file_date') ?? '', 'MDY');
  const sequence = cells.get('sequence');
  const issuingAgency = cells.get('issuing_agency');
  return {
    cells,
    facts: {
      ...(date.ok ? { asOf: date.value } : {}),
      ...(sequence ? { sequence } : {}),
      ...(issuingAgency ? { issuingAgency } : {}),
    },
  };
}

/** The action's meaning as a status word, so that one table tells what the court's letters do. */
function statusOf(cells: ReadonlyMap<string, string>, court: RowCourt, line: number, date: string) {
  const raw = cells.get('action') ?? '';
  const query = {
    set: 'action',
    raw,
    date,
    allowed: COURT_STATUSES,
    field: 'status',
    sourceField: 'action',
    line,
  };
  return mapCode(court.codes, query);
}

/** Cells of a detail under our own column names. */
function columnsOf(cells: ReadonlyMap<string, string>, agency: string | undefined): Map<string, string> {
  const columns = new Map(cells);
  for (const name of [
    'record_type',
    'business',
    'action',
    'action_date',
    'street_number',
    'street_name',
    'bond_amount_cents',
  ]) {
    columns.delete(name);
  }
  const cents = cells.get('bond_amount_cents');
  if (cents)
    columns.set(
      'bond_amount',
      /^\d+$/.test(cents) ? `${BigInt(cents) / 100n}.${cents.slice(-2).padStart(2, '0')}` : cents,
    );
  const street = [cells.get('street_number'), cells.get('street_name')].filter(Boolean).join(' ');
  if (street) columns.set('street', street);
  const actionDate = cells.get('action_date');
  if (actionDate) columns.set('status_date', actionDate);
  if (agency) columns.set('agency_ori', agency);
  return columns;
}

function readDetail(
  row: FixedLine,
  ordinal: number,
  control: Control,
  court: RowCourt,
  today: string,
): ReadRecord {
  const cells = sliceFields(row.text, DETAIL);
  const problems = lineProblems(row, layoutLength(DETAIL));
  control.add(cells);
  if (cells.get('business') === 'B') {
    const message = 'The row is about a business; a warrant needs a person.';
    problems.push({
      code: 'FIELD-FORMAT',
      severity: 'error',
      line: row.line,
      sourceField: 'business',
      message,
    });
  }
  const acted = readDate(cells.get('action_date') ?? '', 'MDY');
  const { coded, problem } = statusOf(cells, court, row.line, acted.ok ? acted.value : today);
  if (problem) problems.push(problem);
  const columns = columnsOf(cells, control.header?.get('issuing_agency'));
  // The letter stays the raw word; its meaning is given as a code of the set "status" that maps to itself.
  columns.set('status', coded.code ?? coded.raw);
  const source = {
    line: row.line,
    ordinal,
    cells: columns,
    extra: [],
    problems,
    header: (name: string) => name,
  };
  const read = readWarrantRow(source, court);
  const { warrant } = read.record;
  return {
    record: {
      ...read.record,
      event: cells.get('action') === 'C' ? 'snapshot' : read.record.event,
      warrant: { ...warrant, status: { ...warrant.status, raw: coded.raw } },
    },
    problems: coded.code
      ? read.problems
      : read.problems.filter((p) => p === problem || p.code !== 'SRC-UNMAPPED' || p.field !== 'status'),
  };
}

async function* parse(input: ByteSource, context: ParseContext): AsyncGenerator<ParseItem<CourtRecord>> {
  const identity = COURT_STATUSES.map((code) => ({ raw: code, code }));
  const codes = { ...mergeMaps(context.codes, OWN_CODES), status: identity };
  const settings = readerSettings({ dateOrder: 'MDY', ...context.options });
  const court: RowCourt = { format: NAME, context, codes, settings };
  const control = new Control();
  let ordinal = 0;
  try {
    for await (const row of readLines(input, context.options.encoding, context.limits)) {
      if (row.text.trim() === '' || row.text === '\x1a') continue;
      if (control.trailer)
        throw new Refusal('SRC-TRAILER', 'Lines follow the trailer: two files run together.', row.line);
      const type = row.text[0];
      if (type === 'H' && !control.header) {
        const { cells, facts } = readHeader(row.text);
        control.header = cells;
        yield { kind: 'file', facts };
      } else if (type === 'T') control.trailer = row;
      else if (type === 'D') {
        ordinal += 1;
        yield { kind: 'record', ...readDetail(row, ordinal, control, court, context.today) };
      } else throw new Refusal('SRC-FORMAT', 'A line is neither header, detail nor trailer.', row.line);
    }
    const fault = control.fault();
    if (fault) throw new Refusal(fault.code, fault.message, fault.line);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield { kind: 'problem', problem: error.problem() };
  }
}

export const fixedWidthDaily: CourtFormat = {
  name: NAME,
  feed: 'court',
  title: 'Daily fixed-width file with header, details and trailer',
  history: [{ date: '2026-11-23', change: 'First version.' }],
  delta: 'events',
  sniff: (head) => (/^H\d{8}[A-Z0-9 ]{9}\d{6}\s*[\r\n]+[DT]/.test(head.text) ? 'certain' : 'no'),
  parse,
};
