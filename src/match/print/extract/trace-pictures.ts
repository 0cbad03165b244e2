import { cosine, sine } from '../kernels/maths.ts';
import type { GreyImage } from '../types.ts';
import type { Plane } from './grid.ts';
import type { RawMinutia } from './minutiae.ts';
import type { Bitmap } from './thin.ts';

/** A plane as a picture, `low` black and `high` white. */
export function greyOf(image: Plane, low: number, high: number): GreyImage {
  const data = Uint8Array.from(image.data, (v) =>
    Math.max(0, Math.min(255, Math.round(((v - low) / (high - low)) * 255))),
  );
  return { width: image.width, height: image.height, ppi: 500, data };
}

/** The print in light grey with its skeleton in mid grey and its minutiae as black squares with a tail. */
export function overlay(source: Plane, skeleton: Bitmap, minutiae: readonly RawMinutia[]): GreyImage {
  const { width, height } = source;
  const data = Uint8Array.from(source.data, (v) => 127 + Math.round(v / 2));
  for (let i = 0; i < data.length; i++) if (skeleton.data[i]) data[i] = 70;
  const dot = (x: number, y: number): void => {
    if (x >= 0 && y >= 0 && x < width && y < height) data[y * width + x] = 0;
  };
  for (const m of minutiae) {
    for (let k = -3; k <= 3; k++) {
      for (const side of [-3, 3]) {
        dot(m.x + k, m.y + side);
        dot(m.x + side, m.y + k);
      }
    }
    for (let k = 3; k < 12; k++) {
      dot(Math.round(m.x + k * cosine(m.angle)), Math.round(m.y + k * sine(m.angle)));
    }
  }
  return { width, height, ppi: 500, data };
}
