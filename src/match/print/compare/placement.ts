import { ALIGN, TEMPLATE } from '../parameters.ts';
import { carryAll, loadPairs, setPlace } from './carriers.ts';
import { COSINES, SINES, turnUnits } from './circle.ts';
import type { PreparedTemplate } from './prepare.ts';
import type { LocalPair } from './relax.ts';

/** Where b's minutiae lie in a's plane under some alignment; reused from one alignment to the next. */
export interface Placement {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Local turn in 256ths. */
  readonly turn: Uint8Array;
  /** Distance to the nearest paired minutia, infinite where there is none. */
  readonly gap: Float64Array;
}

export function newPlacement(): Placement {
  const most = TEMPLATE.minutiaeMost;
  return {
    x: new Float64Array(most),
    y: new Float64Array(most),
    turn: new Uint8Array(most),
    gap: new Float64Array(most),
  };
}

/** Lays b on a by one pair alone: position on position, direction on direction. */
export function placeBySeed(
  a: PreparedTemplate,
  b: PreparedTemplate,
  seed: LocalPair,
  target: Placement,
): void {
  const turn = (a.direction[seed.a]! - b.direction[seed.b]!) & 255;
  const c = COSINES[turn]!;
  const s = SINES[turn]!;
  const x0 = b.x[seed.b]!;
  const y0 = b.y[seed.b]!;
  for (let j = 0; j < b.count; j++) {
    const u = b.x[j]! - x0;
    const v = b.y[j]! - y0;
    target.x[j] = a.x[seed.a]! + c * u - s * v;
    target.y[j] = a.y[seed.a]! + s * u + c * v;
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
    target.turn[j] = turnUnits(out[j + 2 * stride]!, out[j + 3 * stride]!);
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
  bestOfA.fill(-1, 0, a.count);
  costOfA.fill(Number.POSITIVE_INFINITY, 0, a.count);
  partner.fill(-1);
  for (let j = 0; j < b.count; j++) {
    if (placed.gap[j]! > ALIGN.gapMost) continue;
    const reach = ALIGN.reachLeast + ALIGN.reachGrowth * placed.gap[j]!;
    const square = reach * reach;
    const direction = b.direction[j]! + placed.turn[j]! - 128;
    const x = placed.x[j]!;
    const y = placed.y[j]!;
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < a.count; i++) {
      const dx = a.x[i]! - x;
      const dy = a.y[i]! - y;
      const distance = dx * dx + dy * dy;
      if (distance > square) continue;
      const off = ((a.direction[i]! - direction) & 255) - 128;
      if (off > ALIGN.directionLimit || off < -ALIGN.directionLimit) continue;
      const cost = distance / square + (off * off) / (ALIGN.directionLimit * ALIGN.directionLimit);
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
