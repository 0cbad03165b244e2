import { CYLINDER_BYTES } from '../kernels/layout.ts';
import { exponential, TURN } from '../kernels/maths.ts';
import { CYLINDER } from '../parameters.ts';

/** Minutia cylinder code (Cappelli, Ferrara, Maltoni 2010): the shape of a cylinder and what it is filled by. */
export interface MinutiaPoints {
  readonly count: number;
  readonly x: Int16Array;
  readonly y: Int16Array;
  readonly direction: Uint8Array;
  /** Chance that another impression shows the minutia. */
  readonly trust: Float64Array;
}

const { side, layers, radius } = CYLINDER;

export const CELL_WIDTH = (2 * radius) / side;

/** Place of a row or column of cells relative to the minutia. */
function cellOffset(k: number): number {
  return (k - (side - 1) / 2) * CELL_WIDTH;
}

/** Places of the cells within the cylinder's radius relative to the minutia; a cell's bit is its place in this list. */
export const INNER: readonly { readonly u: number; readonly v: number; readonly cell: number }[] = Array.from(
  { length: side * side },
  (_, cell) => ({ u: cellOffset(cell % side), v: cellOffset(Math.floor(cell / side)), cell }),
).filter(({ u, v }) => u * u + v * v <= radius * radius);

/** Bit of each cell of the square around the cylinder, or -1. */
export const BIT_OF_CELL = (() => {
  const bits = new Int16Array(side * side).fill(-1);
  for (const [bit, { cell }] of INNER.entries()) bits[cell] = bit;
  return bits;
})();

export const INNER_CELLS = INNER.length;
/** Words of a cylinder's mask and of each of its layers, and of all of it. */
export const MASK_WORDS = 4;
export const CYLINDER_WORDS = CYLINDER_BYTES / 4;
/** A similarity of 1 in the integers used here. */
export const SIMILARITY_UNIT = 16384;

/** Spatial contribution by squared distance. */
export const SPATIAL = Float64Array.from(
  { length: Math.ceil((3 * CYLINDER.spatialSigma) ** 2) + 2 },
  (_, d) => exponential(-d / (2 * CYLINDER.spatialSigma ** 2)) / (CYLINDER.spatialSigma * Math.sqrt(TURN)),
);

/** A neighbour further than this from a cell gives nothing to it, pixels (rounded up). */
export const CELL_REACH = 3 * CYLINDER.spatialSigma + 0.5;

/** Area under the normal curve of a layer's width around each direction difference, [layer * 256 + difference]. */
export const DIRECTIONAL = Float64Array.from({ length: layers * 256 }, (_, i) => {
  const centre = (Math.floor(i / 256) + 0.5) * (TURN / layers) - Math.PI;
  const difference = ((i % 256) * TURN) / 256;
  let offset = (difference - centre) % TURN;
  if (offset > Math.PI) offset -= TURN;
  if (offset < -Math.PI) offset += TURN;
  const steps = 20;
  const width = TURN / layers / steps;
  let area = 0;
  for (let k = 0; k < steps; k++) {
    const t = (offset + (k + 0.5 - steps / 2) * width) / CYLINDER.directionSigma;
    area += (width * exponential((-t * t) / 2)) / (CYLINDER.directionSigma * Math.sqrt(TURN));
  }
  return area;
});

/** Neighbours nearer than this to a minutia are looked at, pixels. */
export const NEIGHBOUR_REACH = radius + 3 * CYLINDER.spatialSigma;
/** Least number of cells on the print for a cylinder to count. */
export const VALID_LEAST = INNER_CELLS * CYLINDER.validShare;
/** Without a ridge map a place this near to a minutia lies on the print, squared pixels. */
export const ALONE_SQUARE = 1600;
