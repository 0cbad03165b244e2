import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { GreyImage } from '../../../../src/match/print/types.ts';

/** Reference material beside the checkout; tests that read it say so where it is absent. */
export const SHARED = fileURLToPath(new URL('../../../../../shared/', import.meta.url));
export const HAS_SHARED = existsSync(`${SHARED}wsq/sample.wsq`);
export const skipNote = HAS_SHARED ? '' : ' (skipped: the reference files are not here)';

/** A whorl of dark rings 9 pixels apart on a light ground, with a margin where no finger touched. */
export function whorl(width: number, height: number, ppi = 500): GreyImage {
  const data = new Uint8Array(width * height);
  const [cx, cy] = [width / 2, height / 2.2];
  const reach = Math.min(width, height) * 0.42;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const r = Math.hypot((x - cx) * 1.2, y - cy);
      const bend = 6 * Math.sin(x / 37) + 4 * Math.cos(y / 23);
      const ridge = 150 - 90 * Math.cos((2 * Math.PI * (r + bend)) / 9);
      const grain = ((x * 7919 + y * 104729) % 13) - 6;
      data[y * width + x] = (r < reach ? ridge : 235) + grain;
    }
  }
  return { width, height, ppi, data };
}

/** Peak signal-to-noise ratio in decibels. */
export function psnr(a: Uint8Array, b: Uint8Array): number {
  let squares = 0;
  for (let i = 0; i < a.length; i++) squares += (a[i]! - b[i]!) ** 2;
  return 10 * Math.log10((255 * 255) / (squares / a.length));
}

export function largestDifference(a: Uint8Array, b: Uint8Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}

/** Bytes with some replaced, cut, repeated or removed, the same for the same seed. */
export function mutate(bytes: Uint8Array, seed: number): Uint8Array {
  let state = (seed * 2654435761 + 12345) >>> 0;
  const next = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const out = Uint8Array.from(bytes);
  const kind = next(6);
  if (kind === 0) return out.subarray(0, next(out.length));
  if (kind === 1) {
    const at = next(out.length);
    const length = next(64);
    return Uint8Array.from([...out.subarray(0, at), ...out.subarray(at + length)]);
  }
  if (kind === 2) {
    const at = next(out.length);
    return Uint8Array.from([...out.subarray(0, at), ...out.subarray(next(at + 1), at), ...out.subarray(at)]);
  }
  const header = kind === 3 ? out.length : Math.min(out.length, 700);
  for (let n = 1 + next(8); n > 0; n--) out[next(header)] = next(3) === 0 ? 0xff : next(256);
  return out;
}
