import sharp from 'sharp';
import { PrintError } from '../errors.ts';
import type { ImageLimits } from './parameters.ts';

/**
 * libvips reads far more than prints come in (SVG, PDF, HEIF, ...). Every loader is blocked, then the three formats
 * this library uses are let back in. The setting holds for the whole process.
 */
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Png', 'Jpeg', 'Tiff'].flatMap((format) => [
    `VipsForeignLoad${format}Buffer`,
    `VipsForeignLoad${format}File`,
  ]),
});
// A decoded print is used once: keeping it would hold memory and someone's fingerprint.
sharp.cache(false);

export interface OrientedGrey {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  /** Rows and columns were exchanged by the orientation tag. */
  readonly turned: boolean;
}

const SAMPLE_DEPTHS = ['uchar', 'ushort'];

function toPrintError(cause: unknown): PrintError {
  if (cause instanceof PrintError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (/timeout/i.test(message)) return new PrintError('PRINT-TIMEOUT', 'Decoding took too long.', { cause });
  if (/pixel limit/i.test(message))
    return new PrintError('PRINT-TOO-LARGE', 'The picture is too large.', { cause });
  return new PrintError('PRINT-MALFORMED', `The picture cannot be decoded: ${message.split('\n')[0]}`, {
    cause,
  });
}

/**
 * PNG, JPEG or TIFF to 8-bit grey, upright: orientation tag applied, alpha laid on white, colour to luminance,
 * 16 bits to 8, inverted TIFF put right. Anything the codec warns of as damage is an error.
 * @throws PrintError PRINT-MALFORMED, PRINT-TIMEOUT, PRINT-TOO-LARGE, PRINT-UNSUPPORTED
 */
export async function decodeWithSharp(bytes: Uint8Array, limits: ImageLimits): Promise<OrientedGrey> {
  try {
    const open = () => sharp(bytes, { failOn: 'error', limitInputPixels: limits.pixels, pages: 1 });
    const { depth, orientation } = await open().metadata();
    if (!SAMPLE_DEPTHS.includes(depth)) {
      throw new PrintError(
        'PRINT-UNSUPPORTED',
        `Samples of type ${depth} are not read; save the picture with 8 or 16 bits a sample.`,
      );
    }
    const { data, info } = await open()
      .timeout({ seconds: limits.seconds })
      .autoOrient()
      .flatten({ background: 'white' })
      .toColourspace('b-w')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 1)
      throw new PrintError('PRINT-MALFORMED', 'The picture has no single grey channel.');
    return {
      width: info.width,
      height: info.height,
      data: new Uint8Array(data.buffer, data.byteOffset, data.length),
      turned: (orientation ?? 1) >= 5,
    };
  } catch (cause) {
    throw toPrintError(cause);
  }
}
