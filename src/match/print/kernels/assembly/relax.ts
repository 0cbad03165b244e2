import {
  BY_DISTANCE_AT,
  BY_SINE_AT,
  BY_TURN_AT,
  COSINES_AT,
  DECIDING_AT,
  FRIEND_COUNT_AT,
  FRIENDS_AT,
  KEPT_AT,
  LOCAL_AT,
  NEXT_AT,
  ORDER_AT,
  PAIRS_AT,
  PAIRS_ROOM,
  RHO_AT,
  SEEDS_A_AT,
  SEEDS_B_AT,
  SET_DISTANCE_MOST,
  SET_DISTANCE_STEPS,
  SET_OWN,
  SET_ROUNDS_RELAX,
  SET_TURN_REACH,
  SINE_STEPS,
  SINES_AT,
  T_COUNT,
  T_DIRECTION,
  T_X,
  T_Y,
  TURNS_AT,
  VALUES_AT,
} from '../layout';
import { rounded, section, setting } from './settings';

const UNIT: f64 = 16384;

// @ts-ignore: decorator
@inline
function pairA(k: i32): usize {
  return <usize>load<u16>(<usize>PAIRS_AT + <usize>(6 * k));
}

// @ts-ignore: decorator
@inline
function pairB(k: i32): usize {
  return <usize>load<u16>(<usize>PAIRS_AT + <usize>(6 * k), 2);
}

// @ts-ignore: decorator
@inline
function pairSimilarity(k: i32): f64 {
  return <f64>(<i32>load<u16>(<usize>PAIRS_AT + <usize>(6 * k), 4)) / UNIT;
}

function addFriend(p: i32, q: i32, agreement: f64): void {
  const count = <i32>load<u8>(<usize>FRIEND_COUNT_AT + <usize>p);
  store<u8>(<usize>FRIEND_COUNT_AT + <usize>p, <u8>(count + 1));
  const at = <usize>(p * PAIRS_ROOM + count);
  store<u8>(<usize>FRIENDS_AT + at, <u8>q);
  store<f64>(<usize>RHO_AT + (at << 3), agreement);
}

/** Agreement of the bearings of q from p in the two prints, b's turned as p turns it. */
function byBearing(turn: usize, ax: f64, ay: f64, bx: f64, by: f64, lengths: f64): f64 {
  const c = load<f64>(<usize>COSINES_AT + (turn << 3));
  const s = load<f64>(<usize>SINES_AT + (turn << 3));
  const rx = c * bx - s * by;
  const ry = s * bx + c * by;
  if (rx * ax + ry * ay <= 0) return 0;
  const sine = abs<f64>(rx * ay - ry * ax) / lengths;
  const step = min<f64>(SINE_STEPS, rounded(sine * SINE_STEPS));
  return load<f64>(<usize>BY_SINE_AT + (<usize>step << 3));
}

/** How well the first `n` pairs agree on turn, distance and bearing. */
function agreements(a: usize, b: usize, n: i32): void {
  const directionsA = section(a, T_DIRECTION);
  const directionsB = section(b, T_DIRECTION);
  const xsA = section(a, T_X);
  const ysA = section(a, T_Y);
  const xsB = section(b, T_X);
  const ysB = section(b, T_Y);
  const most = setting(SET_DISTANCE_MOST);
  const steps = setting(SET_DISTANCE_STEPS);
  memory.fill(FRIEND_COUNT_AT, 0, PAIRS_ROOM);
  for (let p = 0; p < n; p++) {
    const turn = load<u8>(directionsA + pairA(p)) - load<u8>(directionsB + pairB(p));
    store<u8>(<usize>TURNS_AT + <usize>p, turn);
  }
  // Turns beyond the last pair repeat; their bits are cut off.
  const turns0 = v128.load(TURNS_AT);
  const turns1 = v128.load(<usize>TURNS_AT + 16);
  const reach = i8x16.splat(<i8>setting(SET_TURN_REACH));
  const all = <u32>((<u64>1 << <u64>n) - 1);
  for (let p = 0; p < n; p++) {
    const turnP = <usize>load<u8>(<usize>TURNS_AT + <usize>p);
    const own = i8x16.splat(<i8>turnP);
    const off0 = i8x16.abs(i8x16.sub(turns0, own));
    const off1 = i8x16.abs(i8x16.sub(turns1, own));
    const alike0 = <u32>i8x16.bitmask(i8x16.le_u(off0, reach));
    const alike1 = <u32>i8x16.bitmask(i8x16.le_u(off1, reach));
    let alike = (alike0 | (alike1 << 16)) & all & (<u32>-2 << p);
    if (alike == 0) continue;
    const pa = pairA(p) << 2;
    const pb = pairB(p) << 2;
    const ax0 = load<f32>(xsA + pa);
    const ay0 = load<f32>(ysA + pa);
    const bx0 = load<f32>(xsB + pb);
    const by0 = load<f32>(ysB + pb);
    for (; alike != 0; alike &= alike - 1) {
      const q = <i32>ctz<u32>(alike);
      const turnQ = <usize>load<u8>(<usize>TURNS_AT + <usize>q);
      const qa = pairA(q) << 2;
      const qb = pairB(q) << 2;
      const ax = <f64>(load<f32>(xsA + qa) - ax0);
      const ay = <f64>(load<f32>(ysA + qa) - ay0);
      const bx = <f64>(load<f32>(xsB + qb) - bx0);
      const by = <f64>(load<f32>(ysB + qb) - by0);
      const lengthA = sqrt<f64>(ax * ax + ay * ay);
      const lengthB = sqrt<f64>(bx * bx + by * by);
      const difference = abs<f64>(lengthA - lengthB);
      if (difference >= most) continue;
      const step = <usize>rounded(difference * steps);
      const turn = load<f64>(<usize>BY_TURN_AT + (((turnP - turnQ) & 255) << 3));
      const both = turn * load<f64>(<usize>BY_DISTANCE_AT + (step << 3));
      const lengths = lengthA * lengthB;
      addFriend(p, q, both * byBearing(turnP, ax, ay, bx, by, lengths));
      addFriend(q, p, both * byBearing(turnQ, ax, ay, bx, by, lengths));
    }
  }
}

