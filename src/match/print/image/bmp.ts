import { PrintError } from '../errors.ts';
import { type ImageHeader, METRES_PER_INCH } from './header/header.ts';

const FILE_HEADER = 14;
const CORE_HEADER = 12;
const INFO_HEADER = 40;
const UNCOMPRESSED = 0;
/** BI_BITFIELDS: three masks say which bits are red, green and blue. */
const BITFIELDS = 3;
const MASKS = { at: 54, usual: [0xff0000, 0xff00, 0xff] } as const;
const DEPTHS = [1, 4, 8, 24, 32] as const;
type Depth = (typeof DEPTHS)[number];

interface BmpHeader extends ImageHeader {
  readonly bits: Depth;
  readonly bottomUp: boolean;
  readonly pixels: number;
  readonly palette: { readonly at: number; readonly entryBytes: 3 | 4; readonly entries: number };
}

interface Fields {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly compression: number;
  readonly perMetreX: number;
  readonly perMetreY: number;
  readonly colours: number;
}

function coreFields(view: DataView): Fields {
  return {
    width: view.getUint16(18, true),
    height: view.getUint16(20, true),
    bits: view.getUint16(24, true),
    compression: UNCOMPRESSED,
    perMetreX: 0,
    perMetreY: 0,
    colours: 0,
  };
}

function infoFields(view: DataView): Fields {
  return {
    width: view.getInt32(18, true),
    height: view.getInt32(22, true),
    bits: view.getUint16(28, true),
    compression: view.getUint32(30, true),
    perMetreX: view.getInt32(38, true),
    perMetreY: view.getInt32(42, true),
    colours: view.getUint32(46, true),
  };
}

function ppi(perMetre: number): number | undefined {
  return perMetre > 0 ? perMetre * METRES_PER_INCH : undefined;
}

function isDepth(bits: number): bits is Depth {
  return DEPTHS.some((depth) => depth === bits);
}

/** Whether the masks of a 32-bit picture say what it would mean without them: blue, green, red, one byte each. */
function hasUsualMasks(view: DataView, bits: number): boolean {
  return bits === 32 && MASKS.usual.every((mask, i) => view.getUint32(MASKS.at + 4 * i, true) === mask);
}

/** Header of a Windows bitmap: uncompressed, 1, 4 or 8 bits with palette, 24 or 32 bits. */
export function readBmpHeader(bytes: Uint8Array): BmpHeader {
  if (bytes.length < MASKS.at + 4 * MASKS.usual.length) {
    throw new PrintError('PRINT-TRUNCATED', 'The BMP file ends within its header.');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getUint32(FILE_HEADER, true);
  const core = headerBytes === CORE_HEADER;
  if (!core && (headerBytes < INFO_HEADER || headerBytes > 124)) {
    throw new PrintError('PRINT-MALFORMED', 'The BMP header has no known length.');
  }
  const fields = core ? coreFields(view) : infoFields(view);
  const { bits } = fields;
  const { compression } = fields;
  const plain = compression === UNCOMPRESSED || (compression === BITFIELDS && hasUsualMasks(view, bits));
  if (!plain || !isDepth(bits)) {
    throw new PrintError(
      'PRINT-UNSUPPORTED',
      `Of BMP only uncompressed pictures of ${DEPTHS.join(', ')} bits a pixel are read. Save it as PNG.`,
    );
  }
  const most = bits <= 8 ? 2 ** bits : 0;
  const entries = Math.min(fields.colours || most, most);
  return {
    width: fields.width,
    height: Math.abs(fields.height),
    ppiX: ppi(fields.perMetreX),
    ppiY: ppi(fields.perMetreY),
    bits,
    bottomUp: fields.height > 0,
    pixels: view.getUint32(10, true),
    palette: { at: FILE_HEADER + headerBytes, entryBytes: core ? 3 : 4, entries },
  };
}

/** Luma of ITU-R BT.601. */
function luma(red: number, green: number, blue: number): number {
  return Math.round((299 * red + 587 * green + 114 * blue) / 1000);
}

/** Grey of each palette entry; entries the file does not have are black. */
function paletteGreys(bytes: Uint8Array, { palette }: BmpHeader): Uint8Array {
  const greys = new Uint8Array(256);
  for (let i = 0; i < palette.entries; i++) {
    const at = palette.at + i * palette.entryBytes;
    greys[i] = luma(bytes[at + 2] ?? 0, bytes[at + 1] ?? 0, bytes[at] ?? 0);
  }
  return greys;
}

/** The pixel of column `x` in its byte, the leftmost in the highest bits. */
function paletteIndex(byte: number, x: number, bits: number): number {
  const shift = 8 - bits - ((x * bits) & 7);
  return (byte >> shift) & (2 ** bits - 1);
}

/** Grey values of a BMP whose header has been read and found within limits. */
export function decodeBmp(bytes: Uint8Array, header: BmpHeader): Uint8Array {
  const { width, height, bits } = header;
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  if (header.pixels + rowBytes * (height - 1) + Math.ceil((width * bits) / 8) > bytes.length) {
    throw new PrintError('PRINT-TRUNCATED', 'The BMP file ends before its last row.');
  }
  const greys = paletteGreys(bytes, header);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = header.pixels + rowBytes * (header.bottomUp ? height - 1 - y : y);
    for (let x = 0; x < width; x++) {
      const at = row + ((x * bits) >> 3);
      data[y * width + x] =
        bits <= 8
          ? greys[paletteIndex(bytes[at]!, x, bits)]!
          : luma(bytes[at + 2]!, bytes[at + 1]!, bytes[at]!);
    }
  }
  return data;
}
