import { ALIGN } from '../../parameters.ts';
import { COSINES, SINES } from '../circle.ts';
import type { PreparedTemplate } from '../prepared.ts';
import { carry, carryScratch, carryStride, setPair } from './carry.ts';

const ARM = ALIGN.directionArm * ALIGN.directionArm;
const SOFT = ALIGN.flexReach * ALIGN.flexReach;

let pairCount = 0;
let originA: readonly [number, number] = [0, 0];
let originB: readonly [number, number] = [0, 0];

/** Where `carryAll` left its results: value k of a block is of place k. Positions are relative to `origin`. */
export interface Landing {
  readonly out: Float32Array;
  readonly stride: number;
  readonly origin: readonly [number, number];
}

/** Takes the pairs of b's minutiae with their partners in a; positions are kept relative to the first pair. */
export function loadPairs(a: PreparedTemplate, b: PreparedTemplate, partner: Int16Array): void {
  pairCount = 0;
  for (let j = 0; j < b.count; j++) {
    const i = partner[j]!;
    if (i < 0) continue;
    if (pairCount === 0) {
      originA = [a.x[i]!, a.y[i]!];
      originB = [b.x[j]!, b.y[j]!];
    }
    const off = (a.direction[i]! - b.direction[j]!) & 255;
    setPair(
      pairCount++,
      j,
      b.x[j]! - originB[0],
      b.y[j]! - originB[1],
      a.x[i]! - originA[0],
      a.y[i]! - originA[1],
      ARM * COSINES[off]!,
      ARM * SINES[off]!,
    );
  }
}

/** Sets place k to (x, y) of b; `owner` is the minutia of b whose pair must not carry it, or -1. */
export function setPlace(k: number, x: number, y: number, owner: number): void {
  carryScratch.x[k] = x - originB[0];
  carryScratch.y[k] = y - originB[1];
  carryScratch.owner[k] = owner;
}

/** Carries the first `places` places into a. */
export function carryAll(places: number): Landing {
  return { out: carry(places, pairCount, SOFT), stride: carryStride(places), origin: originA };
}
