import type { PrintFile, ReadPrint, ReadPrintFile } from '../../src/ingest/bookings/print-port.ts';
import {
  type AnsiNistFile,
  decodeImage,
  decodeThumb,
  fieldItems,
  type ImageFormat,
  readAnsiNist,
  sniffFormat,
  type ThumbImage,
  thumbsOf,
} from '../../src/match/print/image/index.ts';

const FORMATS: Readonly<Partial<Record<ImageFormat | ThumbImage['compression'], ReadPrint['format']>>> = {
  png: 'png',
  tiff: 'tiff',
  jpeg: 'jpeg',
  bmp: 'bmp',
  jpeg2000: 'jp2',
  wsq: 'wsq',
  none: 'raw',
  raw: 'raw',
};

/** Type-1 and Type-2 text by field number; each subfield with its items joined by a blank. */
function textOf(file: AnsiNistFile): Map<string, string[]> {
  const text = new Map<string, string[]>();
  for (const record of file.records) {
    if (record.kind !== 'tagged' || record.type > 2) continue;
    for (const field of record.fields) {
      const key = `${record.type}.${String(field.number).padStart(3, '0')}`;
      text.set(
        key,
        fieldItems(record, field.number).map((items) => items.join(' ').trim()),
      );
    }
  }
  return text;
}

async function readThumb(thumb: ThumbImage): Promise<ReadPrint> {
  const { width, height, ppi, format } = await decodeThumb(thumb);
  const kept = FORMATS[format] ?? 'raw';
  return { finger: thumb.fgp, impression: thumb.imp, width, height, ppi, format: kept, bytes: thumb.data };
}

/** The print library behind the port that ingest reads print files through. */
export const readPrintFile: ReadPrintFile = async (bytes: Uint8Array): Promise<PrintFile> => {
  if (sniffFormat(bytes) === 'ansi-nist') {
    const file = readAnsiNist(bytes);
    return { prints: await Promise.all(thumbsOf(file).map(readThumb)), text: textOf(file) };
  }
  const { width, height, ppi, format } = await decodeImage(bytes);
  const kept = FORMATS[format] ?? 'raw';
  return { prints: [{ finger: 0, impression: 29, width, height, ppi, format: kept, bytes }] };
};
