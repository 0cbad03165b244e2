import { instantiateKernels } from './wasm.ts';

/** Words of a packed cylinder: a mask of four, then five layers of four. */
export const CYLINDER_WORDS = 24;
const MASK_WORDS = 4;
/** Scratch of the kernel for one cylinder. */
const PLANES_BYTES = 48;
/** A similarity of 1 in the integers used here. */
export const SIMILARITY_UNIT = 16384;

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

/** The plain twin of the kernels. */
export function similaritiesPlain(
  a: PackedCylinders,
  b: PackedCylinders,
  limits: SimilarityLimits,
): Similarities {
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

const kernels = instantiateKernels();
let bytes = new Uint8Array(kernels.memory.buffer);
let words = new Uint32Array(kernels.memory.buffer);
let shorts = new Uint16Array(kernels.memory.buffer);

function reserve(size: number): void {
  if (size <= bytes.length) return;
  kernels.reserve(size);
  bytes = new Uint8Array(kernels.memory.buffer);
  words = new Uint32Array(kernels.memory.buffer);
  shorts = new Uint16Array(kernels.memory.buffer);
}

/** Bytes of a list of as many u16, up to whole vectors. */
function listBytes(count: number): number {
  return ((count + 7) & ~7) * 2;
}

/** All similarities and the best pairs by the kernels. The results are views that the next call overwrites. */
export function similarities(a: PackedCylinders, b: PackedCylinders, limits: SimilarityLimits): Similarities {
  const wordsB = a.count * CYLINDER_WORDS * 4;
  const directionsA = wordsB + b.count * CYLINDER_WORDS * 4;
  const directionsB = directionsA + a.count;
  const planes = (directionsB + b.count + 15) & ~15;
  const tops = planes + (b.count + 1) * PLANES_BYTES;
  const columns = tops + listBytes(a.count);
  const all = columns + listBytes(a.count);
  const free = all + listBytes(a.count);
  const pairs = free + listBytes(b.count);
  const out = pairs + listBytes(3 * limits.pairs);
  const cells = a.count * b.count;
  reserve(out + listBytes(cells + 8));
  words.set(a.words, 0);
  words.set(b.words, wordsB / 4);
  bytes.set(a.direction, directionsA);
  bytes.set(b.direction, directionsB);
  shorts.fill(0, tops / 2, columns / 2);
  const { turn, common } = limits;
  kernels.similarities(
    0,
    directionsA,
    a.count,
    wordsB,
    directionsB,
    b.count,
    planes,
    tops,
    columns,
    out,
    turn,
    common,
  );
  const count = kernels.assign(out, a.count, b.count, tops, columns, free, all, pairs, limits.pairs);
  return {
    matrix: shorts.subarray(out / 2, out / 2 + cells),
    pairs: shorts.subarray(pairs / 2, pairs / 2 + 3 * count),
  };
}
