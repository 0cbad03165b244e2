import {
  BEST_OF_A_AT,
  BEYOND,
  CARRY_OUT_AT,
  CARRY_OWNER_AT,
  CARRY_PAIRS_AT,
  CARRY_X_AT,
  CARRY_Y_AT,
  COSINES_AT,
  COST_OF_A_AT,
  EIGHTH_AT,
  EIGHTH_STEPS,
  PLACED_GAP_AT,
  PLACED_TURN_AT,
  PLACED_X_AT,
  PLACED_Y_AT,
  ROW_LANES,
  ROW_SHIFT,
  SET_ARM,
  SET_DIRECTION_LIMIT,
  SET_GAP_MOST,
  SET_REACH_GROWTH,
  SET_REACH_LEAST,
  SET_SOFT,
  SINES_AT,
  T_BANDS,
  T_COUNT,
  T_DIRECTION,
  T_FIRST,
  T_PLACE,
  T_ROW_DIRECTION,
  T_ROW_X,
  T_ROW_Y,
  T_X,
  T_Y,
} from '../layout';
import { carry } from './carry';
import { rounded, section, setting } from './settings';

/** The turn with this cosine and sine (up to a common factor) in whole 256ths, 0-255. */
export function turnUnits(c: f64, s: f64): i32 {
  const ac = abs<f64>(c);
  const as_ = abs<f64>(s);
  if (ac + as_ == 0) return 0;
  let first: i32;
  if (ac >= as_) {
    first = <i32>load<u8>(<usize>EIGHTH_AT + <usize>rounded((as_ / ac) * EIGHTH_STEPS));
  } else {
    first = 64 - <i32>load<u8>(<usize>EIGHTH_AT + <usize>rounded((ac / as_) * EIGHTH_STEPS));
  }
  const upper = c < 0 ? 128 - first : first;
  return (s < 0 ? -upper : upper) & 255;
}

/** Where the first of the loaded pairs lies in a and b: places are carried relative to it. */
let originAX: f32 = 0;
let originAY: f32 = 0;
let originBX: f32 = 0;
let originBY: f32 = 0;
let loaded: i32 = 0;

export function carriedOriginX(): f64 {
  return <f64>originAX;
}

export function carriedOriginY(): f64 {
  return <f64>originAY;
}

/** Takes the pairs of b's minutiae with their partners in a. */
export function loadPairs(a: usize, b: usize, partner: usize): void {
  const count = load<i32>(b, T_COUNT);
  const directionsA = section(a, T_DIRECTION);
  const directionsB = section(b, T_DIRECTION);
  const xsA = section(a, T_X);
  const ysA = section(a, T_Y);
  const xsB = section(b, T_X);
  const ysB = section(b, T_Y);
  const arm = setting(SET_ARM);
  loaded = 0;
  let target: usize = CARRY_PAIRS_AT;
  for (let j = 0; j < count; j++) {
    const i = <i32>load<i16>(partner + (<usize>j << 1));
    if (i < 0) continue;
    const ax = load<f32>(xsA + (<usize>i << 2));
    const ay = load<f32>(ysA + (<usize>i << 2));
    const bx = load<f32>(xsB + (<usize>j << 2));
    const by = load<f32>(ysB + (<usize>j << 2));
    if (loaded == 0) {
      originAX = ax;
      originAY = ay;
      originBX = bx;
      originBY = by;
    }
    const off = <usize>((<i32>load<u8>(directionsA + <usize>i) - <i32>load<u8>(directionsB + <usize>j)) & 255);
    store<f32>(target, bx - originBX);
    store<f32>(target, by - originBY, 4);
    store<f32>(target, ax - originAX, 8);
    store<f32>(target, ay - originAY, 12);
    store<f32>(target, <f32>(arm * load<f64>(<usize>COSINES_AT + (off << 3))), 16);
    store<f32>(target, <f32>(arm * load<f64>(<usize>SINES_AT + (off << 3))), 20);
    store<i32>(target, j, 24);
    target += 32;
    loaded++;
  }
}

