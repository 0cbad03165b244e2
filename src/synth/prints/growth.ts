import type { Random } from '../random.ts';
import { filterFor, type GaborBank, gaborBank } from './gabor.ts';
import type { FlowField } from './orientation.ts';
import { GROWTH, PERIOD } from './parameters.ts';
import type { PeriodMap } from './period.ts';
import { skinHalfWidth } from './skin.ts';

/** A float picture with a margin of `GROWTH.radius` zero pixels on every side, so filters need no edge case. */
interface Padded {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  readonly data: Float32Array;
}

function padded(width: number, height: number): Padded {
  const stride = width + 2 * GROWTH.radius;
  return { width, height, stride, data: new Float32Array(stride * (height + 2 * GROWTH.radius)) };
}

const banks = new Map<number, GaborBank>();

/** The filters for pixels of `scale` full-resolution pixels; made once, they are the same for every finger. */
function bankAt(scale: number, sigma: number): GaborBank {
  const known = banks.get(scale);
  if (known) return known;
  const bank = gaborBank({
    orientations: GROWTH.orientations,
    periods: GROWTH.periods,
    radius: GROWTH.radius,
    shortest: PERIOD.least / scale,
    longest: PERIOD.most / scale,
    sigma,
  });
  banks.set(scale, bank);
  return bank;
}

/** The answer of one 11 x 11 filter at one place; unrolled, as this is where all the time goes. */
function respond(
  from: Float32Array,
  at: number,
  stride: number,
  weights: Float32Array,
  offset: number,
): number {
  let i = at - 5 * stride - 5;
  let w = offset;
  let sum = 0;
  for (let row = 0; row < 11; row++) {
    sum +=
      from[i]! * weights[w]! +
      from[i + 1]! * weights[w + 1]! +
      from[i + 2]! * weights[w + 2]! +
      from[i + 3]! * weights[w + 3]! +
      from[i + 4]! * weights[w + 4]! +
      from[i + 5]! * weights[w + 5]! +
      from[i + 6]! * weights[w + 6]! +
      from[i + 7]! * weights[w + 7]! +
      from[i + 8]! * weights[w + 8]! +
      from[i + 9]! * weights[w + 9]! +
      from[i + 10]! * weights[w + 10]!;
    i += stride;
    w += 11;
  }
  return sum;
}

/** Filter of every half-resolution pixel, -1 outside the skin. */
function chooseFilters(bank: GaborBank, flow: FlowField, period: PeriodMap): Int32Array {
  const filters = new Int32Array(flow.columns * flow.rows).fill(-1);
  for (let j = 0; j < flow.rows; j++) {
    const y = (j + 0.5) * flow.step;
    const half = skinHalfWidth(y);
    for (let i = 0; i < flow.columns; i++) {
      const x = (i + 0.5) * flow.step;
      if (Math.abs(x - (flow.columns * flow.step) / 2) > half) continue;
      const f = j * flow.columns + i;
      filters[f] = filterFor(bank, flow.angle[f]!, period(x, y) / flow.step);
    }
  }
  return filters;
}

function plantSeeds(random: Random, grid: Padded): void {
  for (let n = 0; n < GROWTH.seeds; n++) {
    const x = random.int(0, grid.width - 2 - 1) + GROWTH.radius + 1;
    const y = random.int(0, grid.height - 2 - 1) + GROWTH.radius + 1;
    grid.data[y * grid.stride + x] = random.chance(0.5) ? 1 : -1;
  }
}

/** Filters one block; returns the largest change against what the target held, two passes ago. */
function growBlock(
  from: Padded,
  to: Padded,
  bank: GaborBank,
  filters: Int32Array,
  bx: number,
  by: number,
): number {
  const right = Math.min(from.width, bx + GROWTH.block);
  const bottom = Math.min(from.height, by + GROWTH.block);
  let change = 0;
  for (let y = by; y < bottom; y++) {
    let at = (y + GROWTH.radius) * from.stride + GROWTH.radius + bx;
    for (let x = bx; x < right; x++, at++) {
      const filter = filters[y * from.width + x]!;
      if (filter < 0) continue;
      const raw = respond(from.data, at, from.stride, bank.weights, filter) * GROWTH.gain;
      const value = raw > 1 ? 1 : raw < -1 ? -1 : raw;
      const moved = Math.abs(value - from.data[at]!);
      if (moved > change) change = moved;
      to.data[at] = value;
    }
  }
  return change;
}

