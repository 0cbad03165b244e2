import { ALIGN } from '../parameters.ts';
import type { PlacedMinutiae } from './align.ts';
import { COSINES, SINES, turnUnits } from './circle.ts';
import type { PreparedTemplate } from './prepare.ts';

/** Where b's minutiae lie in a's plane if each follows its paired neighbours, itself left out. */
export interface FlexiblePlace extends PlacedMinutiae {
  /** Local turn in 256ths. */
  readonly turn: Uint8Array;
  /** Distance to the nearest paired minutia, infinite where there is none. */
  readonly gap: Float64Array;
}

/** A place of b's plane carried into a's: position, turn in 256ths, distance to the nearest pair. */
interface Carried {
  x: number;
  y: number;
  turn: number;
  gap: number;
}

/** The pairs that carry, as flat lists. */
export interface Carriers {
  readonly count: number;
  /** Positions of the paired minutiae in a and b. */
  readonly ax: Float64Array;
  readonly ay: Float64Array;
  readonly bx: Float64Array;
  readonly by: Float64Array;
  /** Cosine and sine of each pair's turn. */
  readonly c: Float64Array;
  readonly s: Float64Array;
  /** Position of each pair's minutia in b's list. */
  readonly b: Int16Array;
}

export function carriers(a: PreparedTemplate, b: PreparedTemplate, partner: Int16Array): Carriers {
  const n = b.count;
  const made = {
    ax: new Float64Array(n),
    ay: new Float64Array(n),
    bx: new Float64Array(n),
    by: new Float64Array(n),
    c: new Float64Array(n),
    s: new Float64Array(n),
    b: new Int16Array(n),
  };
  let count = 0;
  for (let j = 0; j < n; j++) {
    const i = partner[j]!;
    if (i < 0) continue;
    const off = (a.direction[i]! - b.direction[j]!) & 255;
    made.ax[count] = a.x[i]!;
    made.ay[count] = a.y[i]!;
    made.bx[count] = b.x[j]!;
    made.by[count] = b.y[j]!;
    made.c[count] = COSINES[off]!;
    made.s[count] = SINES[off]!;
    made.b[count++] = j;
  }
  return { count, ...made };
}

const ARM = ALIGN.directionArm * ALIGN.directionArm;
const SOFT = ALIGN.flexReach * ALIGN.flexReach;

/**
 * Moving least squares with rigid maps (Schaefer, McPhail, Warren 2006): a place of b is carried by a rotation
 * and shift fitted to the pairs around it. The pairs' directions count like points at `ALIGN.directionArm`
 * pixels, so that even a single pair says how to turn. The pair of minutia `except` is left out.
 */
export function carry(pairs: Carriers, x0: number, y0: number, except: number, target: Carried): void {
  let [w, wbx, wby, wax, way, dot, cross] = [0, 0, 0, 0, 0, 0, 0];
  let nearest = Number.POSITIVE_INFINITY;
  for (let k = 0; k < pairs.count; k++) {
    if (pairs.b[k] === except) continue;
    const bx = pairs.bx[k]! - x0;
    const by = pairs.by[k]! - y0;
    const square = bx * bx + by * by;
    if (square < nearest) nearest = square;
    const share = 1 / (square + SOFT);
    const weight = share * share;
    const ax = pairs.ax[k]!;
    const ay = pairs.ay[k]!;
    w += weight;
    wbx += weight * bx;
    wby += weight * by;
    wax += weight * ax;
    way += weight * ay;
    dot += weight * (bx * ax + by * ay + ARM * pairs.c[k]!);
    cross += weight * (bx * ay - by * ax + ARM * pairs.s[k]!);
  }
  target.gap = Math.sqrt(nearest);
  if (w === 0) return;
  const [mbx, mby, max, may] = [wbx / w, wby / w, wax / w, way / w];
  const cd = dot / w - (mbx * max + mby * may);
  const sd = cross / w - (mbx * may - mby * max);
  const length = Math.sqrt(cd * cd + sd * sd);
  const c = length > 0 ? cd / length : 1;
  const s = length > 0 ? sd / length : 0;
  target.x = max - (c * mbx - s * mby);
  target.y = may - (s * mbx + c * mby);
  target.turn = turnUnits(c, s);
}

/** Carries every minutia of b by the pairs around it. */
export function placeFlexibly(b: PreparedTemplate, pairs: Carriers): FlexiblePlace {
  const n = b.count;
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  const turn = new Uint8Array(n);
  const gap = new Float64Array(n);
  const place: Carried = { x: 0, y: 0, turn: 0, gap: 0 };
  for (let j = 0; j < n; j++) {
    carry(pairs, b.x[j]!, b.y[j]!, j, place);
    x[j] = place.x;
    y[j] = place.y;
    turn[j] = place.turn;
    gap[j] = place.gap;
  }
  return { x, y, turn, gap };
}
