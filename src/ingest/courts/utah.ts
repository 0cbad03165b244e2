import type { CourtRecord, Problem } from '../../domain/index.ts';
import { type CsvRow, characterProblems, openCsv } from '../csv.ts';
import { readEventDate, readerSettings } from '../row-reader.ts';
import { mapCode, mergeMaps } from './code-map.ts';
import type { ByteSource, CodeMaps, CourtFormat, ParseContext, ParseItem } from './format.ts';
import { isUtahType, UTAH_LAYOUT, type UtahLine, utahKey } from './utah-layout.ts';
import { type CourtRow, joinCharges, type ReadRecord, type RowCourt, readWarrantRow } from './warrant-row.ts';

/**
 * Utah-like multi-record `|` text: CA case, CE court event, CH charge, DE deletion, JU judge; child rows follow
 * their case and repeat its key. The feed has no warrants: that somebody failed to appear is told by the
 * disposition code of the case (code set "disposition"), event by event (code set "hearing") or by a DE row,
 * which takes it back. The rows that said so are kept beside the record. Case and party number, the feed's own
 * key, stand for the warrant number it does not have.
 *
 * History
 * 2026-11-23  First version, after the published data dictionary of the feed. The order of DE and JU fields after
 *             the key is not published; it is ours until a county says otherwise.
 */

const NAME = 'utah';

/** `NONE`: the code says nothing of a warrant. Words that differ from county to county belong in configuration. */
const OWN_CODES: CodeMaps = {
  severity: [
    ...['F', 'F1', 'F2', 'F3'].map((raw) => ({ raw, code: 'F' })),
    ...['M', 'MA', 'MB', 'MC'].map((raw) => ({ raw, code: 'M' })),
    ...['I', 'IN'].map((raw) => ({ raw, code: 'I' })),
  ],
  status: ['ISSUED', 'STAYED', 'RECALLED', 'QUASHED', 'SERVED', 'EXPIRED'].map((code) => ({
    raw: code,
    code,
  })),
};

const MEANINGS = ['ISSUED', 'STAYED', 'RECALLED', 'QUASHED', 'SERVED', 'EXPIRED', 'NONE'] as const;
type Meaning = (typeof MEANINGS)[number];

/** A code that says something of a warrant: what, when, and in which line. */
interface Signal {
  readonly meaning: Meaning;
  readonly raw: string;
  readonly date: string | undefined;
  readonly line: UtahLine;
}

class UtahCase {
  readonly lines: UtahLine[] = [];
  readonly problems: Problem[] = [];
  readonly #court: RowCourt;

  constructor(court: RowCourt) {
    this.#court = court;
  }

  of(type: UtahLine['type']): UtahLine[] {
    return this.lines.filter((line) => line.type === type);
  }

  #date(line: UtahLine, ...names: readonly string[]): string | undefined {
    const text = names.map((name) => line.fields.get(name)).find((value) => value !== undefined);
    if (text === undefined) return undefined;
    const date = readEventDate(text, this.#court.settings);
    if (date.ok) return date.value;
    this.problems.push(lineProblem(line, names[0] ?? '', `is wrong: ${date.why}.`));
    return undefined;
  }

  #meaning(line: UtahLine, set: string, name: string, date: string | undefined): Signal[] {
    const raw = line.fields.get(name);
    if (raw === undefined) return [];
    const on = date ?? this.#court.context.today;
    const query = {
      set,
      raw,
      date: on,
      allowed: MEANINGS,
      field: 'status',
      sourceField: name,
      line: line.line,
    };
    const { coded, problem } = mapCode(this.#court.codes, query);
    if (problem) this.problems.push(problem);
    return coded.code && coded.code !== 'NONE' ? [{ meaning: coded.code, raw, date, line }] : [];
  }

