import { SIMILARITY_UNIT } from '../kernels/similarity.ts';
import { ALIGN } from '../parameters.ts';
import { fitRigid, pairMutually, type RigidMap } from './align.ts';
import { carriers, placeFlexibly } from './flex.ts';
import type { PreparedTemplate } from './prepare.ts';
import type { LocalPair, Relaxed } from './relax.ts';

/** One alignment of two prints and what speaks for it. */
export interface Alignment {
  readonly map: RigidMap;
  readonly partner: Int16Array;
  /** Weight 0-1 of each minutia of b's pair. */
  readonly weight: Float64Array;
  /** Number of pairs. */
  readonly count: number;
  /** Sum of the weights. */
  readonly total: number;
  /** Distance that is left after the local correction, root mean square, pixels. */
  readonly residual: number;
}

function rate(
  a: PreparedTemplate,
  b: PreparedTemplate,
  partner: Int16Array,
  matrix: Uint16Array,
): Alignment | undefined {
  const map = fitRigid(a, b, partner);
  if (!map) return undefined;
  const placed = placeFlexibly(b, carriers(a, b, partner));
  const weight = new Float64Array(b.count);
  let total = 0;
  let squares = 0;
  let count = 0;
  for (let j = 0; j < b.count; j++) {
    const i = partner[j]!;
    if (i < 0 || placed.gap[j]! > ALIGN.gapMost) continue;
    const dx = a.x[i]! - placed.x[j]!;
    const dy = a.y[i]! - placed.y[j]!;
    const square = dx * dx + dy * dy;
    const off = Math.abs(((a.direction[i]! - b.direction[j]! - placed.turn[j]! + 128) & 255) - 128);
    const place = 1 / (1 + square / (ALIGN.placeScale * ALIGN.placeScale));
    const angle = 1 / (1 + (off * off) / (ALIGN.directionScale * ALIGN.directionScale));
    const local = Math.min(1, matrix[i * b.count + j]! / (ALIGN.localFull * SIMILARITY_UNIT));
    weight[j] = place * angle * (ALIGN.localFloor + (1 - ALIGN.localFloor) * local);
    total += weight[j]!;
    squares += square;
    count++;
  }
  return { map, partner, count, weight, total, residual: Math.sqrt(squares / Math.max(1, count)) };
}

function same(p: Int16Array, q: Int16Array): boolean {
  for (let k = 0; k < p.length; k++) if (p[k] !== q[k]) return false;
  return true;
}

function countPairs(partner: Int16Array): number {
  let count = 0;
  for (const i of partner) if (i >= 0) count++;
  return count;
}

/** Grows an alignment from one local pair outwards: every minutia is looked for where its paired neighbours say. */
function grow(a: PreparedTemplate, b: PreparedTemplate, seed: LocalPair): Int16Array | undefined {
  let partner: Int16Array = new Int16Array(b.count).fill(-1);
  partner[seed.b] = seed.a;
  for (let round = 0; round < ALIGN.rounds; round++) {
    const placed = placeFlexibly(b, carriers(a, b, partner));
    if (round === 0) {
      placed.x[seed.b] = a.x[seed.a]!;
      placed.y[seed.b] = a.y[seed.a]!;
      placed.turn[seed.b] = (a.direction[seed.a]! - b.direction[seed.b]!) & 255;
      placed.gap[seed.b] = 0;
    }
    const next = pairMutually(a, b, placed);
    if (countPairs(next) < ALIGN.pairsLeast) return undefined;
    if (same(next, partner)) return next;
    partner = next;
  }
  return partner;
}

/** The best alignments among those grown from the best local pairs, most weight first. */
export function alignments(
  a: PreparedTemplate,
  b: PreparedTemplate,
  relaxed: Relaxed,
  matrix: Uint16Array,
): Alignment[] {
  const grown: Alignment[] = [];
  for (const pair of relaxed.pairs.slice(0, ALIGN.seeds)) {
    if (grown.some((g) => g.partner[pair.b] === pair.a)) continue;
    const partner = grow(a, b, pair);
    const alignment = partner && rate(a, b, partner, matrix);
    if (alignment) grown.push(alignment);
  }
  return grown.sort((p, q) => q.total - p.total);
}
