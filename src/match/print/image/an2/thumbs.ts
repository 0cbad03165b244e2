import { PrintError } from '../../errors.ts';
import { CENTIMETRES_PER_INCH, nominal } from '../header/header.ts';
import { DEFAULT_PPI } from '../parameters.ts';
import { readWsqHeader } from '../wsq/decode.ts';
import { type Compression, compressionByName, compressionByNumber, THUMBS } from './codes.ts';
import {
  type AnsiNistFile,
  fieldItems,
  fieldNumber,
  fieldText,
  findField,
  type TaggedRecord,
  type Type4Record,
} from './record.ts';

/** One finger of a transaction, its picture still compressed. */
export interface FingerImage {
  readonly recordType: 4 | 14;
  readonly idc: number;
  /** 0 unknown, 1 to 10 rolled or any, 11 and 12 plain thumbs. */
  readonly fgp: number;
  /** Impression type code (ANSI/NIST-ITL 1-2011, table 7). */
  readonly imp: number;
  readonly width: number;
  readonly height: number;
  readonly ppi: number;
  readonly compression: Compression;
  readonly data: Uint8Array;
}

/** One thumb: finger position 1 or 6 (rolled or any), 11 or 12 (plain). */
export interface ThumbImage extends FingerImage {
  readonly hand: 'right' | 'left';
  readonly plain: boolean;
}

const LAST_SINGLE_FINGER = 12;

const MILLIMETRES_PER_INCH = 25.4;

function nativePpi(header: TaggedRecord): number {
  const perMillimetre = Number(fieldText(header, 11) ?? Number.NaN);
  return perMillimetre > 0 ? nominal(perMillimetre * MILLIMETRES_PER_INCH) : DEFAULT_PPI;
}

function unsupported(what: string): PrintError {
  return new PrintError(
    'PRINT-UNSUPPORTED',
    `Compression ${what} is not read; have the file written with WSQ, JPEG 2000 or no compression.`,
  );
}

/** Container and WSQ stream state the size independently; where they differ one of them is about another picture. */
function assertAgreed(thumb: FingerImage): FingerImage {
  if (thumb.compression !== 'wsq') return thumb;
  const { width, height } = readWsqHeader(thumb.data);
  if (width !== thumb.width || height !== thumb.height) {
    throw new PrintError(
      'PRINT-MALFORMED',
      `Record IDC ${thumb.idc} says ${thumb.width} x ${thumb.height} pixels, its WSQ data ${width} x ${height}.`,
    );
  }
  return thumb;
}

/** The finger a record is of, where it names one finger and no more. */
function singleFinger(codes: readonly number[]): number | undefined {
  const [finger] = codes;
  return codes.length === 1 && finger! >= 0 && finger! <= LAST_SINGLE_FINGER ? finger : undefined;
}

type Wanted = (fgp: number) => boolean;

function fingerOfType4(record: Type4Record, header: TaggedRecord, wanted: Wanted): FingerImage | undefined {
  const fgp = singleFinger(record.fgp.filter((code) => code !== 255));
  if (fgp === undefined || !wanted(fgp)) return undefined;
  const compression = compressionByNumber(record.gca);
  if (!compression) throw unsupported(String(record.gca));
  return assertAgreed({
    recordType: 4,
    idc: record.idc,
    fgp,
    imp: record.imp,
    width: record.width,
    height: record.height,
    ppi: record.isr === 0 ? DEFAULT_PPI : nativePpi(header),
    compression,
    data: record.data,
  });
}

/** 14.008 SLC: 1 = pixels per inch, 2 = per centimetre, 0 = only the pixel's shape. */
function type14Ppi(record: TaggedRecord): number {
  const scale = Number(fieldText(record, 9) ?? Number.NaN);
  const unit = fieldNumber(record, 8);
  if (!(scale > 0)) return DEFAULT_PPI;
  return unit === 1 ? nominal(scale) : unit === 2 ? nominal(scale * CENTIMETRES_PER_INCH) : DEFAULT_PPI;
}

function fingerOfType14(record: TaggedRecord, wanted: Wanted): FingerImage | undefined {
  const fgp = singleFinger(fieldItems(record, 13).map((items) => Number(items[0])));
  const data = findField(record, 999)?.data;
  if (fgp === undefined || !wanted(fgp) || !data) return undefined;
  const name = fieldText(record, 11) ?? '';
  const compression = compressionByName(name);
  if (!compression) throw unsupported(name);
  const [imp, width, height, idc] = [3, 6, 7, 2].map((number) => fieldNumber(record, number));
  if (imp === undefined || width === undefined || height === undefined || idc === undefined) {
    throw new PrintError('PRINT-MALFORMED', 'A Type-14 record lacks its IDC, impression type or size.');
  }
  return assertAgreed({
    recordType: 14,
    idc,
    fgp,
    imp,
    width,
    height,
    ppi: type14Ppi(record),
    compression,
    data,
  });
}

/**
 * The single fingers of a transaction that are wanted, in file order: Type-4 and Type-14 records. Slaps, both-thumb
 * pictures and records that name several possible fingers are left out; what is not wanted is not looked into.
 * @throws PrintError PRINT-MALFORMED, PRINT-UNSUPPORTED, PRINT-TRUNCATED
 */
export function fingersOf(file: AnsiNistFile, wanted: Wanted): FingerImage[] {
  const header = file.records[0];
  if (header?.kind !== 'tagged')
    throw new PrintError('PRINT-MALFORMED', 'The transaction has no Type-1 record.');
  return file.records.flatMap((record) => {
    const image =
      record.kind === 'type-4'
        ? fingerOfType4(record, header, wanted)
        : record.kind === 'tagged' && record.type === 14
          ? fingerOfType14(record, wanted)
          : undefined;
    return image ? [image] : [];
  });
}

/**
 * The thumbs of a transaction, in file order: records of finger 1, 6, 11 or 12 alone.
 * @throws PrintError as `fingersOf`
 */
export function thumbsOf(file: AnsiNistFile): ThumbImage[] {
  return fingersOf(file, (fgp) => fgp in THUMBS).map((image) => ({ ...image, ...THUMBS[image.fgp]! }));
}
