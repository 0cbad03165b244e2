import { PrintError } from '../../errors.ts';
import { ByteReader } from '../bytes.ts';
import {
  type AnsiNistFile,
  type AnsiNistRecord,
  type Field,
  FS,
  fieldItems,
  fieldNumber,
  GS,
  isBinaryType,
  type TaggedRecord,
  type Type4Record,
} from './record.ts';

const LENGTH = 1;
const CONTENT = 3;
const IDC = 2;
const DATA = 999;
const TYPE4_HEADER = 18;
const FINGERS = 6;
/** `TT.NNNNNNNNN:` and the digits of the longest length are shorter than this. */
const LABEL_BYTES = 24;
const MAX_RECORDS = 1000;

function malformed(message: string): PrintError {
  return new PrintError('PRINT-MALFORMED', message);
}

/** A label at `at`: record type, field number, and where its data begins. */
function readLabel(
  bytes: Uint8Array,
  at: number,
): { type: number; number: number; label: string; from: number } {
  const head = new TextDecoder('latin1').decode(bytes.subarray(at, at + LABEL_BYTES));
  const match = /^(\d{1,2})\.(\d{1,9}):/.exec(head);
  if (!match) {
    if (bytes.length - at < LABEL_BYTES && /^\d{0,2}(\.\d{0,9})?$/.test(head)) {
      throw new PrintError('PRINT-TRUNCATED', `The file ends in mid-label at byte ${at}.`);
    }
    throw malformed(`There is no field label at byte ${at}.`);
  }
  const label = match[0].slice(0, -1);
  return { type: Number(match[1]), number: Number(match[2]), label, from: at + match[0].length };
}

/** LEN, always the first field: bytes of the record from its first to its closing FS. */
function readLength(bytes: Uint8Array, at: number, type: number): number {
  const label = readLabel(bytes, at);
  if (label.type !== type || label.number !== LENGTH) {
    throw malformed(`A Type-${type} record should begin at byte ${at}; there is ${label.label}.`);
  }
  const text = new TextDecoder('latin1').decode(bytes.subarray(label.from, label.from + LABEL_BYTES));
  const digits = /^\d{1,10}(?=[\x1c\x1d])/.exec(text);
  if (!digits) throw malformed(`${label.label} at byte ${at} is not a length.`);
  return Number(digits[0]);
}

function readFields(record: Uint8Array, type: number, offset: number): Field[] {
  const end = record.length - 1;
  if (record[end] !== FS) throw malformed(`The Type-${type} record at byte ${offset} is not closed by FS.`);
  const fields: Field[] = [];
  for (let at = 0; at < end; ) {
    const label = readLabel(record, at);
    if (label.type !== type) throw malformed(`Field ${label.label} stands in a Type-${type} record.`);
    const separator = label.number === DATA ? -1 : record.subarray(0, end).indexOf(GS, label.from);
    const to = separator < 0 ? end : separator;
    const data = record.subarray(label.from, to);
    if (label.number !== DATA && data.includes(FS)) throw malformed(`Field ${label.label} holds an FS.`);
    fields.push({ number: label.number, label: label.label, data });
    if (to === end - 1 && separator >= 0) throw malformed(`Field ${label.label} is followed by nothing.`);
    at = to + 1;
  }
  return fields;
}

function readTagged(bytes: Uint8Array, at: number, type: number): { record: TaggedRecord; next: number } {
  const length = readLength(bytes, at, type);
  if (at + length > bytes.length) {
    throw new PrintError('PRINT-TRUNCATED', `The Type-${type} record at byte ${at} is longer than the file.`);
  }
  if (length < 8) throw malformed(`The Type-${type} record at byte ${at} is too short.`);
  const fields = readFields(bytes.subarray(at, at + length), type, at);
  return { record: { kind: 'tagged', type, fields }, next: at + length };
}

function readType4(bytes: Uint8Array): Type4Record {
  const reader = new ByteReader(bytes, 4);
  const idc = reader.u8();
  const imp = reader.u8();
  const fgp = Array.from(reader.take(FINGERS));
  const isr = reader.u8();
  const width = reader.u16();
  const height = reader.u16();
  const gca = reader.u8();
  return {
    kind: 'type-4',
    type: 4,
    idc,
    imp,
    fgp,
    isr,
    width,
    height,
    gca,
    data: reader.take(reader.remaining),
  };
}

function readBinary(bytes: Uint8Array, at: number, type: number): { record: AnsiNistRecord; next: number } {
  const length = new ByteReader(bytes, at).u32();
  if (length < (type === 4 ? TYPE4_HEADER : 5))
    throw malformed(`The Type-${type} record at byte ${at} is too short.`);
  if (at + length > bytes.length) {
    throw new PrintError('PRINT-TRUNCATED', `The Type-${type} record at byte ${at} is longer than the file.`);
  }
  const record = bytes.subarray(at, at + length);
  return {
    record: type === 4 ? readType4(record) : { kind: 'opaque', type, idc: record[4]!, bytes: record },
    next: at + length,
  };
}

/** Types and IDCs of the records that follow, as 1.003 lists them; its own count must be right. */
function readContent(header: TaggedRecord): { type: number; idc: number }[] {
  const [first, ...rest] = fieldItems(header, CONTENT).map((items) => items.map(Number));
  if (first?.[0] !== 1 || first[1] !== rest.length) {
    throw malformed(`Field 1.003 counts ${first?.[1] ?? 0} records and lists ${rest.length}.`);
  }
  if (rest.length > MAX_RECORDS) throw malformed(`Field 1.003 lists ${rest.length} records.`);
  return rest.map(([type, idc]) => {
    if (!Number.isInteger(type) || !Number.isInteger(idc) || type! < 2 || type! > 99) {
      throw malformed('Field 1.003 lists a record that is not a type and a number.');
    }
    return { type: type!, idc: idc! };
  });
}

function idcOf(record: AnsiNistRecord): number | undefined {
  return record.kind === 'tagged' ? fieldNumber(record, IDC) : record.idc;
}

/** Files are padded with zeros or a line end by some senders; anything else after the last record is an error. */
function assertEnd(bytes: Uint8Array, at: number): void {
  if (bytes.subarray(at).some((byte) => ![0x00, 0x0a, 0x0d, 0x1a, 0x20].includes(byte))) {
    throw malformed(`Data follows the last record at byte ${at}.`);
  }
}

/**
 * Reads a transaction in the traditional encoding. Checked: the length of every record, that each record is of the
 * type and IDC field 1.003 lists, separators, labels. Fields of any number are kept as bytes.
 * @throws PrintError PRINT-EMPTY, PRINT-TRUNCATED, PRINT-MALFORMED
 */
export function readAnsiNist(bytes: Uint8Array): AnsiNistFile {
  if (bytes.length === 0) throw new PrintError('PRINT-EMPTY', 'The file is empty.');
  const { record: header, next: afterHeader } = readTagged(bytes, 0, 1);
  const records: AnsiNistRecord[] = [header];
  let at = afterHeader;
  for (const { type, idc } of readContent(header)) {
    if (at >= bytes.length) throw new PrintError('PRINT-TRUNCATED', `The Type-${type} record is missing.`);
    const { record, next } = isBinaryType(type) ? readBinary(bytes, at, type) : readTagged(bytes, at, type);
    if (idcOf(record) !== idc) {
      throw malformed(`The Type-${type} record at byte ${at} has IDC ${idcOf(record)}; 1.003 says ${idc}.`);
    }
    records.push(record);
    at = next;
  }
  assertEnd(bytes, at);
  return { records };
}
