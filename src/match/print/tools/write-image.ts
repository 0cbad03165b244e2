import sharp, { type Sharp } from 'sharp';
import { PrintError } from '../errors.ts';
import {
  buildTransaction,
  buildType14Record,
  encodeWsq,
  type TaggedRecord,
  writeAnsiNist,
} from '../image/index.ts';
import { toType9 } from '../template/type9.ts';
import type { GreyImage, SingularPoint, Template } from '../types.ts';
import { toBmp } from './write-bmp.ts';
import { toJp2 } from './write-jp2.ts';

/** Ridges survive; blocks do not show. */
const JPEG_QUALITY = 95;

/** What an ANSI/NIST file says beside its one picture. */
export interface AnsiNistFacts {
  readonly finger: number;
  readonly impression: number;
  /** Nine-character ORI. */
  readonly agency: string;
  readonly controlNumber: string;
  /** YYYYMMDD. */
  readonly date: string;
}

function grey(image: GreyImage): Sharp {
  // Without the colour space sharp writes three sRGB channels.
  return sharp(image.data, { raw: { width: image.width, height: image.height, channels: 1 } })
    .toColourspace('b-w')
    .withDensity(image.ppi);
}

/** PNG: one 8-bit channel with its true resolution. */
export function toPng(image: GreyImage): Promise<Uint8Array> {
  return grey(image).png().toBuffer();
}

function toTiff(image: GreyImage): Promise<Uint8Array> {
  const perMillimetre = image.ppi / 25.4;
  return grey(image).tiff({ compression: 'lzw', xres: perMillimetre, yres: perMillimetre }).toBuffer();
}

/** The records of one print have one IDC. */
const IDC = 1;

/** What is written of one print's minutiae. */
export interface PrintMinutiae {
  readonly template: Template;
  readonly singularPoints?: readonly SingularPoint[];
}

function type9({ template, singularPoints = [] }: PrintMinutiae, facts: AnsiNistFacts): TaggedRecord {
  const { finger, impression } = facts;
  return toType9(template, { idc: IDC, finger, impression, singularPoints });
}

function transaction(images: readonly TaggedRecord[], facts: AnsiNistFacts): Uint8Array {
  return writeAnsiNist(
    buildTransaction({
      version: '0500',
      transactionType: 'FVR',
      date: facts.date,
      destination: facts.agency,
      origin: facts.agency,
      controlNumber: facts.controlNumber,
      type2: new Map(),
      images,
    }),
  );
}

/** Minutiae alone: Type-1, Type-2 and a Type-9. Same input, same bytes. */
export function minutiaeToAnsiNist(minutiae: PrintMinutiae, facts: AnsiNistFacts): Uint8Array {
  return transaction([type9(minutiae, facts)], facts);
}

/**
 * A one-thumb ANSI/NIST-ITL file: Type-1, Type-2, a Type-14 with a WSQ picture, and a Type-9 where minutiae are given.
 * Same input, same bytes.
 */
export function toAnsiNist(
  image: GreyImage,
  facts: AnsiNistFacts,
  picture: Uint8Array = encodeWsq(image),
  minutiae?: PrintMinutiae,
): Uint8Array {
  const record = buildType14Record(picture, {
    idc: IDC,
    fgp: facts.finger,
    imp: facts.impression,
    width: image.width,
    height: image.height,
    ppi: image.ppi,
    compression: 'wsq',
    source: facts.agency,
    captureDate: facts.date,
  });
  return transaction(minutiae ? [record, type9(minutiae, facts)] : [record], facts);
}

type Writer = (image: GreyImage, facts: AnsiNistFacts) => Uint8Array | Promise<Uint8Array>;

const toJpeg: Writer = (image) => grey(image).jpeg({ quality: JPEG_QUALITY }).toBuffer();
const toRaw: Writer = (image) => image.data;

/** File endings of ANSI/NIST-ITL transactions. */
export const ANSI_NIST_ENDINGS: readonly string[] = ['an2', 'an2k', 'eft', 'nist'];

const WRITERS: Readonly<Record<string, Writer>> = {
  png: toPng,
  tif: toTiff,
  tiff: toTiff,
  jpg: toJpeg,
  jpeg: toJpeg,
  bmp: toBmp,
  jp2: toJp2,
  wsq: (image) => encodeWsq(image),
  ...Object.fromEntries(
    ANSI_NIST_ENDINGS.map((ending) => [ending, (image, facts) => toAnsiNist(image, facts)]),
  ),
  raw: toRaw,
  gray: toRaw,
};

/** File endings `encodeAs` knows. */
export const ENDINGS = Object.keys(WRITERS);

/**
 * Encodes a picture in the format of a file ending, one of `ENDINGS`.
 * @throws PrintError PRINT-UNSUPPORTED
 */
export async function encodeAs(image: GreyImage, ending: string, facts: AnsiNistFacts): Promise<Uint8Array> {
  const writer = WRITERS[ending];
  if (!writer) throw new PrintError('PRINT-UNSUPPORTED', `Files ending in "${ending}" are not written.`);
  return writer(image, facts);
}
