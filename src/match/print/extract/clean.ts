import { SKELETON } from '../parameters.ts';
import { type Bitmap, setPixels, tidy } from './thin.ts';
import { RidgeWalker } from './trace-ridge.ts';

/** What the clean-up needs to know of the place of a pixel. */
export interface RidgeContext {
  /** Ridge period in pixels. */
  period(x: number, y: number): number;
  /** Unit vector along the ridge. */
  along(x: number, y: number): readonly [number, number];
}

/** Removes short dead ends at junctions and short ridges with two free ends. */
function removeSpursAndIslands(walker: RidgeWalker, context: RidgeContext): void {
  const { width, data } = walker.bitmap;
  for (const i of setPixels(walker.bitmap)) {
    if (!data[i]) continue;
    const [direction, more] = walker.branches(i);
    if (direction === undefined) data[i] = 0;
    if (direction === undefined || more !== undefined) continue;
    const period = context.period(i % width, Math.floor(i / width));
    const { path, stop } = walker.trace(i, direction, Math.ceil(period * SKELETON.island));
    if (stop === 'end') walker.erase([i, ...path]);
    if (stop === 'junction' && path.length <= period * SKELETON.spur) walker.erase([i, ...path.slice(0, -1)]);
  }
}

function isAcross(bitmap: Bitmap, from: number, to: number, context: RidgeContext): boolean {
  const dx = (to % bitmap.width) - (from % bitmap.width);
  const dy = Math.floor(to / bitmap.width) - Math.floor(from / bitmap.width);
  const [ux, uy] = context.along((from % bitmap.width) + dx / 2, Math.floor(from / bitmap.width) + dy / 2);
  const along = dx * ux + dy * uy;
  return along * along < SKELETON.bridgeAlong * (dx * dx + dy * dy);
}

/** Removes bridges between neighbouring ridges and one arm of small lakes. */
function removeBridgesAndLakes(walker: RidgeWalker, context: RidgeContext): void {
  const { width, data } = walker.bitmap;
  for (const i of setPixels(walker.bitmap)) {
    if (!data[i] || walker.branches(i).length < 3) continue;
    const period = context.period(i % width, Math.floor(i / width));
    const ends = new Set<number>();
    for (const direction of walker.branches(i)) {
      const { path, stop } = walker.trace(i, direction, Math.ceil(period * SKELETON.lake));
      if (stop !== 'junction') continue;
      const far = path[path.length - 1]!;
      const lake = ends.has(far);
      ends.add(far);
      const bridge = path.length <= period * SKELETON.bridge && isAcross(walker.bitmap, i, far, context);
      if ((lake || bridge) && path.length > 1) walker.erase(path.slice(0, -1));
    }
  }
}

interface FreeEnd {
  readonly x: number;
  readonly y: number;
  /** Unit vector out of the ridge, past its end. */
  readonly ox: number;
  readonly oy: number;
}

function freeEnds(walker: RidgeWalker): FreeEnd[] {
  const { width } = walker.bitmap;
  const found: FreeEnd[] = [];
  for (const i of setPixels(walker.bitmap)) {
    const [direction, more] = walker.branches(i);
    if (direction === undefined || more !== undefined) continue;
    const { path } = walker.trace(i, direction, SKELETON.gapTrace);
    const back = path[path.length - 1]!;
    const dx = (i % width) - (back % width);
    const dy = Math.floor(i / width) - Math.floor(back / width);
    const length = Math.sqrt(dx * dx + dy * dy);
    if (length > 0) found.push({ x: i % width, y: Math.floor(i / width), ox: dx / length, oy: dy / length });
  }
  return found;
}

function drawLine({ data, width }: Bitmap, a: FreeEnd, b: FreeEnd): void {
  const steps = Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y));
  for (let k = 0; k <= steps; k++) {
    const x = Math.round(a.x + ((b.x - a.x) * k) / steps);
    const y = Math.round(a.y + ((b.y - a.y) * k) / steps);
    data[y * width + x] = 1;
  }
}

/** How well two free ends look like one broken ridge: 0 = not, else the smaller the better. */
function gapLength(a: FreeEnd, b: FreeEnd, limit: number): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length = Math.sqrt(dx * dx + dy * dy);
  if (length > limit || length === 0) return 0;
  const facing = Math.min(a.ox * dx + a.oy * dy, -b.ox * dx - b.oy * dy) / length;
  const straight = -(a.ox * b.ox + a.oy * b.oy);
  return facing > SKELETON.gapFacing && straight > SKELETON.gapFacing ? length : 0;
}

/** Joins ridges that a pore, crease or speck of dust has cut. */
function joinGaps(walker: RidgeWalker, context: RidgeContext): void {
  const ends = freeEnds(walker);
  const taken = new Set<FreeEnd>();
  for (const [k, a] of ends.entries()) {
    if (taken.has(a)) continue;
    const limit = context.period(a.x, a.y) * SKELETON.gap;
    let best: FreeEnd | undefined;
    let bestLength = Number.POSITIVE_INFINITY;
    for (let j = k + 1; j < ends.length && ends[j]!.y - a.y <= limit; j++) {
      const length = taken.has(ends[j]!) ? 0 : gapLength(a, ends[j]!, limit);
      if (length > 0 && length < bestLength) {
        best = ends[j]!;
        bestLength = length;
      }
    }
    if (!best) continue;
    taken.add(best);
    drawLine(walker.bitmap, a, best);
  }
}

/** Repairs a skeleton in place: what is too short to be a ridge goes, what was one ridge is joined. */
export function clean(bitmap: Bitmap, context: RidgeContext): void {
  const walker = new RidgeWalker(bitmap);
  joinGaps(walker, context);
  tidy(bitmap);
  removeSpursAndIslands(walker, context);
  tidy(bitmap);
  removeBridgesAndLakes(walker, context);
  tidy(bitmap);
  removeSpursAndIslands(walker, context);
  tidy(bitmap);
}
