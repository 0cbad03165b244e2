import { PrintError } from '../../errors.ts';
import { CENTIMETRES_PER_INCH, type ImageHeader } from './header.ts';

/** TIFF 6.0 tag numbers. */
const TAG = { width: 256, height: 257, xResolution: 282, yResolution: 283, resolutionUnit: 296 } as const;
const TYPE = { short: 3, long: 4, rational: 5 } as const;
const MAX_ENTRIES = 512;
const ENTRY_BYTES = 12;

interface Tiff {
  readonly view: DataView;
  readonly little: boolean;
}

/** A DataView throws RangeError past its end; that is a file cut short or an offset made up. */
function bounded<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new PrintError('PRINT-TRUNCATED', 'A TIFF directory points beyond the end of the file.', { cause });
  }
}

function entryValue({ view, little }: Tiff, at: number): number | undefined {
  const type = view.getUint16(at + 2, little);
  if (type === TYPE.short) return view.getUint16(at + 8, little);
  if (type === TYPE.long) return view.getUint32(at + 8, little);
  if (type !== TYPE.rational) return undefined;
  const offset = view.getUint32(at + 8, little);
  return view.getUint32(offset, little) / view.getUint32(offset + 4, little);
}

/** Tags of the first directory that hold one number. */
export function readTiffTags(bytes: Uint8Array): Map<number, number> {
  return bounded(() => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const tiff = { view, little: view.getUint16(0) === 0x4949 };
    const directory = view.getUint32(4, tiff.little);
    const count = view.getUint16(directory, tiff.little);
    if (count > MAX_ENTRIES) throw new PrintError('PRINT-MALFORMED', 'A TIFF directory is too long.');
    const tags = new Map<number, number>();
    for (let i = 0; i < count; i++) {
      const at = directory + 2 + i * ENTRY_BYTES;
      const value = entryValue(tiff, at);
      if (value !== undefined) tags.set(view.getUint16(at, tiff.little), value);
    }
    return tags;
  });
}

/** Resolution tags in pixels per inch; unit 1 gives only the shape of a pixel. */
export function tiffResolution(tags: ReadonlyMap<number, number>): Pick<ImageHeader, 'ppiX' | 'ppiY'> {
  const unit = tags.get(TAG.resolutionUnit) ?? 2;
  const perInch = unit === 2 ? 1 : unit === 3 ? CENTIMETRES_PER_INCH : undefined;
  const ppi = (tag: number): number | undefined => {
    const value = tags.get(tag);
    return value === undefined || perInch === undefined || !Number.isFinite(value)
      ? undefined
      : value * perInch;
  };
  return { ppiX: ppi(TAG.xResolution), ppiY: ppi(TAG.yResolution) };
}

export function readTiffHeader(bytes: Uint8Array): ImageHeader {
  const tags = readTiffTags(bytes);
  const width = tags.get(TAG.width);
  const height = tags.get(TAG.height);
  if (width === undefined || height === undefined) {
    throw new PrintError('PRINT-MALFORMED', 'The TIFF file does not state its size.');
  }
  return { width, height, ...tiffResolution(tags) };
}
