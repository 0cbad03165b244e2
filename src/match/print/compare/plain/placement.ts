import { ROW_SHIFT } from '../../kernels/layout.ts';
import { ALIGN, TEMPLATE } from '../../parameters.ts';
import { COSINES, SINES, turnUnits } from '../circle.ts';
import type { PreparedTemplate } from '../prepared.ts';
import { carryAll, loadPairs, setPlace } from './carriers.ts';

/** Where b's minutiae lie in a's plane under some alignment; reused from one alignment to the next. */
export interface Placement {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Local turn in 256ths; read by `turnAt`. */
  readonly turn: Int16Array;
  /** Cosine and sine of the local turn where `turn` is not known yet. */
  readonly c: Float32Array;
  readonly s: Float32Array;
  /** Distance to the nearest paired minutia, infinite where there is none. */
  readonly gap: Float64Array;
}

export function newPlacement(): Placement {
  const most = TEMPLATE.minutiaeMost;
  return {
    x: new Float64Array(most),
    y: new Float64Array(most),
    turn: new Int16Array(most),
    c: new Float32Array(most),
    s: new Float32Array(most),
    gap: new Float64Array(most),
  };
}

/** Local turn of minutia j in 256ths; worked out when first asked for, as few are. */
export function turnAt(placed: Placement, j: number): number {
  if (placed.turn[j]! < 0) placed.turn[j] = turnUnits(placed.c[j]!, placed.s[j]!);
  return placed.turn[j]!;
}

/** Lays b on a by one pair alone: position on position, direction on direction. */
export function placeBySeed(
  a: PreparedTemplate,
  b: PreparedTemplate,
  seedA: number,
  seedB: number,
  target: Placement,
): void {
  const turn = (a.direction[seedA]! - b.direction[seedB]!) & 255;
  const c = COSINES[turn]!;
  const s = SINES[turn]!;
  const x0 = b.x[seedB]!;
  const y0 = b.y[seedB]!;
  const ax = a.x[seedA]!;
  const ay = a.y[seedA]!;
  for (let j = 0; j < b.count; j++) {
    const u = b.x[j]! - x0;
    const v = b.y[j]! - y0;
    target.x[j] = ax + c * u - s * v;
    target.y[j] = ay + s * u + c * v;
    target.turn[j] = turn;
    target.gap[j] = Math.sqrt(u * u + v * v);
  }
}

/** Lays each minutia of b where its paired neighbours, itself left out, carry it. */
export function placeByPairs(
  a: PreparedTemplate,
  b: PreparedTemplate,
  partner: Int16Array,
  target: Placement,
): void {
  loadPairs(a, b, partner);
  for (let j = 0; j < b.count; j++) setPlace(j, b.x[j]!, b.y[j]!, j);
  const { out, stride, origin } = carryAll(b.count);
  for (let j = 0; j < b.count; j++) {
    target.x[j] = out[j]! + origin[0];
    target.y[j] = out[j + stride]! + origin[1];
    target.turn[j] = -1;
    target.c[j] = out[j + 2 * stride]!;
    target.s[j] = out[j + 3 * stride]!;
    target.gap[j] = Math.sqrt(out[j + 4 * stride]!);
  }
}

const bestOfA = new Int16Array(TEMPLATE.minutiaeMost);
const costOfA = new Float64Array(TEMPLATE.minutiaeMost);

/**
 * Pairs each placed minutia of b with its best partner in a, if the choice is mutual, and counts the pairs. The
 * tolerance grows with the distance to the nearest paired neighbour, as skin distortion does.
 */
export function pairMutually(
  a: PreparedTemplate,
  b: PreparedTemplate,
  placed: Placement,
  partner: Int16Array,
): number {
  const { place, x: rowX, y: rowY, direction: rowDirection, first } = a.rows;
  bestOfA.fill(-1, 0, a.count);
  costOfA.fill(Number.POSITIVE_INFINITY, 0, a.count);
  for (let j = 0; j < b.count; j++) {
    partner[j] = -1;
    const gap = placed.gap[j]!;
    if (gap > ALIGN.gapMost) continue;
    const reach = ALIGN.reachLeast + ALIGN.reachGrowth * gap;
    const x = placed.x[j]!;
    const y = placed.y[j]!;
    const band = Math.floor(y - reach) >> ROW_SHIFT;
    if (band >= first.length) continue;
    const square = reach * reach;
    let direction = -1;
    let best = Number.POSITIVE_INFINITY;
    for (let k = band < 0 ? 0 : first[band]!; k < a.count; k++) {
      const dy = rowY[k]! - y;
      if (dy > reach) break;
      const dx = rowX[k]! - x;
      const distance = dx * dx + dy * dy;
      if (distance > square) continue;
      if (direction < 0) direction = b.direction[j]! + turnAt(placed, j) + 128;
      const off = ((rowDirection[k]! - direction) & 255) - 128;
      if (off > ALIGN.directionLimit || off < -ALIGN.directionLimit) continue;
      const cost = distance / square + (off * off) / (ALIGN.directionLimit * ALIGN.directionLimit);
      const i = place[k]!;
      if (cost < best) {
        best = cost;
        partner[j] = i;
      }
      if (cost < costOfA[i]!) {
        costOfA[i] = cost;
        bestOfA[i] = j;
      }
    }
  }
  let count = 0;
  for (let j = 0; j < b.count; j++) {
    const i = partner[j]!;
    if (i >= 0 && bestOfA[i] !== j) partner[j] = -1;
    else if (i >= 0) count++;
  }
  return count;
}
