import {
  AL_COUNT,
  AL_RESIDUAL,
  AL_SEED_A,
  AL_SEED_B,
  AL_TOTAL,
  AL_WEIGHTS,
  ALIGNMENT_BYTES,
  GROWN_AT,
  GROWN_ORDER_AT,
  MATRIX_AT,
  OTHER_AT,
  PLACED_GAP_AT,
  PLACED_X_AT,
  PLACED_Y_AT,
  SEEDS_A_AT,
  SEEDS_B_AT,
  SET_DIRECTION_SQUARE,
  SET_GAP_MOST,
  SET_GROWN,
  SET_LOCAL_FLOOR,
  SET_LOCAL_UNIT,
  SET_PAIRS_LEAST,
  SET_PLACE_SQUARE,
  SET_ROUNDS_GROW,
  SET_SEEDS,
  STARTED_AT,
  STARTED_ORDER_AT,
  T_COUNT,
  T_DIRECTION,
  T_TRUST,
  T_X,
  T_Y,
} from '../layout';
import { pairMutually, placeByPairs, placeBySeed, turnAt } from './placement';
import { section, setting } from './settings';

// @ts-ignore: decorator
@inline
function alignmentAt(first: usize, k: i32): usize {
  return first + <usize>(k * ALIGNMENT_BYTES);
}

// @ts-ignore: decorator
@inline
function partnerOf(alignment: usize, j: usize): i32 {
  return <i32>load<i16>(alignment + (j << 1));
}

/** Weighs the pairs of an alignment as they are placed and sums them up. */
function rate(a: usize, b: usize, target: usize): void {
  const count = <usize>load<i32>(b, T_COUNT);
  const xs = section(a, T_X);
  const ys = section(a, T_Y);
  const directionsA = section(a, T_DIRECTION);
  const directionsB = section(b, T_DIRECTION);
  const trustA = section(a, T_TRUST);
  const trustB = section(b, T_TRUST);
  const gapMost = setting(SET_GAP_MOST);
  const placeSquare = setting(SET_PLACE_SQUARE);
  const directionSquare = setting(SET_DIRECTION_SQUARE);
  const unit = setting(SET_LOCAL_UNIT);
  const floor = setting(SET_LOCAL_FLOOR);
  let total: f64 = 0;
  let squares: f64 = 0;
  let pairs = 0;
  for (let j: usize = 0; j < count; j++) {
    const at = target + AL_WEIGHTS + (j << 3);
    store<f64>(at, 0);
    const partner = partnerOf(target, j);
    if (partner < 0 || load<f64>(<usize>PLACED_GAP_AT + (j << 3)) > gapMost) continue;
    const i = <usize>partner;
    const dx = <f64>load<f32>(xs + (i << 2)) - load<f64>(<usize>PLACED_X_AT + (j << 3));
    const dy = <f64>load<f32>(ys + (i << 2)) - load<f64>(<usize>PLACED_Y_AT + (j << 3));
    const square = dx * dx + dy * dy;
    const turn = <i32>load<u8>(directionsA + i) - <i32>load<u8>(directionsB + j) - turnAt(b, j);
    const off = ((turn + 128) & 255) - 128;
    const place = 1 / (1 + square / placeSquare);
    const angle = 1 / (1 + <f64>(off * off) / directionSquare);
    const similarity = <f64>(<i32>load<u16>(<usize>MATRIX_AT + ((i * count + j) << 1)));
    const local = min<f64>(1, similarity / unit);
    const trust = sqrt<f64>(load<f64>(trustA + (i << 3)) * load<f64>(trustB + (j << 3)));
    const weight = trust * place * angle * (floor + (1 - floor) * local);
    store<f64>(at, weight);
    total += weight;
    squares += square;
    pairs++;
  }
  store<f64>(target, total, AL_TOTAL);
  store<f64>(target, <f64>pairs, AL_COUNT);
  store<f64>(target, sqrt<f64>(squares / <f64>max(1, pairs)), AL_RESIDUAL);
}

