import { arcTangent2, TURN } from '../kernels/maths.ts';
import { SKELETON } from '../parameters.ts';
import type { MinutiaType } from '../types.ts';
import { type Bitmap, setPixels } from './thin.ts';
import { RidgeWalker } from './trace-ridge.ts';

/** A minutia as the skeleton shows it. `angle` is clockwise from the x axis as seen (y down). */
export interface RawMinutia {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
  readonly type: MinutiaType;
}

type Vector = readonly [number, number];

/** Unit vector from a pixel to the end of the trace that leaves it. */
function branchVector(walker: RidgeWalker, pixel: number, direction: number): Vector {
  const { width } = walker.bitmap;
  const { path } = walker.trace(pixel, direction, SKELETON.directionTrace);
  let sx = 0;
  let sy = 0;
  for (const p of path) {
    sx += (p % width) - (pixel % width);
    sy += Math.floor(p / width) - Math.floor(pixel / width);
  }
  const length = Math.sqrt(sx * sx + sy * sy) || 1;
  return [sx / length, sy / length];
}

/** The valley between the two closest of three branches, as the sum of their unit vectors. */
function forkVector(arms: readonly Vector[]): Vector {
  let best: Vector = [0, 0];
  let closest = -2;
  for (let i = 0; i < arms.length; i++) {
    for (let j = i + 1; j < arms.length; j++) {
      const [a, b] = [arms[i]!, arms[j]!];
      const alike = a[0] * b[0] + a[1] * b[1];
      if (alike > closest) {
        closest = alike;
        best = [a[0] + b[0], a[1] + b[1]];
      }
    }
  }
  return best;
}

/**
 * Endings and bifurcations of a clean skeleton. The direction of an ending runs from it along its ridge, that of
 * a bifurcation along the valley between its arms (ISO/IEC 19794-2:2005, 6.4.3). Junctions of four and more
 * branches, and junctions that touch, are crossings of ridges and no minutiae.
 */
export function findMinutiae(bitmap: Bitmap): RawMinutia[] {
  const walker = new RidgeWalker(bitmap);
  const found: RawMinutia[] = [];
  const { width } = bitmap;
  for (const i of setPixels(bitmap)) {
    const directions = walker.branches(i);
    if (directions.length !== 1 && directions.length !== 3) continue;
    const arms = directions.map((d) => branchVector(walker, i, d));
    const [vx, vy] = arms.length === 1 ? arms[0]! : forkVector(arms);
    const angle = arcTangent2(vy, vx);
    found.push({
      x: i % width,
      y: Math.floor(i / width),
      angle: angle < 0 ? angle + TURN : angle,
      type: arms.length === 1 ? 'ending' : 'bifurcation',
    });
  }
  return found;
}
