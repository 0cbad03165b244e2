import { PrintError } from '../../errors.ts';
import { ByteReader } from '../bytes.ts';
import { CENTIMETRES_PER_INCH, type ImageHeader } from './header.ts';
import { readTiffTags, tiffResolution } from './tiff.ts';

const START_OF_SCAN = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const JFIF = 'JFIF\0';
const EXIF = 'Exif\0\0';

type Resolution = Pick<ImageHeader, 'ppiX' | 'ppiY'>;

/** SOF0 to SOF15 without DHT, JPG and DAC, which share the range. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, text.length)) === text;
}

function readJfif(payload: Uint8Array): Resolution | undefined {
  if (!startsWith(payload, JFIF)) return undefined;
  const reader = new ByteReader(payload, JFIF.length + 2);
  const unit = reader.u8();
  const x = reader.u16();
  const y = reader.u16();
  if (unit !== 1 && unit !== 2) return undefined;
  const perInch = unit === 1 ? 1 : CENTIMETRES_PER_INCH;
  return { ppiX: x * perInch, ppiY: y * perInch };
}

function readExif(payload: Uint8Array): Resolution | undefined {
  if (!startsWith(payload, EXIF)) return undefined;
  const found = tiffResolution(readTiffTags(payload.subarray(EXIF.length)));
  return found.ppiX === undefined ? undefined : found;
}

/** Size and resolution of a JPEG: JFIF density first, else EXIF (ITU-T T.81 annex B; JFIF 1.02). */
export function readJpegHeader(bytes: Uint8Array): ImageHeader {
  const reader = new ByteReader(bytes, 2);
  let resolution: Resolution | undefined;
  for (;;) {
    if (reader.u8() !== 0xff) throw new PrintError('PRINT-MALFORMED', 'A JPEG marker is missing.');
    let marker = reader.u8();
    while (marker === 0xff) marker = reader.u8();
    if (marker === START_OF_SCAN)
      throw new PrintError('PRINT-MALFORMED', 'The JPEG file has no frame header.');
    const payload = reader.take(reader.u16() - 2);
    if (marker === APP0) resolution = readJfif(payload) ?? resolution;
    if (marker === APP1) resolution ??= readExif(payload);
    if (!isFrame(marker)) continue;
    const frame = new ByteReader(payload, 1);
    const height = frame.u16();
    return { width: frame.u16(), height, ppiX: resolution?.ppiX, ppiY: resolution?.ppiY };
  }
}
