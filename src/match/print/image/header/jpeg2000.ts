import { PrintError } from '../../errors.ts';
import { ByteReader } from '../bytes.ts';
import { type ImageHeader, METRES_PER_INCH } from './header.ts';

/** Box types of ISO/IEC 15444-1 annex I. */
const BOX = {
  header: 0x6a703268,
  resolution: 0x72657320,
  captureResolution: 0x72657363,
  codestream: 0x6a703263,
} as const;
const SIZ = 0xff51;
const START_OF_CODESTREAM = 0xff4f;

interface Found {
  width?: number;
  height?: number;
  ppiX?: number;
  ppiY?: number;
}

/** Capture resolution: points per metre as numerator / denominator * 10^exponent, vertical first. */
function readCaptureResolution(box: ByteReader, found: Found): void {
  const vertical = box.u16() / box.u16();
  const horizontal = box.u16() / box.u16();
  const power = (exponent: number): number => 10 ** (exponent > 127 ? exponent - 256 : exponent);
  const ppiY = vertical * power(box.u8()) * METRES_PER_INCH;
  const ppiX = horizontal * power(box.u8()) * METRES_PER_INCH;
  if (Number.isFinite(ppiX) && Number.isFinite(ppiY)) Object.assign(found, { ppiX, ppiY });
}

/** SIZ segment of a codestream: reference grid less the picture's offset. */
function readCodestream(reader: ByteReader, found: Found): void {
  if (reader.u16() !== START_OF_CODESTREAM || reader.u16() !== SIZ) {
    throw new PrintError('PRINT-MALFORMED', 'The JPEG 2000 codestream does not begin with its size.');
  }
  reader.take(4);
  const right = reader.u32();
  const bottom = reader.u32();
  found.width = right - reader.u32();
  found.height = bottom - reader.u32();
}

function readBoxes(reader: ByteReader, found: Found, depth: number): void {
  while (reader.remaining >= 8) {
    const length = reader.u32();
    const type = reader.u32();
    if (type === BOX.codestream) {
      readCodestream(reader, found);
      return;
    }
    const box = new ByteReader(reader.take(length === 0 ? reader.remaining : length - 8));
    const nested = type === BOX.header || type === BOX.resolution;
    if (nested && depth < 3) readBoxes(box, found, depth + 1);
    else if (type === BOX.captureResolution) readCaptureResolution(box, found);
  }
}

/** Size and capture resolution of a JP2 file or bare codestream. */
export function readJpeg2000Header(bytes: Uint8Array): ImageHeader {
  const found: Found = {};
  const reader = new ByteReader(bytes);
  if (bytes[0] === 0xff) readCodestream(reader, found);
  else readBoxes(reader, found, 0);
  if (found.width === undefined || found.height === undefined) {
    throw new PrintError('PRINT-TRUNCATED', 'The JPEG 2000 file holds no codestream.');
  }
  return { width: found.width, height: found.height, ppiX: found.ppiX, ppiY: found.ppiY };
}
