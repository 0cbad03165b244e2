import type { Random } from '../random.ts';
import { type Distortion, drawDistortion } from './distortion.ts';
import { between, nearNormal } from './noise.ts';
import { MASTER, TOUCH } from './parameters.ts';
import type { Sensor } from './sensors.ts';

/** One touch of one finger: everything about it but the pixels. */
export interface Touch {
  /** 0 (hardly usable) to 1 (faultless). */
  readonly quality: number;
  /** -1 valleys flooded, 0 normal, 1 ridges broken into dots. */
  readonly dryness: number;
  readonly blots: number;
  /** Strength of noise at the scale of the ridges. */
  readonly smear: number;
  /** 0 (nobody moved) to about 1.5: how far off centre and turned the finger lies. */
  readonly play: number;
  readonly distortion: Distortion;
  /** The ellipse of skin that touches, in the master's pixels. */
  readonly contact: {
    readonly x: number;
    readonly y: number;
    readonly halfWidth: number;
    readonly halfHeight: number;
  };
}

/** The value a share `quality` of the way from the bad end of a range to the good one. */
export function byQuality(range: readonly [number, number], quality: number): number {
  return range[1] + (range[0] - range[1]) * quality;
}

function drawContact(random: Random, sensor: Sensor, quality: number, partial: number): Touch['contact'] {
  const least = byQuality(TOUCH.leastContact, quality);
  const size = sensor.contact * Math.sqrt(partial) * between(random, least, 1);
  const { width, height } = TOUCH.contact;
  const halfWidth = (MASTER.width / 2) * Math.min(0.98, between(random, width[0], width[1]) * size);
  const halfHeight = (MASTER.height / 2) * Math.min(0.98, between(random, height[0], height[1]) * size);
  // A small contact may lie anywhere on the finger: its tip, its side.
  const roomX = MASTER.width / 2 - halfWidth;
  const roomY = MASTER.height / 2 - halfHeight;
  return {
    x: MASTER.width / 2 + between(random, -0.6, 0.6) * roomX,
    y: MASTER.height * 0.49 + between(random, -0.6, 0.6) * roomY,
    halfWidth,
    halfHeight,
  };
}

function drawQuality(random: Random): number {
  const u = random.next();
  if (random.chance(TOUCH.carelessShare)) return TOUCH.carelessCeiling * u;
  return 1 - TOUCH.qualitySpread * u * u;
}

/** Draws a touch. `partial` is the share of the usual contact area, 0-1. */
export function drawTouch(
  random: Random,
  sensor: Sensor,
  quality: number | undefined,
  partial: number,
): Touch {
  const q = quality ?? drawQuality(random);
  return {
    quality: q,
    dryness: Math.max(-0.9, Math.min(0.9, sensor.dryness + nearNormal(random) * byQuality(TOUCH.dryness, q))),
    blots: sensor.blots * byQuality(TOUCH.blots, q),
    smear: byQuality(TOUCH.smear, q),
    play: byQuality(TOUCH.play, q),
    distortion: drawDistortion(random, byQuality(TOUCH.distortion, q)),
    contact: drawContact(random, sensor, q, partial),
  };
}

/** Distance from the middle of the contact, 1 at its edge: round at the tip, squarer and narrower below. */
export function contactRadius(touch: Touch, x: number, y: number): number {
  const v = (y - touch.contact.y) / touch.contact.halfHeight;
  const narrow = v > 0 ? 1 - 0.14 * v : 1;
  const u = (x - touch.contact.x) / (touch.contact.halfWidth * narrow);
  const uu = u * u;
  const vv = v * v;
  return v < 0 ? Math.sqrt(uu + vv) : Math.sqrt(Math.sqrt(uu * uu + vv * vv));
}
