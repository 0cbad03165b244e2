import { cutCreases } from './creases.ts';
import { growRidges } from './growth.ts';
import { type Seed, stream } from './noise.ts';
import { flowField } from './orientation.ts';
import { GROWTH } from './parameters.ts';
import { drawPattern } from './pattern.ts';
import { drawPeriods } from './period.ts';
import type { FingerClass, MasterFinger } from './types.ts';

export interface MasterOptions {
  /** Otherwise drawn by natural frequency. */
  readonly fingerClass?: FingerClass;
}

/** Draws one finger from a seed: the same seed gives the same finger, byte for byte, on every machine. */
export function drawMaster(seed: Seed, options: MasterOptions = {}): MasterFinger {
  const pattern = drawPattern(seed, options.fingerClass);
  const flow = flowField(pattern, GROWTH.scale);
  const period = drawPeriods(seed, pattern);
  const ridges = growRidges(stream(seed, 'ridges'), flow, period);
  cutCreases(stream(seed, 'creases'), ridges, pattern.width, pattern.height);
  return {
    seed,
    fingerClass: pattern.fingerClass,
    width: pattern.width,
    height: pattern.height,
    pattern,
    ridges,
  };
}
