import { arctan2, cosine, sine, smoothStep } from './portable-math.ts';
import type { Pattern, Singularity } from './types.ts';

/**
 * Ridge flow by the zero-pole model (Sherlock, Monro 1993): twice the angle is the sum of the angles about
 * the cores less those about the deltas. Each singular angle carries a correction as in Vizcaya, Gerhardt
 * 1996, here a short Fourier series in place of their eight linear pieces, which keeps the flow smooth.
 * Arches follow Cappelli, Maio, Maltoni 2002: a sinusoidal hill that flattens downwards.
 */

/** Pixels beyond which a singular point's own shape no longer bends the flow. */
const REACH = 90;

function correction(s: Singularity, cos: number, sin: number, r: number): number {
  const [a, b, c] = s.bend;
  const own = a * sin + b * 2 * sin * cos + c * (cos * cos - sin * sin);
  const aside = sin * s.axis[0] - cos * s.axis[1];
  return (own - s.slender * aside) / (1 + (r * r) / (REACH * REACH));
}

/** Fall-off of the ridges to both sides above the centre: a fingertip is round, the bare model is flat. */
function crownAngle(pattern: Pattern, x: number, y: number): number {
  const across = (x - pattern.centre.x) / (pattern.width / 2);
  const fade = 1 - smoothStep(-60, 150, y - pattern.centre.y);
  return -pattern.crown * Math.max(-1.2, Math.min(1.2, across)) * fade;
}

function archAngle(pattern: Pattern, x: number, y: number): number {
  const across = (x - pattern.centre.x) / pattern.width;
  const depth = (y - pattern.centre.y + 90) / 260;
  // Highest slope half way between the middle and the sides, fading to flat below and a round crown above.
  const steep = pattern.hill * smoothStep(-0.2, 0.35, depth) * (1 - smoothStep(0.45, 1.1, depth));
  return arctan2(-steep * sine(Math.max(-1, Math.min(1, across * 2)) * Math.PI), 1);
}

/** Angle of the ridges at a point, radians anticlockwise as seen, any multiple of pi added. */
export function flowAt(pattern: Pattern, x: number, y: number): number {
  let angle = pattern.lean + crownAngle(pattern, x, y);
  if (pattern.singularities.length === 0) return angle + archAngle(pattern, x, y);
  let re = 1;
  let im = 0;
  for (const s of pattern.singularities) {
    const dx = x - s.x;
    const dy = s.y - y;
    const r = Math.sqrt(dx * dx + dy * dy);
    if (r < 1e-9) continue;
    const cos = dx / r;
    const sin = s.kind === 'core' ? dy / r : -dy / r;
    const next = re * cos - im * sin;
    im = re * sin + im * cos;
    re = next;
    const bend = correction(s, cos, dy / r, r) / 2;
    angle += s.kind === 'core' ? bend : -bend;
  }
  return angle + arctan2(im, re) / 2;
}

/** Flow as cosine and sine of the doubled angle on a grid of `step` pixels, for smooth interpolation. */
export interface FlowField {
  readonly step: number;
  readonly columns: number;
  readonly rows: number;
  /** Radians in [0, pi). */
  readonly angle: Float32Array;
}

export function flowField(pattern: Pattern, step: number): FlowField {
  const columns = Math.ceil(pattern.width / step);
  const rows = Math.ceil(pattern.height / step);
  const angle = new Float32Array(columns * rows);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const a = flowAt(pattern, (i + 0.5) * step, (j + 0.5) * step);
      angle[j * columns + i] = a - Math.floor(a / Math.PI) * Math.PI;
    }
  }
  return { step, columns, rows, angle };
}

/** Unit vector along the ridges, in picture coordinates (y down). */
export function alongRidge(angle: number): { x: number; y: number } {
  return { x: cosine(angle), y: -sine(angle) };
}
