import { PrintError } from '../errors.ts';
import type { GreyImage } from '../types.ts';
import { readAnsiNist } from './an2/read.ts';
import type { AnsiNistFile } from './an2/record.ts';
import { type FingerImage, fingersOf, thumbsOf } from './an2/thumbs.ts';
import { decodeBmp, readBmpHeader } from './bmp.ts';
import { type ImageHeader, nominal } from './header/header.ts';
import { readJpegHeader } from './header/jpeg.ts';
import { readJpeg2000Header } from './header/jpeg2000.ts';
import { readPngHeader } from './header/png.ts';
import { readTiffHeader } from './header/tiff.ts';
import { decodeJpeg2000 } from './jpeg2000.ts';
import { assertBytes, assertPixels } from './limits.ts';
import {
  DEFAULT_PPI,
  IMAGE_LIMITS,
  type ImageLimits,
  PLAUSIBLE_PPI,
  SQUARE_TOLERANCE,
} from './parameters.ts';
import { detectPolarity, invert } from './polarity.ts';
import { resize } from './resample.ts';
import { decodeWithSharp } from './sharp-codec.ts';
import { foreignFormat, type ImageFormat, sniffFormat } from './sniff.ts';
import { decodeWsq } from './wsq/decode.ts';

/** Size of a picture without a header: 8-bit grey, row by row. */
export interface RawDimensions {
  readonly width: number;
  readonly height: number;
  readonly ppi?: number;
}

export interface DecodeOptions {
  readonly limits?: Partial<ImageLimits>;
  /** Taken only where no known format is found. */
  readonly rawDimensions?: RawDimensions;
  /** Finger position (FGP) wanted of an ANSI/NIST file that holds more than one thumb. */
  readonly finger?: number;
  /** Stands above what the file states, for a device known to state wrongly. */
  readonly ppi?: number;
}

export interface DecodedImage extends GreyImage {
  readonly format: ImageFormat;
  /** The file states no plausible resolution; 500 ppi was assumed. */
  readonly ppiAssumed: boolean;
  /** What it states instead, a program's default; absent where it states nothing. */
  readonly ppiStated?: number;
  /** Ridges were light in the file and have been made dark. */
  readonly inverted: boolean;
  /** Where the picture came out of an ANSI/NIST file. */
  readonly thumb?: Omit<FingerImage, 'data'>;
}

/** A picture whose ridges may still be light. */
type Plain = Omit<DecodedImage, 'inverted'>;

