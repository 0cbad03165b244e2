import { CYLINDER_WORDS, MASK_WORDS, SIMILARITY_UNIT } from '../cylinders.ts';

/** Packed cylinders of one print, bits outside each mask 0, with the directions of their minutiae. */
export interface PackedCylinders {
  readonly count: number;
  readonly words: Uint32Array;
  readonly direction: Uint8Array;
}

export interface SimilarityLimits {
  /** Largest difference of directions in 256ths of a turn. */
  readonly turn: number;
  /** Least number of cells both cylinders see. */
  readonly common: number;
  /** Most pairs wanted. */
  readonly pairs: number;
}

function bitCount(word: number): number {
  let w = word - ((word >>> 1) & 0x55555555);
  w = (w & 0x33333333) + ((w >>> 2) & 0x33333333);
  return Math.imul((w + (w >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Share of set bits in agreement over the cells both cylinders see, in 16384ths. */
function similarity(a: Uint32Array, i: number, b: Uint32Array, j: number, commonLeast: number): number {
  let common = 0;
  let both = 0;
  let set = 0;
  for (let w = 0; w < MASK_WORDS; w++) {
    const maskA = a[i + w]!;
    const maskB = b[j + w]!;
    common += bitCount(maskA & maskB);
    for (let k = w + MASK_WORDS; k < CYLINDER_WORDS; k += MASK_WORDS) {
      both += bitCount(a[i + k]! & b[j + k]!);
      set += bitCount(a[i + k]! & maskB) + bitCount(b[j + k]! & maskA);
    }
  }
  return common < commonLeast || set === 0 ? 0 : Math.floor((both * 2 * SIMILARITY_UNIT) / set);
}

/** Local similarities of two prints' minutiae. */
export interface Similarities {
  /** Row by row over a, in 16384ths. */
  readonly matrix: Uint16Array;
  /**
   * Row, column and similarity of the best pairs by falling similarity, each minutia used once; of equals the lower
   * row, then the lower column comes first.
   */
  readonly pairs: Uint16Array;
}

function assignPlain(matrix: Uint16Array, countA: number, countB: number, most: number): Uint16Array {
  const pairs: number[] = [];
  const cells = Array.from(matrix, (value, at) => ({
    value,
    row: Math.floor(at / countB),
    column: at % countB,
  }));
  cells.sort((p, q) => q.value - p.value || p.row - q.row || p.column - q.column);
  const rows = new Set<number>();
  const columns = new Set<number>();
  for (const { value, row, column } of cells) {
    if (value === 0 || rows.size === Math.min(most, countA)) break;
    if (rows.has(row) || columns.has(column)) continue;
    rows.add(row);
    columns.add(column);
    pairs.push(row, column, value);
  }
  return Uint16Array.from(pairs);
}

/** All similarities and the best pairs. */
export function similarities(a: PackedCylinders, b: PackedCylinders, limits: SimilarityLimits): Similarities {
  const matrix = new Uint16Array(a.count * b.count);
  for (let i = 0; i < a.count; i++) {
    for (let j = 0; j < b.count; j++) {
      const turn = ((a.direction[i]! - b.direction[j]! + 128) & 255) - 128;
      if (Math.abs(turn) > limits.turn) continue;
      matrix[i * b.count + j] = similarity(
        a.words,
        i * CYLINDER_WORDS,
        b.words,
        j * CYLINDER_WORDS,
        limits.common,
      );
    }
  }
  return { matrix, pairs: assignPlain(matrix, a.count, b.count, limits.pairs) };
}
