import {
  AL_WEIGHTS,
  BY_DISTANCE_AT,
  BY_SINE_AT,
  BY_TURN_AT,
  COSINES_AT,
  DECIDING_AT,
  EIGHTH_AT,
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
  RECIPROCAL_AT,
  SINES_AT,
  TEMPLATES_AT,
} from '../kernels/layout.ts';
import { instantiateKernels } from '../kernels/wasm.ts';
import { BY_DISTANCE, BY_SINE, BY_TURN, DECIDING } from './agreement.ts';
import { COSINES, EIGHTH, RECIPROCAL, SINES } from './circle.ts';
import { kernelSettings } from './kernel-settings.ts';
import type { Laid, LaidAlignment } from './laid.ts';
import type { PreparedTemplate } from './prepared.ts';

const kernels = instantiateKernels();
let bytes = new Uint8Array(0);
let floats = new Float64Array(0);

function reserve(size: number): void {
  if (size <= bytes.length) return;
  kernels.reserve(size);
  bytes = new Uint8Array(kernels.memory.buffer);
  floats = new Float64Array(kernels.memory.buffer, 0, TEMPLATES_AT >> 3);
}

reserve(TEMPLATES_AT + (1 << 16));
for (const [at, value] of kernelSettings()) floats[at >> 3] = value;
for (const [at, table] of [
  [COSINES_AT, COSINES],
  [SINES_AT, SINES],
  [BY_TURN_AT, BY_TURN],
  [BY_DISTANCE_AT, BY_DISTANCE],
  [BY_SINE_AT, BY_SINE],
  [RECIPROCAL_AT, RECIPROCAL],
] as const) {
  floats.set(table, at >> 3);
}
bytes.set(EIGHTH, EIGHTH_AT);
bytes.set(DECIDING, DECIDING_AT);

function alignmentAt(k: number): LaidAlignment {
  const base = EVIDENCE_AT + k * EVIDENCE_BYTES;
  const value = (at: number): number => floats[(base + at) >> 3]!;
  const at = value(EV_ALIGNMENT);
  return {
    partner: new Int16Array(bytes.buffer, at, MINUTIAE_ROOM),
    weights: new Float64Array(bytes.buffer, at + AL_WEIGHTS, MINUTIAE_ROOM),
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
  reserve(second + b.packed.length + 64);
  bytes.set(a.packed, TEMPLATES_AT);
  bytes.set(b.packed, second);
  const count = kernels.compare(TEMPLATES_AT, second);
  const local = floats[LOCAL_AT >> 3]!;
  const alignments: LaidAlignment[] = [];
  for (let k = 0; k < count; k++) alignments.push(alignmentAt(k));
  return { local, alignments };
}
