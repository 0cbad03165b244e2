import {
  AL_WEIGHTS,
  EV_ALIGNMENT,
  EV_CELLS,
  EV_DISAGREE,
  EV_ORIENTATION,
  EV_OVERLAP_A,
  EV_OVERLAP_B,
  EV_PAIRS,
  EV_PERIOD,
  EV_RESIDUAL,
  EV_WEIGHT,
  EVIDENCE_AT,
  EVIDENCE_BYTES,
  LOCAL_AT,
  MINUTIAE_ROOM,
  TEMPLATES_AT,
} from '../kernels/layout.ts';
import type { Laid, LaidAlignment } from './laid.ts';
import { kernels, memoryFor } from './memory.ts';
import type { PreparedTemplate } from './prepared.ts';

let floats = new Float64Array(0);

function alignmentAt(k: number): LaidAlignment {
  const base = EVIDENCE_AT + k * EVIDENCE_BYTES;
  const value = (at: number): number => floats[(base + at) >> 3]!;
  const at = value(EV_ALIGNMENT);
  return {
    partner: new Int16Array(floats.buffer, at, MINUTIAE_ROOM),
    weights: new Float64Array(floats.buffer, at + AL_WEIGHTS, MINUTIAE_ROOM),
    weight: value(EV_WEIGHT),
    pairs: value(EV_PAIRS),
    residual: value(EV_RESIDUAL),
    cells: value(EV_CELLS),
    orientation: value(EV_ORIENTATION),
    disagree: value(EV_DISAGREE),
    period: value(EV_PERIOD),
    overlapA: value(EV_OVERLAP_A),
    overlapB: value(EV_OVERLAP_B),
  };
}

/** Lays b on a with the SIMD kernel. */
export function layByKernel(a: PreparedTemplate, b: PreparedTemplate): Laid {
  const second = TEMPLATES_AT + a.packed.length;
  const bytes = memoryFor(a.packed.length + b.packed.length);
  if (floats.buffer !== bytes.buffer) floats = new Float64Array(bytes.buffer, 0, TEMPLATES_AT >> 3);
  bytes.set(a.packed, TEMPLATES_AT);
  bytes.set(b.packed, second);
  const count = kernels.compare(TEMPLATES_AT, second);
  const local = floats[LOCAL_AT >> 3]!;
  const alignments: LaidAlignment[] = [];
  for (let k = 0; k < count; k++) alignments.push(alignmentAt(k));
  return { local, alignments };
}
