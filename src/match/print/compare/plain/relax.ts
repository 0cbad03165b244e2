import { SINE_STEPS } from '../../kernels/layout.ts';
import { RELAX } from '../../parameters.ts';
import {
  BY_DISTANCE,
  BY_SINE,
  BY_TURN,
  DECIDING,
  DISTANCE_MOST,
  DISTANCE_STEPS,
  LEAST_AGREEMENT,
} from '../agreement.ts';
import { COSINES, SINES } from '../circle.ts';
import { SIMILARITY_UNIT } from '../cylinders.ts';
import type { PreparedTemplate } from '../prepared.ts';

/** Local pairs after relaxation; the arrays are reused by the next comparison. */
export interface Relaxed {
  readonly count: number;
  /** Minutiae of the pairs in either print, by falling share of similarity kept. */
  readonly a: Uint8Array;
  readonly b: Uint8Array;
  /** Mean relaxed similarity of the best pairs, 0-1. */
  readonly score: number;
}

const assignedA = new Uint8Array(RELAX.most);
const assignedB = new Uint8Array(RELAX.most);
const similarity = new Float64Array(RELAX.most);

/** Takes over the pairs; returns their number. */
function load(pairs: Uint16Array): number {
  const count = pairs.length / 3;
  for (let k = 0; k < count; k++) {
    assignedA[k] = pairs[3 * k]!;
    assignedB[k] = pairs[3 * k + 1]!;
    similarity[k] = pairs[3 * k + 2]! / SIMILARITY_UNIT;
  }
  return count;
}

/** Agreement of the bearings of q from p in the two prints, b's turned as p turns it. */
function byBearing(turn: number, ax: number, ay: number, bx: number, by: number, lengths: number): number {
  const c = COSINES[turn]!;
  const s = SINES[turn]!;
  const rx = c * bx - s * by;
  const ry = s * bx + c * by;
  if (rx * ax + ry * ay <= 0) return 0;
  const sine = Math.abs(rx * ay - ry * ax) / lengths;
  return BY_SINE[Math.min(SINE_STEPS, Math.round(sine * SINE_STEPS))]!;
}

const turns = new Uint8Array(RELAX.most);

/** For each pair, the others that agree with it at all, in order, and how well (rho of the paper). */
const friends = new Uint8Array(RELAX.most * RELAX.most);
const rho = new Float64Array(RELAX.most * RELAX.most);
const friendCount = new Uint8Array(RELAX.most);

function addFriend(p: number, q: number, agreement: number): void {
  const at = p * RELAX.most + friendCount[p]!++;
  friends[at] = q;
  rho[at] = agreement;
}

/** How well the first `n` pairs agree on turn, distance and bearing. */
function agreements(a: PreparedTemplate, b: PreparedTemplate, n: number): void {
  friendCount.fill(0, 0, n);
  for (let p = 0; p < n; p++) turns[p] = a.direction[assignedA[p]!]! - b.direction[assignedB[p]!]!;
  for (let p = 0; p < n; p++) {
    const pa = assignedA[p]!;
    const pb = assignedB[p]!;
    for (let q = p + 1; q < n; q++) {
      const turn = BY_TURN[(turns[p]! - turns[q]!) & 255]!;
      if (turn < LEAST_AGREEMENT) continue;
      const qa = assignedA[q]!;
      const qb = assignedB[q]!;
      const ax = a.x[qa]! - a.x[pa]!;
      const ay = a.y[qa]! - a.y[pa]!;
      const bx = b.x[qb]! - b.x[pb]!;
      const by = b.y[qb]! - b.y[pb]!;
      const lengthA = Math.sqrt(ax * ax + ay * ay);
      const lengthB = Math.sqrt(bx * bx + by * by);
      const difference = Math.abs(lengthA - lengthB);
      if (difference >= DISTANCE_MOST) continue;
      const both = turn * BY_DISTANCE[Math.round(difference * DISTANCE_STEPS)]!;
      const lengths = lengthA * lengthB;
      addFriend(p, q, both * byBearing(turns[p]!, ax, ay, bx, by, lengths));
      addFriend(q, p, both * byBearing(turns[q]!, ax, ay, bx, by, lengths));
    }
  }
}

const values = new Float64Array(RELAX.most);
const next = new Float64Array(RELAX.most);

/** Relaxes the similarities of the first `n` pairs into `values`. */
function iterate(n: number): void {
  for (let i = 0; i < n; i++) values[i] = similarity[i]!;
  const shared = (1 - RELAX.own) / (n - 1);
  for (let round = 0; round < RELAX.rounds; round++) {
    for (let i = 0; i < n; i++) {
      let support = 0;
      const end = i * RELAX.most + friendCount[i]!;
      for (let k = i * RELAX.most; k < end; k++) support += rho[k]! * values[friends[k]!]!;
      next[i] = RELAX.own * values[i]! + shared * support;
    }
    for (let i = 0; i < n; i++) values[i] = next[i]!;
  }
}

const order = new Uint8Array(RELAX.most);
const kept = new Float64Array(RELAX.most);

/** Places of the first `n` pairs by falling share of similarity kept, equals in order. */
function rank(n: number): void {
  for (let k = 0; k < n; k++) {
    const share = values[k]! / similarity[k]!;
    let at = k;
    for (; at > 0 && kept[at - 1]! < share; at--) {
      kept[at] = kept[at - 1]!;
      order[at] = order[at - 1]!;
    }
    kept[at] = share;
    order[at] = k;
  }
}

const sortedA = new Uint8Array(RELAX.most);
const sortedB = new Uint8Array(RELAX.most);
const NONE: Relaxed = { count: 0, a: sortedA, b: sortedB, score: 0 };

/** Local similarity assignment with relaxation (Cappelli, Ferrara, Maltoni 2010): pairs that agree rise. */
export function relax(pairs: Uint16Array, a: PreparedTemplate, b: PreparedTemplate): Relaxed {
  const n = load(pairs);
  if (n < 2) return NONE;
  agreements(a, b, n);
  iterate(n);
  rank(n);
  const deciding = DECIDING[Math.min(255, a.count, b.count)]!;
  let sum = 0;
  for (let k = 0; k < Math.min(n, deciding); k++) sum += values[order[k]!]!;
  for (let k = 0; k < n; k++) {
    sortedA[k] = assignedA[order[k]!]!;
    sortedB[k] = assignedB[order[k]!]!;
  }
  return { count: n, a: sortedA, b: sortedB, score: sum / deciding };
}
