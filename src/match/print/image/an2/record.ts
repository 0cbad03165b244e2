/** Information separators of the traditional encoding (ANSI/NIST-ITL 1-2011, 8.1 and annex B). */
export const FS = 0x1c;
export const GS = 0x1d;
export const RS = 0x1e;
export const US = 0x1f;

/** One `T.NNN:` field as it stands in the file. */
export interface Field {
  /** Number within the record type: 13 of `14.013`. */
  readonly number: number;
  /** The label as written, for files that write `14.13` or `14.0013`. */
  readonly label: string;
  /** Bytes after the colon, without the separator that ends the field. */
  readonly data: Uint8Array;
}

/** Types 1, 2, 9, 10 and up: tagged fields. */
export interface TaggedRecord {
  readonly kind: 'tagged';
  readonly type: number;
  readonly fields: readonly Field[];
}

/** Type 4: a grey fingerprint behind 18 bytes at fixed offsets. */
export interface Type4Record {
  readonly kind: 'type-4';
  readonly type: 4;
  readonly idc: number;
  /** Impression type. */
  readonly imp: number;
  /** Up to six possible fingers; 255 = unused. */
  readonly fgp: readonly number[];
  /** 0 = 500 ppi, 1 = the resolution of field 1.011. */
  readonly isr: number;
  readonly width: number;
  readonly height: number;
  /** Compression: 0 none, 1 WSQ, 2 JPEG, 3 JPEG lossless, 4 and 5 JPEG 2000, 6 PNG. */
  readonly gca: number;
  readonly data: Uint8Array;
}

/** The other binary types (3, 5, 6, 7, 8): carried along unread, length field included. */
export interface OpaqueRecord {
  readonly kind: 'opaque';
  readonly type: number;
  readonly idc: number;
  readonly bytes: Uint8Array;
}

export type AnsiNistRecord = TaggedRecord | Type4Record | OpaqueRecord;

/** A transaction: its Type-1 record first, the rest in the order field 1.003 lists them. */
export interface AnsiNistFile {
  readonly records: readonly AnsiNistRecord[];
}

export function isBinaryType(type: number): boolean {
  return type >= 3 && type <= 8;
}

export function findField(record: TaggedRecord, number: number): Field | undefined {
  return record.fields.find((field) => field.number === number);
}

/** Text of a field; UTF-8 where it is valid, else Latin-1, as older systems write. */
export function fieldText(record: TaggedRecord, number: number): string | undefined {
  const field = findField(record, number);
  if (!field) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(field.data);
  } catch {
    return new TextDecoder('latin1').decode(field.data);
  }
}

/** Subfields (RS) of items (US). */
export function fieldItems(record: TaggedRecord, number: number): string[][] {
  const text = fieldText(record, number);
  if (text === undefined) return [];
  return text.split(String.fromCharCode(RS)).map((subfield) => subfield.split(String.fromCharCode(US)));
}

/** A whole number of 0 or more, or undefined. */
export function fieldNumber(record: TaggedRecord, number: number): number | undefined {
  const text = fieldText(record, number)?.trim();
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
