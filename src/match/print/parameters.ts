/** Every tunable number of print matching. Lengths are pixels at 500 ppi unless said otherwise. */

/** Bumped whenever the same picture can give another template. */
export const ALGORITHM_VERSION = 2;
/** Version of a template that comes from elsewhere, as an ISO/IEC 19794-2 record. */
export const FOREIGN_VERSION = 0;

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
  /** Grey levels of contrast that are noise in any print. */
  contrastLeast: 2,
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
  threshold: 0.006,
  /** Cells this far outside the foreground still count as seen. */
  margin: 8,
  neighboursLeast: 2,
  /** A neighbour counts in full at the reciprocal of this trust. */
  trustFull: 1.7,
  /** Share of a cylinder's cells that must lie on the print. */
  validShare: 0.5,
  /** Share of the cells that both cylinders of a pair must see. */
  commonShare: 0.4,
  /** Pairs that would turn the print further than this are not compared: a print may lie at any angle. */
  turnLimit: Math.PI,
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

/** Scores at which the upper 95 % bound of the false match rate comes down to 1 %, 0.1 % and 0.01 %. */
export const THRESHOLDS = { fmr100: -0.75, fmr1000: 0.542, fmr10000: 1.81 } as const;

/** ISO/IEC 19794-2 records. 197 pixels per cm is how the standard writes 500 ppi. */
export const ISO_RECORD = {
  pixelsPerCm: 197,
  leastPerCm: 39,
  mostPerCm: 1575,
  unstatedReliability: 50,
} as const;

/**
 * Chance that a minutia is found again in another impression, by its reliability: measured on mated pairs of four
 * sets as 0.27 at 25 to 0.75 at 95, nearly a straight line and alike on every sensor.
 */
export const TRUST = { base: 0.13, slope: 0.65 } as const;

/** Least local similarity, by the square root of the smaller print's minutiae, for an alignment to be tried. */
export const HOPE = { offset: 0.002, scale: 0.0025 } as const;

/** Alignment of two prints from local pairs. Directions in 256ths of a turn. */
export const ALIGN = {
  seeds: 6,
  /** Seeds that are grown, and alignments that are then judged by all evidence. */
  grown: 2,
  /** An alignment with less than this share of the best one's weight is not judged. */
  judgedShare: 0.5,
  /** Fewer pairs than this are no alignment. */
  pairsLeast: 2,
  rounds: 5,
  /** Tolerance: at least, and growth per pixel of distance to the nearest paired neighbour. */
  reachLeast: 8,
  reachGrowth: 0.16,
  /** A minutia this far from every pair is not looked for. */
  gapMost: 110,
  /** Ridges this far from every pair are not compared. */
  overlapGap: 90,
  /** Cells of the ridge map that are carried together, and orientation difference that counts as disagreement (255ths of half a turn). */
  overlapBlock: 3,
  disagree: 32,
  directionLimit: 24,
  directionArm: 25,
  flexReach: 30,
  placeScale: 8,
  directionScale: 14,
  /** A local similarity this high counts in full; a pair without any keeps this share. */
  localFull: 0.7,
  localFloor: 0.4,
} as const;

/**
 * Log odds from evidence: a logistic regression with a ridge penalty over the genuine and impostor pairs within each of
 * the five public sample sets and over synthetic thumbs, every set weighing the same (bench/prints/calibrate.ts).
 * Terms and penalty were chosen by leaving one set out at a time. Order of `fusionTerms`.
 */
export const FUSION = {
  localOffset: 0.002,
  overlapOffset: 4,
  weightOffset: 0.3,
  chanceOffset: 0.5,
  chanceCells: 20,
  weights: [
    0.5166, 0.3596, 3.554, 3.247, -5.973, -3.025, -12.55, 0.3916, -1.475, -1.276, 1.068, 0.6213, 6.032,
  ],
  bias: 1.924,
  unaligned: -8,
} as const;

/**
 * Score to false match rate (upper 95 % bound) and to log10 likelihood ratio, as polylines; measured by
 * bench/prints/calibrate.ts. At every score the worse of two populations counts: pairs of real prints that the
 * fusion's weights had not seen (14,400 within sets, 63,936 across), and 87,780 pairs of synthetic thumbs. It ends
 * where the real pairs stop supporting it.
 */
export const CALIBRATION: {
  readonly fmr: readonly (readonly [score: number, fmr: number])[];
  /** With 95 % bounds. */
  readonly log10LikelihoodRatio: readonly (readonly [
    score: number,
    value: number,
    low: number,
    high: number,
  ])[];
} = {
  fmr: [
    [-3.32, 0.0912],
    [-2.6, 0.0814],
    [-1.9, 0.0465],
    [-1.66, 0.0353],
    [-1.39, 0.0245],
    [-0.937, 0.0133],
    [-0.865, 0.0121],
    [-0.612, 0.00795],
    [-0.386, 0.00546],
    [-0.327, 0.00495],
    [-0.113, 0.00335],
    [0.0107, 0.00267],
    [0.0724, 0.00238],
    [0.179, 0.00196],
    [0.472, 0.00114],
    [0.629, 0.000848],
    [0.924, 0.000464],
    [0.955, 0.000434],
    [1.19, 0.000264],
    [1.44, 0.000165],
    [1.81, 0.000105],
    [1.82, 0.0000718],
    [1.88, 0.0000541],
    [1.94, 0.0000383],
  ],
  log10LikelihoodRatio: [
    [-8, -2.47, -2.48, -1.69],
    [-7, -2.47, -2.48, -1.69],
    [-6.5, -2.39, -2.48, -1.69],
    [-6, -2.39, -2.48, -1.69],
    [-5.5, -2.22, -2.48, -1.69],
    [-5, -2.19, -2.48, -1.69],
    [-4.5, -2.15, -2.48, -1.69],
    [-4, -2.09, -2.48, -1.69],
    [-3.5, -2.09, -2.48, -1.69],
    [-3, -1.8, -2.48, -1.45],
    [-2.5, -1.18, -1.63, -0.977],
    [-2, -0.835, -1.13, -0.666],
    [-1.5, -0.496, -0.73, -0.35],
    [-1, -0.172, -0.38, -0.0344],
    [-0.5, 0.328, 0.169, 0.446],
    [0, 0.751, 0.606, 0.867],
    [0.5, 1.18, 1.03, 1.31],
    [1, 1.69, 1.52, 1.85],
    [1.5, 2.21, 2.01, 2.43],
    [2, 2.84, 2.59, 3.25],
    [2.5, 3.37, 3.02, 4.41],
    [3, 4.41, 3.57, 4.41],
    [3.5, 4.41, 3.59, 4.41],
    [4, 4.41, 3.61, 4.41],
    [4.5, 4.41, 3.68, 4.41],
    [5, 4.41, 3.73, 4.41],
    [5.5, 4.41, 3.77, 4.41],
    [8, 4.41, 3.77, 4.41],
  ],
};
