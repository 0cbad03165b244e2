import type { CourtRecord } from '../../domain/index.ts';
import { isJsonLines, jsonLines, parseExact } from '../json-records.ts';
import { twinProblems } from '../json-twins.ts';
import { Refusal } from '../refusal.ts';
import { readerSettings } from '../row-reader.ts';
import { readCents } from '../values.ts';
import { mergeMaps } from './code-map.ts';
import type { ByteSource, CodeMaps, CourtFormat, FileFacts, ParseContext, ParseItem } from './format.ts';
import { isJson, type Json, readNestedWarrant } from './nested-warrant.ts';
import { newestStatus, textOf } from './status-history.ts';
import type { ReadRecord, RowCourt } from './warrant-row.ts';

/**
 * Rows of a court's own database or reporting view, as the SQL transport hands them over: JSON Lines, a warrant
 * with its offences (`offenses`) and its status history (`status_history`: `status`, `start_date`, `end_date`).
 * The history outranks the row's own status: it still tells of a recall where the row was never brought up to date.
 *
 * History
 * 2026-11-23  First version. Bail by charge is summed only where option `bailRule` is `sum`.
 */

const NAME = 'relational';

const OWN_CODES: CodeMaps = {
  status: [
    { raw: 'ORDERED', code: 'ORDERED' },
    { raw: 'ISSUED', code: 'ISSUED' },
    { raw: 'ACTIVE', code: 'ISSUED' },
    { raw: 'STAYED', code: 'STAYED' },
    { raw: 'RECALLED', code: 'RECALLED' },
    { raw: 'QUASHED', code: 'QUASHED' },
    { raw: 'SERVED', code: 'SERVED' },
    { raw: 'EXPIRED', code: 'EXPIRED' },
  ],
  type: [{ raw: 'BENCH', code: 'BENCH' }],
  level: [
    { raw: 'F', code: 'F' },
    { raw: 'M', code: 'M' },
    { raw: 'I', code: 'I' },
  ],
  bail: [
    { raw: 'CASH_ONLY', code: 'CASH_ONLY' },
    { raw: 'BONDABLE', code: 'BONDABLE' },
    { raw: 'NO_BAIL', code: 'NO_BAIL' },
    { raw: 'OR_CITE', code: 'OR_CITE' },
  ],
};

/** The warrant's bail from its offences, where the court sets it charge by charge. */
function summedBail(row: Json): string | undefined {
  const offences = Array.isArray(row.offenses) ? row.offenses : [];
  let cents = 0;
  for (const offence of offences) {
    const bail =
      isJson(offence) && textOf(offence.bond_amount) !== ''
        ? readCents(textOf(offence.bond_amount))
        : undefined;
    if (!bail?.ok) return undefined;
    cents += bail.value;
  }
  return offences.length > 0 ? (cents / 100).toFixed(2) : undefined;
}

/** A charge's own bail is no bail of the warrant: it stays with the charge, as an extra. */
function withoutChargeBail(row: Json): Json {
  if (!Array.isArray(row.offenses)) return row;
  const offenses = row.offenses.map((offence: unknown) => {
    if (!isJson(offence) || offence.bond_amount === undefined) return offence;
    const { bond_amount: chargeBail, ...rest } = offence;
    return { ...rest, own_bail: chargeBail };
  });
  return { ...row, offenses };
}

function readRow(row: Json, place: { line: number; ordinal: number }, court: RowCourt): ReadRecord {
  const { status_history: history, cash_only: cashOnly, ...rest } = row;
  const newest = newestStatus(row, court.settings, place.line);
  const summed = court.context.options.bailRule === 'sum' ? summedBail(row) : undefined;
  const fields = {
    ...withoutChargeBail(rest),
    ...(newest && 'start' in newest ? { status: newest.status, status_date: newest.start } : {}),
    ...(summed === undefined ? {} : { bond_amount: summed }),
    ...(/^(y|true|1)$/i.test(textOf(cashOnly)) ? { bond_type: 'CASH_ONLY' } : {}),
  };
  const read = readNestedWarrant(fields, place, court, ['warrant_number', 'status']);
  const extra = history === undefined ? [] : [{ path: 'status_history', value: JSON.stringify(history) }];
  return {
    record: { ...read.record, extra: [...read.record.extra, ...extra] },
    problems: [...read.problems, ...(newest && 'code' in newest ? [newest] : [])],
  };
}

/** The first and last line of a whole read: what it is, and how many rows it has. */
class Frame {
  #open = false;
  #rows: number | undefined;

  isFrame(row: Json): boolean {
    return isJson(row.extract) || isJson(row.extract_end);
  }

  take(row: Json): FileFacts | undefined {
    if (isJson(row.extract_end)) this.#rows = Number(row.extract_end.rows);
    if (!isJson(row.extract)) return undefined;
    this.#open = true;
    const asOf = textOf(row.extract.as_of);
    return { fullSnapshot: row.extract.full === true, ...(asOf ? { asOf } : {}) };
  }

  /** @throws Refusal where the read broke off, or rows are missing */
  check(rows: number): void {
    if (this.#open && this.#rows !== rows) {
      throw new Refusal(
        'SRC-TRAILER',
        'The read of the database broke off: its last line is missing or counts otherwise.',
      );
    }
  }
}

async function* parse(input: ByteSource, context: ParseContext): AsyncGenerator<ParseItem<CourtRecord>> {
  const codes = mergeMaps(context.codes, OWN_CODES);
  const court = { format: NAME, context, codes, settings: readerSettings(context.options, context.zone) };
  let ordinal = 0;
  const frame = new Frame();
  if (context.options.snapshot === 'full') yield { kind: 'file', facts: { fullSnapshot: true } };
  try {
    for await (const { line, text } of jsonLines(input, context.limits)) {
      const row = parseExact(text);
      if (!isJson(row)) throw new SyntaxError('not an object');
      const facts = frame.take(row);
      if (facts) yield { kind: 'file', facts };
      if (frame.isFrame(row)) continue;
      ordinal += 1;
      const read = readRow(row, { line, ordinal }, court);
      const problems = [...twinProblems(text, row, line), ...read.problems];
      yield { kind: 'record', record: read.record, problems };
    }
    frame.check(ordinal);
  } catch (error) {
    if (error instanceof Refusal) yield { kind: 'problem', problem: error.problem() };
    else if (error instanceof SyntaxError) {
      const message =
        'This row is not JSON: the hand-over from the database is damaged. Read the source again.';
      yield { kind: 'problem', problem: { code: 'SRC-UNREADABLE', severity: 'error', message } };
    } else throw error;
  }
}

export const relational: CourtFormat = {
  name: NAME,
  feed: 'court',
  title: 'Rows of a court database or reporting view',
  history: [{ date: '2026-11-23', change: 'First version.' }],
  delta: 'snapshot',
  sniff: (head) => {
    if (!isJsonLines(head.text)) return 'no';
    if (/^\s*\{"extract":/.test(head.text)) return 'certain';
    return /"warrant_?number"\s*:/i.test(head.text) && /"status_?history"\s*:/i.test(head.text)
      ? 'certain'
      : 'no';
  },
  parse,
};