/** Relaxes the similarities of the first `n` pairs. */
function iterate(n: i32): void {
  const own = setting(SET_OWN);
  const rounds = <i32>setting(SET_ROUNDS_RELAX);
  const shared = (1 - own) / <f64>(n - 1);
  for (let i = 0; i < n; i++) store<f64>(<usize>VALUES_AT + (<usize>i << 3), pairSimilarity(i));
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < n; i++) {
      let support: f64 = 0;
      const end = i * PAIRS_ROOM + <i32>load<u8>(<usize>FRIEND_COUNT_AT + <usize>i);
      for (let k = i * PAIRS_ROOM; k < end; k++) {
        const friend = <usize>load<u8>(<usize>FRIENDS_AT + <usize>k);
        support += load<f64>(<usize>RHO_AT + (<usize>k << 3)) * load<f64>(<usize>VALUES_AT + (friend << 3));
      }
      const value = load<f64>(<usize>VALUES_AT + (<usize>i << 3));
      store<f64>(<usize>NEXT_AT + (<usize>i << 3), own * value + shared * support);
    }
    memory.copy(VALUES_AT, NEXT_AT, <usize>n << 3);
  }
}

/** Places of the first `n` pairs by falling share of similarity kept, equals in order. */
function rank(n: i32): void {
  for (let k = 0; k < n; k++) {
    const share = load<f64>(<usize>VALUES_AT + (<usize>k << 3)) / pairSimilarity(k);
    let at = <usize>k;
    for (; at > 0 && load<f64>(<usize>KEPT_AT + ((at - 1) << 3)) < share; at--) {
      store<f64>(<usize>KEPT_AT + (at << 3), load<f64>(<usize>KEPT_AT + ((at - 1) << 3)));
      store<u8>(<usize>ORDER_AT + at, load<u8>(<usize>ORDER_AT + at - 1));
    }
    store<f64>(<usize>KEPT_AT + (at << 3), share);
    store<u8>(<usize>ORDER_AT + at, <u8>k);
  }
}

/**
 * Local similarity assignment with relaxation (Cappelli, Ferrara, Maltoni 2010) of the first `n` local pairs: writes
 * their minutiae by falling share of similarity kept, and the mean relaxed similarity. Returns the number of seeds.
 */
export function relax(a: usize, b: usize, n: i32): i32 {
  store<f64>(LOCAL_AT, 0);
  if (n < 2) return 0;
  agreements(a, b, n);
  iterate(n);
  rank(n);
  const fewer = min(255, min(load<i32>(a, T_COUNT), load<i32>(b, T_COUNT)));
  const deciding = <i32>load<u8>(<usize>DECIDING_AT + <usize>fewer);
  let sum: f64 = 0;
  for (let k = 0; k < n; k++) {
    const at = <i32>load<u8>(<usize>ORDER_AT + <usize>k);
    if (k < deciding) sum += load<f64>(<usize>VALUES_AT + (<usize>at << 3));
    store<u8>(<usize>SEEDS_A_AT + <usize>k, <u8>pairA(at));
    store<u8>(<usize>SEEDS_B_AT + <usize>k, <u8>pairB(at));
  }
  store<f64>(LOCAL_AT, sum / <f64>deciding);
  return n;
}
