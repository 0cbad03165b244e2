/** The nouns of print matching. Everything in this folder speaks in these; it imports nothing outside itself. */

/** An 8-bit grey picture, row by row, 0 = black; `ppi` is the resolution of `data` as it stands. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  /** Pixels per inch, the same on both axes. */
  readonly ppi: number;
  /** `width * height` bytes. */
  readonly data: Uint8Array;
}

/** Ridge ending or bifurcation (ISO/IEC 19794-2:2005, 6.4.2: types 01 and 10). */
export type MinutiaType = 'ending' | 'bifurcation';

/** One minutia at 500 ppi. Origin top left, x to the right, y down. */
export interface Minutia {
  /** Pixels at 500 ppi. */
  readonly x: number;
  readonly y: number;
  /** Radians in [0, 2*pi), anticlockwise from the x axis as seen, ISO/IEC 19794-2 direction convention. */
  readonly direction: number;
  readonly type: MinutiaType;
  /** 0 (noise) to 100 (certain). */
  readonly reliability: number;
}

/** Where the ridge flow winds: the innermost turn of a loop or a whorl, or where three flows meet. Pixels at 500 ppi. */
export type SingularPoint =
  | {
      readonly kind: 'core';
      readonly x: number;
      readonly y: number;
      /** Where its loop opens: radians in [0, 2*pi), anticlockwise from the x axis as seen. */
      readonly direction: number;
    }
  | { readonly kind: 'delta'; readonly x: number; readonly y: number };

export type QualityReason =
  | 'wrong-resolution'
  | 'too-light'
  | 'too-dark'
  | 'smudged'
  | 'partial'
  | 'blank'
  | 'low-contrast'
  | 'few-minutiae'
  | 'wrong-finger-area';

/** How well a print can be compared: 0 (useless) to 100 (excellent), as NFIQ 2 counts. */
export interface Quality {
  readonly value: number;
  readonly reasons: readonly QualityReason[];
}

/** What is left of a print when the picture is gone; the only thing `compare` and `search` read. */
export interface Template {
  /** Extractor version; `compare` refuses all but its own and 0, a template from elsewhere. */
  readonly version: number;
  /** Extent of the picture at 500 ppi, pixels. */
  readonly width: number;
  readonly height: number;
  readonly quality: number;
  readonly minutiae: readonly Minutia[];
  /** Coarse ridge orientation and period over the foreground, for evidence beyond minutiae. */
  readonly ridges?: RidgeMap;
}

/** Orientation and period on a coarse grid at 500 ppi. */
export interface RidgeMap {
  /** Pixels between grid points. */
  readonly step: number;
  readonly columns: number;
  readonly rows: number;
  /** 0-179 degrees / 180 * 255 quantised to a byte; 255 = background. */
  readonly orientation: Uint8Array;
  /** Ridge period in quarter pixels; 0 = unknown. */
  readonly period: Uint8Array;
}

/** One matched pair: positions in the two templates' minutiae lists. */
export interface MatchedPair {
  readonly a: number;
  readonly b: number;
  /** 0-1 share of full agreement. */
  readonly weight: number;
}

/** The answer of a 1:1 comparison. Symmetric: compare(a, b).score === compare(b, a).score. */
export interface Comparison {
  /** Higher is more alike; the unit is this library's own, see `fmr`. */
  readonly score: number;
  /** False match rate at this score, an upper confidence bound; never below what the calibration data supports. */
  readonly fmr: number;
  /** log10 of P(score | same finger) / P(score | different fingers), clamped to the calibrated range. */
  readonly log10LikelihoodRatio: number;
  /** 95 % bounds of it, by the numbers of pairs that were measured near this score. */
  readonly log10LikelihoodBounds: readonly [low: number, high: number];
  readonly pairs: readonly MatchedPair[];
  /** Rigid alignment of b onto a (rotation in radians about the origin, then shift in pixels), where one was found. */
  readonly alignment?: { readonly rotation: number; readonly dx: number; readonly dy: number };
}

/** Receives the intermediate pictures and numbers of a run, by step name. A missing sink costs nothing. */
export interface TraceSink {
  image(step: string, image: GreyImage): void;
  values(step: string, values: Readonly<Record<string, number | string>>): void;
}

export interface Candidate {
  readonly id: string;
  readonly score: number;
  readonly fmr: number;
}
