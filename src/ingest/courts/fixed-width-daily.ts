import type { CourtRecord, Problem } from '../../domain/index.ts';
import { type FixedLine, layoutLength, lineProblems, readLines, sliceFields } from '../fixed-width.ts';
import { Refusal } from '../refusal.ts';
import { readEventDate, readerSettings } from '../row-reader.ts';
import { mapCode, mergeMaps } from './code-map.ts';
import { COURT_STATUSES } from './events.ts';
import { Control } from './fixed-width-control.ts';
import { DETAIL } from './fixed-width-layout.ts';
import type { ByteSource, CodeMaps, CourtFormat, ParseContext, ParseItem } from './format.ts';
import { type ReadRecord, type RowCourt, readWarrantRow } from './warrant-row.ts';

/**
 * Daily fixed-width file of a legacy court system: header with date, issuing agency and running number; one
 * detail a warrant with an action code; trailer with record count and bail total. Dates are MMDDCCYY.
 *
 * History
 * 2026-11-23  First version, after descriptions of county interfaces (daily ASCII files, MMDDCCYY dates, person or
 *             business indicator, split address, agency in the header). The positions are this project's own.
 * 2026-11-30  Held against hundreds of drawn files: a header or trailer that is cut or goes on condemns the file, bail
 *             that is not whole cents and a "business" that is neither P nor B stop their row; all passed before.
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

/** Our columns that the layout calls otherwise, for whoever reads a problem beside the interface document. */
const LAYOUT_NAME: Readonly<Record<string, string>> = {
  status: 'action',
  status_date: 'action_date',
  bond_amount: 'bond_amount_cents',
};

/** Fields that are read on their own, into one of our columns or none. */
const OWN_FIELDS = [
  'record_type',
  'business',
  'action',
  'action_date',
  'street_number',
  'street_name',
  'bond_amount_cents',
];

/** Cells of a detail under our own column names. */
function columnsOf(cells: ReadonlyMap<string, string>, agency: string | undefined): Map<string, string> {
  const columns = new Map(cells);
  for (const name of OWN_FIELDS) columns.delete(name);
  const cents = cells.get('bond_amount_cents');
  if (cents !== undefined && isCents(cents))
    columns.set('bond_amount', `${BigInt(cents) / 100n}.${cents.slice(-2).padStart(2, '0')}`);
  const street = [cells.get('street_number'), cells.get('street_name')].filter(Boolean).join(' ');
  if (street) columns.set('street', street);
  const actionDate = cells.get('action_date');
  if (actionDate) columns.set('status_date', actionDate);
  if (agency) columns.set('agency_ori', agency);
  return columns;
}

const isCents = (text: string) => /^\d+$/.test(text);

/** What is wrong with the fields that no other format has. */
function ownProblems(cells: ReadonlyMap<string, string>, line: number): Problem[] {
  const wrong = (sourceField: string, message: string): Problem => ({
    code: 'FIELD-FORMAT',
    severity: 'error',
    line,
    sourceField,
    message,
  });
  const problems: Problem[] = [];
  const business = cells.get('business');
  if (business === 'B')
    problems.push(wrong('business', 'The row is about a business; a warrant needs a person.'));
  else if (business !== undefined && business !== 'P')
    problems.push(wrong('business', '"business" is neither P nor B; who is meant cannot be told.'));
  const cents = cells.get('bond_amount_cents');
  // A point or a dollar sign may mean dollars, a hundredfold: neither is taken.
  if (cents !== undefined && !isCents(cents))
    problems.push(wrong('bond_amount_cents', '"bond_amount_cents" is wrong: not whole cents in digits.'));
  return problems;
}

function readDetail(row: FixedLine, ordinal: number, control: Control, court: RowCourt): ReadRecord {
  const cells = sliceFields(row.text, DETAIL);
  const problems = [...lineProblems(row, layoutLength(DETAIL)), ...ownProblems(cells, row.line)];
  control.add(row, cells);
  const acted = readEventDate(cells.get('action_date') ?? '', court.settings);
  const on = acted.ok ? acted.value : court.context.today;
  const { coded, problem } = statusOf(cells, court, row.line, on);
  if (problem) problems.push(problem);
  const columns = columnsOf(cells, control.agency);
  // The letter stays the raw word; its meaning is given as a code of the set "status" that maps to itself.
  columns.set('status', coded.code ?? coded.raw);
  const source = {
    line: row.line,
    ordinal,
    cells: columns,
    extra: [],
    problems,
    header: (name: string) => LAYOUT_NAME[name] ?? name,
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
  const settings = readerSettings({ dateOrder: 'MDY', ...context.options }, context.zone);
  const court: RowCourt = { format: NAME, context, codes, settings };
  const control = new Control();
  let ordinal = 0;
  try {
    for await (const row of readLines(input, context.options.encoding, context.limits)) {
      if (row.text.trim() === '' || row.text === '\x1a') continue;
      control.guardEnd(row);
      const type = row.text[0];
      if (type === 'H') {
        const { facts, problems } = control.open(row, settings.order);
        for (const problem of problems) yield { kind: 'problem', problem };
        yield { kind: 'file', facts };
      } else if (type === 'T') control.close(row);
      else if (type === 'D') {
        ordinal += 1;
        yield { kind: 'record', ...readDetail(row, ordinal, control, court) };
      } else throw new Refusal('SRC-FORMAT', 'A line is neither header, detail nor trailer.', row.line);
    }
    control.check();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield { kind: 'problem', problem: error.problem() };
  }
}

export const fixedWidthDaily: CourtFormat = {
  name: NAME,
  feed: 'court',
  title: 'Daily fixed-width file with header, details and trailer',
  history: [
    { date: '2026-11-23', change: 'First version.' },
    {
      date: '2026-11-30',
      change: 'Header and trailer to the letter; bail in digits only; P, B or nothing else.',
    },
  ],
  delta: 'events',
  sniff: (head) => (/^H\d{8}[A-Z0-9 ]{9}\d{6}\s*[\r\n]+[DT]/.test(head.text) ? 'certain' : 'no'),
  parse,
};
