import { exponential } from '../../kernels/maths.ts';
import { logarithm } from './logarithm.ts';
import type { Region } from './subbands.ts';
import { type QuantisationTable, type Quantiser, roundTo16, SUBBANDS } from './tables.ts';

/** A subband of less variance is not coded (IAFIS-IC-0110 v3.1, 3.2.2). */
const VARIANCE_FLOOR = 1.01;
/** Zero bin over bin, bin centre and loading factor (idem). */
const ZERO_BIN_RATIO = 1.2;
const BIN_CENTRE = 0.44;
const LOADING = 2.5;
/** Below this variance of the four lowest subbands the picture is mostly background, and all of it is measured. */
const LOW_ACTIVITY = 20_000;

/** A_k of subbands 52 to 59; 1 below. */
const WEIGHTS = [1.32, 1.08, 1.42, 1.08, 1.32, 1.42, 1.08, 1.08];

/** Share of the picture's pixels a subband has: 1 / m_k. */
function share(k: number): number {
  return k < 4 ? 1 / 1024 : k < 51 ? 1 / 256 : 1 / 16;
}

function variance(plane: Float32Array, pitch: number, region: Region): number {
  let sum = 0;
  let squares = 0;
  for (let y = 0; y < region.height; y++) {
    const row = (region.y + y) * pitch + region.x;
    for (let x = 0; x < region.width; x++) {
      const value = plane[row + x]!;
      sum += value;
      squares += value * value;
    }
  }
  const count = region.width * region.height;
  return count < 2 ? 0 : (squares - (sum * sum) / count) / (count - 1);
}

/** The middle of a subband, where the finger lies: 3/4 of its width, 7/16 of its height. */
function middle({ x, y, width, height }: Region): Region {
  return {
    x: x + Math.floor(width / 8),
    y: y + Math.floor((9 * height) / 32),
    width: Math.floor((3 * width) / 4),
    height: Math.floor((7 * height) / 16),
  };
}

export function subbandVariances(plane: Float32Array, pitch: number, subbands: readonly Region[]): number[] {
  const inMiddle = subbands.map((region) => variance(plane, pitch, middle(region)));
  const activity = inMiddle.slice(0, 4).reduce((sum, value) => sum + value, 0);
  return activity < LOW_ACTIVITY ? subbands.map((region) => variance(plane, pitch, region)) : inMiddle;
}

/**
 * Bin widths that meet `bitrate` (bits a pixel): each subband's ideal width, times one factor found by leaving out
 * the subbands that would get no bits, until none is left to leave out.
 */
export function quantisersFor(variances: readonly number[], bitrate: number): QuantisationTable {
  const ideal = variances.map((value, k) =>
    value < VARIANCE_FLOOR ? 0 : k < 4 ? 1 : 10 / ((WEIGHTS[k - 52] ?? 1) * logarithm(value)),
  );
  const coded = ideal.flatMap((width, k) => (width > 0 ? [k] : []));
  let kept = coded;
  let factor = 1;
  for (;;) {
    const shares = kept.reduce((sum, k) => sum + share(k), 0);
    if (shares === 0) break;
    const product = kept.reduce(
      (sum, k) => sum + share(k) * (logarithm(variances[k]!) / 2 - logarithm(ideal[k]!)),
      0,
    );
    factor = exponential((bitrate / shares - 1) * Math.LN2 - product / shares) / LOADING;
    const worthCoding = kept.filter((k) => ideal[k]! / factor < 2 * LOADING * Math.sqrt(variances[k]!));
    if (worthCoding.length === kept.length) break;
    kept = worthCoding;
  }
  const quantisers: Quantiser[] = ideal.map((width) => {
    const bin = roundTo16(width / factor);
    return { bin, zeroBin: roundTo16(ZERO_BIN_RATIO * (width / factor)) };
  });
  return { binCentre: BIN_CENTRE, quantisers };
}

/** Coefficients of subbands `from` to `to` - 1, uncoded ones left out, in coding order. */
export function quantise(
  plane: Float32Array,
  pitch: number,
  subbands: readonly Region[],
  table: QuantisationTable,
  from: number,
  to: number,
): Int32Array {
  const out = new Int32Array(codedCount(subbands, table, from, to));
  let i = 0;
  for (let k = from; k < to; k++) {
    const { bin, zeroBin } = table.quantisers[k]!;
    if (bin === 0) continue;
    const region = subbands[k]!;
    for (let y = 0; y < region.height; y++) {
      const row = (region.y + y) * pitch + region.x;
      for (let x = 0; x < region.width; x++) {
        const value = plane[row + x]!;
        const size = Math.abs(value) - zeroBin / 2;
        const level = size <= 0 ? 0 : Math.floor(size / bin) + 1;
        out[i++] = value < 0 ? -level : level;
      }
    }
  }
  return out;
}

/** How many coefficients a file with this table must hold. */
export function codedCount(
  subbands: readonly Region[],
  table: QuantisationTable,
  from = 0,
  to = SUBBANDS,
): number {
  let count = 0;
  for (let k = from; k < to; k++) {
    if (table.quantisers[k]!.bin !== 0) count += subbands[k]!.width * subbands[k]!.height;
  }
  return count;
}

/** The inverse of `quantise` for all subbands, into a plane of zeros. */
export function dequantise(
  coefficients: Int32Array,
  subbands: readonly Region[],
  table: QuantisationTable,
  plane: Float32Array,
  pitch: number,
): void {
  let i = 0;
  for (let k = 0; k < SUBBANDS; k++) {
    const { bin, zeroBin } = table.quantisers[k]!;
    if (bin === 0) continue;
    const region = subbands[k]!;
    for (let y = 0; y < region.height; y++) {
      const row = (region.y + y) * pitch + region.x;
      for (let x = 0; x < region.width; x++) {
        const level = coefficients[i++]!;
        if (level > 0) plane[row + x] = bin * (level - table.binCentre) + zeroBin / 2;
        else if (level < 0) plane[row + x] = bin * (level + table.binCentre) - zeroBin / 2;
      }
    }
  }
}