/** Largest change in a block's neighbourhood; 0 lets it rest. */
function unrest(changes: Float32Array, columns: number, rows: number, i: number, j: number): number {
  let most = 0;
  for (let v = Math.max(0, j - 1); v <= Math.min(rows - 1, j + 1); v++) {
    for (let u = Math.max(0, i - 1); u <= Math.min(columns - 1, i + 1); u++) {
      most = Math.max(most, changes[v * columns + u]!);
    }
  }
  return most;
}

function growOnce(
  from: Padded,
  to: Padded,
  bank: GaborBank,
  filters: Int32Array,
  before: Float32Array,
): Float32Array {
  const columns = Math.ceil(from.width / GROWTH.block);
  const rows = Math.ceil(from.height / GROWTH.block);
  const after = new Float32Array(columns * rows);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      if (unrest(before, columns, rows, i, j) < GROWTH.restBelow) continue;
      after[j * columns + i] = growBlock(from, to, bank, filters, i * GROWTH.block, j * GROWTH.block);
    }
  }
  return after;
}

/** Doubles the size by bilinear interpolation about pixel centres. */
function enlarge(small: Padded, width: number, height: number): Padded {
  const big = padded(width, height);
  const d = small.data;
  for (let y = 0; y < height; y++) {
    const sy = (y + 0.5) / GROWTH.scale - 0.5 + GROWTH.radius;
    const iy = Math.floor(sy);
    const fy = sy - iy;
    for (let x = 0; x < width; x++) {
      const sx = (x + 0.5) / GROWTH.scale - 0.5 + GROWTH.radius;
      const ix = Math.floor(sx);
      const fx = sx - ix;
      const i = iy * small.stride + ix;
      const top = d[i]! + (d[i + 1]! - d[i]!) * fx;
      const low = d[i + small.stride]! + (d[i + small.stride + 1]! - d[i + small.stride]!) * fx;
      big.data[(y + GROWTH.radius) * big.stride + x + GROWTH.radius] = top + (low - top) * fy;
    }
  }
  return big;
}

/** One pass at full resolution, which also rounds off the interpolation. */
function polish(big: Padded, filters: Int32Array, flow: FlowField): Int8Array {
  const { weights } = bankAt(1, GROWTH.polishSigma);
  const out = new Int8Array(big.width * big.height).fill(-127);
  for (let y = 0; y < big.height; y++) {
    const cells = Math.floor(y / flow.step) * flow.columns;
    for (let x = 0; x < big.width; x++) {
      const filter = filters[cells + Math.floor(x / flow.step)]!;
      if (filter < 0) continue;
      const at = (y + GROWTH.radius) * big.stride + x + GROWTH.radius;
      const value = respond(big.data, at, big.stride, weights, filter) * GROWTH.polishGain;
      out[y * big.width + x] = Math.round(Math.max(-1, Math.min(1, value)) * 127);
    }
  }
  return out;
}

/**
 * Grows ridges from random spots by filtering again and again with the Gabor filter of each place's angle
 * and period, until the fronts have met (Cappelli, Erol, Maio, Maltoni 2000). Minutiae arise where they meet
 * out of step and where the flow widens. Blocks that have come to rest are left alone.
 * Returns ridge height -127 to 127 at full resolution; width and height are multiples of the flow's step.
 */
export function growRidges(random: Random, flow: FlowField, period: PeriodMap): Int8Array {
  const bank = bankAt(flow.step, GROWTH.sigma);
  const filters = chooseFilters(bank, flow, period);
  let from = padded(flow.columns, flow.rows);
  let to = padded(flow.columns, flow.rows);
  plantSeeds(random, from);
  const blocks = Math.ceil(flow.columns / GROWTH.block) * Math.ceil(flow.rows / GROWTH.block);
  let changes: Float32Array = new Float32Array(blocks).fill(1);
  for (let pass = 0; pass < GROWTH.passes; pass++) {
    changes = growOnce(from, to, bank, filters, changes);
    [from, to] = [to, from];
  }
  return polish(enlarge(from, flow.columns * flow.step, flow.rows * flow.step), filters, flow);
}
