import { PrintError } from '../../errors.ts';
import { ByteWriter } from '../bytes.ts';
import {
  type AnsiNistFile,
  type AnsiNistRecord,
  type Field,
  FS,
  GS,
  type TaggedRecord,
  type Type4Record,
} from './record.ts';

const LENGTH = 1;
const DATA = 999;
const TYPE4_HEADER = 18;

const encoder = new TextEncoder();

function assertWritable(type: number, field: Field): void {
  if (field.number !== DATA && field.data.some((byte) => byte === FS || byte === GS)) {
    throw new PrintError('PRINT-MALFORMED', `Field ${type}.${field.number} holds a separator.`);
  }
}

/** LEN counts its own digits; a stated length that is already right keeps the way it is written. */
function lengthDigits(stated: string, rest: number): string {
  if (rest + stated.length === Number(stated)) return stated;
  let digits = String(rest);
  while (Number(digits) !== rest + digits.length) digits = String(rest + digits.length);
  return digits;
}

function writeTagged(record: TaggedRecord, out: ByteWriter): void {
  const [first, ...others] = record.fields;
  if (first?.number !== LENGTH) {
    throw new PrintError('PRINT-MALFORMED', `A Type-${record.type} record must begin with its length.`);
  }
  const body = new ByteWriter();
  for (const field of others) {
    assertWritable(record.type, field);
    body.u8(GS);
    body.bytes(encoder.encode(`${field.label}:`));
    body.bytes(field.data);
  }
  body.u8(FS);
  const bytes = body.finish();
  const label = `${first.label}:`;
  const stated = new TextDecoder('latin1').decode(first.data);
  out.bytes(encoder.encode(label + lengthDigits(stated, label.length + bytes.length)));
  out.bytes(bytes);
}

function writeType4(record: Type4Record, out: ByteWriter): void {
  out.u32(TYPE4_HEADER + record.data.length);
  out.u8(record.idc);
  out.u8(record.imp);
  for (let i = 0; i < 6; i++) out.u8(record.fgp[i] ?? 255);
  out.u8(record.isr);
  out.u16(record.width);
  out.u16(record.height);
  out.u8(record.gca);
  out.bytes(record.data);
}

function writeRecord(record: AnsiNistRecord, out: ByteWriter): void {
  if (record.kind === 'tagged') writeTagged(record, out);
  else if (record.kind === 'type-4') writeType4(record, out);
  else out.bytes(record.bytes);
}

/**
 * Writes a transaction in the traditional encoding. What was read and not changed is written back byte for byte;
 * lengths are made right.
 * @throws PrintError PRINT-MALFORMED where a field holds a separator
 */
export function writeAnsiNist(file: AnsiNistFile): Uint8Array {
  const out = new ByteWriter();
  for (const record of file.records) writeRecord(record, out);
  return out.finish();
}
