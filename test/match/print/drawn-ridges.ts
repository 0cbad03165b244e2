import type { GreyImage } from '../../../src/match/print/index.ts';

/** A dislocation of drawn ridges: one more ridge on one side of it. */
export interface Dislocation {
  readonly x: number;
  readonly y: number;
  readonly sign: 1 | -1;
}

export interface DrawnRidges {
  readonly width?: number;
  readonly height?: number;
  /** Direction of the ridges, radians, clockwise from the x axis as seen. */
  readonly angle?: number;
  readonly period?: number;
  readonly ppi?: number;
  readonly minutiae?: readonly Dislocation[];
}

/**
 * Parallel ridges whose phase winds once around each dislocation, where a ridge therefore ends or forks
 * (the amplitude and frequency modulated picture of a print: Larkin and Fletcher 2007).
 */
export function drawRidges(options: DrawnRidges = {}): GreyImage {
  const { width = 300, height = 300, angle = 0, period = 9, ppi = 500, minutiae = [] } = options;
  const scale = 500 / ppi;
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const across = (y * Math.cos(angle) - x * Math.sin(angle)) * scale;
      let phase = (2 * Math.PI * across) / period;
      for (const m of minutiae) phase += m.sign * Math.atan2(y * scale - m.y, x * scale - m.x);
      data[y * width + x] = Math.round(128 + 100 * Math.cos(phase));
    }
  }
  return { width, height, ppi, data };
}

/** The picture turned by 90 degrees anticlockwise as seen. */
export function turned(image: GreyImage): GreyImage {
  const { width, height, ppi } = image;
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data[(width - 1 - x) * height + y] = image.data[y * width + x]!;
  }
  return { width: height, height: width, ppi, data };
}

/** The picture without `share` of its width and height, cut from the left and the top. */
export function cropped(image: GreyImage, share: number): GreyImage {
  const left = Math.round(image.width * share);
  const top = Math.round(image.height * share);
  const width = image.width - left;
  const height = image.height - top;
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = (y + top) * image.width + left;
    data.set(image.data.subarray(row, row + width), y * width);
  }
  return { width, height, ppi: image.ppi, data };
}
