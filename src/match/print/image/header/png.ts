import { PrintError } from '../../errors.ts';
import { ByteReader } from '../bytes.ts';
import { type ImageHeader, METRES_PER_INCH } from './header.ts';

const SIGNATURE_BYTES = 8;
const IHDR = 0x49484452;
const PHYS = 0x70485973;
const IDAT = 0x49444154;
const CHECKSUM_BYTES = 4;

/** Pixels per inch of a pHYs chunk; unit 0 gives only the shape of a pixel, unit 1 pixels per metre. */
function readPhys(chunk: ByteReader): Pick<ImageHeader, 'ppiX' | 'ppiY'> {
  const x = chunk.u32();
  const y = chunk.u32();
  return chunk.u8() === 1
    ? { ppiX: x * METRES_PER_INCH, ppiY: y * METRES_PER_INCH }
    : { ppiX: undefined, ppiY: undefined };
}

/**
 * Size and resolution of a PNG (W3C PNG, 11.2.2 and 11.3.4.3). Of two pHYs chunks, which the standard forbids and
 * some programs write, the first is the one the picture came with.
 */
export function readPngHeader(bytes: Uint8Array): ImageHeader {
  const reader = new ByteReader(bytes, SIGNATURE_BYTES);
  let size: { width: number; height: number } | undefined;
  let resolution: Pick<ImageHeader, 'ppiX' | 'ppiY'> | undefined;
  for (;;) {
    const length = reader.u32();
    const type = reader.u32();
    if (type === IDAT) break;
    const chunk = new ByteReader(reader.take(length));
    if (type === IHDR) size = { width: chunk.u32(), height: chunk.u32() };
    if (type === PHYS) resolution ??= readPhys(chunk);
    reader.take(CHECKSUM_BYTES);
  }
  if (!size) throw new PrintError('PRINT-MALFORMED', 'The PNG file has no header chunk.');
  return { ...size, ppiX: resolution?.ppiX, ppiY: resolution?.ppiY };
}
