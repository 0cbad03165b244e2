import { EXTRACT, RIDGE_MAP } from '../parameters.ts';
import type { RidgeMap } from '../types.ts';
import type { Plane } from './grid.ts';
import { angleAt, type OrientationField } from './orientation.ts';

/**
 * Coarse orientation (anticlockwise from the x axis as seen) and period over the foreground.
 * Grid point (c, r) stands for the pixel ((c + 0.5) * step, (r + 0.5) * step).
 */
export function toRidgeMap(field: OrientationField, period: Plane, mask: Uint8Array): RidgeMap {
  const grid = period;
  const step = RIDGE_MAP.step;
  const cells = step / EXTRACT.cell;
  const columns = Math.floor(grid.width / cells);
  const rows = Math.floor(grid.height / cells);
  const orientation = new Uint8Array(columns * rows).fill(255);
  const periods = new Uint8Array(columns * rows);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const cell = Math.floor((r + 0.5) * cells) * grid.width + Math.floor((c + 0.5) * cells);
      if (!mask[cell]) continue;
      const anticlockwise = Math.PI - angleAt(field, cell);
      orientation[r * columns + c] = Math.round((anticlockwise / Math.PI) * 255) % 255;
      periods[r * columns + c] = Math.min(255, Math.round(period.data[cell]! * 4));
    }
  }
  return { step, columns, rows, orientation, period: periods };
}
