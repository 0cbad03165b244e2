import { ALIGN, TEMPLATE } from '../../parameters.ts';
import { SIMILARITY_UNIT } from '../cylinders.ts';
import type { PreparedTemplate } from '../prepared.ts';
import { newPlacement, pairMutually, placeByPairs, placeBySeed, turnAt } from './placement.ts';
import type { Relaxed } from './relax.ts';

/** One alignment of two prints and what speaks for it; reused by the next comparison. */
export interface Alignment {
  /** For each minutia of b its partner in a, or -1, and the pair's weight 0-1. */
  readonly partner: Int16Array;
  readonly weights: Float64Array;
  /** Number of pairs, and sum of the weights. */
  count: number;
  total: number;
  /** Distance that is left after the local correction, root mean square, pixels. */
  residual: number;
}

function newAlignment(): Alignment {
  const most = TEMPLATE.minutiaeMost;
  return { partner: new Int16Array(most), weights: new Float64Array(most), count: 0, total: 0, residual: 0 };
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
  const off = ((a.direction[i]! - b.direction[j]! - turnAt(placed, j) + 128) & 255) - 128;
  const place = 1 / (1 + square / (ALIGN.placeScale * ALIGN.placeScale));
  const angle = 1 / (1 + (off * off) / (ALIGN.directionScale * ALIGN.directionScale));
  const local = Math.min(1, matrix[i * b.count + j]! / (ALIGN.localFull * SIMILARITY_UNIT));
  const trust = Math.sqrt(a.trust[i]! * b.trust[j]!);
  return trust * place * angle * (ALIGN.localFloor + (1 - ALIGN.localFloor) * local);
}

/** Weighs the pairs as they are placed and sums them up. */
function rate(a: PreparedTemplate, b: PreparedTemplate, target: Alignment, matrix: Uint16Array): void {
  const { partner, weights } = target;
  let total = 0;
  let squares = 0;
  let count = 0;
  for (let j = 0; j < b.count; j++) {
    weights[j] = 0;
    const i = partner[j]!;
    if (i < 0 || placed.gap[j]! > ALIGN.gapMost) continue;
    const dx = a.x[i]! - placed.x[j]!;
    const dy = a.y[i]! - placed.y[j]!;
    const square = dx * dx + dy * dy;
    const weight = pairWeight(a, b, i, j, square, matrix);
    weights[j] = weight;
    total += weight;
    squares += square;
    count++;
  }
  target.total = total;
  target.count = count;
  target.residual = Math.sqrt(squares / Math.max(1, count));
}

/** Alignments of seeds on their own, with the minutia of b and of a in each seed. */
const started = Array.from({ length: ALIGN.seeds }, newAlignment);
const grown = Array.from({ length: ALIGN.grown }, newAlignment);

/** What each seed pairs on its own, most weight first; seeds that an earlier one pairs too are left out. */
function start(a: PreparedTemplate, b: PreparedTemplate, seeds: Relaxed, matrix: Uint16Array): Started[] {
  const found: Started[] = [];
  for (let k = 0; k < Math.min(seeds.count, ALIGN.seeds); k++) {
    const [seedA, seedB] = [seeds.a[k]!, seeds.b[k]!];
    if (found.some((s) => s.alignment.partner[seedB] === seedA)) continue;
    const alignment = started[found.length]!;
    placeBySeed(a, b, seedA, seedB, placed);
    pairMutually(a, b, placed, alignment.partner);
    rate(a, b, alignment, matrix);
    found.push({ seedA, seedB, alignment });
  }
  return found.sort((p, q) => q.alignment.total - p.alignment.total);
}

interface Started {
  readonly seedA: number;
  readonly seedB: number;
  readonly alignment: Alignment;
}

const other = new Int16Array(TEMPLATE.minutiaeMost);

function copySettled(partner: Int16Array, next: Int16Array, count: number): boolean {
  let settled = true;
  for (let j = 0; j < count; j++) {
    if (partner[j] === next[j]) continue;
    partner[j] = next[j]!;
    settled = false;
  }
  return settled;
}

/** Grows an alignment outwards: every minutia is looked for where its paired neighbours say. False if it dies out. */
function grow(
  a: PreparedTemplate,
  b: PreparedTemplate,
  from: Alignment,
  target: Alignment,
  matrix: Uint16Array,
): boolean {
  const { partner } = target;
  copySettled(partner, from.partner, b.count);
  let settled = false;
  for (let round = 1; round < ALIGN.rounds && !settled; round++) {
    placeByPairs(a, b, partner, placed);
    if (pairMutually(a, b, placed, other) < ALIGN.pairsLeast) return false;
    settled = copySettled(partner, other, b.count);
  }
  if (!settled) placeByPairs(a, b, partner, placed);
  rate(a, b, target, matrix);
  return true;
}

/** The best alignments among those grown from the best local pairs, most weight first. */
export function alignments(
  a: PreparedTemplate,
  b: PreparedTemplate,
  relaxed: Relaxed,
  matrix: Uint16Array,
): Alignment[] {
  const found: Alignment[] = [];
  for (const { seedA, seedB, alignment } of start(a, b, relaxed, matrix)) {
    if (found.length >= ALIGN.grown) break;
    if (found.some((g) => g.partner[seedB] === seedA)) continue;
    const target = grown[found.length]!;
    if (grow(a, b, alignment, target, matrix)) found.push(target);
  }
  return found.sort((p, q) => q.total - p.total);
}
