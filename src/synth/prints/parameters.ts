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
  mean: 8.6,
  deviation: 0.6,
  within: 0.07,
  cell: 90,
  /** Wider ridges above the core and below the deltas (Cappelli, Maio, Maltoni 2002). */
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
  seeds: 320,
  passes: 10,
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
  /** Skin tears nowhere: the most a pull may stretch it (pixels a pixel), and the most it may be twisted. */
  mostStrain: 0.38,
  mostTwist: 0.17,
  /** The map is worked out every so many pixels and interpolated. */
  step: 8,
} as const;

/** What one touch is like: how quality turns into dryness, blots, pull, place and size of the contact. */
export const TOUCH = {
  /** Most touches are good, quality 1 - spread * u^2; the careless share is uniform below its ceiling. */
  qualitySpread: 0.6,
  carelessShare: 0.25,
  carelessCeiling: 0.45,
  /** Pairs: at quality 1 and at quality 0. Deviation of dryness: 1 breaks ridges into dots, -1 floods valleys. */
  dryness: [0.18, 0.75],
  blots: [0.4, 1.4],
  /** Noise as coarse as the ridges, which no filter can tell from them; times the sensor's own. */
  smear: [0.35, 1.4],
  distortion: [0.7, 2.1],
  play: [0.75, 1.5],
  /** Deviation of the finger's turn, radians, and the largest shift across and along as shares of the frame, at play 1. */
  turn: 0.16,
  shift: [0.095, 0.115],
  /** Half axes of the contact as shares of the master's half width and half height, and the least share left. */
  contact: { width: [0.66, 0.88], height: [0.64, 0.88] },
  leastContact: [0.94, 0.62],
  /** Raggedness of the contact's edge, and how deep into the print the edge reaches, shares of the radius. */
  edgeNoise: 0.06,
  edgeDepth: 0.2,
  /** Lattices of skin grain, ridge width, fresh grain, blots and the edge, pixels. */
  skinCell: 3.1,
  widthCell: 6,
  grainCell: 1.7,
  smearCell: 5,
  blotCell: 34,
  edgeCell: 24,
  skinGrain: 0.42,
  ridgeWidth: 0.5,
  freshGrain: 0.18,
  dryGrain: 0.75,
  /** Ridge height that prints at dryness 0, and how dryness and a weak touch at the edge raise it. */
  level: 0.05,
  levelByDryness: 0.75,
  drynessAtEdge: 0.55,
  /** Grey film in flooded valleys: ink per unit of wetness beyond `filmFrom`, and its most. */
  film: 0.9,
  filmFrom: 0.25,
  mostFilm: 0.7,
  /** What full wear leaves of the ridges' height, and the roughness it adds. */
  wornHeight: 0.5,
  wornRoughness: 0.5,
  /** Contrast of a frame, least and most. */
  contrast: [0.85, 1],
  /** Lattices of the background's cloud, pixels. */
  cloudCells: [110, 47],
} as const;

/** Scratches and specks of one frame: lengths and half widths, and the ink a speck leaves. */
export const BLEMISH = {
  scratchLength: [20, 140],
  scratchHalfWidth: [0.4, 1.3],
  speckLength: [1, 4],
  speckHalfWidth: [0.3, 1.2],
  speckInk: 0.7,
  depth: [0.4, 1],
  /** Deviation of a stroke's turning, radians a pixel. */
  curve: 0.004,
} as const;

/** Fingers that are drawn as minutiae only. */
export const MINUTIAE = {
  /** Per square pixel of skin, 0.2 / mm2: extraction finds 4.3 to 5.8e-4 on the FVC sets, false ones included. */
  density: 0.00052,
  /** Deviation of a finger's own density, as a share of it. */
  spread: 0.16,
  /** Denser about cores and deltas, by this factor at the point itself, fading over so many pixels. */
  nearSingular: 1.5,
  singularReach: 45,
  /** No two minutiae closer than this share of a ridge period. */
  apart: 1.05,
  endings: 0.55,
  /** Step for measuring how the flow widens, pixels. */
  flowStep: 6,
} as const;

/** How a touch turns a finger's minutiae into an extracted template. Pairs: at quality 1 and at quality 0. */
export const EXTRACTED = {
  /** Share missed, and spurious ones per true one. */
  missed: [0.04, 0.3],
  spurious: [0.05, 0.4],
  /** Deviation of position, pixels, and of direction, radians. */
  jitter: [0.8, 1.7],
  turn: [0.05, 0.13],
  /** Share whose type is misread, and which point the other way (a break read as two endings). */
  retyped: [0.1, 0.3],
  flipped: [0.005, 0.05],
  /** Deviation of the ridge map's angle, radians, and of its period, pixels. */
  mapTurn: [0.03, 0.14],
  mapPeriod: [0.2, 0.8],
  /** Mean reliability of true and of spurious minutiae, and the deviation of both. */
  reliability: [90, 45],
  spuriousReliability: [60, 25],
  reliabilityDeviation: 12,
  quality: [95, 20],
  /** Minutiae beyond this share of the contact's radius are cut as border. */
  border: 0.97,
  /** Step of the ridge map, the extractor's own, so that both kinds can be laid on one another. */
  ridgeStep: 12,
  /** Length of ridge that a direction is read from, pixels. */
  reading: 6,
} as const;

/**
 * Classes of thumbs, about as Cummins and Midlo 1943 report them: more whorls than over all fingers, and loops
 * that open towards the little finger (ulnar) nearly always.
 */
export const THUMB = {
  ulnarLoop: 0.55,
  radialLoop: 0.01,
  whorl: 0.29,
  twinLoop: 0.11,
  arch: 0.03,
  tentedArch: 0.01,
  /** How often both thumbs of a person are of one class, beyond chance. */
  alike: 0.55,
} as const;