/** Carries `count` places of b (f32) by the loaded pairs; place k is owned by pair k if `owned`, else by none. */
export function carryPlaces(xs: usize, ys: usize, count: i32, owned: bool): i32 {
  const stride = (count + 3) & ~3;
  const x0 = f32x4.splat(originBX);
  const y0 = f32x4.splat(originBY);
  let owner = owned ? i32x4(0, 1, 2, 3) : i32x4.splat(-1);
  const step = owned ? i32x4.splat(4) : i32x4.splat(0);
  for (let at: usize = 0; at < (<usize>stride << 2); at += 16) {
    v128.store(<usize>CARRY_X_AT + at, f32x4.sub(v128.load(xs + at), x0));
    v128.store(<usize>CARRY_Y_AT + at, f32x4.sub(v128.load(ys + at), y0));
    v128.store(<usize>CARRY_OWNER_AT + at, owner);
    owner = i32x4.add(owner, step);
  }
  carry(
    CARRY_X_AT,
    CARRY_Y_AT,
    CARRY_OWNER_AT,
    stride,
    CARRY_PAIRS_AT,
    loaded,
    <f32>setting(SET_SOFT),
    CARRY_OUT_AT,
  );
  return stride;
}

/** Lays b on a by one pair alone: position on position, direction on direction. */
export function placeBySeed(a: usize, b: usize, seedA: usize, seedB: usize): void {
  const count = load<i32>(b, T_COUNT);
  const turn = <usize>(
    ((<i32>load<u8>(section(a, T_DIRECTION) + seedA) - <i32>load<u8>(section(b, T_DIRECTION) + seedB)) & 255)
  );
  const c = load<f64>(<usize>COSINES_AT + (turn << 3));
  const s = load<f64>(<usize>SINES_AT + (turn << 3));
  const xs = section(b, T_X);
  const ys = section(b, T_Y);
  const x0 = load<f32>(xs + (seedB << 2));
  const y0 = load<f32>(ys + (seedB << 2));
  const ax = <f64>load<f32>(section(a, T_X) + (seedA << 2));
  const ay = <f64>load<f32>(section(a, T_Y) + (seedA << 2));
  for (let j: usize = 0; j < <usize>count; j++) {
    const u = <f64>(load<f32>(xs + (j << 2)) - x0);
    const v = <f64>(load<f32>(ys + (j << 2)) - y0);
    store<f64>(<usize>PLACED_X_AT + (j << 3), ax + c * u - s * v);
    store<f64>(<usize>PLACED_Y_AT + (j << 3), ay + s * u + c * v);
    store<f64>(<usize>PLACED_GAP_AT + (j << 3), sqrt<f64>(u * u + v * v));
    store<i32>(<usize>PLACED_TURN_AT + (j << 2), <i32>turn);
  }
}

/** Lays each minutia of b where its paired neighbours, itself left out, carry it. */
export function placeByPairs(a: usize, b: usize, partner: usize): void {
  loadPairs(a, b, partner);
  const count = load<i32>(b, T_COUNT);
  const block = <usize>carryPlaces(section(b, T_X), section(b, T_Y), count, true) << 2;
  const x0 = carriedOriginX();
  const y0 = carriedOriginY();
  for (let j: usize = 0; j < <usize>count; j++) {
    const out = <usize>CARRY_OUT_AT + (j << 2);
    store<f64>(<usize>PLACED_X_AT + (j << 3), <f64>load<f32>(out) + x0);
    store<f64>(<usize>PLACED_Y_AT + (j << 3), <f64>load<f32>(out + block) + y0);
    store<f64>(<usize>PLACED_GAP_AT + (j << 3), sqrt<f64>(<f64>load<f32>(out + 4 * block)));
    store<i32>(<usize>PLACED_TURN_AT + (j << 2), -1);
  }
}

/** Local turn of minutia j in 256ths; worked out when first asked for, from what `placeByPairs` carried last. */
export function turnAt(b: usize, j: usize): i32 {
  const known = load<i32>(<usize>PLACED_TURN_AT + (j << 2));
  if (known >= 0) return known;
  const block = <usize>((load<i32>(b, T_COUNT) + 3) & ~3) << 2;
  const out = <usize>CARRY_OUT_AT + (j << 2);
  const turn = turnUnits(<f64>load<f32>(out + 2 * block), <f64>load<f32>(out + 3 * block));
  store<i32>(<usize>PLACED_TURN_AT + (j << 2), turn);
  return turn;
}

/** Which of eight minutiae from place `k` of the sorted rows on lie between these bounds. */
// @ts-ignore: decorator
@inline
function nearOnes(rowX: usize, rowY: usize, k: usize, left: v128, right: v128, top: v128, bottom: v128): v128 {
  const xs = v128.load(rowX + (k << 1));
  const ys = v128.load(rowY + (k << 1));
  const across = v128.and(i16x8.gt_s(xs, left), i16x8.lt_s(xs, right));
  return v128.and(across, v128.and(i16x8.gt_s(ys, top), i16x8.lt_s(ys, bottom)));
}

