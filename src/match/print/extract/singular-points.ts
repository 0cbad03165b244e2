import { arcTangent2, cosine, sine, TURN } from '../kernels/maths.ts';
import { EXTRACT, SINGULAR } from '../parameters.ts';
import type { SingularPoint } from '../types.ts';
import { blur, gaussianTaps, type Plane } from './grid.ts';
import type { OrientationField } from './orientation.ts';

/** A place where the flow winds: +1 a core, -1 a delta. Cells, at the corner that four of them share. */
interface Winding {
  readonly x: number;
  readonly y: number;
  readonly sign: number;
}

/** Doubled ridge angle of every cell of the smoothed field, radians. */
function doubledAngles(field: OrientationField, mask: Uint8Array): Plane {
  const { width, height } = field.cosine2;
  const taps = gaussianTaps(SINGULAR.sigma);
  const inside = (of: Plane): Plane =>
    blur({ width, height, data: of.data.map((value, i) => (mask[i] ? value : 0)) }, taps);
  const c = inside(field.cosine2).data;
  const s = inside(field.sine2).data;
  return { width, height, data: c.map((value, i) => (mask[i] ? arcTangent2(s[i]!, value) : 0)) };
}

function wrapped(angle: number): number {
  return angle - TURN * Math.round(angle / TURN);
}

/** Turns of the doubled angle along a square of `half` cells to each side of a corner: 0, or the sum of what is inside. */
function windingAround(
  { width, height, data }: Plane,
  mask: Uint8Array,
  x: number,
  y: number,
  half: number,
): number {
  if (x < half || y < half || x + half > width || y + half > height) return Number.NaN;
  const side = 2 * half - 1;
  const [left, top] = [x - half, y - half];
  const at = (k: number): number => {
    const along = k % side;
    switch (Math.floor(k / side) & 3) {
      case 0:
        return top * width + left + along;
      case 1:
        return (top + along) * width + left + side;
      case 2:
        return (top + side) * width + left + side - along;
      default:
        return (top + side - along) * width + left;
    }
  };
  let sum = 0;
  for (let k = 0; k < 4 * side; k++) {
    if (!mask[at(k)]) return Number.NaN;
    sum += wrapped(data[at(k + 1)]! - data[at(k)]!);
  }
  return Math.round(sum / TURN);
}

function windings(angles: Plane, mask: Uint8Array): Winding[] {
  const found: Winding[] = [];
  for (let y = 1; y < angles.height; y++) {
    for (let x = 1; x < angles.width; x++) {
      const sign = windingAround(angles, mask, x, y, 1);
      if (sign) found.push({ x, y, sign });
    }
  }
  return found;
}

/** Windings that lie together, each cluster with all that lie near one of its own. */
function clusters(all: readonly Winding[]): Winding[][] {
  const left = new Set(all);
  const found: Winding[][] = [];
  for (const first of all) {
    if (!left.delete(first)) continue;
    const cluster = [first];
    for (const one of cluster) {
      for (const other of left) {
        if (Math.max(Math.abs(other.x - one.x), Math.abs(other.y - one.y)) > SINGULAR.together) continue;
        left.delete(other);
        cluster.push(other);
      }
    }
    found.push(cluster);
  }
  return found;
}

/** Of windings of both signs that lie together, noise in pairs, those that are left when each pair has gone. */
function leftOver(cluster: readonly Winding[]): Winding[] {
  const net = cluster.reduce((sum, { sign }) => sum + sign, 0);
  const own = cluster.filter(({ sign }) => sign === Math.sign(net));
  if (own.length === Math.abs(net)) return own;
  const [x, y] = (['x', 'y'] as const).map((axis) =>
    Math.round(own.reduce((sum, winding) => sum + winding[axis], 0) / Math.max(1, own.length)),
  ) as [number, number];
  return Array.from({ length: Math.abs(net) }, () => ({ x, y, sign: Math.sign(net) }));
}

/**
 * Where the loop of a core opens: about a core the doubled angle is the angle about the point and this direction
 * (Bazen and Gerez 2002). Radians, anticlockwise as seen.
 */
function openingOf(angles: Plane, { x, y }: Winding): number {
  let c = 0;
  let s = 0;
  for (let dy = -SINGULAR.ring; dy < SINGULAR.ring; dy++) {
    for (let dx = -SINGULAR.ring; dx < SINGULAR.ring; dx++) {
      const turn = angles.data[(y + dy) * angles.width + x + dx]! - arcTangent2(dy + 0.5, dx + 0.5);
      c += cosine(turn);
      s += sine(turn);
    }
  }
  const opening = TURN - arcTangent2(s, c);
  return opening - TURN * Math.floor(opening / TURN);
}

/**
 * Cores and deltas by the Poincare index of the orientation field (Kawagoe and Tojo 1984; Bazen and Gerez 2002): a
 * point counts where the flow winds about it closely and still does further out, all of that on the print.
 */
export function findSingularPoints(field: OrientationField, mask: Uint8Array): SingularPoint[] {
  const angles = doubledAngles(field, mask);
  return clusters(windings(angles, mask)).flatMap((cluster) =>
    leftOver(cluster).flatMap((point): SingularPoint[] => {
      const around = windingAround(angles, mask, point.x, point.y, SINGULAR.ring);
      if (!(around * point.sign > 0)) return [];
      const place = { x: point.x * EXTRACT.cell, y: point.y * EXTRACT.cell };
      return point.sign > 0
        ? [{ kind: 'core', ...place, direction: openingOf(angles, point) }]
        : [{ kind: 'delta', ...place }];
    }),
  );
}
