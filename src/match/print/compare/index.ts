import { arcTangent2 } from '../kernels/maths.ts';
import type { Comparison, MatchedPair, Template } from '../types.ts';
import { falseMatchRate, log10LikelihoodBounds, log10LikelihoodRatio } from './calibration.ts';
import { layByKernel } from './kernel.ts';
import type { LaidAlignment } from './laid.ts';
import { prepare } from './prepare.ts';
import { isPrepared, type PreparedTemplate } from './prepared.ts';
import { fitRigid, type RigidMap } from './rigid.ts';
import { type Scored, scoreOf } from './score.ts';

export { prepare } from './prepare.ts';
export type { PreparedTemplate } from './prepared.ts';

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

function matchedPairs({ partner, weights }: LaidAlignment, count: number, swapped: boolean): MatchedPair[] {
  const pairs: MatchedPair[] = [];
  for (let j = 0; j < count; j++) {
    const i = partner[j]!;
    if (i >= 0) pairs.push({ a: swapped ? j : i, b: swapped ? i : j, weight: weights[j]! });
  }
  return pairs;
}

/** The map that lays the caller's b on the caller's a. */
function alignmentOf(map: RigidMap, swapped: boolean): NonNullable<Comparison['alignment']> {
  const { c, s, dx, dy } = map;
  return swapped
    ? { rotation: arcTangent2(-s, c), dx: -(c * dx + s * dy), dy: s * dx - c * dy }
    : { rotation: arcTangent2(s, c), dx, dy };
}

interface Examined extends Scored {
  /** The prints in the order in which they were compared. */
  readonly first: PreparedTemplate;
  readonly second: PreparedTemplate;
  /** True if that is not the caller's order. */
  readonly swapped: boolean;
}

/** What a comparison sees, in the order that makes it symmetric; for calibration and for explaining a score. */
export function examine(a: Template | PreparedTemplate, b: Template | PreparedTemplate): Examined {
  const one = isPrepared(a) ? a : prepare(a);
  const other = isPrepared(b) ? b : prepare(b);
  const swapped = !inOrder(one, other);
  const [first, second] = swapped ? [other, one] : [one, other];
  return { ...scoreOf(first, second, layByKernel(first, second)), first, second, swapped };
}

/** Compares two prints; prepared templates are compared without being prepared again. Symmetric. */
export function compare(a: Template | PreparedTemplate, b: Template | PreparedTemplate): Comparison {
  const { score, alignment, first, second, swapped } = examine(a, b);
  const map = alignment && fitRigid(first, second, alignment.partner);
  return {
    score,
    fmr: falseMatchRate(score),
    log10LikelihoodRatio: log10LikelihoodRatio(score),
    log10LikelihoodBounds: log10LikelihoodBounds(score),
    pairs: alignment ? matchedPairs(alignment, second.count, swapped) : [],
    ...(map && { alignment: alignmentOf(map, swapped) }),
  };
}
