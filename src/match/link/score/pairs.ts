import type { Candidates } from '../block/candidates.ts';
import type { Comparer } from '../compare/comparer.ts';
import { AT, FIELDS, type FieldSpec } from '../compare/fields.ts';
import { fieldModel } from '../model/start.ts';
import type { LinkPrior } from '../model/types.ts';
import { KEPT_ODDS } from '../parameters.ts';
import type { RecordTable } from '../table/record-table.ts';
import { evidenceBits } from './odds.ts';
import { EvidenceTally, estimateRelatives } from './relatives.ts';
import type { Evidence, Weigher } from './weigher.ts';

/** Pairs that may be links, by left row. */
export interface ScoredPairs {
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** Evidence in bits, before any prior. */
  readonly bits: readonly number[];
  /** Pairs compared to find them. */
  readonly compared: number;
  /** The prior they were weighed by: the model's, with the relatives these files hold. */
  readonly prior: LinkPrior;
}

/** What is needed to weigh rows of one table against rows of another. */
export interface Scales {
  readonly comparer: Comparer;
  readonly weigher: Weigher;
  readonly prior: LinkPrior;
}

/** An empty sum of evidence to write into. */
export const noEvidence = (): Evidence => ({ person: 0, event: 0, relative: 0, namesake: 0 });

/** Evidence of the pairs worth keeping, in columns. */
class Kept {
  readonly left: number[] = [];
  readonly right: number[] = [];
  private readonly person: number[] = [];
  private readonly event: number[] = [];
  private readonly relative: number[] = [];
  private readonly namesake: number[] = [];

  add(i: number, j: number, { person, event, relative, namesake }: Evidence): void {
    this.left.push(i);
    this.right.push(j);
    this.person.push(person);
    this.event.push(event);
    this.relative.push(relative);
    this.namesake.push(namesake);
  }

  bits(prior: LinkPrior, rows: number): number[] {
    return this.person.map((person, p) => {
      const event = this.event[p] as number;
      const [relative, namesake] = [this.relative[p] as number, this.namesake[p] as number];
      return evidenceBits({ person, event, relative, namesake }, prior, rows);
    });
  }
}

/** Whether most rows have a street. */
function housed(table: RecordTable): boolean {
  const filled = table.street.data.subarray(0, table.size).reduce((n, word) => n + Number(word !== 0), 0);
  return filled > table.size / 2;
}

function withRelatives(
  tally: EvidenceTally,
  scales: Scales,
  left: RecordTable,
  right: RecordTable,
): LinkPrior {
  const { prior, weigher } = scales;
  const seen = fieldModel(weigher.model, FIELDS[AT.address] as FieldSpec).shared;
  const sightings = left === right ? 2 : 1;
  return { ...prior, relatives: estimateRelatives(tally, prior, left.size, right.size, sightings, seen) };
}

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
  const within = left === right;
  const kept = new Kept();
  const tally = new EvidenceTally();
  const comparison = scales.comparer.blank();
  const evidence = noEvidence();
  const least = Math.log2(KEPT_ODDS * right.size);
  let compared = 0;
  for (let i = 0; i < left.size; i += 1) {
    for (const j of candidates.of(left, i).rows) {
      if (within && j <= i) continue;
      compared += 1;
      scales.weigher.weigh(scales.comparer.compare(left, i, right, j, comparison), evidence);
      tally.add(evidence);
      if (evidence.person + evidence.event >= least) kept.add(i, j, evidence);
    }
  }
  const prior = housed(left) && housed(right) ? withRelatives(tally, scales, left, right) : scales.prior;
  return { left: kept.left, right: kept.right, bits: kept.bits(prior, right.size), compared, prior };
}
