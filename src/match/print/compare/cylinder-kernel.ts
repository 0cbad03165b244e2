import { CYLINDER_BYTES, TEMPLATES_AT } from '../kernels/layout.ts';
import type { RidgeMap } from '../types.ts';
import type { MinutiaPoints } from './cylinders.ts';
import { kernels, memoryFor } from './memory.ts';

/**
 * The bit cylinder of every minutia: mask words, then layer after layer. A cylinder that sees too little of the
 * print, or too few neighbours, keeps an empty mask and is like nothing.
 */
export function buildCylinders(points: MinutiaPoints, ridges: RidgeMap | undefined): Uint32Array {
  const { count, direction, trust } = points;
  const x = TEMPLATES_AT;
  const y = x + count * 8;
  const trustAt = y + count * 8;
  const out = trustAt + count * 8;
  const directionAt = out + count * CYLINDER_BYTES;
  const map = directionAt + count;
  const bytes = memoryFor(map + (ridges?.orientation.length ?? 0) - TEMPLATES_AT);
  new Float64Array(bytes.buffer, x, count).set(points.x);
  new Float64Array(bytes.buffer, y, count).set(points.y);
  new Float64Array(bytes.buffer, trustAt, count).set(trust);
  bytes.set(direction, directionAt);
  if (ridges) bytes.set(ridges.orientation, map);
  const { columns, rows, step } = ridges ?? { columns: 0, rows: 0, step: 0 };
  kernels.cylinders(x, y, trustAt, directionAt, count, map, columns, rows, step, out);
  return new Uint32Array(bytes.buffer.slice(out, directionAt));
}
