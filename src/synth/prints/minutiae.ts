import type { MinutiaType } from '../../match/print/types.ts';
import type { Random } from '../random.ts';
import { between, nearNormal, type Seed, stream } from './noise.ts';
import { flowAt } from './orientation.ts';
import { MASTER, MINUTIAE } from './parameters.ts';
import { drawPattern } from './pattern.ts';
import { drawPeriods, type PeriodMap } from './period.ts';
import { cosine, exponential, sine } from './portable-math.ts';
import { skinHalfWidth } from './skin.ts';
import type { FingerClass, Pattern, Point } from './types.ts';

/** A minutia of the skin itself: master pixels, radians anticlockwise, not yet seen by any sensor. */
export interface SkinMinutia extends Point {
  readonly direction: number;
  readonly type: MinutiaType;
}

/** A finger drawn as minutiae on a ridge flow, thousands of times faster than growing its ridges. */
export interface SparseFinger {
  readonly seed: Seed;
  readonly pattern: Pattern;
  readonly period: PeriodMap;
  readonly minutiae: readonly SkinMinutia[];
}

/**
 * Ridges that begin per square pixel, counted along `angle`: the divergence of (flow / period). Where the flow
 * widens ridges must begin, where it narrows they must end, which is what turns minutiae the same way there.
 */
export function ridgesBegun(pattern: Pattern, period: number, angle: number, x: number, y: number): number {
  const h = MINUTIAE.flowStep;
  const tx = cosine(angle);
  const ty = -sine(angle);
  const right = flowAt(pattern, x + h, y);
  const below = flowAt(pattern, x, y + h);
  const dx = cosine(right) * (cosine(right - angle) < 0 ? -1 : 1) - tx;
  const dy = -sine(below) * (cosine(below - angle) < 0 ? -1 : 1) - ty;
  return (dx + dy) / (h * period);
}

/** How dense minutiae are at a point, relative to open skin. */
function crowding(pattern: Pattern, x: number, y: number): number {
  let most = 0;
  for (const s of pattern.singularities) {
    const away = ((x - s.x) * (x - s.x) + (y - s.y) * (y - s.y)) / MINUTIAE.singularReach ** 2;
    if (away < 6) most = Math.max(most, exponential(-away / 2));
  }
  return 1 + (MINUTIAE.nearSingular - 1) * most;
}

function isFree(taken: readonly SkinMinutia[], x: number, y: number, apart: number): boolean {
  for (const m of taken) {
    const dx = m.x - x;
    const dy = m.y - y;
    if (dx * dx + dy * dy < apart * apart) return false;
  }
  return true;
}

function drawMinutia(random: Random, pattern: Pattern, period: number, x: number, y: number): SkinMinutia {
  const angle = flowAt(pattern, x, y);
  const begun = ridgesBegun(pattern, period, angle, x, y) / MINUTIAE.density;
  const forward = random.chance((1 + Math.max(-1, Math.min(1, begun))) / 2);
  return {
    x,
    y,
    direction: forward ? angle : angle + Math.PI,
    type: random.chance(MINUTIAE.endings) ? 'ending' : 'bifurcation',
  };
}

/** Draws a finger as minutiae: a hard-core point process on the ridge flow of `drawPattern`. */
export function drawSparseFinger(seed: Seed, fingerClass?: FingerClass): SparseFinger {
  const pattern = drawPattern(seed, fingerClass);
  const period = drawPeriods(seed, pattern);
  const random = stream(seed, 'minutiae');
  const density = MINUTIAE.density * (1 + MINUTIAE.spread * nearNormal(random));
  const tries = Math.round(MASTER.width * MASTER.height * density * MINUTIAE.nearSingular);
  const minutiae: SkinMinutia[] = [];
  for (let n = 0; n < tries; n++) {
    const x = between(random, 0, MASTER.width);
    const y = between(random, 0, MASTER.height);
    if (Math.abs(x - MASTER.width / 2) > skinHalfWidth(y)) continue;
    if (!random.chance(crowding(pattern, x, y) / MINUTIAE.nearSingular)) continue;
    const wave = period(x, y);
    if (isFree(minutiae, x, y, MINUTIAE.apart * wave)) {
      minutiae.push(drawMinutia(random, pattern, wave, x, y));
    }
  }
  return { seed, pattern, period, minutiae };
}
