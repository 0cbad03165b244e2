import type { Template } from '../types.ts';
import { directionUnits } from './geometry.ts';
import { MODEL } from './model.ts';
import { bookDimensions } from './model-format.ts';
import { DESCRIPTION, ENTRY } from './parameters.ts';
import { describe } from './projector.ts';

const { dimensions, codes, codeValues } = DESCRIPTION;

/** Minutiae are kept in groups of this many, one SIMD vector each. */
export const LANES = 16;
const GROUPS = ENTRY.minutiae / LANES;

/**
 * Layout of an entry, bytes: count of minutiae (and 15 unused), then per group of 16 minutiae six vectors of codes
 * (code k in the low half-bytes of vector k, code k + 6 in the high ones), then directions, x and y, 16 of each. The
 * minutiae are in the order of their directions.
 * Unused places of a group repeat its last minutia, which changes no maximum.
 */
export const HEADER_BYTES = 16;
export const CODE_VECTORS = codes / 2;
export const GROUP_BYTES = (CODE_VECTORS + 3) * LANES;
export const DIRECTIONS_AT = CODE_VECTORS * LANES;
export const X_AT = DIRECTIONS_AT + LANES;
export const Y_AT = X_AT + LANES;
export const ENTRY_BYTES = HEADER_BYTES + GROUPS * GROUP_BYTES;

/** The minutiae an entry or a probe keeps: the most reliable, of equals those nearer the middle. */
export interface KeptMinutiae {
  readonly count: number;
  /** Units of `ENTRY.unit` pixels about the middle. */
  readonly x: Int8Array;
  readonly y: Int8Array;
  /** 256ths of a turn. */
  readonly direction: Uint8Array;
  /** `dimensions` numbers each. */
  readonly values: Float64Array;
}

export function clampByte(value: number): number {
  return Math.max(-127, Math.min(127, value));
}

export function keepMinutiae(template: Template): KeptMinutiae {
  const { minutiae } = template;
  const middle = (pick: (m: { x: number; y: number }) => number): number =>
    minutiae.reduce((sum, m) => sum + pick(m), 0) / Math.max(1, minutiae.length);
  const cx = Math.round(middle((m) => m.x));
  const cy = Math.round(middle((m) => m.y));
  const away = (i: number): number => (minutiae[i]!.x - cx) ** 2 + (minutiae[i]!.y - cy) ** 2;
  const chosen = minutiae
    .map((_, i) => i)
    .sort((a, b) => minutiae[b]!.reliability - minutiae[a]!.reliability || away(a) - away(b) || a - b)
    .slice(0, ENTRY.minutiae);
  const unit = (value: number): number => clampByte(Math.round(value / ENTRY.unit));
  return {
    count: chosen.length,
    x: Int8Array.from(chosen, (i) => unit(minutiae[i]!.x - cx)),
    y: Int8Array.from(chosen, (i) => unit(minutiae[i]!.y - cy)),
    direction: Uint8Array.from(chosen, (i) => directionUnits(minutiae[i]!.direction)),
    values: describe(template, chosen),
  };
}

/**
 * The same minutiae, the first `first` and the rest each by direction, equals in order: minutiae that can be turned to
 * one another then lie together.
 */
export function byDirection(kept: KeptMinutiae, first: number): KeptMinutiae {
  const { count, direction } = kept;
  const order = Array.from({ length: count }, (_, i) => i).sort(
    (i, j) => Number(i >= first) - Number(j >= first) || direction[i]! - direction[j]! || i - j,
  );
  const values = new Float64Array(kept.values.length);
  for (const [to, i] of order.entries()) {
    values.set(kept.values.subarray(i * dimensions, (i + 1) * dimensions), to * dimensions);
  }
  return {
    count,
    x: Int8Array.from(order, (i) => kept.x[i]!),
    y: Int8Array.from(order, (i) => kept.y[i]!),
    direction: Uint8Array.from(order, (i) => direction[i]!),
    values,
  };
}

/** Code of minutia `i` in book `k`: the nearest of its points. */
function codeOf(values: Float64Array, i: number, k: number): number {
  const [p, q] = bookDimensions(k);
  const a = values[i * dimensions + p]!;
  const b = values[i * dimensions + q]!;
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let c = 0; c < codeValues; c++) {
    const at = (k * codeValues + c) * 2;
    const distance = (a - MODEL.books[at]!) ** 2 + (b - MODEL.books[at + 1]!) ** 2;
    if (distance < least) {
      least = distance;
      best = c;
    }
  }
  return best;
}

/** Writes the entry of a template at `offset`. */
export function writeEntry(template: Template, into: Uint8Array, offset: number): void {
  const minutiae = keepMinutiae(template);
  const kept = byDirection(minutiae, minutiae.count);
  into[offset] = kept.count;
  const filled = Math.ceil(kept.count / LANES) * LANES;
  for (let lane = 0; lane < filled; lane++) {
    const i = Math.min(lane, kept.count - 1);
    const at = offset + HEADER_BYTES + Math.floor(lane / LANES) * GROUP_BYTES + (lane % LANES);
    for (let v = 0; v < CODE_VECTORS; v++) {
      into[at + v * LANES] = codeOf(kept.values, i, v) | (codeOf(kept.values, i, v + CODE_VECTORS) << 4);
    }
    into[at + DIRECTIONS_AT] = kept.direction[i]!;
    into[at + X_AT] = kept.x[i]! & 255;
    into[at + Y_AT] = kept.y[i]! & 255;
  }
}

/** The index entry of a template, `ENTRY_BYTES` long; about 2 ms. */
export function indexEntry(template: Template): Uint8Array {
  const entry = new Uint8Array(ENTRY_BYTES);
  writeEntry(template, entry, 0);
  return entry;
}
