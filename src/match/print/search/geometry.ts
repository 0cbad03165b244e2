import { cosine, sine, TURN } from '../kernels/maths.ts';
import type { Template } from '../types.ts';
import { SURROUNDINGS } from './parameters.ts';
import { REACH } from './surroundings.ts';

/** Cosine and sine of 256ths of a turn. */
export const COSINES = Float64Array.from({ length: 256 }, (_, i) => cosine((i * TURN) / 256));
export const SINES = Float64Array.from({ length: 256 }, (_, i) => sine((i * TURN) / 256));

/** Doubled cosine and sine of a ridge map's orientation bytes. */
const RIDGE_COSINES = Float64Array.from({ length: 255 }, (_, o) => cosine((2 * Math.PI * o) / 255));
const RIDGE_SINES = Float64Array.from({ length: 255 }, (_, o) => sine((2 * Math.PI * o) / 255));

const { layers, place } = SURROUNDINGS;

/** Places of the lookup grid along one axis, and in all. */
export const PLACES_WIDE = 2 * Math.ceil(REACH / place) + 1;

/** Grid place of (u, v) in the frame of a minutia, or -1 out of reach. */
export function placeOf(u: number, v: number): number {
  if (u * u + v * v >= REACH * REACH) return -1;
  const middle = (PLACES_WIDE - 1) / 2;
  return (Math.round(v / place) + middle) * PLACES_WIDE + Math.round(u / place) + middle;
}

export function directionUnits(radians: number): number {
  return Math.round((radians / TURN) * 256) & 255;
}

/** Receives what surrounds a minutia: its place, and what it adds to each number of that place. */
export interface Surroundings {
  minutia(place: number, layer: number, share: number): void;
  ridge(place: number, cosine2: number, sine2: number): void;
}

/** Walks everything within reach of minutia `i`, seen from its place and along its direction. */
export function walkSurroundings(template: Template, i: number, visit: Surroundings): void {
  const { x, y, direction } = template.minutiae[i]!;
  const units = directionUnits(direction);
  const c = COSINES[units]!;
  const s = SINES[units]!;
  for (const [j, m] of template.minutiae.entries()) {
    if (j === i) continue;
    const dx = m.x - x;
    const dy = y - m.y;
    const at = placeOf(c * dx + s * dy, c * dy - s * dx);
    if (at < 0) continue;
    const position = (((directionUnits(m.direction) - units) & 255) * layers) / 256;
    const layer = Math.floor(position);
    visit.minutia(at, layer, position - layer);
  }
  const { ridges } = template;
  if (!ridges) return;
  const c2 = COSINES[(2 * units) & 255]!;
  const s2 = SINES[(2 * units) & 255]!;
  for (let k = 0; k < ridges.orientation.length; k++) {
    const orientation = ridges.orientation[k]!;
    if (orientation === 255) continue;
    const dx = ((k % ridges.columns) + 0.5) * ridges.step - x;
    const dy = y - (Math.floor(k / ridges.columns) + 0.5) * ridges.step;
    const at = placeOf(c * dx + s * dy, c * dy - s * dx);
    if (at < 0) continue;
    const rc = RIDGE_COSINES[orientation]!;
    const rs = RIDGE_SINES[orientation]!;
    visit.ridge(at, rc * c2 + rs * s2, rs * c2 - rc * s2);
  }
}

/** Centre of a grid place. */
export function placeCentre(at: number): { u: number; v: number } {
  const middle = (PLACES_WIDE - 1) / 2;
  return {
    u: ((at % PLACES_WIDE) - middle) * place,
    v: (Math.floor(at / PLACES_WIDE) - middle) * place,
  };
}
