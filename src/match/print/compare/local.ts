import { CYLINDER } from '../parameters.ts';
import { INNER_CELLS, MASK_WORDS, WORDS } from './cylinders.ts';
import type { PreparedTemplate } from './prepare.ts';

export function popcount(word: number): number {
  let w = word - ((word >>> 1) & 0x55555555);
  w = (w & 0x33333333) + ((w >>> 2) & 0x33333333);
  return (((w + (w >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** Similarity of two cylinders over the cells both see, 0-1; 0 where they see too little in common. */
export function cylinderSimilarity(a: PreparedTemplate, i: number, b: PreparedTemplate, j: number): number {
  const [bitsA, masksA] = [a.cylinders.bits, a.cylinders.masks];
  const [bitsB, masksB] = [b.cylinders.bits, b.cylinders.masks];
  let common = 0;
  let differing = 0;
  let set = 0;
  for (let w = 0; w < MASK_WORDS; w++) {
    const mask = masksA[i * MASK_WORDS + w]! & masksB[j * MASK_WORDS + w]!;
    common += popcount(mask);
    for (let k = w; k < WORDS; k += MASK_WORDS) {
      const wa = bitsA[i * WORDS + k]! & mask;
      const wb = bitsB[j * WORDS + k]! & mask;
      differing += popcount(wa ^ wb);
      set += popcount(wa) + popcount(wb);
    }
  }
  if (common < INNER_CELLS * CYLINDER.commonShare || set === 0) return 0;
  return 1 - differing / set;
}

const TURN_LIMIT = Math.round((CYLINDER.turnLimit / (2 * Math.PI)) * 256);

/** All local similarities, row by row over a's minutiae. */
export function localSimilarities(a: PreparedTemplate, b: PreparedTemplate): Float64Array {
  const matrix = new Float64Array(a.count * b.count);
  for (let i = 0; i < a.count; i++) {
    if (!a.cylinders.valid[i]) continue;
    for (let j = 0; j < b.count; j++) {
      const turn = (a.direction[i]! - b.direction[j]! + 128) & 255;
      if (!b.cylinders.valid[j] || Math.abs(turn - 128) > TURN_LIMIT) continue;
      matrix[i * b.count + j] = cylinderSimilarity(a, i, b, j);
    }
  }
  return matrix;
}
