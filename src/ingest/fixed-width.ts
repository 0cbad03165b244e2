import type { Problem } from '../domain/index.ts';
import { asUtf8, atMost, brokenCharacters, configuredEncoding } from './bytes.ts';
import type { ByteSource, ParseLimits } from './courts/format.ts';
import { Refusal } from './refusal.ts';

/** One field of a fixed-width record. */
export interface FixedField {
  readonly name: string;
  /** 1-based first character, as interface documents count. */
  readonly start: number;
  readonly length: number;
}

export interface FixedLine {
  readonly line: number;
  readonly text: string;
}

/** Lines of text, streamed: any of three line ends; the last need not have one. @throws Refusal */
export async function* readLines(
  source: ByteSource,
  encoding: string | undefined,
  limits: ParseLimits,
): AsyncGenerator<FixedLine> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  let line = 0;
  for await (const chunk of asUtf8(atMost(source, limits.fileBytes), configuredEncoding(encoding))) {
    rest += decoder.decode(chunk, { stream: true });
    // A carriage return at the very end may be half of a CRLF: it waits for the next chunk.
    const pieces = rest.split(/\r\n|\n|\r(?!$)/);
    rest = pieces.pop() ?? '';
    for (const text of pieces) {
      line += 1;
      yield { line, text };
    }
    if (rest.length > limits.recordChars) {
      throw new Refusal('SRC-LIMIT', `A line is longer than ${limits.recordChars} characters.`, line + 1);
    }
  }
  rest += decoder.decode();
  if (rest !== '') yield { line: line + 1, text: rest.replace(/\r$/, '') };
}

/** The fields of one line, trimmed; empty ones are left out. Characters, not bytes, are counted. */
export function sliceFields(text: string, fields: readonly FixedField[]): Map<string, string> {
  const cells = new Map<string, string>();
  for (const field of fields) {
    const value = text.slice(field.start - 1, field.start - 1 + field.length).trim();
    if (value !== '') cells.set(field.name, value);
  }
  return cells;
}

/** Length of the longest line a layout describes. */
export function layoutLength(fields: readonly FixedField[]): number {
  return Math.max(0, ...fields.map((field) => field.start - 1 + field.length));
}

/** A line of the wrong length or with broken letters: its columns cannot be trusted. */
export function lineProblems(row: FixedLine, length: number): Problem[] {
  const problems: Problem[] = [];
  if (row.text.length !== length) {
    problems.push({
      code: 'FIELD-FORMAT',
      severity: 'error',
      line: row.line,
      message: `The line has ${row.text.length} characters, the layout ${length}; its fields would be read from the wrong places.`,
    });
  }
  const broken = brokenCharacters(row.text, row.line, 'this line');
  if (broken) problems.push(broken);
  return problems;
}

/** Layout faults: overlaps and bad positions, found when the format is loaded by its tests. */
export function layoutFaults(fields: readonly FixedField[]): string[] {
  const ordered = [...fields].sort((a, b) => a.start - b.start);
  return ordered.flatMap((field, i) => {
    const next = ordered[i + 1];
    const overlap = next && field.start + field.length > next.start;
    return field.start < 1 || field.length < 1 || overlap ? [`${field.name} overlaps or has no place`] : [];
  });
}
