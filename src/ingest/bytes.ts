import type { Problem } from '../domain/index.ts';
import { BenchlinkError } from '../errors.ts';
import type { ByteSource } from './courts/format.ts';
import { type Encoding, encodingOf, markOf } from './encoding.ts';
import { Refusal } from './refusal.ts';

/** The same chunks, until more than `bytes` have passed. @throws Refusal SRC-LIMIT */
export async function* atMost(source: ByteSource, bytes: number): AsyncGenerator<Uint8Array> {
  let seen = 0;
  for await (const chunk of source) {
    seen += chunk.length;
    if (seen > bytes) {
      throw new Refusal('SRC-LIMIT', `The file is larger than the ${bytes} bytes allowed for this source.`);
    }
    yield chunk;
  }
}

/** Chunks of `source`, the first at least `size` bytes long where the file is. */
export async function* withHead(source: ByteSource, size: number): AsyncGenerator<Uint8Array> {
  let head: Uint8Array[] | undefined = [];
  let length = 0;
  for await (const chunk of source) {
    if (!head) {
      yield chunk;
      continue;
    }
    head.push(chunk);
    length += chunk.length;
    if (length >= size) {
      yield Buffer.concat(head);
      head = undefined;
    }
  }
  if (head && length > 0) yield Buffer.concat(head);
}

function lenientDecoder(encoding: Encoding): (bytes: Uint8Array, last: boolean) => string {
  if (encoding === 'iso-8859-1' || encoding === 'us-ascii') {
    return (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  }
  const decoder = new TextDecoder(encoding);
  return (bytes, last) => decoder.decode(bytes, { stream: !last });
}

/** The encoding configured for a source. @throws BenchlinkError usage when we do not read it */
export function configuredEncoding(label = 'utf-8'): Encoding {
  const encoding = encodingOf(label);
  if (encoding) return encoding;
  throw new BenchlinkError(
    'usage',
    'SRC-ENCODING',
    `Encoding "${label}" is not read here; use utf-8, windows-1252 or iso-8859-1.`,
  );
}

/**
 * The source as UTF-8 without a byte order mark. Unlike `decode`, bytes that are not valid come out as U+FFFD, so
 * that in text of many rows only the row that holds them is stopped (`brokenCharacters`). A byte order mark
 * outranks the configured encoding.
 */
export async function* asUtf8(source: ByteSource, configured: Encoding): AsyncGenerator<Uint8Array> {
  let decode: ((bytes: Uint8Array, last: boolean) => string) | undefined;
  let first = true;
  for await (const chunk of withHead(source, 4)) {
    let bytes = chunk;
    if (first) {
      const mark = markOf(chunk);
      bytes = chunk.subarray(mark?.length ?? 0);
      const encoding = mark?.encoding ?? configured;
      decode = encoding === 'utf-8' ? undefined : lenientDecoder(encoding);
      first = false;
    }
    yield decode ? Buffer.from(decode(bytes, false)) : bytes;
  }
  if (decode) yield Buffer.from(decode(new Uint8Array(), true));
}

/** Characters that show bytes were read in the wrong encoding: see `decode` for the reasons. */
const BROKEN = /[\uFFFD\0\u0080-\u009F]/;

/** The one wording of broken characters in one row, or undefined. */
export function brokenCharacters(text: string, line: number, column: string): Problem | undefined {
  if (!BROKEN.test(text)) return undefined;
  return {
    code: 'SRC-ENCODING',
    severity: 'error',
    line,
    sourceField: column,
    message: `Letters in "${column}" are broken: the bytes are not the encoding of the file. Ask the sender for UTF-8, or set the encoding of the source, e.g. windows-1252.`,
  };
}

/** All bytes of a source in one array. */
export async function readAll(source: ByteSource): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}
