import { PrintError } from '../errors.ts';
import {
  type AnsiNistFile,
  buildTextRecord,
  fieldItems,
  fieldNumber,
  fieldText,
  findField,
  itemsField,
  type TaggedRecord,
} from '../image/an2/index.ts';
import { TURN } from '../kernels/maths.ts';
import { FOREIGN_VERSION, ISO_RECORD, TEMPLATE, TYPE_9 } from '../parameters.ts';
import type { Minutia, SingularPoint, Template } from '../types.ts';

/**
 * Minutiae as an ANSI/NIST-ITL Type-9 record: places in hundredths of a millimetre, directions in degrees. The
 * standard's own fields (FMT S, 9.005 to 9.012; ANSI/NIST-ITL 1-2007, 15) count from the lower left corner and turn
 * directions by half a turn against ISO/IEC 19794-2. Those of the FBI's IAFIS (FMT U, 9.013 to 9.030; EFTS 7, appendix J)
 * are read too: they count from the upper left corner and turn nothing.
 */

const IMPRESSION = 3;
const FORMAT = 4;

/** Where a set of fields says which finger, how many minutiae, and the minutiae. */
interface Fields {
  readonly finger: number;
  readonly count: number;
  readonly minutiae: number;
  readonly fromBelow: boolean;
  /** Degrees by which its directions differ from those of ISO/IEC 19794-2. */
  readonly turned: number;
}

const STANDARD: Fields = { finger: 6, count: 10, minutiae: 12, fromBelow: true, turned: 180 };
const IAFIS: Fields = { finger: 14, count: 15, minutiae: 23, fromBelow: false, turned: 0 };
/** Pixels that a print without its picture is taken to reach beyond its outermost minutiae. */
const MARGIN = 16;

export interface Type9Options {
  readonly idc: number;
  /** Finger position. */
  readonly finger: number;
  /** Impression type. */
  readonly impression: number;
  readonly singularPoints?: readonly SingularPoint[];
}

function units(pixels: number): string {
  const value = Math.round(pixels * TYPE_9.unitsPerPixel);
  if (value > TYPE_9.largest)
    throw new PrintError('PRINT-TOO-LARGE', 'A Type-9 record reaches 10 cm; this print is larger.');
  return String(Math.max(0, value)).padStart(4, '0');
}

function placeOf({ x, y }: { readonly x: number; readonly y: number }, height: number): string {
  return units(x) + units(height - 1 - y);
}

/** Degrees, half a turn from the direction of ISO/IEC 19794-2. */
function thetaOf(direction: number): string {
  const degrees = Math.round((direction / TURN) * 360) + STANDARD.turned;
  return String(degrees % 360).padStart(3, '0');
}

function qualityOf(reliability: number): string {
  const span = TYPE_9.qualityWorst - TYPE_9.qualityBest;
  return String(TYPE_9.qualityBest + Math.round(((100 - reliability) / 100) * span)).padStart(2, '0');
}

/**
 * The minutiae of a template, and where they are given its cores and deltas.
 * @throws PrintError PRINT-TOO-LARGE
 */
export function toType9(template: Template, options: Type9Options): TaggedRecord {
  const { height } = template;
  const minutiae = template.minutiae.slice(0, TEMPLATE.minutiaeMost);
  const text = buildTextRecord(
    9,
    new Map([
      [2, String(options.idc).padStart(2, '0')],
      [IMPRESSION, String(options.impression)],
      [FORMAT, 'S'],
      [STANDARD.finger, String(options.finger).padStart(2, '0')],
      [STANDARD.count, String(minutiae.length)],
      [11, '0'],
    ]),
  );
  const singular = (kind: SingularPoint['kind'], number: number) => {
    const places = (options.singularPoints ?? []).filter((point) => point.kind === kind);
    return places.length === 0
      ? []
      : [
          itemsField(
            9,
            number,
            places.map((point) => [placeOf(point, height)]),
          ),
        ];
  };
  const rows = minutiae.map((m, i) => [
    String(i + 1).padStart(3, '0'),
    placeOf(m, height) + thetaOf(m.direction),
    qualityOf(m.reliability),
    m.type === 'ending' ? 'A' : 'B',
  ]);
  const items = [
    itemsField(9, 5, [['BENCHLINK', 'A']]),
    itemsField(9, 7, [['T', 'UN']]),
    ...singular('core', 8),
    ...singular('delta', 9),
    ...(rows.length > 0 ? [itemsField(9, STANDARD.minutiae, rows)] : []),
  ];
  return { ...text, fields: [...text.fields, ...items].sort((a, b) => a.number - b.number) };
}