interface Grey {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

interface Resolution {
  readonly x: number | undefined;
  readonly y: number | undefined;
}

function plausible(ppi: number | undefined): number | undefined {
  return ppi !== undefined && ppi >= PLAUSIBLE_PPI.min && ppi <= PLAUSIBLE_PPI.max ? nominal(ppi) : undefined;
}

/** Square pixels at the stated resolution; a picture scanned unevenly is stretched along its coarser axis. */
function withResolution(grey: Grey, format: ImageFormat, stated: Resolution): Plain {
  const x = plausible(stated.x);
  const y = plausible(stated.y) ?? x;
  if (x === undefined || y === undefined) {
    const { x: ppiStated } = stated;
    const unusable = ppiStated === undefined ? {} : { ppiStated };
    return { ...grey, format, ppi: DEFAULT_PPI, ppiAssumed: true, ...unusable };
  }
  const ppi = Math.max(x, y);
  const even = Math.min(x, y) >= ppi * (1 - SQUARE_TOLERANCE);
  const image = { ...grey, ppi };
  const square = even
    ? image
    : resize(image, Math.round((grey.width * ppi) / x), Math.round((grey.height * ppi) / y), ppi);
  return { ...square, format, ppiAssumed: false };
}

type HeaderReader = (bytes: Uint8Array) => ImageHeader;

const SHARP_HEADERS: Readonly<Record<'png' | 'jpeg' | 'tiff', HeaderReader>> = {
  png: readPngHeader,
  jpeg: readJpegHeader,
  tiff: readTiffHeader,
};

async function decodeRaster(
  bytes: Uint8Array,
  format: 'png' | 'jpeg' | 'tiff',
  limits: ImageLimits,
): Promise<Plain> {
  const header = SHARP_HEADERS[format](bytes);
  assertPixels(header.width, header.height, limits);
  const { turned, ...grey } = await decodeWithSharp(bytes, limits);
  const stated = turned ? { x: header.ppiY, y: header.ppiX } : { x: header.ppiX, y: header.ppiY };
  return withResolution(grey, format, stated);
}

async function decodeJp2(bytes: Uint8Array, limits: ImageLimits): Promise<Plain> {
  const header = readJpeg2000Header(bytes);
  assertPixels(header.width, header.height, limits);
  const { width, height, data } = await decodeJpeg2000(bytes, limits);
  return withResolution({ width, height, data }, 'jpeg2000', { x: header.ppiX, y: header.ppiY });
}

function decodeBitmap(bytes: Uint8Array, limits: ImageLimits): Plain {
  const header = readBmpHeader(bytes);
  assertPixels(header.width, header.height, limits);
  const { width, height, ppiX, ppiY } = header;
  return withResolution({ width, height, data: decodeBmp(bytes, header) }, 'bmp', { x: ppiX, y: ppiY });
}

function decodeWsqFile(bytes: Uint8Array, limits: ImageLimits): Plain {
  const { ppi, width, height, data } = decodeWsq(bytes, limits);
  return withResolution({ width, height, data }, 'wsq', { x: ppi, y: ppi });
}

function decodeRaw(bytes: Uint8Array, size: RawDimensions | undefined, limits: ImageLimits): Plain {
  if (!size) {
    const foreign = foreignFormat(bytes);
    throw new PrintError(
      'PRINT-FORMAT-UNKNOWN',
      foreign
        ? `This is a ${foreign} file; the format is not read.`
        : 'This is not a picture of a format this program reads.',
    );
  }
  assertPixels(size.width, size.height, limits);
  if (bytes.length !== size.width * size.height) {
    throw new PrintError(
      'PRINT-MALFORMED',
      `A raw picture of ${size.width} x ${size.height} has ${size.width * size.height} bytes, one a pixel; this file has ${bytes.length}.`,
    );
  }
  const { width, height, ppi } = size;
  return withResolution({ width, height, data: bytes.slice() }, 'raw', { x: ppi, y: ppi });
}

/** Ridges dark on light, as every standard has them and the extractor expects; undecided pictures are left alone. */
function withDarkRidges(image: Plain): DecodedImage {
  const inverted = detectPolarity(image) === 'light-ridges';
  return { ...image, ...(inverted ? { data: invert(image).data } : {}), inverted };
}

/** The finger that is named, else the one thumb a transaction holds, else the one print it holds at all. */
function chooseFinger(file: AnsiNistFile, finger: number | undefined): FingerImage {
  const isWanted = (fgp: number): boolean => finger === undefined || fgp === finger;
  const thumbs = thumbsOf(file).filter(({ fgp }) => isWanted(fgp));
  const fitting = thumbs.length > 0 ? thumbs : fingersOf(file, isWanted);
  if (fitting.length === 1) return fitting[0]!;
  const list =
    fingersOf(file, () => true)
      .map(({ fgp }) => fgp)
      .join(', ') || 'none';
  const wanted = finger === undefined ? 'One thumb' : `One print of finger ${finger}`;
  throw new PrintError('PRINT-NO-IMAGE', `${wanted} is wanted; the transaction holds fingers: ${list}.`);
}

/** Pictures themselves; `decodeImage` opens containers. */
async function decodePicture(bytes: Uint8Array, options: DecodeOptions): Promise<Plain> {
  const limits = { ...IMAGE_LIMITS, ...options.limits };
  const format = sniffFormat(bytes);
  switch (format) {
    case 'png':
    case 'jpeg':
    case 'tiff':
      return decodeRaster(bytes, format, limits);
    case 'jpeg2000':
      return decodeJp2(bytes, limits);
    case 'bmp':
      return decodeBitmap(bytes, limits);
    case 'wsq':
      return decodeWsqFile(bytes, limits);
    case 'ansi-nist':
      throw new PrintError('PRINT-MALFORMED', 'A transaction lies within another.');
    default:
      return decodeRaw(bytes, options.rawDimensions, limits);
  }
}

/**
 * The picture of one thumb of a transaction at the container's resolution.
 * @throws PrintError as `decodeImage`
 */
export async function decodeThumb(
  thumb: FingerImage,
  limits: Partial<ImageLimits> = {},
): Promise<DecodedImage> {
  const { data, ...about } = thumb;
  const { width, height, ppi } = thumb;
  const all = { ...IMAGE_LIMITS, ...limits };
  assertBytes(data, all);
  const image =
    thumb.compression === 'none'
      ? decodeRaw(data, { width, height, ppi }, all)
      : await decodePicture(data, { limits });
  if (image.width !== width || image.height !== height) {
    throw new PrintError(
      'PRINT-MALFORMED',
      `Record IDC ${thumb.idc} states a size its picture does not have.`,
    );
  }
  return { ...withDarkRidges(image), ppi, ppiAssumed: false, thumb: about };
}

/**
 * Any supported file to 8-bit grey, upright, ridges dark, with its resolution: PNG, TIFF, JPEG, BMP, JPEG 2000, WSQ,
 * raw, or an ANSI/NIST transaction that holds one thumb. The format is found by content. Size is checked before
 * decoding.
 * @throws PrintError PRINT-EMPTY, PRINT-FORMAT-UNKNOWN, PRINT-TOO-LARGE, PRINT-TOO-SMALL, PRINT-TRUNCATED,
 *   PRINT-MALFORMED, PRINT-UNSUPPORTED, PRINT-TIMEOUT, PRINT-NO-IMAGE
 */
export async function decodeImage(bytes: Uint8Array, options: DecodeOptions = {}): Promise<DecodedImage> {
  assertBytes(bytes, { ...IMAGE_LIMITS, ...options.limits });
  if (sniffFormat(bytes) === 'ansi-nist') {
    const thumb = chooseFinger(readAnsiNist(bytes), options.finger);
    return { ...(await decodeThumb(thumb, options.limits)), format: 'ansi-nist' };
  }
  const image = withDarkRidges(await decodePicture(bytes, options));
  if (options.ppi === undefined) return image;
  const { ppiStated: _, ...known } = image;
  return { ...known, ppi: options.ppi, ppiAssumed: false };
}
