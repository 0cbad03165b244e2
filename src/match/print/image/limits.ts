import { PrintError } from '../errors.ts';
import type { ImageLimits } from './parameters.ts';

/** @throws PrintError PRINT-EMPTY, PRINT-TOO-LARGE */
export function assertBytes(bytes: Uint8Array, limits: ImageLimits): void {
  if (bytes.length === 0) throw new PrintError('PRINT-EMPTY', 'The file is empty.');
  if (bytes.length > limits.bytes) {
    throw new PrintError(
      'PRINT-TOO-LARGE',
      `A file of ${bytes.length} bytes is over the limit of ${limits.bytes}.`,
    );
  }
}

/**
 * To be asked with the size a header states, before anything is decoded.
 * @throws PrintError PRINT-TOO-LARGE, PRINT-TOO-SMALL
 */
export function assertPixels(width: number, height: number, limits: ImageLimits): void {
  if (Math.max(width, height) > limits.side || width * height > limits.pixels) {
    throw new PrintError(
      'PRINT-TOO-LARGE',
      `A picture of ${width} x ${height} pixels is over the limit of ${limits.pixels / 1e6} million pixels or ${limits.side} a side; cut it to the print.`,
    );
  }
  if (!(Math.min(width, height) >= limits.minSide)) {
    throw new PrintError(
      'PRINT-TOO-SMALL',
      `A picture of ${width} x ${height} pixels is too small for a print.`,
    );
  }
}
