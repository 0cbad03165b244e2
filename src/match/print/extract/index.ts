import { TURN } from '../kernels/maths.ts';
import { ALGORITHM_VERSION, EXTRACT } from '../parameters.ts';
import { judge } from '../quality/judge.ts';
import { type Measurements, measure } from '../quality/measure.ts';
import type { GreyImage, Minutia, Quality, SingularPoint, Template, TraceSink } from '../types.ts';
import { clean, type RidgeContext } from './clean.ts';
import { enhance, pad } from './enhance.ts';
import { borderDistance, filterMinutiae, type RatedMinutia } from './filter-minutiae.ts';
import type { Plane } from './grid.ts';
import { findMinutiae } from './minutiae.ts';
import { type Normalised, normalise } from './normalise.ts';
import { estimateOrientation, type OrientationField, smoothFine } from './orientation.ts';
import { ownPeriod } from './own-period.ts';
import { estimatePeriod } from './period.ts';
import { toWorkingResolution } from './resample.ts';
import { toRidgeMap } from './ridge-map.ts';
import { contrastMask, segment, waveShare } from './segment.ts';
import { findSingularPoints } from './singular-points.ts';
import { type Bitmap, thin } from './thin.ts';
import { reportSteps } from './trace-pictures.ts';

/** A template with what was measured on the way to it. */
export interface Examination {
  readonly template: Template;
  readonly quality: Quality;
  readonly measurements: Measurements;
  /** Found when they are first asked for: most prints are only compared. */
  readonly singularPoints: readonly SingularPoint[];
}

export interface ExtractOptions {
  /** Receives the picture of every step. */
  readonly trace?: TraceSink;
}

interface Ridges {
  readonly field: OrientationField;
  readonly period: Plane;
  readonly enhanced: Plane;
  readonly mask: Uint8Array;
  readonly share: Plane;
  /** The print's own period, wherever it lies; 0 = none shows. */
  readonly ridgePeriod: number;
}

/**
 * Orientation, period, enhancement and foreground. The second round reads the orientation from the first one's
 * picture, where noise no longer blurs the turn around cores and minutiae (FNMR at FMR 0.1 % 3.6 to 2.8 %).
 */
function findRidges(normalised: Normalised): Ridges {
  const contrast = contrastMask(normalised);
  const smooth = smoothFine(normalised.image);
  const coarse = estimateOrientation(smooth);
  const period = estimatePeriod(smooth, coarse);
  const padded = pad(normalised.image);
  const field = estimateOrientation(enhance(padded, coarse, period, contrast));
  const enhanced = enhance(padded, field, period, contrast);
  const share = waveShare(smooth, enhanced);
  const mask = segment(contrast, share);
  return { field, period, enhanced, share, mask, ridgePeriod: ownPeriod(normalised.image, contrast, coarse) };
}

/** Dark ridges as 1 inside the foreground; the outermost pixels stay 0. */
function binarise({ enhanced, mask, period }: Ridges): Bitmap {
  const { width, height, data: wave } = enhanced;
  const data = new Uint8Array(width * height);
  const size = EXTRACT.cell;
  for (let cell = 0; cell < mask.length; cell++) {
    if (!mask[cell]) continue;
    const left = (cell % period.width) * size;
    const top = Math.floor(cell / period.width) * size;
    const right = Math.min(width - 1, left + size);
    const bottom = Math.min(height - 1, top + size);
    for (let y = Math.max(1, top); y < bottom; y++) {
      for (let x = Math.max(1, left); x < right; x++) data[y * width + x] = wave[y * width + x]! < 0 ? 1 : 0;
    }
  }
  return { width, height, data };
}

function contextOf({ field, period }: Ridges): RidgeContext {
  const cell = (x: number, y: number): number =>
    Math.floor(y / EXTRACT.cell) * period.width + Math.floor(x / EXTRACT.cell);
  return {
    period: (x, y) => period.data[cell(x, y)]!,
    along: (x, y) => {
      const c2 = field.cosine2.data[cell(x, y)]!;
      const s2 = field.sine2.data[cell(x, y)]!;
      const cosine = Math.sqrt(Math.max(0, (1 + c2 / (Math.sqrt(c2 * c2 + s2 * s2) + 1e-9)) / 2));
      const sine = Math.sqrt(Math.max(0, 1 - cosine * cosine));
      return [cosine, s2 < 0 ? -sine : sine];
    },
  };
}

/** To the template's units: whole pixels, anticlockwise 256ths of a turn. */
function toMinutia(m: RatedMinutia): Minutia {
  const units = Math.round(((TURN - m.angle) / TURN) * 256) & 255;
  return {
    x: m.x,
    y: m.y,
    direction: (units * TURN) / 256,
    type: m.type,
    reliability: Math.round(m.rating * 100),
  };
}

/** Cores and deltas, looked for once and not before somebody asks. */
function singularPointsOf({ field, mask }: Ridges): () => readonly SingularPoint[] {
  let found: readonly SingularPoint[] | undefined;
  return () => {
    found ??= findSingularPoints(field, mask);
    return found;
  };
}

/**
 * Reads the template from a picture of a print.
 * @throws PrintError PRINT-MALFORMED, PRINT-RESOLUTION, PRINT-TOO-SMALL, PRINT-TOO-LARGE
 */
export function extract(image: GreyImage, options: ExtractOptions = {}): Template {
  return examine(image, options).template;
}

/** As `extract`, with the print's quality and the reasons for it. */
export function examine(image: GreyImage, options: ExtractOptions = {}): Examination {
  const source = toWorkingResolution(image);
  const normalised = normalise(source);
  const ridges = findRidges(normalised);
  const skeleton = binarise(ridges);
  thin(skeleton);
  clean(skeleton, contextOf(ridges));
  const raw = findMinutiae(skeleton);
  const grid = ridges.period;
  const minutiae = filterMinutiae(raw, {
    grid,
    period: grid,
    border: borderDistance(ridges.mask, grid.width, grid.height),
    reliability: ridges.share,
  });
  const singularPoints = singularPointsOf(ridges);
  if (options.trace) {
    const points = { minutiae, singularPoints: singularPoints() };
    reportSteps(options.trace, { ...ridges, source, normalised: normalised.image, skeleton, ...points });
  }
  const { mean, contrast } = normalised;
  const ratings = minutiae.map((m) => m.rating);
  const measurements = measure({ ...ridges, cell: EXTRACT.cell, mean, contrast, ratings });
  const quality = judge(measurements);
  const template = {
    version: ALGORITHM_VERSION,
    width: source.width,
    height: source.height,
    quality: quality.value,
    minutiae: minutiae.map(toMinutia),
    ridges: toRidgeMap(ridges.field, ridges.period, ridges.mask),
  };
  return {
    template,
    quality,
    measurements,
    get singularPoints() {
      return singularPoints();
    },
  };
}
