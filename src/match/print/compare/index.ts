import type { Comparison, Template } from '../types.ts';
import { localSimilarities } from './local.ts';
import { isPrepared, type PreparedTemplate, prepare } from './prepare.ts';
import { relax } from './relax.ts';

export { type PreparedTemplate, prepare } from './prepare.ts';

/** Fixed order of two templates, so that the answer cannot depend on which comes first. */
function inOrder(a: PreparedTemplate, b: PreparedTemplate): boolean {
  if (a.count !== b.count) return a.count < b.count;
  for (let i = 0; i < a.count; i++) {
    if (a.x[i] !== b.x[i]) return a.x[i]! < b.x[i]!;
    if (a.y[i] !== b.y[i]) return a.y[i]! < b.y[i]!;
    if (a.direction[i] !== b.direction[i]) return a.direction[i]! < b.direction[i]!;
  }
  return true;
}

/** Compares two prints; prepared templates are compared without being prepared again. Symmetric. */
export function compare(a: Template | PreparedTemplate, b: Template | PreparedTemplate): Comparison {
  const first = isPrepared(a) ? a : prepare(a);
  const second = isPrepared(b) ? b : prepare(b);
  const ordered = inOrder(first, second);
  const [p, q] = ordered ? [first, second] : [second, first];
  const { pairs, score } = relax(localSimilarities(p, q), p, q);
  return {
    score,
    fmr: 1,
    log10LikelihoodRatio: 0,
    pairs: pairs.map(({ a: i, b: j, similarity }) => ({
      a: ordered ? i : j,
      b: ordered ? j : i,
      weight: similarity,
    })),
  };
}
