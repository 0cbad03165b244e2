import { PrintError } from '../errors.ts';
import { sine } from '../kernels/maths.ts';
import { RESOLUTION } from '../parameters.ts';
import type { GreyImage } from '../types.ts';
import { LANCZOS_LOBES } from './parameters.ts';

/** For each target pixel: first source pixel and weights, edges repeated. */
interface Taps {
  readonly starts: Int32Array;
  readonly count: number;
  readonly weights: Float64Array;
}

function lanczos(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= LANCZOS_LOBES) return 0;
  const t = Math.PI * x;
  return (LANCZOS_LOBES * sine(t) * sine(t / LANCZOS_LOBES)) / (t * t);
}

/** Shrinking widens the window, so that what the new grid cannot hold is averaged, not aliased. */
function tapsFor(from: number, to: number): Taps {
  const ratio = from / to;
  const spread = Math.max(1, ratio);
  const count = Math.ceil(2 * LANCZOS_LOBES * spread) + 1;
  const starts = new Int32Array(to);
  const weights = new Float64Array(to * count);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * ratio - 0.5;
    const start = Math.floor(centre - LANCZOS_LOBES * spread) + 1;
    starts[i] = start;
    let sum = 0;
    for (let k = 0; k < count; k++) sum += weights[i * count + k] = lanczos((start + k - centre) / spread);
    for (let k = 0; k < count; k++) weights[i * count + k]! /= sum;
  }
  return { starts, count, weights };
}

function clamp(value: number, high: number): number {
  return value < 0 ? 0 : value > high ? high : value;
}

function scaleRows(image: GreyImage, width: number): Float32Array {
  const { starts, count, weights } = tapsFor(image.width, width);
  const out = new Float32Array(width * image.height);
  for (let y = 0; y < image.height; y++) {
    const row = y * image.width;
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = 0; k < count; k++) {
        sum += weights[x * count + k]! * image.data[row + clamp(starts[x]! + k, image.width - 1)]!;
      }
      out[y * width + x] = sum;
    }
  }
  return out;
}

function scaleColumns(rows: Float32Array, width: number, from: number, height: number): Uint8Array {
  const { starts, count, weights } = tapsFor(from, height);
  const out = new Uint8Array(width * height);
  const sum = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    sum.fill(0.5);
    for (let k = 0; k < count; k++) {
      const weight = weights[y * count + k]!;
      const row = clamp(starts[y]! + k, from - 1) * width;
      for (let x = 0; x < width; x++) sum[x]! += weight * rows[row + x]!;
    }
    for (let x = 0; x < width; x++) out[y * width + x] = clamp(sum[x]!, 255);
  }
  return out;
}

/**
 * The picture with this many pixels (Lanczos-3, the same bytes on every machine); `ppi` is what the result has.
 * @throws PrintError PRINT-TOO-SMALL where a side would vanish
 */
export function resize(image: GreyImage, width: number, height: number, ppi: number): GreyImage {
  if (!(width >= 1 && height >= 1))
    throw new PrintError('PRINT-TOO-SMALL', 'Nothing is left of the picture.');
  if (width === image.width && height === image.height) return { ...image, ppi };
  return { width, height, ppi, data: scaleColumns(scaleRows(image, width), width, image.height, height) };
}

/**
 * The picture at another resolution. Within 1 % of it a picture is left as it is: a millimetre's error over a
 * whole print costs less than the blur of resampling.
 * @throws PrintError PRINT-RESOLUTION, PRINT-TOO-SMALL
 */
export function toPpi(image: GreyImage, ppi: number = RESOLUTION.ppi): GreyImage {
  const factor = ppi / image.ppi;
  if (!(factor > 0 && Number.isFinite(factor))) {
    throw new PrintError('PRINT-RESOLUTION', `${image.ppi} ppi cannot be brought to ${ppi} ppi.`);
  }
  if (Math.abs(factor - 1) <= RESOLUTION.tolerance) return image;
  return resize(image, Math.round(image.width * factor), Math.round(image.height * factor), ppi);
}
