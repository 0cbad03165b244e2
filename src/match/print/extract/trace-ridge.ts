import { type Bitmap, neighbourMask, neighbourOffsets } from './thin.ts';

/** For each neighbour mask, one direction a branch: the 4-neighbour of each run of set neighbours where it has one. */
const BRANCHES: readonly (readonly number[])[] = Array.from({ length: 256 }, (_, mask) =>
  runs(mask).map(leader),
);

function runs(mask: number): number[][] {
  const set = (k: number): boolean => ((mask >> (k & 7)) & 1) === 1;
  if (mask === 255) return [];
  const found: number[][] = [];
  for (let k = 0; k < 8; k++) {
    if (!set(k) || set(k + 7)) continue;
    const run = [k];
    for (let j = k + 1; set(j); j++) run.push(j & 7);
    found.push(run);
  }
  return found;
}

function leader(run: readonly number[]): number {
  return run.find((k) => k % 2 === 0) ?? run[0]!;
}

/** Direction onwards for a regular pixel with this mask entered from this neighbour; 255 where there is none. */
const ONWARD = Uint8Array.from({ length: 256 * 8 }, (_, key) => {
  const mask = key >> 3;
  const from = key & 7;
  const all = runs(mask);
  if (all.length !== 2) return 255;
  const other = all.find((run) => !run.includes(from));
  return other ? leader(other) : 255;
});

export interface RidgeTrace {
  /** Pixels after the start, in order. */
  readonly path: readonly number[];
  /** What stopped it: a ridge end, a junction (both last in `path`) or the length limit. */
  readonly stop: 'end' | 'junction' | 'limit';
}

/** Walks over a skeleton. */
export class RidgeWalker {
  readonly bitmap: Bitmap;
  readonly #around: readonly number[];

  constructor(bitmap: Bitmap) {
    this.bitmap = bitmap;
    this.#around = neighbourOffsets(bitmap.width);
  }

  /** Directions of the branches that leave a pixel: 1 for an ending, 2 on a ridge, 3 and more at a junction. */
  branches(pixel: number): readonly number[] {
    return BRANCHES[neighbourMask(this.bitmap.data, pixel, this.#around)]!;
  }

  trace(from: number, direction: number, limit: number): RidgeTrace {
    const path: number[] = [];
    let heading = direction;
    let pixel = from;
    while (path.length < limit) {
      pixel += this.#around[heading]!;
      path.push(pixel);
      const mask = neighbourMask(this.bitmap.data, pixel, this.#around);
      const count = BRANCHES[mask]!.length;
      if (count !== 2) return { path, stop: count >= 3 ? 'junction' : 'end' };
      const next = ONWARD[mask * 8 + ((heading + 4) & 7)]!;
      if (next === 255) return { path, stop: 'end' };
      heading = next;
    }
    return { path, stop: 'limit' };
  }

  erase(pixels: readonly number[]): void {
    for (const i of pixels) this.bitmap.data[i] = 0;
  }
}
