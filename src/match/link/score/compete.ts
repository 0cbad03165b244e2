import { AT } from '../compare/fields.ts';
import { COVERAGE_PRIOR, LEAST_UNMATCHED, PRIOR_ROUNDS, SAME_PERSON } from '../parameters.ts';
import type { RecordTable } from '../table/record-table.ts';
import { personBits } from './odds.ts';
import { noEvidence, type Scales, type ScoredPairs } from './pairs.ts';

/** Probabilities of the kept pairs and what was estimated on the way. */
export interface PairProbabilities {
  readonly probabilities: Float64Array;
  /** Expected number of links. */
  readonly links: number;
  /** Estimated share of left records that have a partner. */
  readonly coverage: number;
  /** Bits of the prior: how likely any one pair is. */
  readonly priorBits: number;
}

/** Fields of which none may differ outright between two records that count as one person's. */
const IDENTIFYING = [AT.given, AT.surname, AT.suffix, AT.dob, AT.sex, AT.ssn, AT.cii, AT.fbi];

/** Asks whether two rows of a table are one person, so that duplicates of the true partner are no rivals to it. */
export class SamePerson {
  private readonly table: RecordTable;
  private readonly scales: Scales;
  private readonly known = new Map<number, boolean>();

  constructor(table: RecordTable, scales: Scales) {
    this.table = table;
    this.scales = scales;
  }

  is(i: number, j: number): boolean {
    const key = Math.min(i, j) * 67_108_864 + Math.max(i, j);
    let same = this.known.get(key);
    if (same === undefined) {
      same = this.compare(i, j);
      this.known.set(key, same);
    }
    return same;
  }

  private compare(i: number, j: number): boolean {
    const { comparer, weigher, prior } = this.scales;
    const comparison = comparer.compare(this.table, i, this.table, j, comparer.blank());
    if (IDENTIFYING.some((at) => comparison.levels[at] === weigher.fields[at]?.levels.length)) return false;
    const evidence = weigher.weigh(comparison, noEvidence());
    const odds = 2 ** personBits(evidence, prior, this.table.size) / this.table.size;
    return odds / (1 + odds) >= SAME_PERSON;
  }
}

/** For every pair, the other pairs that share one of its records and cannot be true together with it. */
function rivalsOf(pairs: ScoredPairs, left: SamePerson, right: SamePerson): readonly (readonly number[])[] {
  const byLeft = Map.groupBy(pairs.left.keys(), (p) => pairs.left[p] as number);
  const byRight = Map.groupBy(pairs.right.keys(), (p) => pairs.right[p] as number);
  return pairs.left.map((a, p) => {
    const b = pairs.right[p] as number;
    const sameLeft = (byLeft.get(a) ?? []).filter((q) => q !== p && !right.is(b, pairs.right[q] as number));
    const sameRight = (byRight.get(b) ?? []).filter((q) => q !== p && !left.is(a, pairs.left[q] as number));
    return [...sameLeft, ...sameRight];
  });
}

/**
 * Probabilities of pairs between two files in which a person stands once or a few times. Each record has at most one
 * person behind it, so the candidates of a record compete: P(pair) = odds / (1 + odds + odds of its rivals). How many
 * records have a partner at all is not assumed but estimated, by expectation and maximisation over these same
 * probabilities. (Fortini, Liseo, Nuccitelli, Scanu 2001; Sadinle 2017: Bayesian record linkage with one-to-one
 * matching; here with the sum over rivals in place of sampling.)
 */
export function competingProbabilities(
  pairs: ScoredPairs,
  leftTable: RecordTable,
  rightTable: RecordTable,
  scales: Scales,
): PairProbabilities {
  const rivals = rivalsOf(pairs, new SamePerson(leftTable, scales), new SamePerson(rightTable, scales));
  const ratios = Float64Array.from(pairs.bits, (bits) => 2 ** bits);
  const probabilities = new Float64Array(ratios.length);
  let [coverage, links, priorOdds] = [0.5, 0.5 * leftTable.size, 0];
  for (let round = 0; round < PRIOR_ROUNDS; round += 1) {
    const expected = Math.max(links, COVERAGE_PRIOR.matched) / leftTable.size;
    priorOdds = expected / rightTable.size / Math.max(LEAST_UNMATCHED, 1 - coverage);
    for (let p = 0; p < ratios.length; p += 1) {
      const odds = (ratios[p] as number) * priorOdds;
      let against = 1;
      for (const q of rivals[p] as readonly number[]) against += (ratios[q] as number) * priorOdds;
      probabilities[p] = odds / (against + odds);
    }
    links = probabilities.reduce((sum, p) => sum + p, 0);
    coverage = matchedShare(pairs, probabilities, leftTable.size);
  }
  return { probabilities, links, coverage, priorBits: Math.log2(priorOdds) };
}

/** Expected share of left records with a partner: the best pair of each, with a little doubt. */
function matchedShare(pairs: ScoredPairs, probabilities: Float64Array, records: number): number {
  const best = new Float64Array(records);
  for (let p = 0; p < probabilities.length; p += 1) {
    const row = pairs.left[p] as number;
    best[row] = Math.max(best[row] as number, probabilities[p] as number);
  }
  const matched = best.reduce((sum, p) => sum + p, 0);
  return (matched + COVERAGE_PRIOR.matched) / (records + COVERAGE_PRIOR.matched + COVERAGE_PRIOR.unmatched);
}

/**
 * Probabilities of pairs within one file, where a person may stand any number of times: no rivals, and the expected
 * number of links estimated the same way.
 */
export function plainProbabilities(pairs: ScoredPairs, records: number): PairProbabilities {
  const ratios = Float64Array.from(pairs.bits, (bits) => 2 ** bits);
  const probabilities = new Float64Array(ratios.length);
  const possible = Math.max(1, (records * (records - 1)) / 2);
  let [links, priorOdds] = [records / 2, 0];
  for (let round = 0; round < PRIOR_ROUNDS; round += 1) {
    priorOdds = Math.max(links, COVERAGE_PRIOR.matched) / possible;
    for (let p = 0; p < ratios.length; p += 1) {
      const odds = (ratios[p] as number) * priorOdds;
      probabilities[p] = odds / (1 + odds);
    }
    links = probabilities.reduce((sum, p) => sum + p, 0);
  }
  const coverage = Math.min(1, links / Math.max(1, records));
  return { probabilities, links, coverage, priorBits: Math.log2(priorOdds) };
}
