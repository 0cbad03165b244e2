import { Comparer } from './compare/comparer.ts';
import { type ExplainOptions, type ExplanationRow, explainComparison } from './decide/explain.ts';
import type { LinkModel } from './model/types.ts';
import type { LinkRecord } from './record.ts';
import { Weigher } from './score/weigher.ts';
import { RecordTable } from './table/record-table.ts';
import { WordBook } from './table/word-book.ts';

/**
 * What a model says of two records alone, field by field: no prior, no rivals and no frequencies, which only a whole
 * table can give. For links that something else decided, an exact key or a clerk.
 */
export function explainPair(
  model: LinkModel,
  left: LinkRecord,
  right: LinkRecord,
  options: ExplainOptions = {},
): readonly ExplanationRow[] {
  const pair = new RecordTable(new WordBook());
  const [i, j] = [pair.add(left), pair.add(right)];
  const comparer = new Comparer(pair.words);
  const comparison = comparer.compare(pair, i, pair, j, comparer.blank());
  const weigher = new Weigher(model, comparer.fields);
  const frame = { prior: 0, lookalikes: 0, probability: 0.5 };
  const { rows } = explainComparison({ left: pair, i, right: pair, j }, comparison, weigher, frame, options);
  return rows.filter((row) => row.m !== undefined);
}
