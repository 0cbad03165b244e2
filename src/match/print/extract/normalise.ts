import { EXTRACT } from '../parameters.ts';
import { blur, gaussianTaps, type Plane, plane, sample } from './grid.ts';

/** Picture with local mean 0 and local deviation about 1, and the contrast that was divided out, on the grid. */
export interface Normalised {
  readonly image: Plane;
  /** Local standard deviation in grey levels, one value a cell. */
  readonly contrast: Plane;
  /** Local mean in grey levels, one value a cell. */
  readonly mean: Plane;
}

export function gridOf(image: Plane): Plane {
  return plane(Math.ceil(image.width / EXTRACT.cell), Math.ceil(image.height / EXTRACT.cell));
}

/** Mean over each cell of a function of the pixel. */
export function cellMeans(image: Plane, value: (pixel: number) => number): Plane {
  const grid = gridOf(image);
  const size = EXTRACT.cell;
  for (let gy = 0; gy < grid.height; gy++) {
    for (let gx = 0; gx < grid.width; gx++) {
      const x1 = Math.min(image.width, (gx + 1) * size);
      const y1 = Math.min(image.height, (gy + 1) * size);
      let sum = 0;
      for (let y = gy * size; y < y1; y++) {
        for (let x = gx * size; x < x1; x++) sum += value(image.data[y * image.width + x]!);
      }
      grid.data[gy * grid.width + gx] = sum / ((x1 - gx * size) * (y1 - gy * size));
    }
  }
  return grid;
}

/** The value that `share` of the plane's values do not exceed. */
export function quantile(values: Plane, share: number): number {
  const sorted = Float32Array.from(values.data).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

/** Local mean and variance normalisation (Hong, Wan, Jain 1998, with a sliding window). */
export function normalise(source: Plane): Normalised {
  const taps = gaussianTaps(EXTRACT.normaliseSigma);
  const mean = blur(
    cellMeans(source, (p) => p),
    taps,
  );
  const square = blur(
    cellMeans(source, (p) => p * p),
    taps,
  );
  const contrast = plane(mean.width, mean.height);
  for (let i = 0; i < mean.data.length; i++) {
    contrast.data[i] = Math.sqrt(Math.max(0, square.data[i]! - mean.data[i]! * mean.data[i]!));
  }
  const floor = Math.max(2, quantile(contrast, 0.95) * EXTRACT.contrastFloor);
  const image = plane(source.width, source.height);
  const limit = EXTRACT.normaliseLimit;
  for (let y = 0; y < source.height; y++) {
    const gy = (y + 0.5) / EXTRACT.cell - 0.5;
    for (let x = 0; x < source.width; x++) {
      const gx = (x + 0.5) / EXTRACT.cell - 0.5;
      const value =
        (source.data[y * source.width + x]! - sample(mean, gx, gy)) / (sample(contrast, gx, gy) + floor);
      image.data[y * source.width + x] = value < -limit ? -limit : value > limit ? limit : value;
    }
  }
  return { image, contrast, mean };
}
