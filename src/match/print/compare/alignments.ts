import { SIMILARITY_UNIT } from '../kernels/similarity.ts';
import { ALIGN } from '../parameters.ts';
import { newPlacement, pairMutually, placeByPairs, placeBySeed } from './placement.ts';
import type { PreparedTemplate } from './prepare.ts';
import type { LocalPair, Relaxed } from './relax.ts';

/** One alignment of two prints and what speaks for it. */
export interface Alignment {
  /** For each minutia of b its partner in a, or -1. */
  readonly partner: Int16Array;
  /** Number of pairs, and sum of the weights. */
  readonly count: number;
  readonly total: number;
  /** Distance that is left after the local correction, root mean square, pixels. */
  readonly residual: number;
}

const placed = newPlacement();

/** Weight 0-1 of one pair: what is left of its distance and turn, trust, and the likeness of the surroundings. */
function pairWeight(
  a: PreparedTemplate,
  b: PreparedTemplate,
  i: number,
  j: number,
  square: number,
  matrix: Uint16Array,
): number {
  const off = ((a.direction[i]! - b.direction[j]! - placed.turn[j]! + 128) & 255) - 128;
  const place = 1 / (1 + square / (ALIGN.placeScale * ALIGN.placeScale));
  const angle = 1 / (1 + (off * off) / (ALIGN.directionScale * ALIGN.directionScale));
  const local = Math.min(1, matrix[i * b.count + j]! / (ALIGN.localFull * SIMILARITY_UNIT));
  const trust = Math.sqrt(a.trust[i]! * b.trust[j]!);
  return trust * place * angle * (ALIGN.localFloor + (1 - ALIGN.localFloor) * local);
}

/** Sums up the pairs as they are placed; `weights`, if given, takes the weight of each minutia of b. */
function rate(
  a: PreparedTemplate,
  b: PreparedTemplate,
  partner: Int16Array,
  matrix: Uint16Array,
  weights?: Float64Array,
): Alignment {
  let total = 0;
  let squares = 0;
  let count = 0;
  for (let j = 0; j < b.count; j++) {
    const i = partner[j]!;
    if (i < 0 || placed.gap[j]! > ALIGN.gapMost) continue;
    const dx = a.x[i]! - placed.x[j]!;
    const dy = a.y[i]! - placed.y[j]!;
    const square = dx * dx + dy * dy;
    const weight = pairWeight(a, b, i, j, square, matrix);
    if (weights) weights[j] = weight;
    total += weight;
    squares += square;
    count++;
  }
  return { partner, count, total, residual: Math.sqrt(squares / Math.max(1, count)) };
}

/** The weight 0-1 of each minutia of b in an alignment. */
export function pairWeights(
  a: PreparedTemplate,
  b: PreparedTemplate,
  { partner }: Alignment,
  matrix: Uint16Array,
): Float64Array {
  const weights = new Float64Array(b.count);
  placeByPairs(a, b, partner, placed);
  rate(a, b, partner, matrix, weights);
  return weights;
}

interface Started {
  readonly seed: LocalPair;
  readonly alignment: Alignment;
}

/** What a seed pairs on its own, before it grows. */
function start(a: PreparedTemplate, b: PreparedTemplate, seed: LocalPair, matrix: Uint16Array): Started {
  placeBySeed(a, b, seed, placed);
  const partner = new Int16Array(b.count);
  pairMutually(a, b, placed, partner);
  return { seed, alignment: rate(a, b, partner, matrix) };
}

function same(p: Int16Array, q: Int16Array): boolean {
  for (let k = 0; k < p.length; k++) if (p[k] !== q[k]) return false;
  return true;
}

/** Grows an alignment outwards: every minutia is looked for where its paired neighbours say. */
function grow(
  a: PreparedTemplate,
  b: PreparedTemplate,
  from: Int16Array,
  matrix: Uint16Array,
): Alignment | undefined {
  let partner = from.slice();
  let next = new Int16Array(b.count);
  for (let round = 1; round < ALIGN.rounds; round++) {
    placeByPairs(a, b, partner, placed);
    if (pairMutually(a, b, placed, next) < ALIGN.pairsLeast) return undefined;
    const settled = same(next, partner);
    [partner, next] = [next, partner];
    if (settled) break;
  }
  placeByPairs(a, b, partner, placed);
  return rate(a, b, partner, matrix);
}

/** The best alignments among those grown from the best local pairs, most weight first. */
export function alignments(
  a: PreparedTemplate,
  b: PreparedTemplate,
  relaxed: Relaxed,
  matrix: Uint16Array,
): Alignment[] {
  const started: Started[] = [];
  for (const seed of relaxed.pairs.slice(0, ALIGN.seeds)) {
    if (!started.some((s) => s.alignment.partner[seed.b] === seed.a)) started.push(start(a, b, seed, matrix));
  }
  started.sort((p, q) => q.alignment.total - p.alignment.total);
  const grown: Alignment[] = [];
  for (const { seed, alignment } of started) {
    if (grown.length >= ALIGN.grown) break;
    if (grown.some((g) => g.partner[seed.b] === seed.a)) continue;
    const result = grow(a, b, alignment.partner, matrix);
    if (result) grown.push(result);
  }
  return grown.sort((p, q) => q.total - p.total);
}
