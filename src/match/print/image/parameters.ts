/** Every tunable number of reading and writing pictures. */

/** What a picture may cost before it is refused. A caller may lower these, never the code below them. */
export interface ImageLimits {
  /** Largest file, bytes. */
  readonly bytes: number;
  /** Largest picture, pixels. */
  readonly pixels: number;
  /** Longest and shortest side, pixels. */
  readonly side: number;
  readonly minSide: number;
  /** Longest decoding, seconds; the codecs outside this library are stopped there. */
  readonly seconds: number;
}

/**
 * 10 megapixels hold a 3.2 x 3.2 inch picture at 1000 ppi, more than any one finger; decoding one takes below
 * 200 MB in the most wasteful codec here. A ten-print card is larger in bytes than in any of its pictures.
 */
export const IMAGE_LIMITS: ImageLimits = {
  bytes: 32 * 1024 * 1024,
  pixels: 10_000_000,
  side: 8192,
  minSide: 16,
  seconds: 2,
};

/** Taken where a file states none: 500 ppi is the one resolution of ANSI/NIST-ITL and the FBI's EBTS for prints. */
export const DEFAULT_PPI = 500;

/**
 * A stated resolution outside this range is a program's default (72, 96), not a scanner's: at 96 ppi a ridge
 * period is under two pixels and no ridge could be seen. Prints of five public sets brought down to 150 ppi still
 * match their mates (122 of 150 pairs above the threshold of FMR 0.1 %, 148 at 500 ppi); at 125 ppi 76 do.
 */
export const PLAUSIBLE_PPI = { min: 150, max: 2600 } as const;

/** A stated resolution this near a multiple of 500 ppi is that multiple, rounded to its unit. */
export const NOMINAL_TOLERANCE = 0.005;

/** Axes that differ by more than this share are resampled to square pixels. */
export const SQUARE_TOLERANCE = 0.01;

/** Half-width of the resampling window, in lobes (Lanczos-3; Duchon 1979). */
export const LANCZOS_LOBES = 3;

export const POLARITY = {
  /** Side of a block, inches. */
  block: 0.032,
  /** A block with a spread below this share of the picture's strongest blocks is background. */
  flat: 0.25,
  /** A block above this share is ridges. */
  ridged: 0.6,
  /** Share of blocks that must be background for it to say anything. */
  background: 0.06,
  /**
   * Where the background must lie between the dark (0) and the light (1) of ridged blocks to count as valley.
   */
  valleyLike: 0.9,
} as const;
