/** Every tunable number of the 1:N index. Lengths are pixels at 500 ppi. */

/** Bumped whenever the same template can give another index entry. */
export const INDEX_VERSION = 3;

/** What a minutia's surroundings are described on: a grid of overlapping bumps that turns with the minutia. */
export const SURROUNDINGS = {
  /** Bumps a side, and pixels between their centres. */
  side: 9,
  spacing: 20,
  /** Bumps further out than this are left out. */
  radius: 82,
  /** Direction layers of neighbouring minutiae. */
  layers: 6,
  /** Pixels between the places of the lookup tables. */
  place: 4,
} as const;

/** Learned description of a minutia: numbers kept of its surroundings, coded in pairs of 4 bits. */
export const DESCRIPTION = { dimensions: 24, codes: 12, codeValues: 16 } as const;

/** An index entry. */
export const ENTRY = {
  /** Minutiae kept, the most reliable; a multiple of 16. */
  minutiae: 48,
  /** Pixels of a unit of position; signed bytes about the middle of the minutiae reach 384 px to each side. */
  unit: 3,
} as const;

/** Evidence as whole numbers: natural-log likelihood ratio times this. */
export const EVIDENCE = { scale: 6, most: 63 } as const;

/**
 * What is chance: for each minutia of a probe, the best evidence that it finds in so many entries of the gallery; what
 * this share of them do not exceed is taken off its evidence. Minutiae of common surroundings are found in any print.
 */
export const CHANCE = { sample: 256, share: 0.7 } as const;

/** First step: how well the probe's best minutiae are found anywhere in an entry. */
export const SCAN = {
  /** Most reliable minutiae of the probe that are looked for. */
  minutiae: 32,
  /** Two prints are turned by at most this, 256ths of a turn (60 degrees). */
  turnLimit: 43,
  /** A print that may lie at any angle is looked for turned by each of these. */
  turns: [0, 85, 171],
  /** An entry with more minutiae matches more by chance: sums are divided by (count + offset) ^ 0.6. */
  offset: 10,
  power: 0.6,
  /** Share of entries handed to the second step. */
  keep: 0.16,
  keepLeast: 400,
} as const;

/** How closely the second step looks at an entry. */
export interface Look {
  /** Best pairs that are tried as an anchor. */
  readonly seeds: number;
  /** Tolerances of place in units: least, growth per unit of distance from the anchor in 64ths, most. */
  readonly reachLeast: number;
  readonly reachGrowth: number;
  readonly reachMost: number;
}

/** Second step: whether they are found in one consistent place; first with few anchors, then the best with many. */
export const VERIFY = {
  first: { seeds: 3, reachLeast: 3, reachGrowth: 6, reachMost: 6 },
  again: { seeds: 16, reachLeast: 3, reachGrowth: 4, reachMost: 5 },
  /** Share of the gallery that is looked at again. */
  keep: 0.01,
  keepLeast: 400,
  /** Tolerance of direction, 256ths of a turn. */
  turn: 24,
  /** Added to the evidence of a pair that lies right, and the least such a pair counts. */
  bonus: 60,
  floor: 3,
  /** Units about the probe's minutiae that count as overlap. */
  margin: 3,
  /** Sums are divided by the square root of the minutiae in the overlap and this. */
  offset: 8,
} as const;

/** Last step: the exact comparison. */
export const EXACT = {
  /** A gallery of at most so many is compared whole. */
  whole: 1000,
  /** Candidates of a larger one: this share of it, at least and at most. */
  share: 0.0005,
  least: 500,
  most: 1000,
} as const;

/** How the scores of different fingers are taken to fall beyond what was measured; below 1 errs towards caution. */
export const TAIL = { slope: 0.8 } as const;
