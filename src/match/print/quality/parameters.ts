/** Every tunable number of print quality. */

/**
 * Expected score of the print against another good print of the same finger, as a sum of measurements: non-negative
 * least squares on 660 synthetic prints of 110 fingers at six levels of care (bench/prints/train-quality.ts), so that
 * a better measurement never lowers the quality. The FVC sets were not looked at; rejecting the worst half of their
 * prints by it lowers FNMR at FMR 0.1 % from 10.7 to 4.7 %.
 */
export const EXPECTED_SCORE = {
  constant: -23.43,
  /** Natural logarithm of 1 + sum of minutia ratings, and of 1 + clear area in square millimetres. */
  minutiaWeight: 3.44,
  clearArea: 0.2,
  meanRating: 4.26,
  evenness: 18.83,
  /** Of the contrast as a share of the one from which on more does not help. */
  contrast: 2.29,
} as const;

/** Grey levels of local deviation from which on contrast does not matter. */
export const CONTRAST_ENOUGH = 40;

/** Expected scores that are quality 0 (no better than strangers) and 100. */
export const SCALE = { zero: 2.5, full: 16 } as const;

/** What a clerk is told, and from where on. Areas in square millimetres, greys 0-255. */
export const REASON = {
  blankArea: 25,
  /** A plain thumb shows 150 to 250. */
  partialArea: 100,
  fewMinutiae: 16,
  lowContrast: 14,
  lightGrey: 205,
  lightContrast: 35,
  darkGrey: 75,
  darkClarity: 0.72,
  smudgedClarity: 0.66,
  /** Ridges of a fingertip's pattern area turn; below the joint and at the rim they run one way. */
  parallel: 0.85,
  /**
   * Ridges nearer than this or farther apart are no adult's at 500 ppi, pixels. 398 of the 400 prints of the five public
   * sets show a period, 6.4 to 11.5. Stating half their resolution 395 are told, twice 356.
   */
  ridgesLeast: 5.5,
  ridgesMost: 13,
} as const;
