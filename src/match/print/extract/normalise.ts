import { EXTRACT } from '../parameters.ts';
import { blur, gaussianTaps, type Plane, plane } from './grid.ts';

/** Picture with local mean 0 and local deviation about 1, and the contrast that was divided out, on the grid. */
export interface Normalised {
  readonly image: Plane;
  /** Local standard deviation in grey levels, one value a cell. */
  readonly contrast: Plane;
  /** The contrast that 95 % of the cells do not exceed. */
  readonly high: number;
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
    const y1 = Math.min(height, (gy + 1) * size);
    for (let gx = 0; gx < grid.width; gx++) {
      const x0 = gx * size;
      const x1 = Math.min(width, x0 + size);
      let sum = 0;
      for (let y = gy * size; y < y1; y++) {
        const end = y * width + x1;
        if (square) for (let i = y * width + x0; i < end; i++) sum += data[i]! * data[i]!;
        else for (let i = y * width + x0; i < end; i++) sum += data[i]!;
      }
      grid.data[gy * grid.width + gx] = sum / ((x1 - x0) * (y1 - gy * size));
    }
  }
  return grid;
}

/** The value that `share` of the plane's values do not exceed. */
export function quantile(values: Plane, share: number): number {
  const sorted = Float32Array.from(values.data).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

/** Where each pixel of a row lies between the cells of a grid: the cell before it, and how far past its centre. */
interface Between {
  readonly before: Int32Array;
  readonly past: Float64Array;
}

function between(pixels: number, cells: number): Between {
  const before = new Int32Array(pixels);
  const past = new Float64Array(pixels);
  for (let x = 0; x < pixels; x++) {
    const at = Math.max(0, Math.min(cells - 1, (x + 0.5) / EXTRACT.cell - 0.5));
    before[x] = Math.max(0, Math.min(cells - 2, Math.floor(at)));
    past[x] = at - before[x]!;
  }
  return { before, past };
}

/** The values of a grid along row y of the pixels, still one a cell, and one more for the last cell's neighbour. */
function rowOf(grid: Plane, rows: Between, y: number, target: Float64Array): void {
  const above = rows.before[y]! * grid.width;
  const below = grid.height > 1 ? above + grid.width : above;
  const past = rows.past[y]!;
  for (let x = 0; x < grid.width; x++) {
    const value = grid.data[above + x]!;
    target[x] = value + past * (grid.data[below + x]! - value);
  }
  target[grid.width] = target[grid.width - 1]!;
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
  const high = quantile(contrast, 0.95);
  const floor = Math.max(EXTRACT.contrastLeast, high * EXTRACT.contrastFloor);
  return { image: divideOut(source, mean, contrast, floor), contrast, high, mean };
}

/** (grey - mean) / (contrast + floor), cut at the limit, both bilinear between the cells. */
function divideOut(source: Plane, mean: Plane, contrast: Plane, floor: number): Plane {
  const { width, height } = source;
  const image = plane(width, height);
  const limit = EXTRACT.normaliseLimit;
  const columns = between(width, mean.width);
  const rows = between(height, mean.height);
  const means = new Float64Array(mean.width + 1);
  const contrasts = new Float64Array(mean.width + 1);
  for (let y = 0; y < height; y++) {
    rowOf(mean, rows, y, means);
    rowOf(contrast, rows, y, contrasts);
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const k = columns.before[x]!;
      const past = columns.past[x]!;
      const level = means[k]! + past * (means[k + 1]! - means[k]!);
      const scale = contrasts[k]! + past * (contrasts[k + 1]! - contrasts[k]!) + floor;
      const value = (source.data[i]! - level) / scale;
      image.data[i] = value < -limit ? -limit : value > limit ? limit : value;
    }
  }
  return image;
}
