import { GABOR_RADIUS, GaborFilter, paddedSize } from '../kernels/gabor.ts';
import { GABOR } from '../parameters.ts';
import { bankEntry, gaborBank } from './gabor-bank.ts';
import { type Plane, plane } from './grid.ts';
import { angleAt, type OrientationField } from './orientation.ts';

const filter = new GaborFilter(gaborBank);

/** The picture as integers with a border of zeros as wide as the kernels reach. */
function pad(image: Plane): { data: Int16Array; stride: number } {
  const size = paddedSize(image.width, image.height);
  const data = new Int16Array(size.width * size.height);
  for (let y = 0; y < image.height; y++) {
    const row = (y + GABOR_RADIUS) * size.width + GABOR_RADIUS;
    for (let x = 0; x < image.width; x++) {
      data[row + x] = Math.round(image.data[y * image.width + x]! * GABOR.unit);
    }
  }
  return { data, stride: size.width };
}

/** Filters each foreground cell with the Gabor kernel of its own orientation and period; background stays 0. */
export function enhance(image: Plane, field: OrientationField, period: Plane, mask: Uint8Array): Plane {
  const { data, stride } = pad(image);
  const choice = new Int16Array(mask.length).fill(-1);
  for (let cell = 0; cell < mask.length; cell++) {
    if (mask[cell]) choice[cell] = bankEntry(angleAt(field, cell), period.data[cell]!);
  }
  const { width, height } = image;
  const shift = GABOR.shift;
  const filtered = filter.filter({
    image: data,
    stride,
    choice,
    columns: period.width,
    rows: period.height,
    width,
    height,
    shift,
  });
  const target = plane(width, height);
  for (let i = 0; i < filtered.length; i++) target.data[i] = filtered[i]! / GABOR.unit;
  return target;
}
