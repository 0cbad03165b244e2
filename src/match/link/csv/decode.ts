import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';

/** Bytes gathered before the encoding is judged, unless the file ends sooner. */
const ENOUGH = 65_536;

function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  // A character may be cut in two at the end: at most three bytes of it are there.
  let end = bytes.length;
  while (end > 0 && bytes.length - end < 3 && (bytes[end - 1] as number) >= 0x80) end -= 1;
  return isUtf8(bytes.subarray(0, end)) ? 'utf-8' : 'windows-1252';
}

/**
 * The text of a file in UTF-8, UTF-16 (by its byte-order mark) or, where its bytes are neither, Windows-1252, of which
 * Latin-1 is a part. Judged where the first letter beyond ASCII stands.
 */
export async function* decoded(source: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let held: Buffer[] = [];
  let size = 0;
  const flush = (): string => {
    const bytes = Buffer.concat(held);
    held = [];
    size = 0;
    if (isAscii(bytes)) return bytes.toString('latin1');
    decoder ??= new TextDecoder(encodingOf(bytes));
    return decoder.decode(bytes, { stream: true });
  };
  for await (const piece of source) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    if (decoder !== undefined) {
      yield decoder.decode(bytes, { stream: true });
      continue;
    }
    held.push(bytes);
    size += bytes.length;
    if (size >= ENOUGH) yield flush();
  }
  if (size > 0) yield flush();
  const rest = decoder?.decode();
  if (rest) yield rest;
}
