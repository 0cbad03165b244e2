import * as at from '../kernels/layout.ts';
import { instantiateKernels } from '../kernels/wasm.ts';
import { BY_DISTANCE, BY_SINE, BY_TURN, DECIDING } from './agreement.ts';
import { COSINES, EIGHTH, RECIPROCAL, SINES } from './circle.ts';
import { BIT_OF_CELL, DIRECTIONAL, INNER, SPATIAL } from './cylinders.ts';
import { kernelSettings } from './kernel-settings.ts';

/** The kernels of the comparison with their settings and tables in place. */
export const kernels = instantiateKernels();

let whole = new Uint8Array(0);

/** The kernels' memory, grown to so many bytes beyond the fixed part; what lies in it is lost from call to call. */
export function memoryFor(size: number): Uint8Array<ArrayBuffer> {
  if (at.TEMPLATES_AT + size > whole.length) {
    kernels.reserve(at.TEMPLATES_AT + size);
    whole = new Uint8Array(kernels.memory.buffer);
  }
  return whole;
}

const bytes = memoryFor(1 << 16);
const floats = new Float64Array(bytes.buffer, 0, at.TEMPLATES_AT >> 3);
for (const [address, value] of kernelSettings()) floats[address >> 3] = value;
for (const [address, table] of [
  [at.COSINES_AT, COSINES],
  [at.SINES_AT, SINES],
  [at.BY_TURN_AT, BY_TURN],
  [at.BY_DISTANCE_AT, BY_DISTANCE],
  [at.BY_SINE_AT, BY_SINE],
  [at.RECIPROCAL_AT, RECIPROCAL],
  // From its end on a neighbour gives nothing.
  [at.SPATIAL_AT, [...SPATIAL.subarray(0, -1), 0]],
  [at.DIRECTIONAL_AT, DIRECTIONAL],
  [at.CELL_U_AT, Float64Array.from(INNER, ({ u }) => u)],
  [at.CELL_V_AT, Float64Array.from(INNER, ({ v }) => v)],
] as const) {
  floats.set(table, address >> 3);
}
bytes.set(EIGHTH, at.EIGHTH_AT);
bytes.set(DECIDING, at.DECIDING_AT);
bytes.set(new Uint8Array(BIT_OF_CELL.buffer), at.BIT_OF_CELL_AT);
