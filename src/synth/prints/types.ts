import type { Seed } from './noise.ts';

/** Henry classes as NIST counts them; a twin loop is a whorl to most clerks. */
export type FingerClass = 'arch' | 'tented-arch' | 'left-loop' | 'right-loop' | 'whorl' | 'twin-loop';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A singular point of the flow and how it departs from the bare zero-pole model. */
export interface Singularity extends Point {
  readonly kind: 'core' | 'delta';
  /** Direction in which a core's loop opens, as cosine and sine, y up; unused for a delta. */
  readonly axis: readonly [number, number];
  /** 0 is the bare model's parabola, towards 1 the ridges of a loop run ever longer side by side. */
  readonly slender: number;
  /** Irregularity: coefficients of sin a, sin 2a and cos 2a of the angle about the point, radians. */
  readonly bend: readonly [number, number, number];
}

/** Everything that decides the ridge flow of one finger. Pixels at 500 ppi, origin top left, y down. */
export interface Pattern {
  readonly fingerClass: FingerClass;
  readonly width: number;
  readonly height: number;
  /** Where the flow turns; the middle of the arch where there is no core. */
  readonly centre: Point;
  readonly singularities: readonly Singularity[];
  /** Radians by which ridges fall off towards the sides above the core, and the height of an arch's hill. */
  readonly crown: number;
  readonly hill: number;
  /** Rotation of the whole flow, radians. */
  readonly lean: number;
}

/** One finger, as its skin is. Impressions are drawn from it. */
export interface MasterFinger {
  readonly seed: Seed;
  readonly fingerClass: FingerClass;
  /** Pixels at 500 ppi. */
  readonly width: number;
  readonly height: number;
  readonly pattern: Pattern;
  /** Ridge height, -127 (valley floor, and outside the skin) to 127 (ridge crest), row by row. */
  readonly ridges: Int8Array;
}
