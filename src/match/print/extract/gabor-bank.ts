import { GABOR_KERNEL, GABOR_RADIUS, GABOR_ROW, GABOR_SIDE, type GaborBank } from '../kernels/gabor.ts';
import { cosine, exponential, sine } from '../kernels/maths.ts';
import { GABOR } from '../parameters.ts';

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

/** Ridge periods of the bank, spaced geometrically. */
const LADDER = Array.from({ length: GABOR.periods }, (_, i) => {
  const ratio = GABOR.periodMax / GABOR.periodMin;
  return GABOR.periodMin * ratioPower(ratio, i / (GABOR.periods - 1));
});

interface Sampled {
  readonly envelope: Float64Array;
  readonly wave: Float64Array;
}

function sampleGabor(angle: number, period: number): Sampled {
  const ux = cosine(angle);
  const uy = sine(angle);
  const along = 2 * GABOR.along * GABOR.along;
  const across = 2 * (GABOR.across * period) ** 2;
  const envelope = new Float64Array(GABOR_SIDE * GABOR_SIDE);
  const wave = new Float64Array(GABOR_SIDE * GABOR_SIDE);
  for (let y = -GABOR_RADIUS; y <= GABOR_RADIUS; y++) {
    for (let x = -GABOR_RADIUS; x <= GABOR_RADIUS; x++) {
      const i = (y + GABOR_RADIUS) * GABOR_SIDE + x + GABOR_RADIUS;
      const u = x * ux + y * uy;
      const v = y * ux - x * uy;
      envelope[i] = exponential(-(u * u) / along - (v * v) / across);
      wave[i] = cosine((2 * Math.PI * v) / period);
    }
  }
  return { envelope, wave };
}

/** Even Gabor kernel without DC, gain 2^`GABOR.shift` for its own wave (Hong, Wan, Jain 1998), as integers. */
function gaborKernel(angle: number, period: number): Int16Array {
  const { envelope, wave } = sampleGabor(angle, period);
  let envelopeSum = 0;
  let waveSum = 0;
  for (let i = 0; i < wave.length; i++) {
    envelopeSum += envelope[i]!;
    waveSum += envelope[i]! * wave[i]!;
  }
  const offset = waveSum / envelopeSum;
  let gain = 0;
  for (let i = 0; i < wave.length; i++) gain += envelope[i]! * (wave[i]! - offset) * wave[i]!;
  const scale = 2 ** GABOR.shift / gain;
  const kernel = new Int16Array(GABOR_KERNEL);
  for (let i = 0; i < wave.length; i++) {
    const place = Math.floor(i / GABOR_SIDE) * GABOR_ROW + (i % GABOR_SIDE);
    kernel[place] = Math.round(envelope[i]! * (wave[i]! - offset) * scale);
  }
  return kernel;
}

const made = new Map<number, Int16Array>();

/** The kernels of every orientation and period, each made once. */
export const gaborBank: GaborBank = {
  entries: GABOR.orientations * GABOR.periods,
  kernel(entry) {
    const known = made.get(entry);
    if (known) return known;
    const angle = (Math.PI * Math.floor(entry / GABOR.periods)) / GABOR.orientations;
    const kernel = gaborKernel(angle, LADDER[entry % GABOR.periods]!);
    made.set(entry, kernel);
    return kernel;
  },
};

const STEPS_PER_PIXEL = 64;

/** The nearest rung of the ladder by period in 64ths of a pixel. */
const RUNG = Uint8Array.from({ length: Math.ceil(GABOR.periodMax * STEPS_PER_PIXEL) + 1 }, (_, k) => {
  let best = 0;
  while (best + 1 < LADDER.length && LADDER[best]! + LADDER[best + 1]! < (2 * k) / STEPS_PER_PIXEL) best++;
  return best;
});

/** The bank entry for an orientation in [0, pi] and a period. */
export function bankEntry(angle: number, period: number): number {
  const orientation = Math.round((angle / Math.PI) * GABOR.orientations) % GABOR.orientations;
  const step = Math.min(RUNG.length - 1, Math.round(period * STEPS_PER_PIXEL));
  return orientation * GABOR.periods + RUNG[step]!;
}
