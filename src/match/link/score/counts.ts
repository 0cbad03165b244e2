import type { CodeColumn, IntColumn } from '../table/growable.ts';
import type { SpreadSums } from './spread.ts';

/** How many records hold each value of a column. */
export interface ValueCounts {
  count(value: number): number;
  /** Sums of (count - own) over the records that have a value. */
  sums(own: number): SpreadSums;
}

function sumsOf(counts: Iterable<number>, own: number): SpreadSums {
  let [records, sum, sumOfSquares] = [0, 0, 0];
  for (const count of counts) {
    const others = Math.max(0, count - own);
    records += count;
    sum += count * others;
    sumOfSquares += count * others * others;
  }
  return { records, sum, sumOfSquares };
}

/** Counts of word numbers: four bytes a different word. */
export function countWords(
  columns: readonly (IntColumn | undefined)[],
  rows: number,
  words: number,
): ValueCounts {
  const counts = new Uint32Array(words + 1);
  for (const column of columns) {
    if (column === undefined) continue;
    for (let row = 0; row < rows; row += 1) counts[column.at(row)] = (counts[column.at(row)] ?? 0) + 1;
  }
  counts[0] = 0;
  return { count: (value) => counts[value] ?? 0, sums: (own) => sumsOf(counts, own) };
}

/** Counts of packed dates: a county has some 25,000 birth dates. */
export function countDates(column: IntColumn, rows: number): ValueCounts {
  const counts = new Map<number, number>();
  for (let row = 0; row < rows; row += 1) {
    const value = column.at(row);
    if (value !== 0) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return { count: (value) => counts.get(value) ?? 0, sums: (own) => sumsOf(counts.values(), own) };
}

/** First place in `sorted` whose value is not below (or, with `after`, is above) `value`. */
function bound(sorted: Float64Array, value: number, after: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const here = sorted[middle] as number;
    if (here < value || (after && here === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Counts of identifiers, nearly all different: a sorted copy of the column, searched by halves. */
export function countCodes(column: CodeColumn, rows: number): ValueCounts {
  const sorted = column.data.slice(0, rows).sort();
  return {
    count: (value) => (value === 0 ? 0 : bound(sorted, value, true) - bound(sorted, value, false)),
    sums: () => ({ records: rows, sum: 0, sumOfSquares: 0 }),
  };
}