/**
 * Pairs each placed minutia of b with its best partner in a, if the choice is mutual, and counts the pairs. The
 * tolerance grows with the distance to the nearest paired neighbour, as skin distortion does.
 */
export function pairMutually(a: usize, b: usize, partner: usize): i32 {
  const countA = load<i32>(a, T_COUNT);
  const countB = load<i32>(b, T_COUNT);
  const places = section(a, T_PLACE);
  const rowX = section(a, T_ROW_X);
  const rowY = section(a, T_ROW_Y);
  const rowDirection = section(a, T_ROW_DIRECTION);
  const first = section(a, T_FIRST);
  const bands = load<i32>(a, T_BANDS);
  const directionsB = section(b, T_DIRECTION);
  const gapMost = setting(SET_GAP_MOST);
  const reachLeast = setting(SET_REACH_LEAST);
  const reachGrowth = setting(SET_REACH_GROWTH);
  const limit = <i32>setting(SET_DIRECTION_LIMIT);
  const limitSquare = <f64>(limit * limit);
  for (let i: usize = 0; i < <usize>countA; i += 8) {
    v128.store(<usize>BEST_OF_A_AT + (i << 1), i16x8.splat(-1));
  }
  const infinite = f64x2.splat(Infinity);
  for (let i: usize = 0; i < <usize>countA; i += 2) v128.store(<usize>COST_OF_A_AT + (i << 3), infinite);
  for (let j: usize = 0; j < <usize>countB; j++) {
    store<i16>(partner + (j << 1), -1);
    const gap = load<f64>(<usize>PLACED_GAP_AT + (j << 3));
    if (gap > gapMost) continue;
    const reach = reachLeast + reachGrowth * gap;
    const x = load<f64>(<usize>PLACED_X_AT + (j << 3));
    const y = load<f64>(<usize>PLACED_Y_AT + (j << 3));
    // Whole pixels between which a partner must lie, with one or two to spare.
    const highest = <i32>(y - reach) - 2;
    const lowest = <i32>(y + reach) + 2;
    const band = highest >> ROW_SHIFT;
    if (band >= bands) continue;
    const square = reach * reach;
    const left = i16x8.splat(<i16>(<i32>(x - reach) - 2));
    const right = i16x8.splat(<i16>(<i32>(x + reach) + 2));
    const top = i16x8.splat(<i16>highest);
    const bottom = i16x8.splat(<i16>lowest);
    let direction = -1;
    let best: f64 = Infinity;
    let k: usize = band < 0 ? 0 : <usize>load<u16>(first + (<usize>band << 1));
    // The first sixteen hold all that can be near but on the richest prints.
    do {
      const here = nearOnes(rowX, rowY, k, left, right, top, bottom);
      const next = nearOnes(rowX, rowY, k + 8, left, right, top, bottom);
      let near = i8x16.bitmask(i8x16.narrow_i16x8_s(here, next));
      while (near != 0) {
        const at = k + <usize>ctz<i32>(near);
        near &= near - 1;
        const dx = <f64>load<i16>(rowX + (at << 1)) - x;
        const dy = <f64>load<i16>(rowY + (at << 1)) - y;
        const distance = dx * dx + dy * dy;
        if (distance > square || dy > reach) continue;
        if (direction < 0) direction = <i32>load<u8>(directionsB + j) + turnAt(b, j) + 128;
        const off = ((<i32>load<u8>(rowDirection + at) - direction) & 255) - 128;
        if (off > limit || off < -limit) continue;
        const cost = distance / square + <f64>(off * off) / limitSquare;
        const i = <usize>load<u8>(places + at);
        if (cost < best) {
          best = cost;
          store<i16>(partner + (j << 1), <i16>i);
        }
        if (cost < load<f64>(<usize>COST_OF_A_AT + (i << 3))) {
          store<f64>(<usize>COST_OF_A_AT + (i << 3), cost);
          store<i16>(<usize>BEST_OF_A_AT + (i << 1), <i16>j);
        }
      }
      k += ROW_LANES;
    } while (k < <usize>countA && <i32>load<i16>(rowY + (k << 1)) < lowest);
  }
  let count = 0;
  for (let j: usize = 0; j < <usize>countB; j++) {
    const i = <i32>load<i16>(partner + (j << 1));
    if (i < 0) continue;
    if (<usize>load<i16>(<usize>BEST_OF_A_AT + (<usize>i << 1)) == j) count++;
    else store<i16>(partner + (j << 1), -1);
  }
  return count;
}
