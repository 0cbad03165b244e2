import { exponential, sine, TURN } from '../kernels/maths.ts';
import { SIMILARITY_UNIT } from '../kernels/similarity.ts';
import { RELAX } from '../parameters.ts';
import { COSINES, SINES } from './circle.ts';
import type { PreparedTemplate } from './prepare.ts';

/** A local pair: minutia a of one print with minutia b of the other. */
export interface LocalPair {
  readonly a: number;
  readonly b: number;
}

export interface Relaxed {
  /** Pairs by falling share of similarity kept. */
  readonly pairs: readonly LocalPair[];
  /** Mean relaxed similarity of the best pairs, 0-1. */
  readonly score: number;
}

function sigmoid(value: number, centre: number, slope: number): number {
  return 1 / (1 + exponential(-slope * (value - centre)));
}

/** Number of pairs that decide, by the smaller print's minutiae. */
const DECIDING = Uint8Array.from(
  { length: 256 },
  (_, n) =>
    RELAX.pairsMin +
    Math.round(sigmoid(n, RELAX.pairsCentre, RELAX.pairsSlope) * (RELAX.pairsMax - RELAX.pairsMin)),
);

const DISTANCE_STEPS = 8;
const DISTANCE_MOST = 12;
/** Agreement below this is none. */
const LEAST = 1e-4;
/** Agreement of distances by their difference in 8ths of a pixel. */
const BY_DISTANCE = Float64Array.from({ length: DISTANCE_MOST * DISTANCE_STEPS + 1 }, (_, k) =>
  sigmoid(k / DISTANCE_STEPS, RELAX.distanceCentre, RELAX.distanceSlope),
);
/** Agreement of turns by their difference in 256ths. */
const BY_TURN = Float64Array.from({ length: 129 }, (_, k) =>
  sigmoid((k * TURN) / 256, RELAX.angleCentre, RELAX.angleSlope),
);
const SINE_STEPS = 256;
/** Agreement of bearings by the sine of their difference. */
const BY_SINE = (() => {
  const table = new Float64Array(SINE_STEPS + 1);
  for (let k = 0, angle = 0; k <= SINE_STEPS; k++) {
    while (sine(angle) < k / SINE_STEPS && angle < TURN / 4) angle += 0.001;
    table[k] = sigmoid(angle, RELAX.angleCentre, RELAX.angleSlope);
  }
  return table;
})();

interface Assigned {
  readonly count: number;
  readonly a: Uint8Array;
  readonly b: Uint8Array;
  readonly similarity: Float64Array;
}

function bestOfRow(matrix: Uint16Array, row: number, width: number, used: Uint8Array): number {
  let best = -1;
  let most = 0;
  for (let j = 0, k = row * width; j < width; j++, k++) {
    if (matrix[k]! > most && !used[j]) {
      most = matrix[k]!;
      best = j;
    }
  }
  return best;
}

/** Pairs by falling similarity, each minutia used once; ties go to the lower places. */
function assign(matrix: Uint16Array, countA: number, countB: number): Assigned {
  const most = Math.min(countA, countB, RELAX.most);
  const found = { a: new Uint8Array(most), b: new Uint8Array(most), similarity: new Float64Array(most) };
  const usedB = new Uint8Array(countB);
  const best = new Int16Array(countA);
  for (let i = 0; i < countA; i++) best[i] = bestOfRow(matrix, i, countB, usedB);
  let count = 0;
  while (count < most) {
    let row = -1;
    let top = 0;
    for (let i = 0; i < countA; i++) {
      let j = best[i]!;
      if (j < 0 || matrix[i * countB + j]! <= top) continue;
      if (usedB[j]) {
        j = bestOfRow(matrix, i, countB, usedB);
        best[i] = j;
        if (j < 0 || matrix[i * countB + j]! <= top) continue;
      }
      top = matrix[i * countB + j]!;
      row = i;
    }
    if (row < 0) break;
    const column = best[row]!;
    found.a[count] = row;
    found.b[count] = column;
    found.similarity[count++] = top / SIMILARITY_UNIT;
    usedB[column] = 1;
    best[row] = -1;
  }
  return { count, ...found };
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
const rho = new Float64Array(RELAX.most * RELAX.most);

/** How well each two pairs agree on turn, distance and bearing (rho of the paper), row by row. */
function agreements(a: PreparedTemplate, b: PreparedTemplate, pairs: Assigned): void {
  const n = pairs.count;
  for (let p = 0; p < n; p++) turns[p] = a.direction[pairs.a[p]!]! - b.direction[pairs.b[p]!]!;
  rho.fill(0, 0, n * n);
  for (let p = 0; p < n; p++) {
    const [pa, pb] = [pairs.a[p]!, pairs.b[p]!];
    for (let q = p + 1; q < n; q++) {
      const turn = BY_TURN[Math.abs(((turns[p]! - turns[q]! + 128) & 255) - 128)]!;
      if (turn < LEAST) continue;
      const [qa, qb] = [pairs.a[q]!, pairs.b[q]!];
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
      rho[p * n + q] = both * byBearing(turns[p]!, ax, ay, bx, by, lengths);
      rho[q * n + p] = both * byBearing(turns[q]!, ax, ay, bx, by, lengths);
    }
  }
}

const values = new Float64Array(RELAX.most);
const next = new Float64Array(RELAX.most);

/** Relaxes the similarities in place of `values`. */
function iterate(start: Float64Array, n: number): void {
  values.set(start);
  const shared = (1 - RELAX.own) / (n - 1);
  for (let round = 0; round < RELAX.rounds; round++) {
    for (let i = 0; i < n; i++) {
      let support = 0;
      for (let j = 0; j < n; j++) support += rho[i * n + j]! * values[j]!;
      next[i] = RELAX.own * values[i]! + shared * support;
    }
    values.set(next);
  }
}

/** Local similarity assignment with relaxation (Cappelli, Ferrara, Maltoni 2010): pairs that agree rise. */
export function relax(matrix: Uint16Array, a: PreparedTemplate, b: PreparedTemplate): Relaxed {
  const pairs = assign(matrix, a.count, b.count);
  const n = pairs.count;
  if (n < 2) return { pairs: [], score: 0 };
  agreements(a, b, pairs);
  const start = pairs.similarity.subarray(0, n);
  iterate(start, n);
  const order = Array.from({ length: n }, (_, k) => k);
  order.sort((p, q) => values[q]! / start[q]! - values[p]! / start[p]! || p - q);
  const deciding = DECIDING[Math.min(255, a.count, b.count)]!;
  let sum = 0;
  for (const k of order.slice(0, deciding)) sum += values[k]!;
  return { pairs: order.map((k) => ({ a: pairs.a[k]!, b: pairs.b[k]! })), score: sum / deciding };
}
