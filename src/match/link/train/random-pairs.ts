import type { Comparer } from '../compare/comparer.ts';
import { RANDOM_PAIRS } from '../parameters.ts';
import type { RecordTable } from '../table/record-table.ts';

/** Rows in the order of their ids, so that the order of a file changes nothing. */
export function rowsById(table: RecordTable): readonly number[] {
  const rows = [...table.ids.keys()];
  return rows.sort((i, j) => compareText(table.ids[i] as string, table.ids[j] as string));
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Fractional parts of multiples of the golden ratio fall evenly, so pairs are spread without a random source. */
const GOLDEN = 0.618_033_988_749_894_9;

/**
 * Row pairs that stand for all pairs: every one of them where they are few, else an even spread of `most`.
 * The same records give the same pairs, whatever order they stand in.
 */
export function* spreadPairs(
  left: RecordTable,
  right: RecordTable,
  most: number = RANDOM_PAIRS,
): Generator<readonly [number, number]> {
  const ours = rowsById(left);
  const theirs = left === right ? ours : rowsById(right);
  const [n, m] = [ours.length, theirs.length];
  if (n === 0 || m === 0) return;
  if (n * m <= most) {
    for (const i of ours) for (const j of theirs) if (left !== right || i < j) yield [i, j];
    return;
  }
  for (let k = 0; k < most; k += 1) {
    const i = ours[k % n] as number;
    const lap = Math.floor(k / n);
    const j = theirs[Math.floor(((k * GOLDEN + lap * Math.SQRT2) % 1) * m)] as number;
    if (left !== right || i !== j) yield [i, j];
  }
}

/**
 * How often each level occurs among pairs that are, nearly all, of different people.
 * @param leaveOut says of a pair's levels that it is not to be counted
 */
export function tallyLevels(
  left: RecordTable,
  right: RecordTable,
  comparer: Comparer,
  most: number = RANDOM_PAIRS,
  leaveOut: (levels: Uint8Array) => boolean = () => false,
): { tallies: number[][]; pairs: number } {
  const tallies = comparer.fields.map((field) => new Array<number>(field.levels.length).fill(0));
  const comparison = comparer.blank();
  let pairs = 0;
  for (const [i, j] of spreadPairs(left, right, most)) {
    comparer.compare(left, i, right, j, comparison);
    if (leaveOut(comparison.levels)) continue;
    pairs += 1;
    for (let f = 0; f < tallies.length; f += 1) {
      const level = comparison.levels[f] as number;
      if (level === 0) continue;
      const tally = tallies[f] as number[];
      tally[level - 1] = (tally[level - 1] as number) + 1;
    }
  }
  return { tallies, pairs };
}
