import { arcTangent2, exponential, TURN } from '../kernels/maths.ts';
import { RELAX } from '../parameters.ts';
import type { PreparedTemplate } from './prepare.ts';

/** A local pair: minutia a of one print with minutia b of the other. */
export interface LocalPair {
  readonly a: number;
  readonly b: number;
  readonly similarity: number;
}

export function sigmoid(value: number, centre: number, slope: number): number {
  return 1 / (1 + exponential(-slope * (value - centre)));
}

function pairCount(a: PreparedTemplate, b: PreparedTemplate): number {
  const share = sigmoid(Math.min(a.count, b.count), RELAX.pairsCentre, RELAX.pairsSlope);
  return RELAX.pairsMin + Math.round(share * (RELAX.pairsMax - RELAX.pairsMin));
}

/** The best pairs, each minutia used once, best first; ties go to the lower indices. */
function assign(matrix: Float64Array, a: PreparedTemplate, b: PreparedTemplate, most: number): LocalPair[] {
  const entries: number[] = [];
  for (let k = 0; k < matrix.length; k++) if (matrix[k]! > 0) entries.push(k);
  entries.sort((p, q) => matrix[q]! - matrix[p]! || p - q);
  const usedA = new Uint8Array(a.count);
  const usedB = new Uint8Array(b.count);
  const pairs: LocalPair[] = [];
  for (const k of entries) {
    const i = Math.floor(k / b.count);
    const j = k % b.count;
    if (usedA[i] || usedB[j]) continue;
    usedA[i] = 1;
    usedB[j] = 1;
    pairs.push({ a: i, b: j, similarity: matrix[k]! });
    if (pairs.length >= most) break;
  }
  return pairs;
}

function wrap(angle: number): number {
  return angle - TURN * Math.floor(angle / TURN + 0.5);
}

function unit(direction: number): number {
  return (direction * TURN) / 256;
}

/** How well two pairs agree on distance, relative direction and bearing: rho of the paper. */
function compatibility(a: PreparedTemplate, b: PreparedTemplate, p: LocalPair, q: LocalPair): number {
  const ax = a.x[q.a]! - a.x[p.a]!;
  const ay = a.y[q.a]! - a.y[p.a]!;
  const bx = b.x[q.b]! - b.x[p.b]!;
  const by = b.y[q.b]! - b.y[p.b]!;
  const distance = Math.abs(Math.sqrt(ax * ax + ay * ay) - Math.sqrt(bx * bx + by * by));
  const turnP = unit((a.direction[p.a]! - b.direction[p.b]!) & 255);
  const turnQ = unit((a.direction[q.a]! - b.direction[q.b]!) & 255);
  const direction = Math.abs(wrap(turnP - turnQ));
  const bearing = Math.abs(
    wrap(arcTangent2(ay, ax) - unit(a.direction[p.a]!) - arcTangent2(by, bx) + unit(b.direction[p.b]!)),
  );
  return (
    sigmoid(distance, RELAX.distanceCentre, RELAX.distanceSlope) *
    sigmoid(direction, RELAX.angleCentre, RELAX.angleSlope) *
    sigmoid(bearing, RELAX.angleCentre, RELAX.angleSlope)
  );
}

export interface Relaxed {
  /** Pairs by falling relaxed similarity. */
  readonly pairs: readonly LocalPair[];
  /** Mean relaxed similarity of the best pairs. */
  readonly score: number;
}

/** Local similarity sort (or assignment) with relaxation: pairs that agree with one another rise. */
export function relax(matrix: Float64Array, a: PreparedTemplate, b: PreparedTemplate): Relaxed {
  const best = pairCount(a, b);
  const start = assign(matrix, a, b, Math.min(a.count, b.count));
  const n = start.length;
  if (n < 2) return { pairs: start, score: 0 };
  const rho = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i !== j) rho[i * n + j] = compatibility(a, b, start[i]!, start[j]!);
    }
  }
  let values = Float64Array.from(start, (p) => p.similarity);
  for (let round = 0; round < RELAX.rounds; round++) {
    const next = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      let support = 0;
      for (let j = 0; j < n; j++) support += rho[i * n + j]! * values[j]!;
      next[i] = RELAX.own * values[i]! + ((1 - RELAX.own) * support) / (n - 1);
    }
    values = next;
  }
  const ranked = start
    .map((p, i) => ({ p, similarity: values[i]!, efficiency: values[i]! / p.similarity }))
    .sort((p, q) => q.efficiency - p.efficiency);
  const score = ranked.slice(0, best).reduce((sum, r) => sum + r.similarity, 0) / best;
  return { pairs: ranked.map(({ p, similarity }) => ({ ...p, similarity })), score };
}
