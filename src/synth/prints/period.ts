import { nearNormal, type Seed, SmoothNoise, stream } from './noise.ts';
import { PERIOD } from './parameters.ts';
import { smoothStep } from './portable-math.ts';
import type { Pattern } from './types.ts';

/** Ridge period of a finger at a point, pixels. */
export type PeriodMap = (x: number, y: number) => number;

/**
 * Draws a finger's period: one mean a finger, slow variation within, and wider ridges above the topmost core
 * and below the lowest delta (Cappelli, Maio, Maltoni 2002).
 */
export function drawPeriods(seed: Seed, pattern: Pattern): PeriodMap {
  const random = stream(seed, 'period');
  const mean = PERIOD.mean + nearNormal(random) * PERIOD.deviation;
  const noise = new SmoothNoise(random, pattern.width, pattern.height, PERIOD.cell);
  const ys = pattern.singularities.map((s) => s.y);
  const top = pattern.centre.y;
  const bottom = ys.length > 0 ? Math.max(...ys) : pattern.centre.y + 110;
  return (x, y) => {
    const wide =
      PERIOD.aboveCore * smoothStep(10, 150, top - y) + PERIOD.belowDelta * smoothStep(0, 110, y - bottom);
    const period = mean * (1 + wide + PERIOD.within * noise.at(x, y));
    return Math.min(PERIOD.most, Math.max(PERIOD.least, period));
  };
}
