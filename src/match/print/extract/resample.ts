import { PrintError } from '../errors.ts';
import { EXTENT, RESOLUTION } from '../parameters.ts';
import type { GreyImage } from '../types.ts';
import { type Plane, plane } from './grid.ts';

function assertUsable(image: GreyImage): void {
  if (!(image.width > 0 && image.height > 0) || image.data.length !== image.width * image.height) {
    throw new PrintError('PRINT-MALFORMED', 'The picture holds fewer or more bytes than its size says.');
  }
  if (!(image.ppi >= 100 && image.ppi <= 4000)) {
    throw new PrintError('PRINT-RESOLUTION', `A resolution of ${image.ppi} ppi cannot be a print's.`);
  }
}

/** Start, count and weights of the source pixels under each target pixel: a triangle as wide as the coarser grid. */
function weights(from: number, to: number): { starts: Int32Array; taps: number; values: Float64Array } {
  const ratio = from / to;
  const reach = Math.max(1, ratio);
  const taps = Math.ceil(2 * reach) + 1;
  const starts = new Int32Array(to);
  const values = new Float64Array(to * taps);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * ratio - 0.5;
    const first = Math.ceil(centre - reach);
    starts[i] = first;
    let sum = 0;
    for (let k = 0; k < taps; k++) {
      const weight = Math.max(0, 1 - Math.abs(first + k - centre) / reach);
      values[i * taps + k] = weight;
      sum += weight;
    }
    for (let k = 0; k < taps; k++) values[i * taps + k]! /= sum;
  }
  return { starts, taps, values };
}

function clampIndex(i: number, length: number): number {
  return i < 0 ? 0 : i >= length ? length - 1 : i;
}

function scale(image: GreyImage, width: number, height: number): Plane {
  const across = weights(image.width, width);
  const rows = new Float32Array(width * image.height);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = 0; k < across.taps; k++) {
        const column = clampIndex(across.starts[x]! + k, image.width);
        sum += across.values[x * across.taps + k]! * image.data[y * image.width + column]!;
      }
      rows[y * width + x] = sum;
    }
  }
  const down = weights(image.height, height);
  const target = plane(width, height);
  for (let y = 0; y < height; y++) {
    for (let k = 0; k < down.taps; k++) {
      const weight = down.values[y * down.taps + k]!;
      if (weight === 0) continue;
      const row = clampIndex(down.starts[y]! + k, image.height) * width;
      for (let x = 0; x < width; x++) target.data[y * width + x]! += weight * rows[row + x]!;
    }
  }
  return target;
}

/**
 * The picture as floats at 500 ppi.
 * @throws PrintError PRINT-MALFORMED, PRINT-RESOLUTION, PRINT-TOO-SMALL, PRINT-TOO-LARGE
 */
export function toWorkingResolution(image: GreyImage): Plane {
  assertUsable(image);
  const factor = RESOLUTION.ppi / image.ppi;
  const same = Math.abs(factor - 1) <= RESOLUTION.tolerance;
  const width = same ? image.width : Math.round(image.width * factor);
  const height = same ? image.height : Math.round(image.height * factor);
  if (Math.min(width, height) < EXTENT.min) {
    throw new PrintError(
      'PRINT-TOO-SMALL',
      `A print of ${width} x ${height} pixels at 500 ppi is too small; is ${Math.round(image.ppi)} ppi its true resolution?`,
    );
  }
  if (Math.max(width, height) > EXTENT.max) {
    throw new PrintError(
      'PRINT-TOO-LARGE',
      `A print of ${width} x ${height} pixels at 500 ppi is too large; is ${Math.round(image.ppi)} ppi its true resolution, and is it one print?`,
    );
  }
  return same ? { width, height, data: Float32Array.from(image.data) } : scale(image, width, height);
}
