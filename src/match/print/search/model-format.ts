import { DESCRIPTION } from './parameters.ts';
import { NUMBERS } from './surroundings.ts';

/**
 * What was learned on synthetic prints (`bench/prints/train-index.ts`): a projection under which two prints of one
 * minutia differ by about 1 in every dimension, how much minutiae of different fingers differ, and the values that
 * pairs of dimensions are coded by.
 */
export interface Model {
  /** `NUMBERS` rows of `dimensions`. */
  readonly projection: Float32Array;
  /** What the projection of average surroundings is. */
  readonly offset: Float32Array;
  /** Variance of each dimension over all minutiae; that within one minutia is 1. */
  readonly variance: Float32Array;
  /** `codes` books of `codeValues` points; book k codes dimensions k and `dimensions` - 1 - k. */
  readonly books: Float32Array;
}

const { dimensions, codes, codeValues } = DESCRIPTION;

/** Floats of everything but the projection, then one scale a dimension; the projection follows as signed bytes. */
const FLOATS = dimensions * 3 + codes * codeValues * 2;

export function packModel(model: Model): string {
  const scales = new Float32Array(dimensions);
  for (let i = 0; i < model.projection.length; i++) {
    const k = i % dimensions;
    scales[k] = Math.max(scales[k]!, Math.abs(model.projection[i]!) / 127);
  }
  const floats = Float32Array.from([...model.offset, ...model.variance, ...scales, ...model.books]);
  const bytes = Int8Array.from(model.projection, (value, i) => Math.round(value / scales[i % dimensions]!));
  return Buffer.concat([Buffer.from(floats.buffer), Buffer.from(bytes.buffer)]).toString('base64');
}

export function unpackModel(text: string): Model {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  const floats = new Float32Array(bytes.buffer, 0, FLOATS);
  const scales = floats.subarray(dimensions * 2, dimensions * 3);
  const signed = new Int8Array(bytes.buffer, FLOATS * 4, NUMBERS * dimensions);
  return {
    offset: floats.subarray(0, dimensions),
    variance: floats.subarray(dimensions, dimensions * 2),
    books: floats.subarray(dimensions * 3),
    projection: Float32Array.from(signed, (value, i) => value * scales[i % dimensions]!),
  };
}

/** The two dimensions that book k codes: a strong one with a weak one. */
export function bookDimensions(k: number): readonly [number, number] {
  return [k, dimensions - 1 - k];
}
