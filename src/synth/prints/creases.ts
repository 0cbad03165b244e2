import type { Random } from '../random.ts';
import { between, nearNormal } from './noise.ts';
import { CREASE, MASTER } from './parameters.ts';
import { cosine, sine } from './portable-math.ts';

/** Shape of one wrinkle or scratch: where it starts, its direction, how it bends, how wide and deep it is. */
export interface Stroke {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
  readonly length: number;
  /** Radians of turning per pixel of length. */
  readonly curve: number;
  readonly halfWidth: number;
  /** 0-1. */
  readonly depth: number;
}

/** Calls `stamp` for every pixel near the stroke, with how strongly the stroke covers it, 0-1. */
export function trace(
  stroke: Stroke,
  width: number,
  height: number,
  stamp: (at: number, cover: number) => void,
): void {
  const reach = Math.ceil(stroke.halfWidth + 1);
  let { x, y, angle } = stroke;
  for (let run = 0; run < stroke.length; run++) {
    // Thinner towards both ends.
    const taper = Math.min(1, (4 * Math.min(run, stroke.length - run)) / stroke.length);
    const half = stroke.halfWidth * taper;
    const cx = Math.round(x);
    const cy = Math.round(y);
    for (let v = Math.max(0, cy - reach); v <= Math.min(height - 1, cy + reach); v++) {
      for (let u = Math.max(0, cx - reach); u <= Math.min(width - 1, cx + reach); u++) {
        const away = Math.sqrt((u - x) * (u - x) + (v - y) * (v - y));
        const cover = Math.min(1, half + 0.5 - away);
        if (cover > 0) stamp(v * width + u, cover * stroke.depth);
      }
    }
    x += cosine(angle);
    y -= sine(angle);
    angle += stroke.curve;
  }
}

/** How often an event of this mean count happens: binomial over many tries, near enough to Poisson. */
export function drawCount(random: Random, mean: number): number {
  let count = 0;
  for (let n = 0; n < 24; n++) if (random.chance(mean / 24)) count++;
  return count;
}

function drawCrease(random: Random, scar: boolean): Stroke {
  const wide = scar ? 1.8 : 1;
  return {
    x: between(random, 0.1, 0.9) * MASTER.width,
    y: between(random, 0.15, 0.95) * MASTER.height,
    angle: between(random, -0.9, 0.9) + (scar ? between(random, 0, Math.PI) : 0),
    length: between(random, CREASE.length[0], CREASE.length[1]),
    curve: nearNormal(random) * 0.004,
    halfWidth: between(random, CREASE.halfWidth[0], CREASE.halfWidth[1]) * wide,
    depth: between(random, CREASE.depth[0], CREASE.depth[1]),
  };
}

/** Cuts a finger's lasting wrinkles into its ridges, in place. */
export function cutCreases(random: Random, ridges: Int8Array, width: number, height: number): void {
  const count = drawCount(random, CREASE.meanCount);
  const scars = random.int(0, CREASE.scarEvery - 1) === 0 ? 1 : 0;
  for (let n = 0; n < count + scars; n++) {
    trace(drawCrease(random, n >= count), width, height, (at, cover) => {
      const roof = Math.round(127 - 254 * cover);
      if (ridges[at]! > roof) ridges[at] = roof;
    });
  }
}
