import { METRES_PER_INCH } from '../image/header/header.ts';
import type { GreyImage } from '../types.ts';

const FILE_HEADER = 14;
const INFO_HEADER = 40;
const PALETTE = 256 * 4;

/** Windows bitmap of 256 greys with its resolution, bottom row first. */
export function toBmp({ width, height, ppi, data }: GreyImage): Uint8Array {
  const pitch = (width + 3) & ~3;
  const start = FILE_HEADER + INFO_HEADER + PALETTE;
  const bytes = new Uint8Array(start + pitch * height);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x424d);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, start, true);
  view.setUint32(14, INFO_HEADER, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 8, true);
  const perMetre = Math.round(ppi / METRES_PER_INCH);
  view.setInt32(38, perMetre, true);
  view.setInt32(42, perMetre, true);
  view.setUint32(46, 256, true);
  for (let grey = 0; grey < 256; grey++) bytes.fill(grey, 54 + grey * 4, 54 + grey * 4 + 3);
  for (let y = 0; y < height; y++)
    bytes.set(data.subarray(y * width, (y + 1) * width), start + (height - 1 - y) * pitch);
  return bytes;
}
