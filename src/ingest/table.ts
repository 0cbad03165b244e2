import type { ExtraField, Problem } from '../domain/index.ts';
import type { ByteSource, Fit, ParseContext } from './courts/format.ts';
import { type CsvRow, characterProblems, openCsv, USUAL_DELIMITERS } from './csv.ts';

/** One column a delimited format knows. */
export interface Column {
  /** Our name: lower case with underscores. */
  readonly name: string;
  /** Other headers the same column goes by, written in any case and with any spacing. */
  readonly aliases?: readonly string[];
  /** The file cannot be read without this column; a row cannot be read with it empty. */
  readonly required?: boolean;
  /** For people (docs/formats.md). */
  readonly meaning: string;
}

/** A row by our column names: trimmed, never empty. */
export interface TableRow {
  readonly line: number;
  readonly ordinal: number;
  readonly cells: ReadonlyMap<string, string>;
  /** Columns nobody knows, kept. */
  readonly extra: readonly ExtraField[];
  /** The header our column was called by in this file. */
  readonly header: (column: string) => string;
  readonly problems: readonly Problem[];
}

export type TableItem =
  | { readonly kind: 'row'; readonly row: TableRow }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** A header as it is compared: case, spaces and punctuation do not count; `#` counts as `number`. */
export function headerKey(header: string): string {
  return header
    .replaceAll('#', ' number ')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '');
}

interface Headers {
  /** Our column name by position; undefined where the header is not known. */
  readonly columns: readonly (string | undefined)[];
  readonly titles: readonly string[];
  /** The header our column was called by. */
  readonly titleOf: (column: string) => string;
  /** Ours that every row must fill. */
  readonly required: readonly string[];
}

/** Header key to our name, with the renames of configuration (`column.<ours>` = their header) on top. */
export function headerIndex(
  columns: readonly Column[],
  options: Readonly<Record<string, string>> = {},
): ReadonlyMap<string, string> {
  const index = new Map<string, string>();
  for (const column of columns) {
    for (const title of [column.name, ...(column.aliases ?? [])]) index.set(headerKey(title), column.name);
  }
  for (const [key, title] of Object.entries(options)) {
    const name = key.startsWith('column.') ? key.slice('column.'.length) : undefined;
    if (name && columns.some((column) => column.name === name)) index.set(headerKey(title), name);
  }
  return index;
}

function headerProblems(columns: readonly Column[], headers: Headers, line: number): Problem[] {
  const problems: Problem[] = [];
  const found = headers.columns.filter((name) => name !== undefined);
  const missing = columns.filter((column) => column.required && !found.includes(column.name));
  if (missing.length > 0) {
    const names = missing.map((column) => `"${column.name}"`).join(', ');
    problems.push({
      code: 'SRC-FORMAT',
      severity: 'error',
      line,
      message: `The first line has no column ${names}. It reads: ${headers.titles.join(' / ').slice(0, 300)}. Give the columns their names, or map them with the source's option column.<name>.`,
    });
  }
  for (const name of new Set(found.filter((name, i) => found.indexOf(name) !== i))) {
    problems.push({
      code: 'SRC-FORMAT',
      severity: 'error',
      line,
      sourceField: name,
      message: `Two columns both mean "${name}". Keep one, or rename the other.`,
    });
  }
  return problems;
}

function readHeader(row: CsvRow, index: ReadonlyMap<string, string>, known: readonly Column[]): Headers {
  const titles = row.cells.map((cell) => cell.trim());
  const columns = titles.map((title) => index.get(headerKey(title)));
  const byName = new Map(columns.map((name, i) => [name, titles[i]!]));
  const titleOf = (name: string) => byName.get(name) ?? name;
  const required = known.filter((column) => column.required).map((column) => column.name);
  return { titles, columns, titleOf, required };
}

function raggedProblem(row: CsvRow, width: number): Problem {
  return {
    code: 'FIELD-FORMAT',
    severity: 'error',
    line: row.line,
    message: `The row has ${row.cells.length} cells, the first line has ${width}. A cell that holds the delimiter must stand in quotes.`,
  };
}

