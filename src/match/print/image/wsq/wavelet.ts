import type { Split, SubbandLayout } from './subbands.ts';

/** An odd symmetric filter from its centre outwards. */
export type HalfFilter = readonly number[];

export interface FilterPair {
  /** Analysis filters: low-pass (9 taps in the standard) and high-pass (7 taps). */
  readonly low: HalfFilter;
  readonly high: HalfFilter;
}

/** Filters of the even and of the odd samples of a line. */
interface Kernels {
  readonly even: Float64Array;
  readonly odd: Float64Array;
}

function tap(filter: HalfFilter, i: number): number {
  return filter[i] ?? 0;
}

/** Analysis of an interleaved line: even samples become low-pass coefficients, odd ones high-pass. */
function analysisKernels(filters: FilterPair): Kernels {
  const taps = Math.max(filters.low.length, filters.high.length);
  return {
    even: Float64Array.from({ length: taps }, (_, i) => tap(filters.low, i)),
    odd: Float64Array.from({ length: taps }, (_, i) => tap(filters.high, i)),
  };
}

/**
 * Synthesis: a biorthogonal pair's synthesis low-pass is the analysis high-pass with alternating signs, and the
 * other way round. Neighbours at even distance share the sample's own band.
 */
function synthesisKernels(filters: FilterPair): Kernels {
  const taps = Math.max(filters.low.length, filters.high.length);
  const sign = (i: number): number => (i % 2 === 0 ? 1 : -1);
  const low = (i: number): number => sign(i) * tap(filters.high, i);
  const high = (i: number): number => sign(i) * tap(filters.low, i);
  return {
    even: Float64Array.from({ length: taps }, (_, i) => (i % 2 === 0 ? low(i) : high(i))),
    odd: Float64Array.from({ length: taps }, (_, i) => (i % 2 === 0 ? high(i) : low(i))),
  };
}

/** Where sample n of the interleaved line is kept: low-pass half first, or last on an inverted axis. */
function storageOrder(length: number, inverted: boolean): Int32Array {
  const low = Math.ceil(length / 2);
  const order = new Int32Array(length);
  for (let n = 0; n < length; n++) {
    const odd = n % 2;
    const half = (n - odd) / 2;
    order[n] = odd === 1 ? half + (inverted ? 0 : low) : half + (inverted ? length - low : 0);
  }
  return order;
}

/** Whole-sample symmetric extension about both ends. */
function mirror(n: number, length: number): number {
  let m = n < 0 ? -n : n;
  const period = 2 * (length - 1);
  if (m >= length) {
    m %= period;
    if (m >= length) m = period - m;
  }
  return m;
}

interface Pass {
  readonly plane: Float32Array;
  readonly pitch: number;
  readonly region: Split;
  readonly kernels: Kernels;
  readonly synthesis: boolean;
}

function filterRows({ plane, pitch, region, kernels, synthesis }: Pass): void {
  const { width } = region;
  const order = storageOrder(width, region.invertX);
  const reach = kernels.even.length - 1;
  const line = new Float64Array(width + 2 * reach);
  for (let y = 0; y < region.height; y++) {
    const base = (region.y + y) * pitch + region.x;
    for (let n = -reach; n < width + reach; n++) {
      const m = mirror(n, width);
      line[n + reach] = plane[base + (synthesis ? order[m]! : m)]!;
    }
    for (let n = 0; n < width; n++) {
      const kernel = n % 2 === 0 ? kernels.even : kernels.odd;
      let sum = kernel[0]! * line[n + reach]!;
      for (let i = 1; i <= reach; i++) sum += kernel[i]! * (line[n + reach - i]! + line[n + reach + i]!);
      plane[base + (synthesis ? n : order[n]!)] = sum;
    }
  }
}

/** Rows are added up whole, so that memory is walked in order. */
function filterColumns({ plane, pitch, region, kernels, synthesis }: Pass, scratch: Float32Array): void {
  const { width, height } = region;
  const order = storageOrder(height, region.invertY);
  const sum = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    const from = (region.y + (synthesis ? order[y]! : y)) * pitch + region.x;
    scratch.set(plane.subarray(from, from + width), y * width);
  }
  for (let n = 0; n < height; n++) {
    const kernel = n % 2 === 0 ? kernels.even : kernels.odd;
    const centre = n * width;
    for (let x = 0; x < width; x++) sum[x] = kernel[0]! * scratch[centre + x]!;
    for (let i = 1; i < kernel.length; i++) {
      const weight = kernel[i]!;
      const above = mirror(n - i, height) * width;
      const below = mirror(n + i, height) * width;
      for (let x = 0; x < width; x++) sum[x]! += weight * (scratch[above + x]! + scratch[below + x]!);
    }
    plane.set(sum, (region.y + (synthesis ? n : order[n]!)) * pitch + region.x);
  }
}

/** Picture to coefficients, in place. Every split must be at least two samples long on both axes. */
export function decompose(
  plane: Float32Array,
  width: number,
  layout: SubbandLayout,
  filters: FilterPair,
): void {
  const kernels = analysisKernels(filters);
  const scratch = new Float32Array(plane.length);
  for (const region of layout.splits) {
    const pass = { plane, pitch: width, region, kernels, synthesis: false };
    filterRows(pass);
    filterColumns(pass, scratch);
  }
}

/** Coefficients to picture, in place: the inverse of `decompose` up to rounding. */
export function reconstruct(
  plane: Float32Array,
  width: number,
  layout: SubbandLayout,
  filters: FilterPair,
): void {
  const kernels = synthesisKernels(filters);
  const scratch = new Float32Array(plane.length);
  for (const region of layout.splits.toReversed()) {
    const pass = { plane, pitch: width, region, kernels, synthesis: true };
    filterColumns(pass, scratch);
    filterRows(pass);
  }
}