  /** What the rows say of a warrant, oldest first; cancelled hearings say nothing. */
  signals(): Signal[] {
    const fromCase = this.of('CA').flatMap((line) =>
      this.#meaning(line, 'disposition', 'disp_code', this.#date(line, 'disp_date')),
    );
    const fromEvents = this.of('CE')
      .filter((line) => !line.fields.has('cancel_datetime'))
      .flatMap((line) => this.#meaning(line, 'hearing', 'hearing_code', this.#date(line, 'appear_date')));
    const deleted = this.of('DE').map((line): Signal => {
      return { meaning: 'RECALLED', raw: 'DE', date: this.#date(line, 'delete_datetime'), line };
    });
    return [...fromCase, ...fromEvents, ...deleted].sort((a, b) =>
      (a.date ?? '') < (b.date ?? '') ? -1 : a.date === b.date ? 0 : 1,
    );
  }
}

/** What several rows of a case must say alike: whose warrant it is, and for how much. */
const ALIKE = [
  'bail_amt',
  'first_name',
  'last_name',
  'birth_date',
  'gender',
  'race_code',
  'booking_num',
] as const;

/** Case rows of one case and party that contradict each other: the first is shown, and the warrant is stopped. */
function contradictions(one: UtahCase): Problem[] {
  const [first, ...others] = one.of('CA');
  return others.flatMap((line) =>
    ALIKE.filter((name) => line.fields.get(name) !== first?.fields.get(name)).map((name) =>
      lineProblem(line, name, 'is not that of the first CA row of the same case and party.'),
    ),
  );
}

function lineProblem(line: UtahLine, sourceField: string, complaint: string): Problem {
  const message = `"${sourceField}" of the ${line.type} row ${complaint}`;
  return { code: 'FIELD-FORMAT', severity: 'error', line: line.line, sourceField, message };
}

function raw({ type, fields }: UtahLine): string {
  return [type, ...UTAH_LAYOUT[type].map((name) => fields.get(name) ?? '')].join('|');
}

/** The cells of one warrant row that a case, a charge of it and its signals come to. */
function cellsOf(
  one: UtahCase,
  charge: UtahLine | undefined,
  signals: readonly Signal[],
): Map<string, string | undefined> {
  const head = one.of('CA')[0] ?? one.lines[0];
  const last = signals.at(-1);
  const issue = signals.findLast((signal) => signal.meaning === 'ISSUED');
  const missed = signals.findLast(({ meaning, line }) => meaning === 'ISSUED' && line.type === 'CE');
  const field = (name: string) => head?.fields.get(name);
  return new Map([
    ['warrant_number', `${field('case_num') ?? ''}-${field('party_num') ?? ''}`],
    ['case_number', field('case_num')],
    ['status', last?.meaning],
    ['status_date', last?.date],
    ['issue_date', issue?.date],
    ['recall_date', last && ['RECALLED', 'QUASHED'].includes(last.meaning) ? last.date : undefined],
    ['recall_reason', last?.line.fields.get('delete_reason')],
    ['served_date', last?.meaning === 'SERVED' ? last.date : undefined],
    ['bond_amount', field('bail_amt')],
    ['booking_number', field('booking_num')],
    ['first_name', field('first_name')],
    ['last_name', field('last_name')],
    ['dob', field('birth_date')],
    ['sex', field('gender')],
    ['race', field('race_code')],
    ['judge', one.of('JU')[0]?.fields.get('judge_name')],
    ['fta_date', missed?.line.fields.get('appear_date')],
    ['fta_reason', missed?.raw ?? issue?.raw],
    ['count', charge?.fields.get('seq')],
    ['statute', charge?.fields.get('viol_code')],
    ['level', charge?.fields.get('severity')],
    ['offense', charge?.fields.get('offense_descr')],
    ['offense_date', charge?.fields.get('viol_datetime')],
    ['arrest_date', one.of('CH')[0]?.fields.get('arrest_date')],
  ]);
}

function toRecord(one: UtahCase, signals: readonly Signal[], court: RowCourt, ordinal: number): ReadRecord {
  const extra = one.lines.map((line) => ({ path: line.type, value: raw(line) }));
  const line = one.lines[0]?.line ?? 1;
  const read = (charge: UtahLine | undefined, more: Pick<CourtRow, 'extra' | 'problems'>) => {
    const cells = [...cellsOf(one, charge, signals)].flatMap(([name, value]) =>
      value ? [[name, value] as const] : [],
    );
    return readWarrantRow({ line, ordinal, cells: new Map(cells), header: (name) => name, ...more }, court);
  };
  const [first, ...charges] = one.of('CH');
  let record = read(first, { extra, problems: [...one.problems, ...contradictions(one)] });
  for (const charge of charges)
    record = joinCharges(record, read(charge, { extra: [], problems: [] })) ?? record;
  return record;
}

/** A row with its own problems; without a line where not even its case can be told. */
interface ReadLine {
  readonly line?: UtahLine;
  readonly problems: readonly Problem[];
}

function readLine(row: CsvRow): ReadLine {
  const [type = '', ...cells] = row.cells.map((cell) => cell.trim());
  if (!isUtahType(type) || cells.length < 4) {
    const known = Object.keys(UTAH_LAYOUT).join(', ');
    const message = `A row begins with "${type.slice(0, 10)}" and has ${cells.length} fields; known are ${known} with a key of four. Nothing of the file was taken, as the row may take a warrant back.`;
    return { problems: [{ code: 'SRC-FORMAT', severity: 'error', line: row.line, message }] };
  }
  const names: readonly string[] = UTAH_LAYOUT[type];
  const problems = characterProblems(row, ['type', ...names]);
  // Senders drop empty fields at the end of a row, and some end each row with a bar.
  if (cells.slice(names.length).some((cell) => cell !== '')) {
    const message = `The ${type} row has ${cells.length} fields, ${names.length} are known: a "|" inside a field, or another version of the feed.`;
    problems.push({ code: 'FIELD-FORMAT', severity: 'error', line: row.line, message });
  }
  const filled = names.flatMap((name, i) => (cells[i] ? [[name, cells[i]] as const] : []));
  return { line: { type, line: row.line, fields: new Map(filled) }, problems };
}

async function* parse(input: ByteSource, context: ParseContext): AsyncGenerator<ParseItem<CourtRecord>> {
  const codes = mergeMaps(context.codes, { ...OWN_CODES, level: OWN_CODES.severity ?? [] });
  const court: RowCourt = {
    format: NAME,
    context,
    codes,
    settings: readerSettings(context.options, context.zone),
  };
  const reader = await openCsv(input, {
    encoding: context.options.encoding,
    delimiters: ['|'],
    quotes: false,
    limits: context.limits,
  });
  let open: UtahCase | undefined;
  let ordinal = 0;
  const close = (): ParseItem<CourtRecord>[] => {
    const signals = open?.signals() ?? [];
    if (!open || (signals.length === 0 && open.problems.length === 0)) return [];
    ordinal += 1;
    return [{ kind: 'record', ...toRecord(open, signals, court, ordinal) }];
  };
  for await (const rows of reader.batches) {
    for (const row of rows) {
      const { line, problems } = readLine(row);
      if (!line) {
        for (const problem of problems) yield { kind: 'problem', problem };
        return;
      }
      if (!open || utahKey(open.lines[0]!) !== utahKey(line)) {
        yield* close();
        open = new UtahCase(court);
      }
      open.lines.push(line);
      open.problems.push(...problems);
    }
  }
  yield* close();
  for (const problem of reader.problems) yield { kind: 'problem', problem };
}

export const utah: CourtFormat = {
  name: NAME,
  feed: 'court',
  title: 'Utah-like multi-record text',
  history: [{ date: '2026-11-23', change: 'First version, after the published data dictionary.' }],
  delta: 'events',
  sniff: (head) => (/^(CA|CE|CH|DE|JU)\|[^|\n]{1,8}\|[DJ]\|/.test(head.text) ? 'certain' : 'no'),
  parse,
};
