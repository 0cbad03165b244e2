import type { FingerClass } from './types.ts';

/** Every tunable number of the print generator. Lengths are pixels at 500 ppi unless said otherwise. */

/** Share of each class over all fingers: Wilson, Candela, Watson 1994; twin loops split from the whorls. */
export const CLASS_SHARES: readonly (readonly [FingerClass, number])[] = [
  ['arch', 0.037],
  ['tented-arch', 0.029],
  ['left-loop', 0.338],
  ['right-loop', 0.317],
  ['whorl', 0.229],
  ['twin-loop', 0.05],
];

/** Skin that a master covers: 17.9 x 24.4 mm, the front of a large thumb. */
export const MASTER = { width: 352, height: 480 } as const;

/** Ridge period: mean and deviation over people, slow variation within a finger, and its extremes. */
export const PERIOD = {
  mean: 9.1,
  deviation: 0.6,
  within: 0.07,
  cell: 90,
  /** Wider ridges above the core and below the deltas (Cappelli 2003, section 4.3). */
  aboveCore: 0.14,
  belowDelta: 0.16,
  least: 7,
  most: 12.5,
} as const;

/** Growth at half resolution: the period is then about 4.5 pixels, still twice Nyquist. */
export const GROWTH = {
  scale: 2,
  orientations: 64,
  periods: 12,
  /** Half the side of a filter, in pixels of the grid it filters. */
  radius: 5,
  /** Filter deviation as a share of the period: while growing, and in the one pass at full resolution. */
  sigma: 0.52,
  polishSigma: 0.42,
  /** Random spots over the whole rectangle; more of them, more minutiae. */
  seeds: 110,
  passes: 14,
  gain: 3,
  polishGain: 1.5,
  /** A block of this side rests once no pixel in it or its neighbours changed by more than `restBelow`. */
  block: 8,
  restBelow: 0.02,
} as const;

/** Wrinkles and scars that stay on the finger. */
export const CREASE = {
  /** Most fingers have none or few; one in `scarEvery` has a scar. */
  meanCount: 1.6,
  scarEvery: 14,
  length: [25, 130],
  halfWidth: [0.8, 2.2],
  depth: [0.5, 1],
} as const;

/** Plastic distortion of the skin (Cappelli, Maio, Maltoni 2001). */
export const DISTORTION = {
  /** Half axes of the part that sticks to the glass, as a share of the master's width and height. */
  grip: [0.2, 0.34],
  /** Width of the zone that stretches, in half axes of the grip. */
  stretch: [0.7, 1.8],
  /** Typical pull of the loose skin, pixels, and its twist, radians, at strength 1. */
  pull: 13,
  twist: 0.07,
  /** The map is worked out every so many pixels and interpolated. */
  step: 8,
} as const;

/** What one touch is like: how quality turns into dryness, blots, pull, place and size of the contact. */
export const TOUCH = {
  /** Quality is drawn as 1 - spread * u^2, so most touches are good. */
  qualitySpread: 0.75,
  /** Deviation of dryness (1 = ridges broken into dots, -1 = valleys flooded) at quality 1 and at 0. */
  dryness: [0.16, 0.55],
  blots: [0.35, 1.1],
  distortion: [0.6, 1.6],
  play: [0.7, 1.35],
  /** Half axes of the contact as shares of the master's half width and half height. */
  contact: { width: [0.66, 0.86], height: [0.66, 0.86] },
  /** Raggedness of the contact's edge, and how deep into the print the edge reaches, shares of the radius. */
  edgeNoise: 0.09,
  edgeDepth: 0.26,
  /** Lattices of skin grain, fresh grain, blots and the edge, pixels. */
  skinCell: 3.1,
  grainCell: 1.7,
  blotCell: 34,
  edgeCell: 16,
  skinGrain: 0.42,
  freshGrain: 0.18,
  dryGrain: 0.75,
} as const;
