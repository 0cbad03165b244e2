import { BenchlinkError } from '../../../errors.ts';

/** One `PREFIX/value` pair. A prefix may stand more than once. */
export type Pair = readonly [prefix: string, value: string];

/** A message in the text frame of a public switch (Nlets user guide, legacy format; domain brief A.7). */
export interface Frame {
  readonly key: string;
  readonly origin: string;
  readonly destination: string;
  /** The sender's correlation id, echoed in the answer. */
  readonly control?: string;
  readonly pairs: readonly Pair[];
}

const PREFIX = '[A-Z][A-Z0-9]{1,3}';
const HEADER = /^([A-Z0-9-]{2,5})\.([A-Z0-9]{9})\.([A-Z0-9]{9})(?:\.\*([\x21-\x2D\x2F-\x7E]{1,64}))?\.TXT\s/;
const BETWEEN = new RegExp(`\\.(?=${PREFIX}/)`);
const PAIR = new RegExp(`^(${PREFIX})/([\\s\\S]+)$`);
const LOOKS_LIKE_PAIR = new RegExp(`\\.(?=${PREFIX}/)`, 'g');

/**
 * A value in the characters of the frame: capital ASCII, one line, no blanks at either end. What would read as the
 * next field is parted from its full stop.
 */
export function framed(value: string): string {
  return value
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toUpperCase()
    .replace(/[^\x20-\x7E]+/gu, ' ')
    .replace(LOOKS_LIKE_PAIR, '. ')
    .replace(/ +/g, ' ')
    .trim();
}

/** Writes a frame. Empty values go with their prefix; every pair but the last ends in a full stop. */
export function writeFrame(frame: Frame): string {
  const control = frame.control ? `.*${frame.control}` : '';
  const pairs = frame.pairs
    .map(([prefix, value]): Pair => [prefix, framed(value).replace(/\.+$/, '')])
    .filter(([, value]) => value !== '')
    .map(([prefix, value]) => `${prefix}/${value}`);
  return `${frame.key}.${frame.origin}.${frame.destination}${control}.TXT ${pairs.join('.')}`;
}

/**
 * Reads a frame.
 * @throws BenchlinkError `TEXT-FRAME` if header or a pair is not of the form
 */
export function readFrame(text: string): Frame {
  const header = HEADER.exec(text);
  if (!header)
    throw new BenchlinkError('reject', 'TEXT-FRAME', 'The message has no header of the text frame.');
  const [whole, key = '', origin = '', destination = '', control] = header;
  const body = text.slice(whole.length).trimEnd();
  const pairs = (body === '' ? [] : body.split(BETWEEN)).map((part): Pair => {
    const pair = PAIR.exec(part);
    if (!pair) throw new BenchlinkError('reject', 'TEXT-FRAME', 'A field of the message has no prefix.');
    return [pair[1] ?? '', pair[2] ?? ''];
  });
  return { key, origin, destination, ...(control ? { control } : {}), pairs };
}

/** The first value of a prefix. */
export function firstValue(frame: Frame, prefix: string): string | undefined {
  return frame.pairs.find(([name]) => name === prefix)?.[1];
}
