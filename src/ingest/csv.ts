import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { Problem } from '../domain/index.ts';
import { asUtf8, atMost, brokenCharacters, configuredEncoding, withHead } from './bytes.ts';
import type { ByteSource, ParseLimits } from './courts/format.ts';
import { DEFAULT_LIMITS, HEAD_BYTES } from './parameters.ts';
import { Refusal } from './refusal.ts';

/** One row as it stood; no cell is trimmed or altered. */
export interface CsvRow {
  /** 1-based line on which the row begins. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvOptions {
  /** Label of the encoding where it is not UTF-8. */
  readonly encoding?: string | undefined;
  /** One of these divides the cells: the one that cuts the first line into the most known pieces. */
  readonly delimiters?: readonly string[] | undefined;
  /** Whether a first-line cell is a header the caller knows; helps to choose the delimiter. */
  readonly knows?: ((cell: string) => boolean) | undefined;
  /** False where the format has no quoting (Utah-like `|` text). */
  readonly quotes?: boolean;
  readonly limits?: ParseLimits;
}

/** An opened delimited file. Read `rows` to the end, then `problems`: faults of the file as a whole. */
export interface CsvReader {
  readonly delimiter: string;
  readonly rows: AsyncIterable<CsvRow>;
  readonly problems: readonly Problem[];
}

export const USUAL_DELIMITERS = [',', '\t', '|', ';', '^'] as const;

/** The delimiter that cuts `line` into the most known headers; then into the most cells. */
export function chooseDelimiter(
  line: string,
  among: readonly string[],
  knows: (cell: string) => boolean = () => false,
): string {
  const scored = among.map((delimiter) => {
    const cells = line.split(delimiter);
    const known = cells.filter((cell) => knows(cell.replaceAll('"', ''))).length;
    return { delimiter, known, cells: cells.length };
  });
  scored.sort((a, b) => b.known - a.known || b.cells - a.cells);
  return scored[0]?.delimiter ?? ',';
}

function firstLine(head: Uint8Array): string {
  const text = Buffer.from(head).toString('utf8').trimStart();
  const end = text.search(/[\r\n]/);
  return end < 0 ? text : text.slice(0, end);
}

function fileProblem(code: Problem['code'], message: string, line?: number): Problem {
  return { code, severity: 'error', message, ...(line === undefined ? {} : { line }) };
}

/** What is wrong with a file before its first row is read. */
function headProblem(head: Uint8Array | undefined): Problem | undefined {
  if (!head || firstLine(head) === '') {
    return fileProblem('SRC-EMPTY', 'The file is empty. Ask the sender whether there was nothing to send.');
  }
  if (head.includes(0)) {
    return fileProblem(
      'SRC-ENCODING',
      'The file holds NUL bytes: it is not text, or it is UTF-16 without a byte order mark. Ask the sender for UTF-8.',
      1,
    );
  }
  return undefined;
}

/** What a fault of the stream means to the sender; undefined where it is not the file's. */
function streamProblem(error: unknown): Problem | undefined {
  if (error instanceof Refusal) return error.problem();
  if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_'))) return undefined;
  const line = 'lines' in error && typeof error.lines === 'number' ? error.lines : undefined;
  return fileProblem(
    'SRC-UNREADABLE',
    'A quoted cell is opened and not closed (or a row is far too long), so the rows cannot be told apart from ' +
      'there on. Nothing of the file was taken; ask the sender for it again with its quotes mended.',
    line,
  );
}

/**
 * Opens delimited text for streaming: byte order marks, encodings, quoted line breaks, blank lines and all
 * three line ends are seen to; a stray quote inside a cell stays as it stands.
 */
export async function openCsv(source: ByteSource, options: CsvOptions = {}): Promise<CsvReader> {
  const limits = options.limits ?? DEFAULT_LIMITS;
  const problems: Problem[] = [];
  const chunks = withHead(
    asUtf8(atMost(source, limits.fileBytes), configuredEncoding(options.encoding)),
    HEAD_BYTES,
  );
  const head = await firstChunk(chunks, problems);
  const fault = problems[0] ?? headProblem(head);
  if (fault || !head) return { delimiter: ',', rows: Readable.from([]), problems: fault ? [fault] : [] };
  const delimiter = chooseDelimiter(firstLine(head), options.delimiters ?? USUAL_DELIMITERS, options.knows);
  const settings = { delimiter, quotes: options.quotes ?? true, limit: limits.recordChars };
  return { delimiter, rows: parseRows(resume(head, chunks), settings, problems), problems };
}

async function firstChunk(
  chunks: AsyncGenerator<Uint8Array>,
  problems: Problem[],
): Promise<Uint8Array | undefined> {
  try {
    const step = await chunks.next();
    return step.done ? undefined : step.value;
  } catch (error) {
    const problem = streamProblem(error);
    if (!problem) throw error;
    problems.push(problem);
    return undefined;
  }
}

/** Lets the chunks through and remembers the last byte. */
class LastByte {
  value = 0x0a;

  async *watch(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      this.value = chunk.at(-1) ?? this.value;
      yield chunk;
    }
  }

  /** A plain delimited file has no other sign of having been cut inside its last cell. */
  problem(): Problem | undefined {
    if (this.value === 0x0a || this.value === 0x0d) return undefined;
    const message =
      'The last line has no line end: the file may have been cut there. Compare the last row with the sender.';
    return { code: 'SRC-INCOMPLETE', severity: 'warning', message };
  }
}

async function* resume(head: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  yield* rest;
}

interface ParserSettings {
  readonly delimiter: string;
  readonly quotes: boolean;
  /** Characters of one row. */
  readonly limit: number;
}

async function* parseRows(
  source: AsyncIterable<Uint8Array>,
  settings: ParserSettings,
  problems: Problem[],
): AsyncGenerator<CsvRow> {
  const parser = parse({
    delimiter: settings.delimiter,
    quote: settings.quotes ? '"' : null,
    escape: settings.quotes ? '"' : null,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: settings.limit,
    info: true,
  });
  const last = new LastByte();
  const input = Readable.from(last.watch(source), { objectMode: false });
  input.on('error', (error) => parser.destroy(error));
  input.pipe(parser);
  try {
    for await (const item of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      yield { line: item.info.lines - newlines(item.record), cells: item.record };
    }
    const cut = last.problem();
    if (cut) problems.push(cut);
  } catch (error) {
    const problem = streamProblem(error);
    if (!problem) throw error;
    problems.push(problem);
  } finally {
    input.destroy();
  }
}

function newlines(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) {
    for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count += 1;
  }
  return count;
}

/** Broken characters of a row, named by column. */
export function characterProblems(row: CsvRow, names: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  row.cells.forEach((cell, i) => {
    const problem = brokenCharacters(cell, row.line, names[i] ?? `column ${i + 1}`);
    if (problem) problems.push(problem);
  });
  return problems;
}