function malformed(what: string): PrintError {
  return new PrintError('PRINT-MALFORMED', `The Type-9 record ${what}.`);
}

function reliabilityOf(quality: number): number {
  const { qualityBest, qualityWorst } = TYPE_9;
  // 0 is set by hand, 1 by something that does not say.
  if (quality < qualityBest) return ISO_RECORD.unstatedReliability;
  return Math.round(100 * (1 - (quality - qualityBest) / (qualityWorst - qualityBest)));
}

/** A minutia with y as the record counts it. */
function readMinutia(
  [, place = '', quality = '', type = '']: readonly string[],
  row: number,
  turned: number,
): Minutia {
  const parts = /^(\d{4})(\d{4})(\d{3})$/.exec(place);
  const level = /^\d{1,2}$/.test(quality) ? Number(quality) : Number.NaN;
  if (!parts || Number(parts[3]) > 359 || !(level <= TYPE_9.qualityWorst))
    throw malformed(`has no place, direction and quality for minutia ${row + 1}`);
  const [x, y, theta] = parts.slice(1).map(Number) as [number, number, number];
  return {
    x: Math.round(x / TYPE_9.unitsPerPixel),
    y: Math.round(y / TYPE_9.unitsPerPixel),
    direction: (Math.round((((theta + turned) % 360) / 360) * 256) % 256) * (TURN / 256),
    type: type === 'B' ? 'bifurcation' : 'ending',
    reliability: reliabilityOf(level),
  };
}

/** The fields in which a record has its minutiae. */
function fieldsOf(record: TaggedRecord): Fields | undefined {
  if (fieldText(record, FORMAT)?.trim() === 'S') return STANDARD;
  return findField(record, IAFIS.minutiae) ? IAFIS : undefined;
}

/**
 * The template of a Type-9 record. Its extent is that of its minutiae, a margin added: the record does not say it.
 * @throws PrintError PRINT-UNSUPPORTED (another vendor's fields), PRINT-MALFORMED
 */
export function fromType9(record: TaggedRecord): Template {
  const fields = fieldsOf(record);
  if (!fields) {
    throw new PrintError(
      'PRINT-UNSUPPORTED',
      "The minutiae stand in a vendor's fields, which are not read; have the picture sent, or the standard's fields (9.004 S).",
    );
  }
  const rows = fieldItems(record, fields.minutiae);
  if (fieldNumber(record, fields.count) !== rows.length)
    throw malformed(
      `counts ${fieldText(record, fields.count) ?? 'no'} minutiae in 9.0${fields.count} and lists ${rows.length}`,
    );
  const minutiae = rows.map((items, row) => readMinutia(items, row, fields.turned));
  const [width, height] = (['x', 'y'] as const).map(
    (axis) => Math.max(0, ...minutiae.map((m) => m[axis])) + 1 + MARGIN,
  ) as [number, number];
  return {
    version: FOREIGN_VERSION,
    width,
    height,
    quality: ISO_RECORD.unstatedReliability,
    minutiae: fields.fromBelow ? minutiae.map((m) => ({ ...m, y: height - 1 - m.y })) : minutiae,
  };
}

/** The Type-9 records of a transaction, of one finger where it is named. */
export function minutiaeRecords(file: AnsiNistFile, finger?: number): TaggedRecord[] {
  return file.records.flatMap((record) =>
    record.kind === 'tagged' &&
    record.type === 9 &&
    (finger === undefined || fieldNumber(record, (fieldsOf(record) ?? STANDARD).finger) === finger)
      ? [record]
      : [],
  );
}
