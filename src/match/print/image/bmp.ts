import { PrintError } from '../errors.ts';
import { type ImageHeader, METRES_PER_INCH } from './header/header.ts';

const FILE_HEADER = 14;
const CORE_HEADER = 12;
const INFO_HEADER = 40;
const UNCOMPRESSED = 0;

interface BmpHeader extends ImageHeader {
  readonly bits: 8 | 24 | 32;
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

function isSupported(bits: number): bits is 8 | 24 | 32 {
  return bits === 8 || bits === 24 || bits === 32;
}

/** Header of a Windows bitmap: uncompressed, 8 bits with palette, 24 or 32 bits. */
export function readBmpHeader(bytes: Uint8Array): BmpHeader {
  if (bytes.length < FILE_HEADER + INFO_HEADER) {
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
  if (fields.compression !== UNCOMPRESSED || !isSupported(bits)) {
    throw new PrintError('PRINT-UNSUPPORTED', 'Only uncompressed BMP of 8, 24 or 32 bits is read.');
  }
  const entries = bits === 8 ? Math.min(fields.colours || 256, 256) : 0;
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

/** Grey values of a BMP whose header has been read and found within limits. */
export function decodeBmp(bytes: Uint8Array, header: BmpHeader): Uint8Array {
  const { width, height, bits } = header;
  const step = bits / 8;
  const rowBytes = Math.ceil((width * step) / 4) * 4;
  if (header.pixels + rowBytes * (height - 1) + width * step > bytes.length) {
    throw new PrintError('PRINT-TRUNCATED', 'The BMP file ends before its last row.');
  }
  const greys = paletteGreys(bytes, header);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    let at = header.pixels + rowBytes * (header.bottomUp ? height - 1 - y : y);
    for (let x = 0; x < width; x++, at += step) {
      data[y * width + x] =
        bits === 8 ? greys[bytes[at]!]! : luma(bytes[at + 2]!, bytes[at + 1]!, bytes[at]!);
    }
  }
  return data;
}
