import {
  AL_COUNT,
  AL_RESIDUAL,
  AL_TOTAL,
  COLUMNS_AT,
  EV_ALIGNMENT,
  EV_PAIRS,
  EV_RESIDUAL,
  EV_WEIGHT,
  EVIDENCE_AT,
  EVIDENCE_BYTES,
  FREE_COLUMNS_AT,
  FREE_ROWS_AT,
  LOCAL_AT,
  MATRIX_AT,
  PAIRS_AT,
  SET_COMMON_LEAST,
  SET_HOPE_OFFSET,
  SET_HOPE_SCALE,
  SET_JUDGED_SHARE,
  SET_PAIRS_MOST,
  SET_TURN_LIMIT,
  T_COUNT,
  TOPS_AT,
} from '../layout';
import { alignments, grownAt } from './alignments';
import { assign } from './assign';
import { overlap } from './overlap';
import { relax } from './relax';
import { setting } from './settings';
import { similarities } from './similarities';

/**
 * Compares two packed templates: writes their relaxed local similarity, and the evidence of each alignment that is
 * worth judging, and returns the number of these. An alignment like an earlier one is left out.
 */
export function compare(a: usize, b: usize): i32 {
  const countA = load<i32>(a, T_COUNT);
  const countB = load<i32>(b, T_COUNT);
  similarities(a, b, <i32>setting(SET_TURN_LIMIT), <i32>setting(SET_COMMON_LEAST));
  const most = <i32>setting(SET_PAIRS_MOST);
  const pairs = assign(
    MATRIX_AT,
    countA,
    countB,
    TOPS_AT,
    COLUMNS_AT,
    FREE_COLUMNS_AT,
    FREE_ROWS_AT,
    PAIRS_AT,
    most,
  );
  const seeds = relax(a, b, pairs);
  const hope = setting(SET_HOPE_SCALE) * sqrt<f64>(<f64>((countA + 1) * (countB + 1)));
  if (load<f64>(LOCAL_AT) + setting(SET_HOPE_OFFSET) < hope) return 0;
  const grown = alignments(a, b, seeds);
  if (grown == 0) return 0;
  const best = grownAt(0);
  const least = setting(SET_JUDGED_SHARE) * load<f64>(best, AL_TOTAL);
  let judged = 0;
  for (let k = 0; k < grown; k++) {
    const alignment = grownAt(k);
    if (load<f64>(alignment, AL_TOTAL) < least) break;
    if (k > 0 && memory.compare(alignment, best, <usize>countB << 1) == 0) continue;
    const evidence = <usize>EVIDENCE_AT + <usize>(judged * EVIDENCE_BYTES);
    overlap(a, b, alignment, evidence);
    store<f64>(evidence, load<f64>(alignment, AL_TOTAL), EV_WEIGHT);
    store<f64>(evidence, load<f64>(alignment, AL_COUNT), EV_PAIRS);
    store<f64>(evidence, load<f64>(alignment, AL_RESIDUAL), EV_RESIDUAL);
    store<f64>(evidence, <f64>alignment, EV_ALIGNMENT);
    judged++;
  }
  return judged;
}
