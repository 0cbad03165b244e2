import { PrintError } from '../../errors.ts';
import { type Compression, compressionName } from './codes.ts';
import {
  type AnsiNistFile,
  type AnsiNistRecord,
  type Field,
  FS,
  GS,
  RS,
  type TaggedRecord,
  US,
} from './record.ts';

const encoder = new TextEncoder();
const SEPARATORS = [FS, GS, RS, US];

/** A field of one item; text must not hold separators. */
function textField(type: number, number: number, text: string): Field {
  const data = encoder.encode(text);
  if (data.some((byte) => SEPARATORS.includes(byte))) {
    throw new PrintError('PRINT-MALFORMED', `Field ${type}.${number} holds a separator.`);
  }
  return { number, label: label(type, number), data };
}

/** A field of subfields, each of items; texts must not hold separators. */
export function itemsField(type: number, number: number, subfields: readonly (readonly string[])[]): Field {
  const data = subfields.flatMap((items, s) =>
    items.flatMap((text, i) => [
      ...(i > 0 ? [US] : s > 0 ? [RS] : []),
      ...textField(type, number, text).data,
    ]),
  );
  return { number, label: label(type, number), data: Uint8Array.from(data) };
}

function label(type: number, number: number): string {
  return `${type}.${String(number).padStart(3, '0')}`;
}

/** The writer puts the right length here. */
function lengthField(type: number): Field {
  return { number: 1, label: label(type, 1), data: new Uint8Array(0) };
}

/**
 * A record of text fields in number order, its length first.
 * @param fields text by field number; numbers 1 (LEN) may not be given
 */
export function buildTextRecord(type: number, fields: ReadonlyMap<number, string>): TaggedRecord {
  if (fields.has(1))
    throw new PrintError('PRINT-MALFORMED', "The length of a record is not the caller's to set.");
  const ordered = [...fields].sort(([a], [b]) => a - b);
  return {
    kind: 'tagged',
    type,
    fields: [lengthField(type), ...ordered.map(([number, text]) => textField(type, number, text))],
  };
}

export interface Type14Options {
  readonly idc: number;
  /** Finger position: 1, 6, 11, 12 for a thumb. */
  readonly fgp: number;
  /** Impression type: 0 livescan plain, 1 livescan rolled, 2 and 3 the same not live. */
  readonly imp: number;
  readonly width: number;
  readonly height: number;
  readonly ppi: number;
  readonly compression: Compression;
  /** Agency that captured the print (SRC). */
  readonly source: string;
  /** YYYYMMDD (FCD). */
  readonly captureDate: string;
}

/** 500 ppi is written 197 pixels a centimetre, as the FBI's own files have it; others per inch. */
function scaleFields(ppi: number): [string, string] {
  return ppi === 500 ? ['2', '197'] : ['1', String(Math.round(ppi))];
}

/**
 * A Type-14 record around picture bytes that are already compressed.
 * @throws PrintError PRINT-MALFORMED
 */
export function buildType14Record(picture: Uint8Array, options: Type14Options): TaggedRecord {
  if (!/^\d{8}$/.test(options.captureDate)) {
    throw new PrintError('PRINT-MALFORMED', 'The capture date must be written YYYYMMDD.');
  }
  const [unit, scale] = scaleFields(options.ppi);
  const text = buildTextRecord(
    14,
    new Map([
      [2, String(options.idc).padStart(2, '0')],
      [3, String(options.imp)],
      [4, options.source],
      [5, options.captureDate],
      [6, String(options.width)],
      [7, String(options.height)],
      [8, unit],
      [9, scale],
      [10, scale],
      [11, compressionName(options.compression)],
      [12, '8'],
      [13, String(options.fgp)],
    ]),
  );
  return { ...text, fields: [...text.fields, { number: 999, label: label(14, 999), data: picture }] };
}

export interface TransactionOptions {
  /** 1.002, as `0500`. */
  readonly version: string;
  /** 1.004 TOT. */
  readonly transactionType: string;
  /** 1.005, YYYYMMDD. */
  readonly date: string;
  /** 1.007 DAI and 1.008 ORI. */
  readonly destination: string;
  readonly origin: string;
  /** 1.009 TCN, and 1.010 TCR where this answers another. */
  readonly controlNumber: string;
  readonly controlReference?: string;
  /** 1.013: organisation and version, as `NORAM` and `EBTS 10.0`. */
  readonly domain?: readonly [name: string, version: string];
  /** 1.014 GMT, written YYYYMMDDHHMMSSZ. */
  readonly greenwichTime?: string;
  /** Texts of the Type-2 record by field number; 2 (IDC) is set here. */
  readonly type2: ReadonlyMap<number, string>;
  /** Pictures (Type-14) and minutiae (Type-9). */
  readonly images: readonly TaggedRecord[];
}

function idcText(record: AnsiNistRecord): string {
  if (record.kind !== 'tagged') return String(record.idc).padStart(2, '0');
  const idc = record.fields.find((field) => field.number === 2);
  return new TextDecoder('latin1').decode(idc?.data);
}

/** 1.003: how many records follow, then type and IDC of each. */
function contentField(records: readonly AnsiNistRecord[]): Field {
  return itemsField(1, 3, [
    ['1', String(records.length)],
    ...records.map((record) => [String(record.type), idcText(record)]),
  ]);
}

/**
 * A transaction of Type-1, Type-2, and pictures or minutiae. The same options give the same bytes.
 * @throws PrintError PRINT-MALFORMED where a text holds a separator
 */
export function buildTransaction(options: TransactionOptions): AnsiNistFile {
  const type2 = buildTextRecord(2, new Map([...options.type2, [2, '00']]));
  const records = [type2, ...options.images];
  const header = buildTextRecord(
    1,
    new Map([
      [2, options.version],
      [4, options.transactionType],
      [5, options.date],
      [7, options.destination],
      [8, options.origin],
      [9, options.controlNumber],
      ...(options.controlReference === undefined ? [] : [[10, options.controlReference] as const]),
      [11, '19.69'],
      [12, '19.69'],
      ...(options.greenwichTime === undefined ? [] : [[14, options.greenwichTime] as const]),
    ]),
  );
  const extra = [contentField(records), ...(options.domain ? [itemsField(1, 13, [options.domain])] : [])];
  const fields = [...header.fields, ...extra].sort((a, b) => a.number - b.number);
  return { records: [{ ...header, fields }, ...records] };
}
