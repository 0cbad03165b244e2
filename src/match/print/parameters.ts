/** Every tunable number of print matching. Lengths are pixels at 500 ppi unless said otherwise. */

/** Bumped whenever the same picture can give another template. */
export const ALGORITHM_VERSION = 1;

export const RESOLUTION = {
  /** Working resolution, pixels per inch. */
  ppi: 500,
  /** Pictures within this share of 500 ppi are used as they are. */
  tolerance: 0.01,
} as const;

/** Limits of what `extract` accepts, pixels at 500 ppi. */
export const EXTENT = { min: 48, max: 2000 } as const;

export const EXTRACT = {
  /** Side of a grid cell; orientation, period and reliability live on the grid. */
  cell: 4,
  /** Sigma of the window for local mean and contrast, cells. */
  normaliseSigma: 3,
  /** Normalised greys are cut here: single dark spots must not outweigh the ridges around them. */
  normaliseLimit: 1.3,
  /** Contrast below this share of the print's own high contrast is background. */
  contrastFloor: 0.12,
  /** Sigma of the first and the wide orientation window, cells. */
  orientationSigma: 2,
  orientationWideSigma: 5,
  /** Ridge periods searched. */
  periodMin: 4.5,
  periodMax: 17,
  /** Share of local energy a ridge wave must explain. */
  reliabilityFloor: 0.3,
  /** Distance a minutia keeps from the edge of the foreground. */
  border: 9,
} as const;

/** Bank of oriented Gabor filters (21 x 21 pixels). */
export const GABOR = {
  orientations: 48,
  periods: 14,
  periodMin: 4.5,
  periodMax: 17,
  /** Sigma of the envelope along the ridge, and across it as a share of the period. */
  along: 4.2,
  across: 0.42,
  /** Integer scale of the picture, and of the kernels as a power of two: products stay below 2^31. */
  unit: 512,
  shift: 19,
} as const;

/** Ridge period by x-signature. */
export const PERIOD = {
  /** Grid cells between measurements. */
  everyCells: 3,
  /** Samples along the normal and half the width along the ridge. */
  length: 41,
  halfWidth: 8,
  strengthFloor: 0.2,
  /** Spread to unmeasured places, in measurement steps. */
  spreadSigma: 1.5,
  spreadFarSigma: 5,
  /** Adult ridge period at 500 ppi (Handbook of Fingerprint Recognition, 3rd ed.). */
  usual: 9,
} as const;

/** Foreground. */
export const SEGMENT = {
  contrastMin: 3,
  /** Share of the print's 95 % contrast that a ridge area has at least. */
  contrastShare: 0.2,
  shareSigma: 2,
  maskSigma: 2,
  componentShare: 0.2,
} as const;

/** Skeleton clean-up and minutiae. Lengths as shares of the local ridge period. */
export const SKELETON = {
  spur: 1.1,
  island: 1.6,
  gap: 1.2,
  bridge: 1.0,
  lake: 1.4,
  /** A bridge runs across the ridges: squared cosine of its angle to them at most this. */
  bridgeAlong: 0.5,
  /** Ends face each other when the cosines of their angles exceed this; their directions come from this length. */
  gapFacing: 0.7,
  gapTrace: 10,
  /** Length of the trace that gives a minutia its direction, pixels. */
  directionTrace: 14,
} as const;

/** Which minutiae are kept. */
export const MINUTIA = {
  border: 10,
  ratingFloor: 0.3,
  /** Pairs closer than this share of the ridge period are removed. */
  closePair: 0.5,
  most: 150,
} as const;

export const RIDGE_MAP = { step: 12 } as const;

/** Minutia cylinder code (Cappelli, Ferrara, Maltoni 2010), bit version. */
export const CYLINDER = {
  radius: 70,
  /** Cells across; those within the radius fill one 128-bit word. */
  side: 12,
  layers: 5,
  spatialSigma: 28 / 3,
  directionSigma: (2 * Math.PI) / 9,
  /** A cell is set where the neighbours' contribution exceeds this. */
  threshold: 0.01,
  /** Cells this far outside the foreground still count as seen. */
  margin: 8,
  neighboursLeast: 2,
  /** Share of a cylinder's cells that must lie on the print. */
  validShare: 0.5,
  /** Share of the cells that both cylinders of a pair must see. */
  commonShare: 0.4,
  /** Pairs that would turn the print further than this are not compared. */
  turnLimit: Math.PI / 2,
} as const;

/** Local similarity sort with relaxation, as in the same paper. */
export const RELAX = {
  pairsMin: 4,
  pairsMax: 12,
  pairsCentre: 20,
  pairsSlope: 0.4,
  own: 0.5,
  rounds: 5,
  /** Most pairs that take part. */
  most: 24,
  distanceCentre: 5,
  distanceSlope: -1.6,
  angleCentre: Math.PI / 12,
  angleSlope: -30,
} as const;

/** What a template may hold. */
export const TEMPLATE = { minutiaeMost: 255, stepLeast: 4 } as const;

/** Scores at the named false match rates. */
export const THRESHOLDS = { fmr100: -2.7, fmr1000: -0.7, fmr10000: 0.6 } as const;

/** ISO/IEC 19794-2 records. 197 pixels per cm is how the standard writes 500 ppi. */
export const ISO_RECORD = {
  pixelsPerCm: 197,
  leastPerCm: 39,
  mostPerCm: 1575,
  unstatedReliability: 50,
} as const;

/** Alignment of two prints from local pairs. Directions in 256ths of a turn. */
export const ALIGN = {
  seeds: 8,
  /** Seeds that are grown, and alignments that are then judged by all evidence. */
  grown: 4,
  judged: 3,
  /** Fewer pairs than this are no alignment. */
  pairsLeast: 2,
  rounds: 5,
  /** Tolerance: at least, and growth per pixel of distance to the nearest paired neighbour. */
  reachLeast: 8,
  reachGrowth: 0.12,
  /** A minutia this far from every pair is not looked for. */
  gapMost: 110,
  /** Ridges this far from every pair are not compared. */
  overlapGap: 90,
  /** Cells of the ridge map that are carried together, and orientation difference that counts as disagreement (255ths of half a turn). */
  overlapBlock: 3,
  disagree: 32,
  directionLimit: 24,
  directionArm: 25,
  flexReach: 45,
  placeScale: 8,
  directionScale: 14,
  /** A local similarity this high counts in full; a pair without any keeps this share. */
  localFull: 0.7,
  localFloor: 0.3,
} as const;

/**
 * Log odds from evidence: a logistic regression over all genuine and impostor pairs of the five public sample
 * sets (bench/prints/fit.ts), checked by leaving one set out at a time. Order of `fusionTerms`.
 */
export const FUSION = {
  localOffset: 0.002,
  weights: [1.377, 1.533, 13.373, 11.466, -10.165, -4.051, -24.415, 1.045, -0.55, -2.387],
  bias: 3.945,
} as const;
