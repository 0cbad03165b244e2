import { Candidates } from './block/candidates.ts';
import { Comparer } from './compare/comparer.ts';
import { type ExplainOptions, type Explanation, explainComparison } from './decide/explain.ts';
import type { LinkModel, LinkPrior } from './model/types.ts';
import type { LinkRecord } from './record.ts';
import { competingProbabilities, type PairProbabilities, plainProbabilities } from './score/compete.ts';
import { Frequencies } from './score/frequencies.ts';
import { lookalikeBits } from './score/odds.ts';
import { noEvidence, type ScoredPairs, scorePairs } from './score/pairs.ts';
import { Weigher } from './score/weigher.ts';
import { RecordTable } from './table/record-table.ts';
import { WordBook } from './table/word-book.ts';
import { type TrainingLabels, train } from './train/train.ts';

/** Two files, or one with itself, ready to be linked. */
export interface LinkFiles {
  readonly left: RecordTable;
  /** The same table as `left` to find duplicates within one file. */
  readonly right: RecordTable;
  readonly comparer: Comparer;
  readonly candidates: Candidates;
}

/** A pair of records and the probability that they are of one person (and event, where events are compared). */
export interface LinkedPair {
  readonly idA: string;
  readonly idB: string;
  readonly probability: number;
}

export interface FileLinks {
  /** By id, so that the order of rows says nothing. */
  readonly pairs: readonly LinkedPair[];
  /** Expected number of links among all pairs. */
  readonly links: number;
  readonly compared: number;
  /** The reasoning for the n-th pair. */
  explain(n: number, options?: ExplainOptions): Explanation;
}

async function tableOf(
  words: WordBook,
  records: Iterable<LinkRecord> | AsyncIterable<LinkRecord>,
): Promise<RecordTable> {
  const table = new RecordTable(words);
  for await (const record of records) table.add(record);
  return table;
}

/** Reads one or two sets of records; without a second one, links within the first. */
export async function openFiles(
  a: Iterable<LinkRecord> | AsyncIterable<LinkRecord>,
  b?: Iterable<LinkRecord> | AsyncIterable<LinkRecord>,
): Promise<LinkFiles> {
  const words = new WordBook();
  const left = await tableOf(words, a);
  const right = b === undefined ? left : await tableOf(words, b);
  const others = [...new Set([...left.other.keys(), ...right.other.keys()])].sort();
  return { left, right, comparer: new Comparer(words, others), candidates: new Candidates(right, others) };
}

/** Learns a model from files without truth, from `start` where they teach nothing. */
export function trainOnFiles(files: LinkFiles, start: LinkModel, labels: TrainingLabels): LinkModel {
  return train(files, start, labels);
}

/** Other events of one person only stand in the way where both files tell of events. */
function priorFor(files: LinkFiles, prior: LinkPrior): LinkPrior {
  const dated = (table: RecordTable) =>
    [table.arrest, table.offense, table.citation].some((column) => column.data.some((d) => d !== 0));
  return dated(files.left) && dated(files.right) ? prior : { ...prior, otherEvents: 0 };
}

/** Every pair whose probability is `floor` or more. */
export function linkFiles(files: LinkFiles, model: LinkModel, floor: number): FileLinks {
  const { left, right, comparer, candidates } = files;
  const within = left === right;
  const frequencies = new Frequencies(right, comparer.fields, model, within ? 2 : 1);
  const weigher = new Weigher(model, comparer.fields, frequencies);
  const given = { comparer, weigher, prior: priorFor(files, model.prior) };
  const scored = scorePairs(left, right, candidates, given);
  const scales = { ...given, prior: scored.prior };
  const found = within
    ? plainProbabilities(scored, left.size)
    : competingProbabilities(scored, left, right, scales);
  const kept = sortedPairs(files, scored, found, floor);
  return {
    pairs: kept.map((p) => ({
      idA: left.ids[scored.left[p] as number] as string,
      idB: right.ids[scored.right[p] as number] as string,
      probability: found.probabilities[p] as number,
    })),
    links: found.links,
    compared: scored.compared,
    explain: (n, options) => {
      const p = kept[n] as number;
      const [i, j] = [scored.left[p] as number, scored.right[p] as number];
      const comparison = comparer.compare(left, i, right, j, comparer.blank());
      const evidence = weigher.weigh(comparison, noEvidence());
      const frame = {
        prior: found.priorBits,
        lookalikes: lookalikeBits(evidence, scales.prior, right.size),
        probability: found.probabilities[p] as number,
      };
      return explainComparison({ left, i, right, j }, comparison, weigher, frame, options);
    },
  };
}

/** Places of the pairs at or above the floor, by the ids of their records. */
function sortedPairs(
  files: LinkFiles,
  scored: ScoredPairs,
  found: PairProbabilities,
  floor: number,
): readonly number[] {
  const idA = (p: number) => files.left.ids[scored.left[p] as number] as string;
  const idB = (p: number) => files.right.ids[scored.right[p] as number] as string;
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...scored.left.keys()]
    .filter((p) => (found.probabilities[p] as number) >= floor)
    .sort((p, q) => order(idA(p), idA(q)) || order(idB(p), idB(q)));
}
