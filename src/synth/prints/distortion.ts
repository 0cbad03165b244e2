import type { Random } from '../random.ts';
import { between, nearNormal } from './noise.ts';
import { DISTORTION, MASTER } from './parameters.ts';
import { cosine, sine } from './portable-math.ts';

/**
 * Skin distortion by Cappelli, Maio, Maltoni 2001 ("Modelling plastic distortion in fingerprint images"):
 * the middle of the finger sticks to the glass, the skin far from it follows the finger's pull and twist,
 * and the zone between stretches.
 */
export interface Distortion {
  readonly x: number;
  readonly y: number;
  readonly halfWidth: number;
  readonly halfHeight: number;
  readonly stretch: number;
  readonly pullX: number;
  readonly pullY: number;
  /** Cosine and sine of the loose skin's turn. */
  readonly twist: readonly [number, number];
}

/** `strength` 1 is a usual careless touch, 0 none, 2 a finger pressed and dragged. */
export function drawDistortion(random: Random, strength: number): Distortion {
  const grip = between(random, DISTORTION.grip[0], DISTORTION.grip[1]);
  const halfWidth = grip * MASTER.width;
  const halfHeight = grip * MASTER.height * between(random, 0.75, 1.05);
  const stretch = between(random, DISTORTION.stretch[0], DISTORTION.stretch[1]);
  const x = nearNormal(random) * DISTORTION.pull * strength;
  const y = nearNormal(random) * DISTORTION.pull * strength;
  const zone = stretch * Math.min(halfWidth, halfHeight);
  // The steepest stretch of the cosine zone is pi / 2 times its mean.
  const most = (DISTORTION.mostStrain * zone * 2) / Math.PI;
  const shrink = Math.min(1, most / (Math.sqrt(x * x + y * y) + 1e-9));
  const turn = nearNormal(random) * DISTORTION.twist * strength;
  const twist = Math.max(-DISTORTION.mostTwist, Math.min(DISTORTION.mostTwist, turn));
  return {
    x: MASTER.width / 2 + nearNormal(random) * 22,
    y: MASTER.height / 2 + nearNormal(random) * 30,
    halfWidth,
    halfHeight,
    stretch,
    pullX: x * shrink,
    pullY: y * shrink,
    twist: [cosine(twist), sine(twist)],
  };
}

/** Share of the pull that reaches a point: 0 where the skin sticks, 1 beyond the stretching zone. */
function freedom(d: Distortion, dx: number, dy: number): number {
  const u = dx / d.halfWidth;
  const v = dy / d.halfHeight;
  const out = Math.sqrt(u * u + v * v) - 1;
  if (out <= 0) return 0;
  return out >= d.stretch ? 1 : (1 - cosine((Math.PI * out) / d.stretch)) / 2;
}

/** Where a point of the finger goes. */
export function distort(d: Distortion, x: number, y: number): { x: number; y: number } {
  const dx = x - d.x;
  const dy = y - d.y;
  const free = freedom(d, dx, dy);
  if (free === 0) return { x, y };
  const [cos, sin] = d.twist;
  return {
    x: x + free * (dx * cos - dy * sin + d.pullX - dx),
    y: y + free * (dx * sin + dy * cos + d.pullY - dy),
  };
}
