import { PrintError } from '../errors.ts';
import { TURN } from '../kernels/maths.ts';
import { FOREIGN_VERSION, ISO_RECORD, TEMPLATE } from '../parameters.ts';
import type { Minutia, Template } from '../types.ts';
import { ByteReader, ByteWriter } from './bytes.ts';

/** `FMR\0` and ` 20\0` (ISO/IEC 19794-2:2005, 8.3). */
const MAGIC = [0x46, 0x4d, 0x52, 0x00];
const VERSION = [0x20, 0x32, 0x30, 0x00];
const HEADER_LENGTH = 24;
const VIEW_HEADER_LENGTH = 4;
const MINUTIA_LENGTH = 6;

export interface IsoOptions {
  /** Finger position, ISO/IEC 19794-2:2005 table 2: 0 unknown, 1 right thumb ... 10 left little finger. */
  readonly position?: number;
}

/** Type code of a minutia (6.4.2): 01 ending, 10 bifurcation. */
function typeCode(m: Minutia): number {
  return m.type === 'ending' ? 1 : 2;
}

function writeMinutia(writer: ByteWriter, m: Minutia): void {
  writer
    .number((typeCode(m) << 14) | Math.round(m.x), 2)
    .number(Math.round(m.y), 2)
    .number(Math.round((m.direction / TURN) * 256) & 255, 1)
    .number(Math.max(1, Math.round(m.reliability)), 1);
}

/**
 * The minutiae as an ISO/IEC 19794-2:2005 finger minutiae record with one view. The ridge map has no place in
 * it, so a print read back from it compares on its minutiae alone.
 */
export function toIso19794(template: Template, options: IsoOptions = {}): Uint8Array {
  const minutiae = template.minutiae.slice(0, TEMPLATE.minutiaeMost);
  const length = HEADER_LENGTH + VIEW_HEADER_LENGTH + minutiae.length * MINUTIA_LENGTH + 2;
  const writer = new ByteWriter()
    .raw(MAGIC)
    .raw(VERSION)
    .number(length, 4)
    .number(0, 2)
    .number(template.width, 2)
    .number(template.height, 2)
    .number(ISO_RECORD.pixelsPerCm, 2)
    .number(ISO_RECORD.pixelsPerCm, 2)
    .number(1, 1)
    .number(0, 1)
    .number(options.position ?? 0, 1)
    .number(0, 1)
    .number(template.quality, 1)
    .number(minutiae.length, 1);
  for (const m of minutiae) writeMinutia(writer, m);
  return writer.number(0, 2).finish();
}

function readMinutia(reader: ByteReader, scaleX: number, scaleY: number): Minutia {
  const [typeAndX, y, units, quality] = [
    reader.number(2),
    reader.number(2),
    reader.number(1),
    reader.number(1),
  ];
  return {
    x: Math.round((typeAndX & 0x3fff) * scaleX),
    y: Math.round((y & 0x3fff) * scaleY),
    direction: (units * TURN) / 256,
    type: typeAndX >> 14 === 2 ? 'bifurcation' : 'ending',
    reliability: quality === 0 || quality > 100 ? ISO_RECORD.unstatedReliability : quality,
  };
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly scaleX: number;
  readonly scaleY: number;
}

function readHeader(reader: ByteReader, bytes: Uint8Array): Header {
  const known = [...MAGIC, ...VERSION].every((b, i) => bytes[i] === b);
  if (!known) throw new PrintError('PRINT-FORMAT-UNKNOWN', 'These bytes are no ISO/IEC 19794-2:2005 record.');
  reader.take(MAGIC.length + VERSION.length);
  const length = reader.number(4);
  if (length > bytes.length) throw new PrintError('PRINT-TRUNCATED', 'The record is shorter than it states.');
  reader.take(2);
  const [width, height, resolutionX, resolutionY] = [2, 2, 2, 2].map((w) => reader.number(w)) as [
    number,
    number,
    number,
    number,
  ];
  const views = reader.number(1);
  reader.take(1);
  if (views === 0) throw new PrintError('PRINT-TEMPLATE', 'The record holds no finger view.');
  const usable = [resolutionX, resolutionY].every(
    (r) => r >= ISO_RECORD.leastPerCm && r <= ISO_RECORD.mostPerCm,
  );
  if (!usable) throw new PrintError('PRINT-TEMPLATE', 'The record states an impossible resolution.');
  return {
    width,
    height,
    scaleX: ISO_RECORD.pixelsPerCm / resolutionX,
    scaleY: ISO_RECORD.pixelsPerCm / resolutionY,
  };
}

/**
 * The first finger view of an ISO/IEC 19794-2:2005 record, brought to 500 ppi.
 * @throws PrintError PRINT-FORMAT-UNKNOWN, PRINT-TRUNCATED, PRINT-TEMPLATE
 */
export function fromIso19794(bytes: Uint8Array): Template {
  const reader = new ByteReader(bytes);
  const header = readHeader(reader, bytes);
  reader.take(2);
  const quality = Math.min(100, reader.number(1));
  const count = reader.number(1);
  const minutiae = Array.from({ length: count }, () => readMinutia(reader, header.scaleX, header.scaleY));
  return {
    version: FOREIGN_VERSION,
    width: Math.round(header.width * header.scaleX),
    height: Math.round(header.height * header.scaleY),
    quality,
    minutiae,
  };
}
