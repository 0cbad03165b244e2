import { GABOR_RADIUS, GaborFilter, paddedSize } from '../kernels/gabor.ts';
import { GABOR } from '../parameters.ts';
import { bankEntry, gaborBank } from './gabor-bank.ts';
import { type Plane, plane } from './grid.ts';
import { angleAt, type OrientationField } from './orientation.ts';

const filter = new GaborFilter(gaborBank);

/** A picture as integers with a border of zeros as wide as the kernels reach. */
export interface Padded {
  readonly width: number;
  readonly height: number;
  readonly data: Int16Array;
  readonly stride: number;
}

export function pad(image: Plane): Padded {
  const { width, height } = image;
  const size = paddedSize(width, height);
  const data = new Int16Array(size.width * size.height);
  for (let y = 0; y < height; y++) {
    const row = (y + GABOR_RADIUS) * size.width + GABOR_RADIUS;
    for (let x = 0; x < width; x++) data[row + x] = Math.round(image.data[y * width + x]! * GABOR.unit);
  }
  return { width, height, data, stride: size.width };
}

/** Filters each foreground cell with the Gabor kernel of its own orientation and period; background stays 0. */
export function enhance(image: Padded, field: OrientationField, period: Plane, mask: Uint8Array): Plane {
  const { width, height, data, stride } = image;
  const choice = new Int16Array(mask.length).fill(-1);
  for (let cell = 0; cell < mask.length; cell++) {
    if (mask[cell]) choice[cell] = bankEntry(angleAt(field, cell), period.data[cell]!);
  }
  const filtered = filter.filter({
    image: data,
    stride,
    choice,
    columns: period.width,
    rows: period.height,
    width,
    height,
    shift: GABOR.shift,
  });
  const target = plane(width, height);
  for (let i = 0; i < filtered.length; i++) target.data[i] = filtered[i]! / GABOR.unit;
  return target;
}
