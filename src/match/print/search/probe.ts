import { logarithm } from '../image/wsq/logarithm.ts';
import type { Template } from '../types.ts';
import { byDirection, clampByte, type KeptMinutiae, keepMinutiae } from './entry.ts';
import { COSINES, SINES } from './geometry.ts';
import { MODEL } from './model.ts';
import { bookDimensions } from './model-format.ts';
import { DESCRIPTION, ENTRY, EVIDENCE, SCAN, VERIFY } from './parameters.ts';

const { dimensions, codes, codeValues } = DESCRIPTION;

/** Cells of the probe's place grid along an axis, units of a cell, and minutiae listed a cell. */
export const GRID_SIDE = 32;
export const GRID_SHIFT = 3;
export const GRID_LIST = 8;
export const GRID_END = 255;

/** A probe in the form both steps of the search read: whole numbers only, so that every machine ranks alike. */
export interface Probe {
  readonly count: number;
  /** The first so many minutiae, the most reliable, are those of the first step; they, and the rest, by direction. */
  readonly scanned: number;
  /** For each direction, how many of the scanned ones, and of the others, have a lower one; 257 of each. */
  readonly starts: Uint8Array;
  readonly others: Uint8Array;
  /** Evidence for each minutia (rows of `codes` x 16): what a code value says for its being the same minutia. */
  readonly evidence: Int8Array;
  readonly direction: Uint8Array;
  readonly x: Int8Array;
  readonly y: Int8Array;
  /** `GRID_LIST` minutiae near each cell, ended by `GRID_END`. */
  readonly grid: Uint8Array;
  /** Least and largest x and y, widened by the margin. */
  readonly box: readonly [number, number, number, number];
}

/**
 * Log-likelihood ratio of one dimension: both values drawn from one minutia (variance 1 about its own value) against
 * from two (two-covariance model; Brummer & de Villiers 2010).
 */
function dimensionEvidence(k: number, a: number, b: number): number {
  const total = MODEL.variance[k]!;
  const between = total - 1;
  const spread = total * total - between * between;
  const squares = a * a + b * b;
  return (
    logarithm((total * total) / spread) / 2 +
    (squares / total - (total * squares - 2 * between * a * b) / spread) / 2
  );
}

function evidenceOf(values: Float64Array, count: number): Int8Array {
  const rows = new Int8Array(count * codes * codeValues);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < codes; k++) {
      const [p, q] = bookDimensions(k);
      for (let c = 0; c < codeValues; c++) {
        const at = (k * codeValues + c) * 2;
        const ratio =
          dimensionEvidence(p, values[i * dimensions + p]!, MODEL.books[at]!) +
          dimensionEvidence(q, values[i * dimensions + q]!, MODEL.books[at + 1]!);
        const whole = Math.round(ratio * EVIDENCE.scale);
        rows[(i * codes + k) * codeValues + c] = Math.max(-EVIDENCE.most, Math.min(EVIDENCE.most, whole));
      }
    }
  }
  return rows;
}

/** Lists every minutia in its own cell and the eight around it. */
function gridOf(x: Int8Array, y: Int8Array): Uint8Array {
  const grid = new Uint8Array(GRID_SIDE * GRID_SIDE * GRID_LIST).fill(GRID_END);
  for (let i = 0; i < x.length; i++) {
    const column = (x[i]! + 128) >> GRID_SHIFT;
    const row = (y[i]! + 128) >> GRID_SHIFT;
    for (let r = Math.max(0, row - 1); r <= Math.min(GRID_SIDE - 1, row + 1); r++) {
      for (let c = Math.max(0, column - 1); c <= Math.min(GRID_SIDE - 1, column + 1); c++) {
        const list = (r * GRID_SIDE + c) * GRID_LIST;
        const free = grid.subarray(list, list + GRID_LIST).indexOf(GRID_END);
        if (free >= 0) grid[list + free] = i;
      }
    }
  }
  return grid;
}

/** For each of 257 directions, how many of the sorted ones are lower. */
function lowerCounts(sorted: Uint8Array): Uint8Array {
  return Uint8Array.from(
    { length: 257 },
    (_, limit) => sorted.filter((direction) => direction < limit).length,
  );
}

/** The minutiae turned anticlockwise about their middle by 256ths of a turn; what surrounds each turns with it. */
function turned(kept: KeptMinutiae, turn: number): KeptMinutiae {
  const [c, s] = [COSINES[turn]!, SINES[turn]!];
  const x = kept.x.map((_, i) => clampByte(Math.round(c * kept.x[i]! + s * kept.y[i]!)));
  const y = kept.y.map((_, i) => clampByte(Math.round(c * kept.y[i]! - s * kept.x[i]!)));
  return { ...kept, x, y, direction: kept.direction.map((direction) => direction + turn) };
}

/** The probe of a template, turned by 256ths of a turn; it finds prints up to `SCAN.turnLimit` to each side of that. */
export function makeProbe(template: Template, turn = 0): Probe {
  const kept = turned(keepMinutiae(template), turn);
  const { count } = kept;
  const scanned = Math.min(count, SCAN.minutiae);
  const { x, y, direction, values } = byDirection(kept, scanned);
  const range = (of: Int8Array): [number, number] => [
    Math.min(...of, 127) - VERIFY.margin,
    Math.max(...of, -127) + VERIFY.margin,
  ];
  return {
    count,
    scanned,
    starts: lowerCounts(direction.subarray(0, scanned)),
    others: lowerCounts(direction.subarray(scanned)),
    evidence: evidenceOf(values, count),
    direction,
    x,
    y,
    grid: gridOf(x, y),
    box: [...range(x), ...range(y)],
  };
}

/** 4096ths of the cosine and sine of 256ths of a turn. */
export const COSINE_4096 = Int16Array.from(COSINES, (value) => Math.round(value * 4096));
export const SINE_4096 = Int16Array.from(SINES, (value) => Math.round(value * 4096));

/** 4096ths of 1 / (count + offset) ^ power by count of minutiae; 0 for none. */
export const SCAN_SHARE = Uint16Array.from({ length: ENTRY.minutiae + 1 }, (_, n) =>
  n === 0 ? 0 : Math.round(4096 / (n + SCAN.offset) ** SCAN.power),
);
/** 4096ths of 1 / sqrt(count + offset). */
export const VERIFY_SHARE = Uint16Array.from({ length: ENTRY.minutiae + 1 }, (_, n) =>
  Math.round(4096 / Math.sqrt(n + VERIFY.offset)),
);
