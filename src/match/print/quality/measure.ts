import type { Plane } from '../extract/grid.ts';

/** What extraction knows of a picture, one value a cell of its grid unless said. */
export interface Examined {
  /** Side of a cell, pixels at 500 ppi. */
  readonly cell: number;
  /** 1 = foreground. */
  readonly mask: Uint8Array;
  /** Share of the local energy that the ridge wave explains, 0-1. */
  readonly share: Plane;
  /** Agreement of the gradients, 0-1, and doubled ridge orientation. */
  readonly field: { readonly coherence: Plane; readonly cosine2: Plane; readonly sine2: Plane };
  /** Ridge period, pixels. */
  readonly period: Plane;
  /** The one the whole print has, measured without expecting an ordinary one, pixels; 0 = none shows. */
  readonly ridgePeriod: number;
  /** Local mean and standard deviation, grey levels. */
  readonly mean: Plane;
  readonly contrast: Plane;
  /** Ratings of the minutiae, 0-1. */
  readonly ratings: readonly number[];
}

/** What a print's quality is judged by. All but the greys grow with quality or are compared with a usual range. */
export interface Measurements {
  /** Foreground, and foreground with clear ridges, square millimetres. */
  readonly area: number;
  readonly clearArea: number;
  /** Mean ridge clarity and orientation certainty over the foreground, 0-1. */
  readonly clarity: number;
  readonly certainty: number;
  /** How even the ridge period is, 0-1. */
  readonly evenness: number;
  /** Distance of the ridges, pixels at 500 ppi; 0 = none shows. */
  readonly ridgePeriod: number;
  /** Minutiae, and the sum of their ratings. */
  readonly minutiae: number;
  readonly minutiaWeight: number;
  /** Mean grey and mean local contrast of the foreground, grey levels. */
  readonly grey: number;
  readonly contrast: number;
  /** 0 = ridges run every way, 1 = all one way. */
  readonly parallel: number;
}

const MILLIMETRES_PER_PIXEL = 25.4 / 500;
/** A cell this clear counts as clear. */
const CLEAR_SHARE = 0.65;

const NOTHING: Measurements = {
  area: 0,
  clearArea: 0,
  clarity: 0,
  certainty: 0,
  evenness: 0,
  ridgePeriod: 0,
  minutiae: 0,
  minutiaWeight: 0,
  grey: 255,
  contrast: 0,
  parallel: 0,
};

function mean(cells: readonly number[], value: (cell: number) => number): number {
  let sum = 0;
  for (const cell of cells) sum += value(cell);
  return sum / cells.length;
}

/** Standard deviation over mean of the period, turned so that 1 is perfectly even. */
function evennessOf(cells: readonly number[], period: Plane): number {
  const average = mean(cells, (i) => period.data[i]!);
  const variance = mean(cells, (i) => (period.data[i]! - average) ** 2);
  return average > 0 ? Math.max(0, 1 - Math.sqrt(variance) / average) : 0;
}

function parallelOf(cells: readonly number[], { cosine2, sine2 }: Examined['field']): number {
  let c = 0;
  let s = 0;
  let length = 0;
  for (const i of cells) {
    c += cosine2.data[i]!;
    s += sine2.data[i]!;
    length += Math.sqrt(cosine2.data[i]! ** 2 + sine2.data[i]! ** 2);
  }
  return length > 0 ? Math.sqrt(c * c + s * s) / length : 0;
}

/** The measurements of a print (features of NFIQ 2, NIST IR 8382, that extraction has at hand). */
export function measure(print: Examined): Measurements {
  const cells: number[] = [];
  for (const [i, inside] of print.mask.entries()) if (inside) cells.push(i);
  const { ridgePeriod } = print;
  if (cells.length === 0) return { ...NOTHING, ridgePeriod };
  const cellArea = (print.cell * MILLIMETRES_PER_PIXEL) ** 2;
  return {
    area: cells.length * cellArea,
    clearArea: cells.filter((i) => print.share.data[i]! > CLEAR_SHARE).length * cellArea,
    clarity: mean(cells, (i) => print.share.data[i]!),
    certainty: mean(cells, (i) => print.field.coherence.data[i]!),
    evenness: evennessOf(cells, print.period),
    ridgePeriod,
    minutiae: print.ratings.length,
    minutiaWeight: print.ratings.reduce((sum, rating) => sum + rating, 0),
    grey: mean(cells, (i) => print.mean.data[i]!),
    contrast: mean(cells, (i) => print.contrast.data[i]!),
    parallel: parallelOf(cells, print.field),
  };
}
