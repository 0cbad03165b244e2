/** Float planes: pictures and coarse grids share one shape. */
import { exponential } from '../kernels/maths.ts';

export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export function plane(width: number, height: number): Plane {
  return { width, height, data: new Float32Array(width * height) };
}

/** Gaussian taps 0..radius, normalised over the full window. */
export function gaussianTaps(sigma: number): Float64Array {
  const radius = Math.max(1, Math.ceil(sigma * 2.5));
  const taps = new Float64Array(radius + 1);
  let sum = 0;
  for (let i = 0; i <= radius; i++) {
    taps[i] = exponential(-(i * i) / (2 * sigma * sigma));
    sum += (i === 0 ? 1 : 2) * taps[i]!;
  }
  for (let i = 0; i <= radius; i++) taps[i]! /= sum;
  return taps;
}

function blurLine(
  source: Float32Array,
  target: Float32Array,
  start: number,
  stride: number,
  length: number,
  taps: Float64Array,
): void {
  const radius = taps.length - 1;
  for (let i = 0; i < length; i++) {
    let sum = taps[0]! * source[start + i * stride]!;
    for (let k = 1; k <= radius; k++) {
      const low = i - k < 0 ? 0 : i - k;
      const high = i + k >= length ? length - 1 : i + k;
      sum += taps[k]! * (source[start + low * stride]! + source[start + high * stride]!);
    }
    target[start + i * stride] = sum;
  }
}

/** Separable convolution with replicated borders. */
export function blur(image: Plane, taps: Float64Array): Plane {
  const { width, height } = image;
  const rows = plane(width, height);
  for (let y = 0; y < height; y++) blurLine(image.data, rows.data, y * width, 1, width, taps);
  const both = plane(width, height);
  for (let x = 0; x < width; x++) blurLine(rows.data, both.data, x, width, height, taps);
  return both;
}

/** Value of a plane at a fractional position, borders replicated. */
export function sample(image: Plane, x: number, y: number): number {
  const { width, height, data } = image;
  const cx = x < 0 ? 0 : x > width - 1 ? width - 1 : x;
  const cy = y < 0 ? 0 : y > height - 1 ? height - 1 : y;
  const x0 = Math.min(Math.floor(cx), Math.max(0, width - 2));
  const y0 = Math.min(Math.floor(cy), Math.max(0, height - 2));
  const fx = cx - x0;
  const fy = cy - y0;
  const right = width > 1 ? 1 : 0;
  const down = height > 1 ? width : 0;
  const i = y0 * width + x0;
  const top = data[i]! + fx * (data[i + right]! - data[i]!);
  const bottom = data[i + down]! + fx * (data[i + down + right]! - data[i + down]!);
  return top + fy * (bottom - top);
}
