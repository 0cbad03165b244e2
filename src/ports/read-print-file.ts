import type { PrintFile, ReadPrint } from '../ingest/bookings/print-port.ts';
import {
  type AnsiNistFile,
  type Compression,
  decodeImage,
  fieldText,
  type ImageFormat,
  readAnsiNist,
  sniffFormat,
  type ThumbImage,
  thumbsOf,
} from '../match/print/index.ts';

const COMPRESSED_AS: Readonly<Record<Compression, ReadPrint['format']>> = {
  none: 'raw',
  wsq: 'wsq',
  jpeg: 'jpeg',
  'jpeg-lossless': 'jpeg',
  jpeg2000: 'jp2',
  'jpeg2000-lossless': 'jp2',
  png: 'png',
};

const FILED_AS: Readonly<Record<Exclude<ImageFormat, 'ansi-nist'>, ReadPrint['format']>> = {
  png: 'png',
  tiff: 'tiff',
  jpeg: 'jpeg',
  bmp: 'bmp',
  jpeg2000: 'jp2',
  wsq: 'wsq',
  raw: 'raw',
};

/** Text fields of the Type-1 and Type-2 records by number, `2.018` and the like. */
function textOf(file: AnsiNistFile): Map<string, readonly string[]> {
  const text = new Map<string, readonly string[]>();
  for (const record of file.records) {
    if (record.kind !== 'tagged' || (record.type !== 1 && record.type !== 2)) continue;
    for (const { number } of record.fields) {
      const value = fieldText(record, number);
      if (value !== undefined)
        text.set(`${record.type}.${String(number).padStart(3, '0')}`, subfields(value));
    }
  }
  return text;
}

/** Subfields are parted by RS, their items by US. */
function subfields(value: string): string[] {
  return value.split('\u001e').map((subfield) => subfield.replaceAll('\u001f', ' ').trim());
}

/** One thumb of an ANSI/NIST file; decoding it proves that it can be used. */
async function thumbPrint(thumb: ThumbImage): Promise<ReadPrint> {
  const { width, height, ppi } = thumb;
  await decodeImage(thumb.data, { rawDimensions: { width, height, ppi } });
  return {
    finger: thumb.fgp,
    impression: thumb.imp,
    width,
    height,
    ppi,
    format: COMPRESSED_AS[thumb.compression],
    bytes: thumb.data,
  };
}

async function transaction(bytes: Uint8Array): Promise<PrintFile> {
  const file = readAnsiNist(bytes);
  const prints: ReadPrint[] = [];
  for (const thumb of thumbsOf(file)) prints.push(await thumbPrint(thumb));
  return { prints, text: textOf(file) };
}

/**
 * Reads whatever a feed's print file is: a picture, or an ANSI/NIST transaction of which only the thumbs are taken.
 * @throws PrintError with a sentence for a person
 */
export async function readPrintFile(bytes: Uint8Array): Promise<PrintFile> {
  if (sniffFormat(bytes) === 'ansi-nist') return transaction(bytes);
  const { width, height, ppi, format } = await decodeImage(bytes);
  const filed = FILED_AS[format === 'ansi-nist' ? 'raw' : format];
  return { prints: [{ finger: 0, impression: 29, width, height, ppi, format: filed, bytes }] };
}
