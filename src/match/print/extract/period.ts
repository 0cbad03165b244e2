import { cosine, sine } from '../kernels/maths.ts';
import { EXTRACT, PERIOD } from '../parameters.ts';
import { autocorrelate } from './autocorrelation.ts';
import { blur, gaussianTaps, type Plane, plane } from './grid.ts';
import { angleAt, type OrientationField } from './orientation.ts';

interface Peak {
  readonly period: number;
  /** Autocorrelation at the peak, 0-1. */
  readonly strength: number;
}

const NONE: Peak = { period: 0, strength: 0 };

const HALF = (PERIOD.length - 1) / 2;
/** Farthest that a sample lies from the middle, pixels. */
const REACH = Math.ceil(Math.sqrt(HALF * HALF + PERIOD.halfWidth * PERIOD.halfWidth)) + 1;

/**
 * Mean grey along the ridge for each step along the normal: the x-signature of Hong, Wan, Jain 1998. Samples
 * outside the picture count as the mean, 0.
 */
function signature(image: Plane, x: number, y: number, angle: number, target: Float64Array): void {
  const { width, height, data } = image;
  const ux = cosine(angle);
  const uy = sine(angle);
  const inner = x > REACH && y > REACH && x < width - REACH && y < height - REACH;
  for (let k = 0; k < PERIOD.length; k++) {
    const x0 = x - (k - HALF) * uy + 0.5;
    const y0 = y + (k - HALF) * ux + 0.5;
    let sum = 0;
    for (let j = -PERIOD.halfWidth; j <= PERIOD.halfWidth; j += 2) {
      const px = Math.floor(x0 + j * ux);
      const py = Math.floor(y0 + j * uy);
      if (inner || (px >= 0 && py >= 0 && px < width && py < height)) sum += data[py * width + px]!;
    }
    target[k] = sum;
  }
}

/** First peak after the first zero, refined by a parabola. */
function firstPeak(correlation: Float64Array): Peak {
  const power = correlation[0]!;
  if (power <= 1e-6) return NONE;
  let lag = 1;
  while (lag < correlation.length && correlation[lag]! > 0) lag++;
  for (; lag < correlation.length - 1; lag++) {
    const [before, here, after] = [correlation[lag - 1]!, correlation[lag]!, correlation[lag + 1]!];
    if (here <= 0 || here < before || here < after) continue;
    const bend = before - 2 * here + after;
    const period = lag + (bend < 0 ? (before - after) / (2 * bend) : 0);
    const inRange = period >= EXTRACT.periodMin && period <= EXTRACT.periodMax;
    return inRange ? { period, strength: Math.min(1, here / power) } : NONE;
  }
  return NONE;
}

/** Ridge period on the grid in pixels: measured along the normal where it shows, spread from there. */
export function estimatePeriod(image: Plane, field: OrientationField): Plane {
  const grid = field.coherence;
  const stride = PERIOD.everyCells;
  const coarse = plane(Math.ceil(grid.width / stride), Math.ceil(grid.height / stride));
  const weighted = plane(coarse.width, coarse.height);
  const signal = new Float64Array(PERIOD.length);
  const correlation = new Float64Array(Math.ceil(EXTRACT.periodMax) + 3);
  for (let cy = 0; cy < coarse.height; cy++) {
    for (let cx = 0; cx < coarse.width; cx++) {
      const gx = Math.min(grid.width - 1, cx * stride + (stride >> 1));
      const gy = Math.min(grid.height - 1, cy * stride + (stride >> 1));
      const cell = gy * grid.width + gx;
      const angle = angleAt(field, cell);
      signature(image, (gx + 0.5) * EXTRACT.cell, (gy + 0.5) * EXTRACT.cell, angle, signal);
      autocorrelate(signal, correlation);
      const peak = firstPeak(correlation);
      const weight = peak.strength > PERIOD.strengthFloor ? peak.strength * field.coherence.data[cell]! : 0;
      const i = cy * coarse.width + cx;
      coarse.data[i] = weight;
      weighted.data[i] = weight * peak.period;
    }
  }
  return spread(coarse, weighted, grid);
}

/** Normalised convolution: cells without a measurement take it from their neighbours, near ones first. */
function spread(weight: Plane, weighted: Plane, grid: Plane): Plane {
  const near = gaussianTaps(PERIOD.spreadSigma);
  const far = gaussianTaps(PERIOD.spreadFarSigma);
  const [w1, v1, w2, v2] = [blur(weight, near), blur(weighted, near), blur(weight, far), blur(weighted, far)];
  const target = plane(grid.width, grid.height);
  for (let gy = 0; gy < grid.height; gy++) {
    for (let gx = 0; gx < grid.width; gx++) {
      const cx = Math.min(weight.width - 1, Math.floor(gx / PERIOD.everyCells));
      const cy = Math.min(weight.height - 1, Math.floor(gy / PERIOD.everyCells));
      const i = cy * weight.width + cx;
      const share = w1.data[i]! + 0.05 * w2.data[i]! + 1e-4;
      target.data[gy * grid.width + gx] = (v1.data[i]! + 0.05 * v2.data[i]! + 1e-4 * PERIOD.usual) / share;
    }
  }
  return target;
}