function toRow(row: CsvRow, ordinal: number, headers: Headers): TableRow {
  const { titles, columns, titleOf, required } = headers;
  const problems = characterProblems(row, titles);
  if (row.cells.length !== titles.length) problems.push(raggedProblem(row, titles.length));
  const cells = new Map<string, string>();
  const extra: ExtraField[] = [];
  for (let i = 0; i < row.cells.length; i++) {
    const value = row.cells[i]!.trim();
    if (value === '') continue;
    const name = columns[i];
    if (name) cells.set(name, value);
    else extra.push({ path: titles[i] || `column ${i + 1}`, value });
  }
  for (const name of required) if (!cells.has(name)) problems.push(emptyProblem(row, titleOf(name)));
  return { line: row.line, ordinal, cells, extra, header: titleOf, problems };
}

function emptyProblem(row: CsvRow, title: string): Problem {
  return {
    code: 'FIELD-MISSING',
    severity: 'error',
    line: row.line,
    sourceField: title,
    message: `"${title}" is empty; every row needs it.`,
  };
}

/**
 * Reads delimited text with a header line, in batches, against the columns a format knows. Options of the source:
 * `encoding`, `delimiter` (else found from the header) and `column.<ours>` = their header.
 */
export async function* readTable(
  source: ByteSource,
  columns: readonly Column[],
  context: Pick<ParseContext, 'options' | 'limits'>,
): AsyncGenerator<readonly TableItem[]> {
  const index = headerIndex(columns, context.options);
  const { delimiter, encoding } = context.options;
  const reader = await openCsv(source, {
    encoding,
    delimiters: delimiter ? [delimiter === '\\t' ? '\t' : delimiter] : undefined,
    knows: (cell) => index.has(headerKey(cell)),
    limits: context.limits,
  });
  let headers: Headers | undefined;
  let ordinal = 0;
  for await (const batch of reader.batches) {
    const items: TableItem[] = [];
    for (const row of batch) {
      if (headers) {
        ordinal += 1;
        items.push({ kind: 'row', row: toRow(row, ordinal, headers) });
        continue;
      }
      headers = readHeader(row, index, columns);
      const faults = [
        ...characterProblems(row, headers.titles),
        ...headerProblems(columns, headers, row.line),
      ];
      if (faults.length > 0) {
        yield faults.map(asItem);
        return;
      }
    }
    yield items;
  }
  yield [...reader.problems, ...(headers && ordinal === 0 ? [NO_ROW] : [])].map(asItem);
}

function asItem(problem: Problem): TableItem {
  return { kind: 'problem', problem };
}

/** A heading alone may be a quiet day or a broken export: it is never passed over in silence. */
const NO_ROW: Problem = {
  code: 'SRC-EMPTY',
  severity: 'warning',
  message:
    'The file has its first line and no row below it; ask the source whether there was nothing to send.',
};

/**
 * How surely a first line is this format's: it needs every required column, none of `foreign` (the key column of
 * another feed), and is certain with `enough` known columns.
 */
export function headerFit(
  text: string,
  columns: readonly Column[],
  enough: number,
  foreign: readonly Column[] = [],
): Fit {
  const line = text.split(/\r\n|\r|\n/, 1)[0] ?? '';
  const index = headerIndex(columns);
  const others = headerIndex(foreign);
  const fits = USUAL_DELIMITERS.map((delimiter) => {
    const keys = line.split(delimiter).map(headerKey);
    const names = keys.map((key) => index.get(key));
    const complete = columns.every((column) => !column.required || names.includes(column.name));
    if (!complete || keys.some((key) => others.has(key))) return 0;
    return names.filter((name) => name !== undefined).length;
  });
  const known = Math.max(...fits);
  if (known === 0) return 'no';
  return known >= enough ? 'certain' : 'possible';
}
