import { cosine, sine } from '../kernels/maths.ts';
import { EXTRACT, OWN_PERIOD } from '../parameters.ts';
import { autocorrelate } from './autocorrelation.ts';
import { type Plane, plane } from './grid.ts';
import { angleAt, type OrientationField } from './orientation.ts';

/** A period found at one place, pixels, and the autocorrelation there, 0-1. */
interface Found {
  readonly period: number;
  readonly strength: number;
}

const NONE: Found = { period: 0, strength: 0 };
const HALF = (OWN_PERIOD.length - 1) / 2;

/** Means of two by two pixels: a period seen there is twice as long here. */
function halved(image: Plane): Plane {
  const target = plane(image.width >> 1, image.height >> 1);
  for (let y = 0; y < target.height; y++) {
    for (let x = 0; x < target.width; x++) {
      const i = 2 * y * image.width + 2 * x;
      const above = image.data[i]! + image.data[i + 1]!;
      const below = image.data[i + image.width]! + image.data[i + image.width + 1]!;
      target.data[y * target.width + x] = (above + below) / 4;
    }
  }
  return target;
}

/** Grey along the ridge for each step along the normal; outside the picture it is the mean, 0. */
function signature({ width, height, data }: Plane, x: number, y: number, angle: number): Float64Array {
  const signal = new Float64Array(OWN_PERIOD.length);
  const [ux, uy] = [cosine(angle), sine(angle)];
  for (let k = 0; k < signal.length; k++) {
    let sum = 0;
    for (let j = -OWN_PERIOD.halfWidth; j <= OWN_PERIOD.halfWidth; j += 2) {
      const px = Math.floor(x - (k - HALF) * uy + j * ux);
      const py = Math.floor(y + (k - HALF) * ux + j * uy);
      if (px >= 0 && py >= 0 && px < width && py < height) sum += data[py * width + px]!;
    }
    signal[k] = sum;
  }
  return signal;
}

/** Autocorrelation by lag as a share of the power; empty where nothing varies. */
function correlationOf(signal: Float64Array): Float64Array {
  const correlation = new Float64Array(OWN_PERIOD.longest + 3);
  autocorrelate(signal, correlation);
  const power = correlation[0]!;
  return power > 1e-6 ? correlation.map((value) => value / power) : new Float64Array();
}

/** Peaks after the first zero, each with the place and height of a parabola through it. */
function peaksOf(correlation: Float64Array): Found[] {
  const peaks: Found[] = [];
  let lag = 1;
  while (lag < correlation.length && correlation[lag]! > 0) lag++;
  for (; lag < correlation.length - 1; lag++) {
    const [before, here, after] = [correlation[lag - 1]!, correlation[lag]!, correlation[lag + 1]!];
    if (here <= 0 || here < before || here < after) continue;
    const bend = Math.min(-1e-9, before - 2 * here + after);
    const period = lag + (before - after) / (2 * bend);
    const strength = Math.min(1, here - (before - after) ** 2 / (8 * bend));
    if (period >= OWN_PERIOD.shortest && period <= OWN_PERIOD.longest) peaks.push({ period, strength });
  }
  return peaks;
}

/** The first peak that is nearly as high as the highest: every multiple of a period is a peak too. */
function peakOf(correlation: Float64Array): Found {
  const peaks = peaksOf(correlation);
  const highest = Math.max(...peaks.map(({ strength }) => strength));
  return peaks.find(({ strength }) => strength >= highest * OWN_PERIOD.first) ?? NONE;
}

/** Places spread over the ridges: every so many cells of those with contrast and one clear direction. */
function placesOf(contrast: Uint8Array, { coherence }: OrientationField): number[] {
  const cells: number[] = [];
  for (let cell = 0; cell < contrast.length; cell++) {
    if (contrast[cell] && coherence.data[cell]! > OWN_PERIOD.coherenceFloor) cells.push(cell);
  }
  const step = Math.max(1, Math.floor(cells.length / OWN_PERIOD.places));
  return cells.filter((_, i) => i % step === step >> 1);
}

/** The period half of the places stay below, where enough of them agree on it; 0 where they do not. */
function agreed(found: readonly Found[]): number {
  const clear = found.filter(({ strength }) => strength > OWN_PERIOD.strengthFloor);
  if (clear.length < Math.max(OWN_PERIOD.placesLeast, found.length * OWN_PERIOD.shareLeast)) return 0;
  const middle = clear.toSorted((a, b) => a.period - b.period)[clear.length >> 1]!.period;
  const near = clear.filter(({ period }) => Math.abs(period - middle) < OWN_PERIOD.near * middle);
  return near.length < clear.length * OWN_PERIOD.agreeLeast ? 0 : middle;
}

/**
 * Ridge period of the whole print, pixels, far beyond what a print at its true resolution can have: a picture whose
 * stated resolution is wrong is told by it. 0 where no one period shows. Ordinary prints end after the first round;
 * coarser ridges are looked for in the picture at a half and a quarter.
 */
export function ownPeriod(image: Plane, contrast: Uint8Array, field: OrientationField): number {
  const columns = field.coherence.width;
  const places = placesOf(contrast, field).map((cell) => ({
    x: ((cell % columns) + 0.5) * EXTRACT.cell,
    y: (Math.floor(cell / columns) + 0.5) * EXTRACT.cell,
    angle: angleAt(field, cell),
  }));
  let level = image;
  let best: Found[] = places.map(() => NONE);
  for (let scale = 1; scale <= OWN_PERIOD.coarsest; scale *= 2, level = halved(level)) {
    best = places.map(({ x, y, angle }, i) => {
      const { period, strength } = peakOf(correlationOf(signature(level, x / scale, y / scale, angle)));
      const clearer = strength > best[i]!.strength * OWN_PERIOD.clearly;
      return clearer ? { period: period * scale, strength } : best[i]!;
    });
    const sure = best.filter(({ strength }) => strength > OWN_PERIOD.sure);
    if (sure.length > places.length / 2) break;
  }
  return agreed(best);
}
