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

/** Mean over each cell of the pixels, or of their squares. */
export function cellMeans(image: Plane, of: 'value' | 'square'): Plane {
  const grid = gridOf(image);
  const { width, height, data } = image;
  const size = EXTRACT.cell;
  const square = of === 'square';
  for (let gy = 0; gy < grid.height; gy++) {
    for (let gx = 0; gx < grid.width; gx++) {
      const x1 = Math.min(width, (gx + 1) * size);
      const y1 = Math.min(height, (gy + 1) * size);
      let sum = 0;
      for (let y = gy * size; y < y1; y++) {
        for (let x = gx * size; x < x1; x++) {
          const pixel = data[y * width + x]!;
          sum += square ? pixel * pixel : pixel;
        }
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

/** Bilinear values of a grid along one row of pixels. */
function rowFromGrid(grid: Plane, y: number, target: Float64Array): void {
  const gy = (y + 0.5) / EXTRACT.cell - 0.5;
  for (let x = 0; x < target.length; x++) target[x] = sample(grid, (x + 0.5) / EXTRACT.cell - 0.5, gy);
}

/** Local mean and variance normalisation (Hong, Wan, Jain 1998, with a sliding window). */
export function normalise(source: Plane): Normalised {
  const taps = gaussianTaps(EXTRACT.normaliseSigma);
  const mean = blur(cellMeans(source, 'value'), taps);
  const square = blur(cellMeans(source, 'square'), taps);
  const contrast = plane(mean.width, mean.height);
  for (let i = 0; i < mean.data.length; i++) {
    contrast.data[i] = Math.sqrt(Math.max(0, square.data[i]! - mean.data[i]! * mean.data[i]!));
  }
  const floor = Math.max(EXTRACT.contrastLeast, quantile(contrast, 0.95) * EXTRACT.contrastFloor);
  const { width, height } = source;
  const image = plane(width, height);
  const limit = EXTRACT.normaliseLimit;
  const means = new Float64Array(width);
  const contrasts = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    rowFromGrid(mean, y, means);
    rowFromGrid(contrast, y, contrasts);
    for (let x = 0; x < width; x++) {
      const value = (source.data[y * width + x]! - means[x]!) / (contrasts[x]! + floor);
      image.data[y * width + x] = value < -limit ? -limit : value > limit ? limit : value;
    }
  }
  return { image, contrast, mean };
}
