import { ALIGN, TEMPLATE } from '../parameters.ts';
import { COSINES, SINES, turnUnits } from './circle.ts';
import type { PreparedTemplate } from './prepare.ts';

const MOST = TEMPLATE.minutiaeMost;
const ARM = ALIGN.directionArm * ALIGN.directionArm;
const SOFT = ALIGN.flexReach * ALIGN.flexReach;

/** A place of b's plane carried into a's: position, turn in 256ths, distance to the nearest pair. */
export interface Carried {
  x: number;
  y: number;
  turn: number;
  gap: number;
}

/**
 * The pairs of an alignment as flat lists, and what they say about every other place: moving least squares with
 * rigid maps (Schaefer, McPhail, Warren 2006). A place of b is carried by a rotation and shift fitted to the
 * pairs around it. The pairs' directions count like points at `ALIGN.directionArm` pixels, so that even a single
 * pair says how to turn.
 */
export class Carriers {
  #count = 0;
  readonly #ax = new Float64Array(MOST);
  readonly #ay = new Float64Array(MOST);
  readonly #bx = new Float64Array(MOST);
  readonly #by = new Float64Array(MOST);
  readonly #c = new Float64Array(MOST);
  readonly #s = new Float64Array(MOST);
  readonly #b = new Int16Array(MOST);

  /** Takes the pairs of b's minutiae with their partners in a. */
  load(a: PreparedTemplate, b: PreparedTemplate, partner: Int16Array): void {
    let count = 0;
    for (let j = 0; j < b.count; j++) {
      const i = partner[j]!;
      if (i < 0) continue;
      const off = (a.direction[i]! - b.direction[j]!) & 255;
      this.#ax[count] = a.x[i]!;
      this.#ay[count] = a.y[i]!;
      this.#bx[count] = b.x[j]!;
      this.#by[count] = b.y[j]!;
      this.#c[count] = ARM * COSINES[off]!;
      this.#s[count] = ARM * SINES[off]!;
      this.#b[count++] = j;
    }
    this.#count = count;
  }

  /** Carries (x0, y0) into `target`, without the pair of minutia `except` of b. */
  carry(x0: number, y0: number, except: number, target: Carried): void {
    let [w, wbx, wby, wax, way, dot, cross] = [0, 0, 0, 0, 0, 0, 0];
    let nearest = Number.POSITIVE_INFINITY;
    for (let k = 0; k < this.#count; k++) {
      if (this.#b[k] === except) continue;
      const bx = this.#bx[k]! - x0;
      const by = this.#by[k]! - y0;
      const square = bx * bx + by * by;
      if (square < nearest) nearest = square;
      const share = 1 / (square + SOFT);
      const weight = share * share;
      const ax = this.#ax[k]!;
      const ay = this.#ay[k]!;
      w += weight;
      wbx += weight * bx;
      wby += weight * by;
      wax += weight * ax;
      way += weight * ay;
      dot += weight * (bx * ax + by * ay + this.#c[k]!);
      cross += weight * (bx * ay - by * ax + this.#s[k]!);
    }
    target.gap = Math.sqrt(nearest);
    if (w === 0) return;
    const mbx = wbx / w;
    const mby = wby / w;
    const max = wax / w;
    const may = way / w;
    const cd = dot / w - (mbx * max + mby * may);
    const sd = cross / w - (mbx * may - mby * max);
    const length = Math.sqrt(cd * cd + sd * sd);
    const c = length > 0 ? cd / length : 1;
    const s = length > 0 ? sd / length : 0;
    target.x = max - (c * mbx - s * mby);
    target.y = may - (s * mbx + c * mby);
    target.turn = turnUnits(c, s);
  }
}
