import type { ByteSource } from './courts/format.ts';
import { CHUNK_BYTES } from './parameters.ts';
import { Refusal } from './refusal.ts';

/** Encodings read; anything else is refused by name rather than guessed at. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'us-ascii' | 'iso-8859-1' | 'windows-1252';

const LABELS: Readonly<Record<string, Encoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'us-ascii': 'us-ascii',
  ascii: 'us-ascii',
  'iso-8859-1': 'iso-8859-1',
  latin1: 'iso-8859-1',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
};

/** An encoding by its label, or undefined where it is not one of ours. */
export function encodingOf(label: string): Encoding | undefined {
  return LABELS[label.trim().toLowerCase()];
}

/** The encoding a byte order mark states. @throws Refusal on UTF-32, which no court system sends */
export function markOf(head: Uint8Array): { encoding: Encoding; length: number } | undefined {
  const [a, b, c, d] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) throw unsupported('UTF-32');
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', length: 2 };
  return undefined;
}

function unsupported(label: string): Refusal {
  return new Refusal(
    'SRC-ENCODING',
    `The file is declared as ${JSON.stringify(label.slice(0, 40))}, which is not read here; have the source send UTF-8.`,
  );
}

const XML_DECLARATION = /^<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([^"']{0,60})["']/;

/** The encoding of an XML input: byte order mark, else declaration, else UTF-8, as XML 1.0 appendix F says. */
export function xmlEncoding(head: Uint8Array): Encoding {
  const mark = markOf(head);
  if (mark) return mark.encoding;
  if (head[0] === 0 || head[1] === 0) {
    throw new Refusal('SRC-ENCODING', 'The file looks like UTF-16 or UTF-32 but has no byte order mark.', 1);
  }
  const label = XML_DECLARATION.exec(Buffer.from(head.subarray(0, 256)).toString('latin1'))?.[1];
  if (label === undefined) return 'utf-8';
  const encoding = encodingOf(label);
  if (!encoding) throw unsupported(label);
  if (encoding.startsWith('utf-16')) {
    throw new Refusal(
      'SRC-ENCODING',
      'The file is declared as UTF-16 but its bytes are not: it has no byte order mark.',
      1,
    );
  }
  return encoding;
}

const CONTROLS = /[\u0080-\u009F]/;
const LOST = /[\uFFFD\0]/;
const CONTROLS_AND_LOST = /[\uFFFD\0\u0080-\u009F]/;

/**
 * Text whose characters are all certain: what a decoder invented (U+FFFD), NUL, and in one-byte encodings the
 * C1 controls, which in practice are windows-1252 punctuation under a wrong label, are refused.
 */
class TextGuard {
  readonly #encoding: Encoding;
  readonly #isOneByte: boolean;
  /** Lines before the text that is checked. */
  readonly #line: () => number;

  constructor(encoding: Encoding, line: () => number) {
    this.#encoding = encoding;
    this.#isOneByte = !encoding.startsWith('utf');
    this.#line = line;
  }

  check(text: string): string {
    // Two plain searches: a pattern over every character of a large file took a twentieth of its time.
    const isSuspicious =
      text.includes('\0') || text.includes('\uFFFD') || (this.#isOneByte && CONTROLS.test(text));
    if (!isSuspicious) return text;
    const bad = (this.#isOneByte ? CONTROLS_AND_LOST : LOST).exec(text)!;
    throw this.#refuse(text.slice(0, bad.index), bad[0]);
  }

  #refuse(before: string, character: string): Refusal {
    const line = this.#line() + (before.match(/\n/g)?.length ?? 0);
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    const why =
      code === '0000'
        ? 'a NUL character'
        : code === 'FFFD'
          ? 'a replacement character (U+FFFD): an earlier system already lost the letter'
          : `the control character U+${code}; the bytes are probably windows-1252`;
    return new Refusal('SRC-ENCODING', `Declared as ${this.#encoding}, the text holds ${why}.`, line);
  }
}

function decoderOf(encoding: Encoding): (bytes: Uint8Array, last: boolean) => string {
  if (encoding === 'us-ascii' || encoding === 'iso-8859-1') {
    return (bytes) => {
      if (encoding === 'us-ascii' && bytes.some((byte) => byte > 0x7f)) throw new TypeError('not ASCII');
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    };
  }
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (bytes, last) => decoder.decode(bytes, { stream: !last });
}

/** The start tag whose text a broken letter stands in, where the input is XML. */
const INSIDE = /<([A-Za-z_][\w:.-]*)[^<>]*>[^<>]*$/;

/** Where the bytes first stop being what they were declared as: line and element, never the value. */
function misdeclared(bytes: Uint8Array, encoding: Encoding, line: number): Refusal {
  const [before = ''] = new TextDecoder(encoding).decode(bytes).split('\uFFFD', 1);
  const element = INSIDE.exec(before)?.[1];
  const at = element ? ` in <${element}>` : '';
  return new Refusal(
    'SRC-ENCODING',
    `The bytes are not ${encoding}, as declared${at}: probably windows-1252 or ISO-8859-1. The source must declare the encoding it writes, or write UTF-8.`,
    line + before.split('\n').length - 1,
  );
}

/** Splits whatever chunks arrive into pieces of at most `CHUNK_BYTES`. @throws Refusal SRC-LIMIT, SRC-EMPTY */
async function* pieces(input: ByteSource, maxBytes: number): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of input) {
    total += chunk.length;
    if (total > maxBytes) {
      throw new Refusal(
        'SRC-LIMIT',
        `The file is larger than the ${maxBytes} bytes allowed for this source.`,
      );
    }
    for (let at = 0; at < chunk.length; at += CHUNK_BYTES) yield chunk.subarray(at, at + CHUNK_BYTES);
  }
  if (total === 0) throw new Refusal('SRC-EMPTY', 'The file is empty (0 bytes).');
}

/**
 * Decodes an input piece by piece, exactly or not at all; a leading byte order mark is dropped.
 * @param choose picks the encoding from the first bytes (see `xmlEncoding`), or a fixed one
 * @param line of the reader, asked only for a refusal
 * @throws Refusal SRC-ENCODING with the line, SRC-EMPTY, SRC-LIMIT
 */
export async function* decode(
  input: ByteSource,
  choose: Encoding | ((head: Uint8Array) => Encoding),
  maxBytes: number,
  line: () => number,
): AsyncGenerator<string> {
  let decoder: ((bytes: Uint8Array, last: boolean) => string) | undefined;
  let guard = new TextGuard('utf-8', line);
  let encoding: Encoding = 'utf-8';
  const run = (bytes: Uint8Array, last: boolean): string => {
    try {
      return guard.check(decoder!(bytes, last));
    } catch (error) {
      if (error instanceof Refusal) throw error;
      throw misdeclared(bytes, encoding, line());
    }
  };
  for await (const piece of headFirst(pieces(input, maxBytes))) {
    if (!decoder) {
      encoding = typeof choose === 'string' ? (markOf(piece)?.encoding ?? choose) : choose(piece);
      decoder = decoderOf(encoding);
      guard = new TextGuard(encoding, line);
    }
    yield run(piece, false);
  }
  yield run(new Uint8Array(), true);
}

/** Joins the first pieces until a declaration would fit in the first one. */
async function* headFirst(source: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const DECLARATION_BYTES = 512;
  let head: Uint8Array | undefined;
  for await (const piece of source) {
    if (head === undefined) head = piece;
    else if (head.length < DECLARATION_BYTES) head = Buffer.concat([head, piece]);
    else {
      yield head;
      head = piece;
    }
  }
  if (head) yield head;
}
