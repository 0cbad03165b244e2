import { instantiateKernels } from './wasm.ts';

/** Words of a packed cylinder: a mask of four, then five layers of four. */
export const CYLINDER_WORDS = 24;
const MASK_WORDS = 4;
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

/** The plain twin of the SIMD kernel: all similarities, row by row over a. */
export function similaritiesPlain(
  a: PackedCylinders,
  b: PackedCylinders,
  limits: SimilarityLimits,
): Uint16Array {
  const out = new Uint16Array(a.count * b.count);
  for (let i = 0; i < a.count; i++) {
    for (let j = 0; j < b.count; j++) {
      const turn = ((a.direction[i]! - b.direction[j]! + 128) & 255) - 128;
      if (Math.abs(turn) > limits.turn) continue;
      out[i * b.count + j] = similarity(
        a.words,
        i * CYLINDER_WORDS,
        b.words,
        j * CYLINDER_WORDS,
        limits.common,
      );
    }
  }
  return out;
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

/** All similarities by the SIMD kernel. The result is a view that the next call overwrites. */
export function similarities(a: PackedCylinders, b: PackedCylinders, limits: SimilarityLimits): Uint16Array {
  const wordsB = a.count * CYLINDER_WORDS * 4;
  const directionsA = wordsB + b.count * CYLINDER_WORDS * 4;
  const directionsB = directionsA + a.count;
  const out = (directionsB + b.count + 15) & ~15;
  reserve(out + a.count * b.count * 2);
  words.set(a.words, 0);
  words.set(b.words, wordsB / 4);
  bytes.set(a.direction, directionsA);
  bytes.set(b.direction, directionsB);
  kernels.similarities(
    0,
    directionsA,
    a.count,
    wordsB,
    directionsB,
    b.count,
    out,
    limits.turn,
    limits.common,
  );
  return shorts.subarray(out / 2, out / 2 + a.count * b.count);
}
