import { isAscii } from 'node:buffer';
import { parse } from 'csv-parse';
import type { Problem } from '../domain/index.ts';
import { asUtf8, atMost, brokenCharacters, configuredEncoding, withHead } from './bytes.ts';
import type { ByteSource, ParseLimits } from './courts/format.ts';
import { CHUNK_BYTES, DEFAULT_LIMITS, HEAD_BYTES } from './parameters.ts';
import { Refusal } from './refusal.ts';

/** One row as it stood; no cell is trimmed or altered. */
export interface CsvRow {
  /** 1-based line on which the row begins. */
  readonly line: number;
  readonly cells: readonly string[];
  /** No letter in it can be broken: it came out of plain ASCII. */
  readonly isPlain: boolean;
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

/** An opened delimited file. Read `batches` of rows to the end, then `problems`: faults of the file as a whole. */
export interface CsvReader {
  readonly delimiter: string;
  readonly batches: AsyncIterable<readonly CsvRow[]>;
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
  if (fault || !head) return { delimiter: ',', batches: none(), problems: fault ? [fault] : [] };
  const delimiter = chooseDelimiter(firstLine(head), options.delimiters ?? USUAL_DELIMITERS, options.knows);
  const settings = { delimiter, quotes: options.quotes ?? true, limit: limits.recordChars };
  return { delimiter, batches: parseRows(resume(head, chunks), settings, problems), problems };
}

async function* none(): AsyncGenerator<never> {
  // An unreadable file has no rows.
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

/** The parser leaves a few bytes of a piece to the next call: those that may be half of a delimiter. */
const SURELY_READ = 1024;

/** What is seen of the bytes on their way: how the file ends, and whether letters in it can be broken at all. */
class ByteWatch {
  #last = 0x0a;
  /** Of the piece seen last. */
  #pieceIsPlain = true;
  /** Of all bytes that the next row can hold. */
  #rowIsPlain = true;

  see(piece: Uint8Array): void {
    this.#last = piece.at(-1) ?? this.#last;
    // Shorter pieces may leave bytes of the one before to the next row: they make nothing plain again.
    const isPlain = isAscii(piece) && !piece.includes(0);
    this.#pieceIsPlain = isPlain && piece.length >= SURELY_READ;
    this.#rowIsPlain &&= isPlain;
  }

  /** Whether no letter of the rows that came out since the last call can be broken: ASCII without NUL. */
  takePlain(): boolean {
    const isPlain = this.#rowIsPlain;
    this.#rowIsPlain ||= this.#pieceIsPlain;
    return isPlain;
  }

  /** A plain delimited file has no other sign of having been cut inside its last cell. */
  problem(): Problem | undefined {
    if (this.#last === 0x0a || this.#last === 0x0d) return undefined;
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

/** Rows as they come out of each piece of the file: one by one through a stream they took a quarter of the time. */
async function* parseRows(
  source: AsyncIterable<Uint8Array>,
  settings: ParserSettings,
  problems: Problem[],
): AsyncGenerator<readonly CsvRow[]> {
  let found: { line: number; cells: string[] }[] = [];
  const parser = parse({
    delimiter: settings.delimiter,
    quote: settings.quotes ? '"' : null,
    escape: settings.quotes ? '"' : null,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: settings.limit,
    on_record: (cells: string[], { lines }) => {
      found.push({ line: lines - newlines(cells), cells });
      return null;
    },
  });
  parser.on('error', () => undefined); // told by the call that met it
  parser.resume();
  const watch = new ByteWatch();
  const take = (): readonly CsvRow[] => {
    if (found.length === 0) return [];
    const isPlain = watch.takePlain();
    const rows = found.map(({ line, cells }) => ({ line, cells, isPlain }));
    found = [];
    return rows;
  };
  try {
    for await (const chunk of source) {
      for (let at = 0; at < chunk.length; at += CHUNK_BYTES) {
        const piece = chunk.subarray(at, at + CHUNK_BYTES);
        watch.see(piece);
        await told((done) => parser.write(piece, done));
        yield take();
      }
    }
    await told((done) => parser.end(done));
    yield take();
    const cut = watch.problem();
    if (cut) problems.push(cut);
  } catch (error) {
    const problem = streamProblem(error);
    if (!problem) throw error;
    problems.push(problem);
  } finally {
    parser.destroy();
  }
}

/** Waits for a call that ends with an error or without. */
function told(call: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => call((error) => (error ? reject(error) : resolve())));
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
  if (row.isPlain) return problems;
  row.cells.forEach((cell, i) => {
    const problem = brokenCharacters(cell, row.line, names[i] ?? `column ${i + 1}`);
    if (problem) problems.push(problem);
  });
  return problems;
}
