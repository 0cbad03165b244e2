import type { ByteSource, ParseLimits } from './courts/format.ts';
import { decode } from './encoding.ts';
import { Refusal } from './refusal.ts';

/** One JSON object of a file with many, still as text. */
export interface JsonText {
  readonly line: number;
  readonly text: string;
}

const CODE = {
  quote: 34,
  backslash: 92,
  openBracket: 91,
  closeBracket: 93,
  open: 123,
  close: 125,
  newline: 10,
};

/**
 * Cuts the objects out of a JSON array, out of an array inside one envelope object, or out of JSON Lines, in flat
 * memory. Nesting is counted outside strings; what the objects hold is left to `JSON.parse`.
 */
class Cutter {
  readonly #limits: ParseLimits;
  #buffer = '';
  /** Open brackets outside the object being cut. */
  #outer: number[] = [];
  /** Open brackets inside it; 0 = none is being cut. */
  #inner = 0;
  #inString = false;
  #escaped = false;
  #line = 1;
  #startLine = 1;
  #seen = false;

  constructor(limits: ParseLimits) {
    this.#limits = limits;
  }

  *push(text: string): Generator<JsonText> {
    let from = 0;
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (code === CODE.newline) this.#line += 1;
      if (this.#string(code)) continue;
      if (this.#opens(code)) {
        from = i;
        this.#startLine = this.#line;
      }
      if (!this.#closes(code)) continue;
      yield { line: this.#startLine, text: this.#buffer + text.slice(from, i + 1) };
      this.#buffer = '';
      from = i + 1;
    }
    if (this.#inner > 0) this.#keep(text.slice(from));
  }

  /** @throws Refusal when the text ends inside an object, an array or a string */
  end(): void {
    if (this.#inner > 0 || this.#outer.length > 0 || this.#inString) {
      throw new Refusal('SRC-UNREADABLE', 'The JSON ends in the middle: the file was cut short.', this.#line);
    }
    if (!this.#seen) throw new Refusal('SRC-UNREADABLE', 'The file holds no JSON object.', 1);
  }

  #keep(text: string): void {
    this.#buffer += text;
    if (this.#buffer.length > this.#limits.recordChars) {
      throw new Refusal(
        'SRC-LIMIT',
        `An object is longer than ${this.#limits.recordChars} characters.`,
        this.#startLine,
      );
    }
  }

  /** True while inside a string, its closing quote included. */
  #string(code: number): boolean {
    if (!this.#inString) {
      this.#inString = code === CODE.quote;
      return this.#inString;
    }
    if (this.#escaped) this.#escaped = false;
    else if (code === CODE.backslash) this.#escaped = true;
    else if (code === CODE.quote) this.#inString = false;
    return true;
  }

  /** Counts an opening bracket; true where it begins an object to be cut: one in an array, or one on its own. */
  #opens(code: number): boolean {
    if (code !== CODE.open && code !== CODE.openBracket) return false;
    this.#seen = true;
    const parent = this.#outer.at(-1);
    if (this.#inner > 0) this.#inner += 1;
    else if (code === CODE.open && parent === CODE.openBracket) this.#inner = 1;
    else {
      this.#outer.push(code);
      if (this.#outer.length > this.#limits.depth)
        throw new Refusal('SRC-LIMIT', 'The JSON is nested too deeply.', this.#line);
      return false;
    }
    return this.#inner === 1;
  }

  /** Counts a closing bracket; true where it ends the object being cut. */
  #closes(code: number): boolean {
    if (code !== CODE.close && code !== CODE.closeBracket) return false;
    if (this.#inner > 0) {
      this.#inner -= 1;
      return this.#inner === 0;
    }
    if (this.#outer.pop() === undefined) {
      throw new Refusal('SRC-UNREADABLE', 'A bracket closes that was never opened.', this.#line);
    }
    return false;
  }
}

/** Objects of a JSON array or of an array in an envelope. @throws Refusal */
export async function* jsonObjects(source: ByteSource, limits: ParseLimits): AsyncGenerator<JsonText> {
  const cutter = new Cutter(limits);
  for await (const text of decode(source, 'utf-8', limits.fileBytes)) yield* cutter.push(text);
  cutter.end();
}

/** Lines of JSON Lines. @throws Refusal */
export async function* jsonLines(source: ByteSource, limits: ParseLimits): AsyncGenerator<JsonText> {
  let rest = '';
  let line = 0;
  for await (const text of decode(source, 'utf-8', limits.fileBytes)) {
    const pieces = (rest + text).split('\n');
    rest = pieces.pop() ?? '';
    if (rest.length > limits.recordChars) throw new Refusal('SRC-LIMIT', 'A line is too long.', line + 1);
    for (const piece of pieces) {
      line += 1;
      if (piece.trim() !== '') yield { line, text: piece };
    }
  }
  if (rest.trim() !== '') yield { line: line + 1, text: rest };
}

/** Whether the first line is a JSON object of its own, as in JSON Lines. */
export function isJsonLines(head: string): boolean {
  const line = head.trimStart().split('\n', 1)[0] ?? '';
  if (!line.startsWith('{')) return false;
  try {
    const value: unknown = JSON.parse(line);
    return (
      typeof value === 'object' &&
      value !== null &&
      !Object.values(value).some((member) => isObjectArray(member, head, line))
    );
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** An envelope written on one line is no JSON Lines: the whole file is that line, and it holds the records. */
function isObjectArray(member: unknown, head: string, line: string): boolean {
  const alone = head.trim() === line.trim();
  return (
    alone && Array.isArray(member) && typeof member[0] === 'object' && 'warrantNumber' in (member[0] ?? {})
  );
}

/** The object with every number as its own digits, so that nothing passes through a float. */
export function parseExact(text: string): unknown {
  return JSON.parse(text, (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' ? (context?.source ?? String(value)) : value,
  );
}
