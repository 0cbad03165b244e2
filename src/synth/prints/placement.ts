import type { Random } from '../random.ts';
import { type Distortion, distort } from './distortion.ts';
import { between, nearNormal } from './noise.ts';
import { DISTORTION, MASTER, TOUCH } from './parameters.ts';
import { cosine, sine } from './portable-math.ts';

/** How the finger lies on the frame: pixels of the frame at its own resolution, radians anticlockwise. */
export interface Placement {
  readonly rotation: number;
  readonly cos: number;
  readonly sin: number;
  readonly x: number;
  readonly y: number;
  /** Frame pixels per pixel at 500 ppi. */
  readonly scale: number;
}

/** For every `step`-th pixel of the frame, the point of the finger that it shows. */
export interface SkinMap {
  readonly step: number;
  readonly columns: number;
  readonly rows: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Draws a placement; `play` 1 is an uninstructed volunteer's, 0 a perfectly centred finger. */
export function drawPlacement(
  random: Random,
  width: number,
  height: number,
  scale: number,
  play: number,
): Placement {
  const rotation = nearNormal(random) * TOUCH.turn * play;
  return {
    rotation,
    cos: cosine(rotation),
    sin: sine(rotation),
    x: width / 2 + between(random, -TOUCH.shift[0], TOUCH.shift[0]) * play * width,
    y: height / 2 + between(random, -TOUCH.shift[1], TOUCH.shift[1]) * play * height,
    scale,
  };
}

/**
 * The map from frame to finger, distorted. The distortion is applied on the way back, which is the same
 * family of maps with the pulls' signs turned.
 */
export function skinMap(width: number, height: number, place: Placement, skin: Distortion): SkinMap {
  const step = DISTORTION.step;
  const columns = Math.ceil(width / step) + 1;
  const rows = Math.ceil(height / step) + 1;
  const x = new Float32Array(columns * rows);
  const y = new Float32Array(columns * rows);
  const cos = place.cos / place.scale;
  const sin = place.sin / place.scale;
  for (let i = 0; i < columns * rows; i++) {
    const dx = (i % columns) * step - place.x;
    const dy = Math.floor(i / columns) * step - place.y;
    const to = distort(skin, MASTER.width / 2 + dx * cos - dy * sin, MASTER.height / 2 + dx * sin + dy * cos);
    x[i] = to.x;
    y[i] = to.y;
  }
  return { step, columns, rows, x, y };
}
