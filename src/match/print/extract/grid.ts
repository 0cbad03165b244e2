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

/** Convolves each row, through a line with its ends replicated so that the inner loop has no bounds. */
function blurRows(image: Plane, taps: Float64Array): Plane {
  const { width, height, data } = image;
  const radius = taps.length - 1;
  const line = new Float64Array(width + 2 * radius);
  const target = plane(width, height);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) line[x + radius] = data[row + x]!;
    line.fill(data[row]!, 0, radius);
    line.fill(data[row + width - 1]!, width + radius);
    for (let x = 0; x < width; x++) {
      const at = x + radius;
      let sum = taps[0]! * line[at]!;
      for (let k = 1; k <= radius; k++) sum += taps[k]! * (line[at - k]! + line[at + k]!);
      target.data[row + x] = sum;
    }
  }
  return target;
}

/** Convolves each column, a whole row at a time: memory is read in order. */
function blurColumns(image: Plane, taps: Float64Array): Plane {
  const { width, height, data } = image;
  const sums = new Float64Array(width);
  const target = plane(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) sums[x] = taps[0]! * data[y * width + x]!;
    for (let k = 1; k < taps.length; k++) {
      const tap = taps[k]!;
      const above = Math.max(0, y - k) * width;
      const below = Math.min(height - 1, y + k) * width;
      for (let x = 0; x < width; x++) sums[x]! += tap * (data[above + x]! + data[below + x]!);
    }
    target.data.set(sums, y * width);
  }
  return target;
}

/** Separable convolution with replicated borders. */
export function blur(image: Plane, taps: Float64Array): Plane {
  return blurColumns(blurRows(image, taps), taps);
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
