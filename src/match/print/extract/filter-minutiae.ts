import { EXTRACT, MINUTIA } from '../parameters.ts';
import type { Plane } from './grid.ts';
import type { RawMinutia } from './minutiae.ts';

/** Distance of each cell to the background or the edge of the picture, in pixels (3-4 chamfer). */
export function borderDistance(mask: Uint8Array, width: number, height: number): Float32Array {
  const stride = width + 2;
  const distance = new Float32Array(stride * (height + 2));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (mask[y * width + x]) distance[(y + 1) * stride + x + 1] = 1e6;
    }
  }
  const relax = (i: number, offsets: readonly number[]): void => {
    const [straight, diagonal, along, other] = offsets as [number, number, number, number];
    const nearest = Math.min(distance[i + straight]!, distance[i + along]!) + 1;
    const oblique = Math.min(distance[i + diagonal]!, distance[i + other]!) + 4 / 3;
    distance[i] = Math.min(distance[i]!, nearest, oblique);
  };
  const forward = [-1, -stride - 1, -stride, -stride + 1];
  const backward = [1, stride + 1, stride, stride - 1];
  for (let i = stride + 1; i < distance.length - stride - 1; i++) if (distance[i]) relax(i, forward);
  for (let i = distance.length - stride - 2; i > stride; i--) if (distance[i]) relax(i, backward);
  const target = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = (y + 1) * stride + 1;
    target.set(distance.subarray(row, row + width), y * width);
  }
  return target.map((d) => d * EXTRACT.cell);
}

export interface MinutiaContext {
  readonly grid: Plane;
  readonly border: Float32Array;
  /** 0-1 per cell. */
  readonly reliability: Plane;
  readonly period: Plane;
}

export interface RatedMinutia extends RawMinutia {
  /** 0-1 */
  readonly rating: number;
}

function cellOf(context: MinutiaContext, m: RawMinutia): number {
  const { grid } = context;
  return Math.floor(m.y / EXTRACT.cell) * grid.width + Math.floor(m.x / EXTRACT.cell);
}

/** Two minutiae this close are one disturbance of one ridge: neither is kept. */
function removeClosePairs(found: readonly RatedMinutia[], context: MinutiaContext): RatedMinutia[] {
  const doomed = new Set<RatedMinutia>();
  for (const [k, a] of found.entries()) {
    const reach = context.period.data[cellOf(context, a)]! * MINUTIA.closePair;
    for (let j = k + 1; j < found.length && found[j]!.y - a.y <= reach; j++) {
      const b = found[j]!;
      const dx = a.x - b.x;
      const dy = a.y - b.y;
      if (dx * dx + dy * dy <= reach * reach) doomed.add(a).add(b);
    }
  }
  return found.filter((m) => !doomed.has(m));
}

/** Keeps the minutiae that stand on reliable ridges away from the edge, the most reliable ones if there are too many. */
export function filterMinutiae(raw: readonly RawMinutia[], context: MinutiaContext): RatedMinutia[] {
  const inside = raw
    .filter((m) => context.border[cellOf(context, m)]! >= MINUTIA.border)
    .map((m) => ({ ...m, rating: context.reliability.data[cellOf(context, m)]! }))
    .filter((m) => m.rating >= MINUTIA.ratingFloor);
  const apart = removeClosePairs(inside, context);
  if (apart.length <= MINUTIA.most) return apart;
  const floor = apart.map((m) => m.rating).sort((a, b) => b - a)[MINUTIA.most - 1]!;
  return apart.filter((m) => m.rating >= floor).slice(0, MINUTIA.most);
}
