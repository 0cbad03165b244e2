import { createHash } from 'node:crypto';
import type { GreyImage } from '../../../src/match/print/types.ts';

export function digest(bytes: Uint8Array | Int8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

/** Share of positions at which two byte arrays differ by more than `tolerance`. */
export function differing(a: Uint8Array | Int8Array, b: Uint8Array | Int8Array, tolerance = 0): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) if (Math.abs(a[i]! - b[i]!) > tolerance) count++;
  return count / a.length;
}

/** Share of pixels darker than half way between the picture's lightest and darkest tenths. */
export function inkShare(image: GreyImage): number {
  const sorted = Uint8Array.from(image.data).sort();
  const dark = sorted[Math.floor(sorted.length * 0.02)]!;
  const light = sorted[Math.floor(sorted.length * 0.9)]!;
  let count = 0;
  for (const grey of image.data) if (grey < (dark + light) / 2) count++;
  return count / image.data.length;
}

/** Crossings from valley to ridge along a line through the ridges give the mean period. */
export function meanPeriod(values: readonly number[]): number {
  const up: number[] = [];
  for (let i = 1; i < values.length; i++) if (values[i - 1]! < 0 && values[i]! >= 0) up.push(i);
  return up.length < 2 ? 0 : (up[up.length - 1]! - up[0]!) / (up.length - 1);
}
