import { cosine, exponential, sine } from './portable-math.ts';

/** Even Gabor filters for every quantised orientation and period, one after another in one array. */
export interface GaborBank {
  readonly orientations: number;
  readonly periods: number;
  readonly radius: number;
  readonly shortest: number;
  readonly longest: number;
  /** `(2 * radius + 1)^2` weights a filter, at `(orientation * periods + period) * taps`. */
  readonly weights: Float32Array;
}

export interface GaborShape {
  readonly orientations: number;
  readonly periods: number;
  /** Half the side of a filter, and the shortest and longest period, in pixels of the filtered grid. */
  readonly radius: number;
  readonly shortest: number;
  readonly longest: number;
  /** Deviation of the Gaussian as a share of the period. */
  readonly sigma: number;
}

function fillFilter(out: Float32Array, at: number, angle: number, period: number, shape: GaborShape): void {
  const { radius } = shape;
  const side = 2 * radius + 1;
  const sigma = shape.sigma * period;
  // Across the ridges, in picture coordinates.
  const nx = sine(angle);
  const ny = cosine(angle);
  let mean = 0;
  let mass = 0;
  const envelope = new Float64Array(side * side);
  const wave = new Float64Array(side * side);
  for (let i = 0; i < side * side; i++) {
    const x = (i % side) - radius;
    const y = Math.floor(i / side) - radius;
    envelope[i] = exponential(-(x * x + y * y) / (2 * sigma * sigma));
    wave[i] = cosine((2 * Math.PI * (x * nx + y * ny)) / period);
    mean += envelope[i]! * wave[i]!;
    mass += envelope[i]!;
  }
  // No answer to flat grey, and an answer of 1 to a full ridge wave of this period and angle.
  let gain = 0;
  for (let i = 0; i < side * side; i++) {
    const value = envelope[i]! * (wave[i]! - mean / mass);
    gain += value * wave[i]!;
    out[at + i] = value;
  }
  for (let i = 0; i < side * side; i++) out[at + i] = out[at + i]! / gain;
}

export function gaborBank(shape: GaborShape): GaborBank {
  const taps = (2 * shape.radius + 1) ** 2;
  const weights = new Float32Array(shape.orientations * shape.periods * taps);
  for (let o = 0; o < shape.orientations; o++) {
    for (let p = 0; p < shape.periods; p++) {
      const period = shape.shortest + ((shape.longest - shape.shortest) * p) / (shape.periods - 1);
      fillFilter(weights, (o * shape.periods + p) * taps, (o * Math.PI) / shape.orientations, period, shape);
    }
  }
  const { orientations, periods, radius, shortest, longest } = shape;
  return { orientations, periods, radius, shortest, longest, weights };
}

/** Which filter of the bank fits an angle (radians) and period, as an offset into `weights`. */
export function filterFor(bank: GaborBank, angle: number, period: number): number {
  const turn = angle / Math.PI;
  const o = Math.round((turn - Math.floor(turn)) * bank.orientations) % bank.orientations;
  const share = (period - bank.shortest) / (bank.longest - bank.shortest);
  const p = Math.round(Math.min(1, Math.max(0, share)) * (bank.periods - 1));
  return (o * bank.periods + p) * (2 * bank.radius + 1) ** 2;
}
