/** Float planes: pictures and coarse grids share one shape. */
import { blurPlane } from '../kernels/blur.ts';
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
export function gaussianTaps(sigma: number): Float32Array {
  const radius = Math.max(1, Math.ceil(sigma * 2.5));
  const taps = new Float64Array(radius + 1);
  let sum = 0;
  for (let i = 0; i <= radius; i++) {
    taps[i] = exponential(-(i * i) / (2 * sigma * sigma));
    sum += (i === 0 ? 1 : 2) * taps[i]!;
  }
  for (let i = 0; i <= radius; i++) taps[i]! /= sum;
  return Float32Array.from(taps);
}

/** Separable convolution with replicated borders. */
export function blur({ width, height, data }: Plane, taps: Float32Array): Plane {
  return { width, height, data: blurPlane(data, width, height, taps) };
}
