import { cosine, exponential, sine } from '../kernels/maths.ts';
import { EXTRACT } from '../parameters.ts';
import { type Plane, plane } from './grid.ts';
import { angleAt, type OrientationField } from './orientation.ts';

const RADIUS = EXTRACT.gaborRadius;
const SIDE = 2 * RADIUS + 1;

/** Period of bank entry `index`; entries are spaced geometrically. */
function bankPeriod(index: number): number {
  const ratio = EXTRACT.periodMax / EXTRACT.periodMin;
  return EXTRACT.periodMin * ratioPower(ratio, index / (EXTRACT.gaborPeriods - 1));
}

/** ratio^share by repeated square roots: the same bits on every machine. */
function ratioPower(ratio: number, share: number): number {
  let value = 1;
  let root = ratio;
  let rest = share;
  for (let k = 0; k < 30; k++) {
    if (rest >= 1) {
      value *= root;
      rest -= 1;
    }
    root = Math.sqrt(root);
    rest *= 2;
  }
  return value;
}

/** Even Gabor kernel without DC, gain 1 for its own wave (Hong, Wan, Jain 1998). */
function gaborKernel(angle: number, period: number): Float32Array {
  const ux = cosine(angle);
  const uy = sine(angle);
  const along = 2 * EXTRACT.gaborAlong * EXTRACT.gaborAlong;
  const acrossSigma = EXTRACT.gaborAcross * period;
  const across = 2 * acrossSigma * acrossSigma;
  const envelope = new Float64Array(SIDE * SIDE);
  const wave = new Float64Array(SIDE * SIDE);
  let envelopeSum = 0;
  let waveSum = 0;
  for (let y = -RADIUS; y <= RADIUS; y++) {
    for (let x = -RADIUS; x <= RADIUS; x++) {
      const i = (y + RADIUS) * SIDE + x + RADIUS;
      const u = x * ux + y * uy;
      const v = y * ux - x * uy;
      envelope[i] = exponential(-(u * u) / along - (v * v) / across);
      wave[i] = cosine((2 * Math.PI * v) / period);
      envelopeSum += envelope[i]!;
      waveSum += envelope[i]! * wave[i]!;
    }
  }
  const offset = waveSum / envelopeSum;
  let gain = 0;
  for (let i = 0; i < wave.length; i++) gain += envelope[i]! * (wave[i]! - offset) * wave[i]!;
  const kernel = new Float32Array(SIDE * SIDE);
  for (let i = 0; i < wave.length; i++) kernel[i] = (envelope[i]! * (wave[i]! - offset)) / gain;
  return kernel;
}

const bank = new Map<number, Float32Array>();

function kernelFor(orientation: number, period: number): Float32Array {
  const key = orientation * EXTRACT.gaborPeriods + period;
  const known = bank.get(key);
  if (known) return known;
  const made = gaborKernel((Math.PI * orientation) / EXTRACT.gaborOrientations, bankPeriod(period));
  bank.set(key, made);
  return made;
}

const LADDER = Array.from({ length: EXTRACT.gaborPeriods }, (_, i) => bankPeriod(i));

function nearestPeriod(period: number): number {
  let best = 0;
  for (let i = 1; i < LADDER.length; i++) {
    if (Math.abs(LADDER[i]! - period) < Math.abs(LADDER[best]! - period)) best = i;
  }
  return best;
}

/** The picture with a border of zeros as wide as the kernels reach. */
function pad(image: Plane): Plane {
  const target = plane(image.width + 2 * RADIUS, image.height + 2 * RADIUS);
  for (let y = 0; y < image.height; y++) {
    const row = image.data.subarray(y * image.width, (y + 1) * image.width);
    target.data.set(row, (y + RADIUS) * target.width + RADIUS);
  }
  return target;
}

function dot(padded: Plane, x: number, y: number, kernel: Float32Array): number {
  let sum = 0;
  let k = 0;
  for (let row = y; row < y + SIDE; row++) {
    let i = row * padded.width + x;
    for (const end = i + SIDE; i < end; i++) sum += padded.data[i]! * kernel[k++]!;
  }
  return sum;
}

/** Filters each foreground cell with the Gabor kernel of its own orientation and period; background stays 0. */
export function enhance(image: Plane, field: OrientationField, period: Plane, mask: Uint8Array): Plane {
  const padded = pad(image);
  const target = plane(image.width, image.height);
  const size = EXTRACT.cell;
  for (let gy = 0; gy < period.height; gy++) {
    for (let gx = 0; gx < period.width; gx++) {
      const cell = gy * period.width + gx;
      if (!mask[cell]) continue;
      const turn = (angleAt(field, cell) / Math.PI) * EXTRACT.gaborOrientations;
      const kernel = kernelFor(
        Math.round(turn) % EXTRACT.gaborOrientations,
        nearestPeriod(period.data[cell]!),
      );
      const x1 = Math.min(image.width, (gx + 1) * size);
      const y1 = Math.min(image.height, (gy + 1) * size);
      for (let y = gy * size; y < y1; y++) {
        for (let x = gx * size; x < x1; x++) target.data[y * image.width + x] = dot(padded, x, y, kernel);
      }
    }
  }
  return target;
}
