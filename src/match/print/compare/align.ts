import { ALIGN } from '../parameters.ts';
import type { FlexiblePlace } from './flex.ts';
import type { PreparedTemplate } from './prepare.ts';

/** Rigid map of b's plane onto a's: x' = c x - s y + dx, y' = s x + c y + dy (y down). */
export interface RigidMap {
  readonly c: number;
  readonly s: number;
  readonly dx: number;
  readonly dy: number;
}

export interface PlacedMinutiae {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Least-squares rigid map over the paired minutiae (Umeyama 1991 without scale). */
export function fitRigid(
  a: PreparedTemplate,
  b: PreparedTemplate,
  partner: Int16Array,
): RigidMap | undefined {
  let n = 0;
  let [ax, ay, bx, by] = [0, 0, 0, 0];
  for (let j = 0; j < b.count; j++) {
    const i = partner[j]!;
    if (i < 0) continue;
    n++;
    ax += a.x[i]!;
    ay += a.y[i]!;
    bx += b.x[j]!;
    by += b.y[j]!;
  }
  if (n < 2) return undefined;
  [ax, ay, bx, by] = [ax / n, ay / n, bx / n, by / n];
  let dot = 0;
  let cross = 0;
  for (let j = 0; j < b.count; j++) {
    const i = partner[j]!;
    if (i < 0) continue;
    const [px, py, qx, qy] = [a.x[i]! - ax, a.y[i]! - ay, b.x[j]! - bx, b.y[j]! - by];
    dot += qx * px + qy * py;
    cross += qx * py - qy * px;
  }
  const length = Math.sqrt(dot * dot + cross * cross);
  if (length < 1) return undefined;
  const c = dot / length;
  const s = cross / length;
  return { c, s, dx: ax - (c * bx - s * by), dy: ay - (s * bx + c * by) };
}

export interface PlacedMinutiae {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Pairs each placed minutia of b with its best partner in a, if the choice is mutual. The tolerance grows with
 * the distance to the nearest paired neighbour, as skin distortion does.
 */
export function pairMutually(a: PreparedTemplate, b: PreparedTemplate, placed: FlexiblePlace): Int16Array {
  const bestA = new Int16Array(a.count).fill(-1);
  const costA = new Float64Array(a.count).fill(Number.POSITIVE_INFINITY);
  const partner = new Int16Array(b.count).fill(-1);
  for (let j = 0; j < b.count; j++) {
    if (placed.gap[j]! > ALIGN.gapMost) continue;
    const reach = ALIGN.reachLeast + ALIGN.reachGrowth * placed.gap[j]!;
    const direction = b.direction[j]! + placed.turn[j]!;
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < a.count; i++) {
      const ex = a.x[i]! - placed.x[j]!;
      const ey = a.y[i]! - placed.y[j]!;
      const square = ex * ex + ey * ey;
      if (square > reach * reach) continue;
      const off = Math.abs(((a.direction[i]! - direction + 128) & 255) - 128);
      if (off > ALIGN.directionLimit) continue;
      const cost = square / (reach * reach) + (off * off) / (ALIGN.directionLimit * ALIGN.directionLimit);
      if (cost < best) {
        best = cost;
        partner[j] = i;
      }
      if (cost < costA[i]!) {
        costA[i] = cost;
        bestA[i] = j;
      }
    }
  }
  for (let j = 0; j < b.count; j++) {
    const i = partner[j]!;
    if (i >= 0 && bestA[i] !== j) partner[j] = -1;
  }
  return partner;
}
