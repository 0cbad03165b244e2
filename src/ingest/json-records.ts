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
  /** Objects on their own are records; otherwise they are envelopes. */
  readonly #alone: boolean;
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
  /** What stands outside the objects that are cut out. */
  #outside = '';
  #cutHere = false;

  constructor(limits: ParseLimits, alone: boolean) {
    this.#limits = limits;
    this.#alone = alone;
  }

  /** The line reached. */
  get line(): number {
    return this.#line;
  }

  *push(text: string): Generator<JsonText> {
    let from = 0;
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (code === CODE.newline) this.#line += 1;
      if (this.#string(code)) {
        if (this.#inner === 0) this.#aside(code);
        continue;
      }
      if (this.#opens(code)) {
        from = i;
        this.#startLine = this.#line;
        this.#cutHere = true;
      }
      const ends = this.#closes(code);
      if (this.#inner === 0 && !ends) this.#aside(code);
      if (!ends) continue;
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

  /** The envelope's own text, the list of records empty: `{"asOf": "2026-06-12", "warrants": []}`. */
  get outside(): string {
    return this.#outside;
  }

  /** Keeps a character of the envelope; between records there are only commas and blanks. */
  #aside(code: number): void {
    const inList = this.#outer.at(-1) === CODE.openBracket;
    if (!inList) this.#cutHere = false;
    if (inList && this.#cutHere && !this.#inString) return;
    this.#outside += String.fromCharCode(code);
    if (this.#outside.length > this.#limits.recordChars) {
      throw new Refusal(
        'SRC-LIMIT',
        `What stands outside the records is longer than ${this.#limits.recordChars} characters.`,
        this.#line,
      );
    }
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
    if (this.#inner > 0) {
      this.#inner += 1;
      if (this.#inner > this.#limits.depth) throw this.#tooDeep();
    } else if (code === CODE.open && (parent === CODE.openBracket || this.#mayBeAlone(parent)))
      this.#inner = 1;
    else {
      this.#outer.push(code);
      if (this.#outer.length > this.#limits.depth) throw this.#tooDeep();
      return false;
    }
    return this.#inner === 1;
  }

  #mayBeAlone(parent: number | undefined): boolean {
    return this.#alone && parent === undefined;
  }

  #tooDeep(): Refusal {
    return new Refusal(
      'SRC-LIMIT',
      `The JSON is nested deeper than ${this.#limits.depth} levels.`,
      this.#line,
    );
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

/** Whether the file's first object has a member of such a name itself: then it is a record, not an envelope. */
export function isRecordAlone(head: string, name: RegExp): boolean {
  if (!head.trimStart().startsWith('{')) return false;
  let depth = 0;
  for (const [token] of head.matchAll(/"(?:[^"\\]|\\.)*"\s*:?|[{}[\]]/g)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (depth === 1 && token.endsWith(':') && name.test(token)) return true;
    if (depth === 0) return false;
  }
  return false;
}

/** What stands around the records of a file, filled when the file has been read. */
export interface Envelope {
  text: string;
}

/**
 * Objects of a JSON array, of an array in an envelope, or on their own.
 * @param envelope is told what stands around them
 * @throws Refusal
 */
export async function* jsonObjects(
  source: ByteSource,
  limits: ParseLimits,
  alone: boolean,
  envelope: Envelope,
): AsyncGenerator<JsonText> {
  const cutter = new Cutter(limits, alone);
  const decoded = decode(source, 'utf-8', limits.fileBytes, () => cutter.line);
  for await (const text of decoded) yield* cutter.push(text);
  cutter.end();
  envelope.text = cutter.outside;
}

/** Lines of JSON Lines. @throws Refusal */
export async function* jsonLines(source: ByteSource, limits: ParseLimits): AsyncGenerator<JsonText> {
  let rest = '';
  let line = 0;
  for await (const text of decode(source, 'utf-8', limits.fileBytes, () => line + 1)) {
    const pieces = (rest + text).split('\n');
    rest = pieces.pop() ?? '';
    if (rest.length > limits.recordChars) throw new Refusal('SRC-LIMIT', 'A line is too long.', line + 1);
    for (const piece of pieces) {
      line += 1;
      if (piece.trim() === '') continue;
      if (isDeeper(piece, limits.depth))
        throw new Refusal('SRC-LIMIT', `The JSON is nested deeper than ${limits.depth} levels.`, line);
      yield { line, text: piece };
    }
  }
  if (rest.trim() === '') return;
  if (isDeeper(rest, limits.depth))
    throw new Refusal('SRC-LIMIT', `The JSON is nested deeper than ${limits.depth} levels.`, line + 1);
  yield { line: line + 1, text: rest };
}

/** Whether brackets are open deeper than that; those inside texts count too, which no record comes near. */
function isDeeper(text: string, depth: number): boolean {
  let open = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === CODE.open || code === CODE.openBracket) {
      open += 1;
      if (open > depth) return true;
    } else if (code === CODE.close || code === CODE.closeBracket) open -= 1;
  }
  return false;
}

/** Whether the first line is a JSON object of its own, as in JSON Lines. */
export function isJsonLines(head: string): boolean {
  const line = head.trimStart().split('\n', 1)[0] ?? '';
  if (!line.startsWith('{')) return false;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !isEnvelope(value, head, line);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** An envelope written on one line is no JSON Lines: the whole file is that line, and it holds a list of records. */
function isEnvelope(value: object, head: string, line: string): boolean {
  if (head.trim() !== line.trim() || Object.keys(value).some((name) => /^warrant_?number$/i.test(name)))
    return false;
  return Object.values(value).some((member) => Array.isArray(member));
}

/** The object with every number as its own digits, so that nothing passes through a float. */
export function parseExact(text: string): unknown {
  return JSON.parse(text, (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' ? (context?.source ?? String(value)) : value,
  );
}