/** Puts number `k` among the first `k` of an order, most weight first, of equals the earlier. */
function rankBehind(order: usize, first: usize, k: i32): void {
  const total = load<f64>(alignmentAt(first, k), AL_TOTAL);
  let at = <usize>k;
  for (; at > 0; at--) {
    const before = <i32>load<u8>(order + at - 1);
    if (load<f64>(alignmentAt(first, before), AL_TOTAL) >= total) break;
    store<u8>(order + at, <u8>before);
  }
  store<u8>(order + at, <u8>k);
}

/** Whether one of the first `count` alignments pairs these two. */
function isPaired(first: usize, count: i32, a: i32, b: usize): bool {
  for (let k = 0; k < count; k++) if (partnerOf(alignmentAt(first, k), b) == a) return true;
  return false;
}

/** What each seed pairs on its own; seeds that an earlier one pairs too are left out. Returns the number. */
function start(a: usize, b: usize, seeds: i32): i32 {
  let count = 0;
  const most = min(seeds, <i32>setting(SET_SEEDS));
  for (let k = 0; k < most; k++) {
    const seedA = <usize>load<u8>(<usize>SEEDS_A_AT + <usize>k);
    const seedB = <usize>load<u8>(<usize>SEEDS_B_AT + <usize>k);
    if (isPaired(STARTED_AT, count, <i32>seedA, seedB)) continue;
    const alignment = alignmentAt(STARTED_AT, count);
    placeBySeed(a, b, seedA, seedB);
    pairMutually(a, b, alignment);
    rate(a, b, alignment);
    store<u8>(alignment, <u8>seedA, AL_SEED_A);
    store<u8>(alignment, <u8>seedB, AL_SEED_B);
    rankBehind(STARTED_ORDER_AT, STARTED_AT, count++);
  }
  return count;
}

/** Takes over partners; true if they were the same. */
function copySettled(partner: usize, next: usize, count: i32): bool {
  if (memory.compare(partner, next, <usize>count << 1) == 0) return true;
  memory.copy(partner, next, <usize>count << 1);
  return false;
}

/** Grows an alignment outwards: every minutia is looked for where its paired neighbours say. False if it dies out. */
function grow(a: usize, b: usize, from: usize, target: usize): bool {
  const count = load<i32>(b, T_COUNT);
  const rounds = <i32>setting(SET_ROUNDS_GROW);
  const least = <i32>setting(SET_PAIRS_LEAST);
  memory.copy(target, from, <usize>count << 1);
  let settled = false;
  for (let round = 1; round < rounds && !settled; round++) {
    placeByPairs(a, b, target);
    if (pairMutually(a, b, OTHER_AT) < least) return false;
    settled = copySettled(target, OTHER_AT, count);
  }
  if (!settled) placeByPairs(a, b, target);
  rate(a, b, target);
  return true;
}

/** The alignments grown from the best local pairs, in `GROWN_ORDER_AT` most weight first. Returns their number. */
export function alignments(a: usize, b: usize, seeds: i32): i32 {
  const started = start(a, b, seeds);
  const most = <i32>setting(SET_GROWN);
  let count = 0;
  for (let k = 0; k < started && count < most; k++) {
    const from = alignmentAt(STARTED_AT, <i32>load<u8>(<usize>STARTED_ORDER_AT + <usize>k));
    const seedA = <i32>load<u8>(from, AL_SEED_A);
    const seedB = <usize>load<u8>(from, AL_SEED_B);
    if (isPaired(GROWN_AT, count, seedA, seedB)) continue;
    if (!grow(a, b, from, alignmentAt(GROWN_AT, count))) continue;
    rankBehind(GROWN_ORDER_AT, GROWN_AT, count++);
  }
  return count;
}

/** The grown alignment of this rank. */
export function grownAt(rank: i32): usize {
  return alignmentAt(GROWN_AT, <i32>load<u8>(<usize>GROWN_ORDER_AT + <usize>rank));
}
