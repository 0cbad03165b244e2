import type { Comparison } from '../compare/comparer.ts';
import { AT } from '../compare/fields.ts';
import type { Weigher } from '../score/weigher.ts';
import type { RecordTable } from '../table/record-table.ts';
import { mask, shownValue } from './values.ts';

export interface ExplainOptions {
  /** Replace personal values by their first letter and length. */
  readonly mask?: boolean;
}

/** One line of the reasoning. */
export interface ExplanationRow {
  /** A field, or `prior`, `lookalikes`, `rivals`. */
  readonly field: string;
  readonly left: string;
  readonly right: string;
  readonly level: string;
  readonly m?: number;
  readonly u?: number;
  /** Chance that a stranger has this very value, where that was used in place of u. */
  readonly frequency?: number;
  /** Bits this line adds. */
  readonly weight: number;
  /** Bits so far. */
  readonly total: number;
}

export interface Explanation {
  readonly leftId: string;
  readonly rightId: string;
  readonly rows: readonly ExplanationRow[];
  readonly probability: number;
  readonly sentence: string;
}

/** What stands around the fields of a comparison. */
export interface Frame {
  /** Bits before any field: how likely any one booking is. */
  readonly prior: number;
  /** Bits that relatives and other events of the same person take back. */
  readonly lookalikes: number;
  readonly probability: number;
}

/** Rows of one comparison with a running total, and a plain sentence. */
export function explainComparison(
  tables: { readonly left: RecordTable; readonly i: number; readonly right: RecordTable; readonly j: number },
  comparison: Comparison,
  weigher: Weigher,
  frame: Frame,
  options: ExplainOptions = {},
): Explanation {
  const rows: ExplanationRow[] = [];
  let total = 0;
  const push = (row: Omit<ExplanationRow, 'total'>) => {
    total += row.weight;
    rows.push({ ...row, total });
  };
  const plain = (field: string, level: string, weight: number) =>
    push({ field, left: '', right: '', level, weight });
  plain('prior', 'before anything is compared', frame.prior);
  weigher.fields.forEach((spec, at) => {
    const part = weigher.explain(at, comparison);
    if (part === undefined || (at === AT.naming && comparison.levels[at] === 1)) return;
    const show = (value: string) => (options.mask === true ? mask(value) : value);
    const { frequency, ...numbers } = part;
    push({
      field: spec.name,
      left: show(shownValue(tables.left, tables.i, spec.name)),
      right: show(shownValue(tables.right, tables.j, spec.name)),
      level: spec.levels[(comparison.levels[at] as number) - 1] as string,
      ...numbers,
      ...(frequency === undefined ? {} : { frequency }),
    });
  });
  if (frame.lookalikes < -0.005)
    plain('lookalikes', 'a relative, a namesake, or another event of the same person', frame.lookalikes);
  const final = Math.log2(frame.probability / Math.max(1 - frame.probability, Number.EPSILON));
  if (Math.abs(final - total) > 0.005 && total < 50)
    plain('rivals', 'other bookings that fit too', final - total);
  const ids = { leftId: tables.left.ids[tables.i] as string, rightId: tables.right.ids[tables.j] as string };
  return { ...ids, rows, probability: frame.probability, sentence: sentenceOf(rows, frame.probability) };
}

/** `1 in 20,000`, for chances people can picture. */
function oneIn(chance: number): string {
  return chance <= 0 ? 'less than 1 in a million' : `1 in ${Math.round(1 / chance).toLocaleString('en-US')}`;
}

function named(rows: readonly ExplanationRow[]): string {
  return rows.map((row) => `${row.field.replace('other:', '')} (${row.level})`).join(', ');
}

/** What speaks for the link, what against it, and how sure that leaves us. Names no personal value. */
function sentenceOf(rows: readonly ExplanationRow[], probability: number): string {
  const fields = rows.filter((row) => row.m !== undefined);
  const speaking = fields.filter((row) => row.weight > 1).sort((a, b) => b.weight - a.weight);
  const against = rows
    .filter((row) => row.weight < -1 && row.field !== 'prior')
    .sort((a, b) => a.weight - b.weight);
  const forIt =
    speaking.length === 0
      ? 'Nothing speaks for this booking'
      : `For this booking: ${named(speaking.slice(0, 4))}`;
  const against4 =
    against.length === 0 ? 'nothing of weight against it' : `against it: ${named(against.slice(0, 4))}`;
  const sure =
    probability >= 0.5
      ? `the chance that it is wrong is ${oneIn(1 - probability)}`
      : `the chance that it is right is ${oneIn(probability)}`;
  return `${forIt}; ${against4}; ${sure}.`;
}
