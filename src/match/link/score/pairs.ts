import type { Candidates } from '../block/candidates.ts';
import type { Comparer } from '../compare/comparer.ts';
import type { LinkPrior } from '../model/types.ts';
import { KEPT_ODDS } from '../parameters.ts';
import type { RecordTable } from '../table/record-table.ts';
import { evidenceBits } from './odds.ts';
import type { Evidence, Weigher } from './weigher.ts';

/** Pairs that may be links, by left row. */
export interface ScoredPairs {
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** Evidence in bits, before any prior. */
  readonly bits: readonly number[];
  /** Pairs compared to find them. */
  readonly compared: number;
}

/** What is needed to weigh rows of one table against rows of another. */
export interface Scales {
  readonly comparer: Comparer;
  readonly weigher: Weigher;
  readonly prior: LinkPrior;
}

/** An empty sum of evidence to write into. */
export const noEvidence = (): Evidence => ({ person: 0, event: 0, relative: 0 });

/**
 * Compares every row of `left` with its candidates in `right`, and keeps the pairs that could reach one in a
 * thousand. Within one file (`left === right`) each pair is met once.
 */
export function scorePairs(
  left: RecordTable,
  right: RecordTable,
  candidates: Candidates,
  scales: Scales,
): ScoredPairs {
  const kept = { left: [] as number[], right: [] as number[], bits: [] as number[] };
  const comparison = scales.comparer.blank();
  const evidence = noEvidence();
  const least = Math.log2(KEPT_ODDS * right.size);
  let compared = 0;
  for (let i = 0; i < left.size; i += 1) {
    for (const j of candidates.of(left, i).rows) {
      if (left === right && j <= i) continue;
      compared += 1;
      scales.comparer.compare(left, i, right, j, comparison);
      const bits = evidenceBits(scales.weigher.weigh(comparison, evidence), scales.prior, right.size);
      if (bits < least) continue;
      kept.left.push(i);
      kept.right.push(j);
      kept.bits.push(bits);
    }
  }
  return { ...kept, compared };
}
