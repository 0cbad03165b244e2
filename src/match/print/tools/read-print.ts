import { PrintError } from '../errors.ts';
import {
  type DecodedImage,
  type DecodeOptions,
  decodeImage,
  fingersOf,
  readAnsiNist,
  sniffFormat,
} from '../image/index.ts';
import { extract } from '../index.ts';
import { decodeTemplate } from '../template/binary.ts';
import { fromIso19794 } from '../template/iso19794.ts';
import { fromType9, minutiaeRecords } from '../template/type9.ts';
import type { Template } from '../types.ts';

/** What a file of a print holds: a picture, or a template made of one before. */
export type PrintFile =
  | { readonly kind: 'picture'; readonly image: DecodedImage }
  | { readonly kind: 'template'; readonly template: Template };

const OURS = 'BLFT';
const ISO = 'FMR\0';

/** Whether the bytes are a template rather than a picture. */
export function isTemplate(bytes: Uint8Array): boolean {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 4));
  return start === OURS || start === ISO;
}

/** A template of this library or an ISO/IEC 19794-2:2005 record. */
function readTemplate(bytes: Uint8Array): Template {
  return bytes[0] === OURS.charCodeAt(0) ? decodeTemplate(bytes) : fromIso19794(bytes);
}

/** The minutiae of a transaction that holds no picture of the finger wanted, where it holds those of one print. */
function minutiaeAlone(bytes: Uint8Array, finger: number | undefined): Template | undefined {
  if (sniffFormat(bytes) !== 'ansi-nist') return undefined;
  const file = readAnsiNist(bytes);
  const [record, ...others] = minutiaeRecords(file, finger);
  if (!record || others.length > 0) return undefined;
  const pictured = fingersOf(file, (fgp) => finger === undefined || fgp === finger).length > 0;
  return pictured ? undefined : fromType9(record);
}

/**
 * Reads any file of a print by its content: a picture of any format `decodeImage` knows, or a template, as which the
 * minutiae of a transaction without pictures count.
 * @throws PrintError as `decodeImage` and `decodeTemplate`
 */
export async function readPrint(bytes: Uint8Array, options: DecodeOptions = {}): Promise<PrintFile> {
  const template = isTemplate(bytes) ? readTemplate(bytes) : minutiaeAlone(bytes, options.finger);
  return template
    ? { kind: 'template', template }
    : { kind: 'picture', image: await decodeImage(bytes, options) };
}

export function templateOf(print: PrintFile): Template {
  return print.kind === 'template' ? print.template : extract(print.image);
}

/** The picture of a print, where the caller cannot do with less. */
export function pictureOf(print: PrintFile, what: string): DecodedImage {
  if (print.kind === 'picture') return print.image;
  throw new PrintError('PRINT-NO-IMAGE', `A template holds no picture; ${what} wants one.`);
}
