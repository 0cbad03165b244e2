import type { PreparedTemplate } from './prepared.ts';

/** Rigid map of b's plane onto a's: x' = c x - s y + dx, y' = s x + c y + dy (y down). */
export interface RigidMap {
  readonly c: number;
  readonly s: number;
  readonly dx: number;
  readonly dy: number;
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
