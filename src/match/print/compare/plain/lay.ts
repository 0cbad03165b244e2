import { ALIGN, HOPE } from '../../parameters.ts';
import { type Laid, type LaidAlignment, LIMITS } from '../laid.ts';
import type { PreparedTemplate } from '../prepared.ts';
import { type Alignment, alignments } from './alignments.ts';
import { overlap } from './overlap.ts';
import { relax } from './relax.ts';
import { similarities } from './similarity.ts';

function judge(a: PreparedTemplate, b: PreparedTemplate, alignment: Alignment): LaidAlignment {
  const { cells, orientation, disagree, period, minutiaeA, minutiaeB } = overlap(a, b, alignment.partner);
  const { partner, weights, total, count, residual } = alignment;
  const overlaps = { overlapA: minutiaeA, overlapB: minutiaeB };
  return {
    partner,
    weights,
    weight: total,
    pairs: count,
    residual,
    cells,
    orientation,
    disagree,
    period,
    ...overlaps,
  };
}

function isHopeless(local: number, a: PreparedTemplate, b: PreparedTemplate): boolean {
  return local + HOPE.offset < HOPE.scale * Math.sqrt((a.count + 1) * (b.count + 1));
}

/** The plain twin of `layByKernel`: the same numbers bit for bit. */
export function layPlain(a: PreparedTemplate, b: PreparedTemplate): Laid {
  const { matrix, pairs } = similarities(a, b, LIMITS);
  const relaxed = relax(pairs, a, b);
  const local = relaxed.score;
  if (isHopeless(local, a, b)) return { local, alignments: [] };
  const grown = alignments(a, b, relaxed, matrix);
  const best = grown[0];
  const alike = ({ partner }: Alignment): boolean =>
    partner.subarray(0, b.count).every((i, j) => i === best!.partner[j]);
  const judged = grown.filter(
    (alignment) =>
      alignment === best || (alignment.total >= ALIGN.judgedShare * best!.total && !alike(alignment)),
  );
  return { local, alignments: judged.map((alignment) => judge(a, b, alignment)) };
}
