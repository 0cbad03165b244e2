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

/** The print's own ridge period, looked for beyond `EXTRACT.periodMin` and `periodMax` to tell a wrong resolution. */
export const OWN_PERIOD = {
  /** Places looked at, and the least number and share of them that must show a period. */
  places: 60,
  placesLeast: 15,
  shareLeast: 0.2,
  /** Agreement of the gradients at a place. */
  coherenceFloor: 0.4,
  /** Samples along the normal and half the width along the ridge. */
  length: 41,
  halfWidth: 6,
  /** Periods looked for in the picture, in its half and so on down to one part in `coarsest`. */
  shortest: 3,
  longest: 13,
  coarsest: 4,
  /** Autocorrelation that shows a period, and one that needs no look at coarser ridges. */
  strengthFloor: 0.35,
  sure: 0.5,
  /** Share of the highest peak's height that an earlier one must have to be the period. */
  first: 0.7,
  /** How much higher a peak in the smaller picture must be. */
  clearly: 1.15,
  /** Periods this near the middle one, as a share of it, agree with it; so many must. */
  near: 0.25,
  agreeLeast: 0.5,
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

/** Cores and deltas, in cells of the grid. */
export const SINGULAR = {
  /** Sigma of the smoothing. */
  sigma: 2,
  /** Windings this near each other are one place. */
  together: 3,
  /** The flow must wind the same way along a square this far out. */
  ring: 4,
} as const;

/** What a template may hold. */
export const TEMPLATE = { minutiaeMost: 255, stepLeast: 4 } as const;

/** Scores at which the upper 95 % bound of the false match rate comes down to 1 %, 0.1 % and 0.01 %. */
export const THRESHOLDS = { fmr100: -0.855, fmr1000: 0.447, fmr10000: 1.7 } as const;

/** ISO/IEC 19794-2 records. 197 pixels per cm is how the standard writes 500 ppi. */
export const ISO_RECORD = {
  pixelsPerCm: 197,
  leastPerCm: 39,
  mostPerCm: 1575,
  unstatedReliability: 50,
} as const;

/** Minutiae in ANSI/NIST-ITL Type-9 records: hundredths of a millimetre a pixel, and the levels of quality from best. */
export const TYPE_9 = { unitsPerPixel: 2540 / 500, largest: 9999, qualityBest: 2, qualityWorst: 63 } as const;

/**
 * Chance that a minutia is found again in another impression, by its reliability: measured on mated pairs of four
 * sets as 0.27 at 25 to 0.75 at 95, nearly a straight line and alike on every sensor.
 */
export const TRUST = { base: 0.13, slope: 0.65 } as const;

/**
 * Least local similarity, by the geometric mean of the two prints' minutiae (both counted one more), for an alignment
 * to be tried. Chosen on all five public sets: it turns away none of their 1,400 pairs of the same finger, and 54 % of
 * 78,336 pairs of different ones; of synthetic thumbs none of 420 and 16 % of 43,680.
 */
export const HOPE = { offset: 0.002, scale: 0.00043 } as const;

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
    0.5183, 0.3474, 3.599, 3.284, -6.031, -2.99, -13.44, 0.3883, -1.435, -1.239, 1.111, 0.5912, 6.228,
  ],
  bias: 1.63,
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
    [-3.68, 0.0912],
    [-2.86, 0.0814],
    [-2.09, 0.0504],
    [-1.77, 0.0353],
    [-1.56, 0.0266],
    [-1.08, 0.014],
    [-0.973, 0.0121],
    [-0.742, 0.00834],
    [-0.503, 0.00567],
    [-0.419, 0.00495],
    [-0.316, 0.00411],
    [-0.121, 0.0029],
    [-0.0453, 0.00253],
    [0.0961, 0.00196],
    [0.344, 0.00122],
    [0.532, 0.000848],
    [0.821, 0.000493],
    [0.853, 0.000464],
    [1.06, 0.000295],
    [1.11, 0.000264],
    [1.36, 0.000165],
    [1.69, 0.000105],
    [1.74, 0.0000718],
    [1.83, 0.0000541],
    [1.91, 0.0000383],
  ],
  log10LikelihoodRatio: [
    [-8, -2.4, -2.4, -1.61],
    [-7, -2.4, -2.4, -1.61],
    [-6.5, -2.32, -2.4, -1.61],
    [-6, -2.32, -2.4, -1.61],
    [-5.5, -2.16, -2.4, -1.61],
    [-5, -2.14, -2.4, -1.61],
    [-4.5, -2.1, -2.4, -1.61],
    [-4, -2.05, -2.4, -1.61],
    [-3.5, -1.99, -2.4, -1.58],
    [-3, -1.65, -2.4, -1.34],
    [-2.5, -1.11, -1.52, -0.905],
    [-2, -0.786, -1.09, -0.616],
    [-1.5, -0.391, -0.61, -0.251],
    [-1, -0.0247, -0.21, 0.103],
    [-0.5, 0.446, 0.297, 0.559],
    [0, 0.809, 0.659, 0.928],
    [0.5, 1.25, 1.1, 1.39],
    [1, 1.77, 1.59, 1.94],
    [1.5, 2.32, 2.12, 2.56],
    [2, 2.94, 2.66, 3.43],
    [2.5, 3.92, 3.35, 4.41],
    [3, 4.4, 3.56, 4.41],
    [3.5, 4.41, 3.58, 4.41],
    [4, 4.41, 3.6, 4.41],
    [4.5, 4.41, 3.67, 4.41],
    [5, 4.41, 3.73, 4.41],
    [5.5, 4.41, 3.77, 4.41],
    [8, 4.41, 3.77, 4.41],
  ],
};
