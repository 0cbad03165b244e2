/** Formats this library reads; anything else is refused, whatever the codecs below could open. */
export type ImageFormat = 'png' | 'tiff' | 'jpeg' | 'bmp' | 'jpeg2000' | 'wsq' | 'ansi-nist' | 'raw';

type Signature = readonly [format: ImageFormat, bytes: readonly number[]];

const SIGNATURES: readonly Signature[] = [
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['tiff', [0x49, 0x49, 0x2a, 0x00]],
  ['tiff', [0x4d, 0x4d, 0x00, 0x2a]],
  ['bmp', [0x42, 0x4d]],
  ['jpeg2000', [0x00, 0x00, 0x00, 0x0c, 0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a, 0x87, 0x0a]],
  ['jpeg2000', [0xff, 0x4f, 0xff, 0x51]],
  ['wsq', [0xff, 0xa0]],
];

/** Formats people send that are not read, by their names; BigTIFF is a TIFF of another layout. */
const FOREIGN: readonly (readonly [name: string, start: RegExp])[] = [
  ['BigTIFF', /^(?:II\x2b\0|MM\0\x2b)/],
  ['GIF', /^GIF8/],
  ['WebP', /^RIFF.{4}WEBP/s],
  ['PDF', /^%PDF/],
  ['HEIF', /^.{4}ftyp/s],
];

/** A transaction begins with the length field of its Type-1 record, `1.001:` or `1.01:`. */
const ANSI_NIST_START = /^1\.0{1,8}1:\d/;

function startOf(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes.subarray(0, 16));
}

/** The name of a well-known format that is not read. */
export function foreignFormat(bytes: Uint8Array): string | undefined {
  const start = startOf(bytes);
  return FOREIGN.find(([, pattern]) => pattern.test(start))?.[0];
}

/** The format the first bytes say, or undefined. A file's name is never asked. */
export function sniffFormat(bytes: Uint8Array): ImageFormat | undefined {
  const found = SIGNATURES.find(([, signature]) => signature.every((byte, i) => bytes[i] === byte));
  if (found) return found[0];
  return ANSI_NIST_START.test(startOf(bytes)) ? 'ansi-nist' : undefined;
}
