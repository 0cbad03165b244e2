import { cosine, sine, TURN } from '../kernels/maths.ts';
import { EXTRACT, RESOLUTION } from '../parameters.ts';
import type { GreyImage, SingularPoint, TraceSink } from '../types.ts';
import type { Plane } from './grid.ts';
import type { RawMinutia } from './minutiae.ts';
import { angleAt, type OrientationField } from './orientation.ts';
import type { Bitmap } from './thin.ts';

/** What the steps of one extraction left behind. */
export interface Steps {
  readonly source: Plane;
  readonly normalised: Plane;
  readonly field: OrientationField;
  readonly period: Plane;
  readonly enhanced: Plane;
  readonly share: Plane;
  readonly mask: Uint8Array;
  readonly skeleton: Bitmap;
  readonly minutiae: readonly RawMinutia[];
  readonly singularPoints: readonly SingularPoint[];
}

function picture(width: number, height: number, data: Uint8Array): GreyImage {
  return { width, height, ppi: RESOLUTION.ppi, data };
}

/** A plane as a picture, `low` black and `high` white. */
function greyOf(image: Plane, low: number, high: number): GreyImage {
  const data = Uint8Array.from(image.data, (v) =>
    Math.max(0, Math.min(255, Math.round(((v - low) / (high - low)) * 255))),
  );
  return picture(image.width, image.height, data);
}

/** A grid at the size of the picture. */
function spreadGrid(grid: Plane, { source }: Steps, low: number, high: number): GreyImage {
  const small = greyOf(grid, low, high);
  const data = new Uint8Array(source.width * source.height);
  for (let i = 0; i < data.length; i++) {
    const x = Math.floor((i % source.width) / EXTRACT.cell);
    const y = Math.floor(i / source.width / EXTRACT.cell);
    data[i] = small.data[y * grid.width + x]!;
  }
  return picture(source.width, source.height, data);
}

/** The print in light grey, as ground for what is drawn on it. */
function faint({ source }: Steps): Uint8Array {
  return Uint8Array.from(source.data, (v) => 127 + Math.round(v / 2));
}

function drawStroke(
  data: Uint8Array,
  { source }: Steps,
  from: { readonly x: number; readonly y: number },
  angle: number,
  first: number,
  last: number,
): void {
  for (let k = first; k <= last; k++) {
    const x = Math.round(from.x + k * cosine(angle));
    const y = Math.round(from.y + k * sine(angle));
    if (x >= 0 && y >= 0 && x < source.width && y < source.height) data[y * source.width + x] = 0;
  }
}

/** A stroke along the ridges every fourth cell of the foreground. */
function orientationPicture(steps: Steps): GreyImage {
  const data = faint(steps);
  const { width, height } = steps.period;
  for (let y = 2; y < height; y += 4) {
    for (let x = 2; x < width; x += 4) {
      if (!steps.mask[y * width + x]) continue;
      const centre = { x: (x + 0.5) * EXTRACT.cell, y: (y + 0.5) * EXTRACT.cell };
      drawStroke(data, steps, centre, angleAt(steps.field, y * width + x), -6, 6);
    }
  }
  return picture(steps.source.width, steps.source.height, data);
}

function skeletonPicture({ skeleton }: Steps): GreyImage {
  return picture(
    skeleton.width,
    skeleton.height,
    skeleton.data.map((v) => (v ? 0 : 255)),
  );
}

/** Each minutia as a square with a tail in its direction, over the faint print and its skeleton. */
function minutiaePicture(steps: Steps): GreyImage {
  const data = faint(steps);
  for (let i = 0; i < data.length; i++) if (steps.skeleton.data[i]) data[i] = 70;
  for (const m of steps.minutiae) {
    for (const [side, turn] of [0, 1, 2, 3].map((k) => [k, (k * Math.PI) / 2] as const)) {
      const corner = { x: m.x + (side === 0 || side === 3 ? -3 : 3), y: m.y + (side < 2 ? -3 : 3) };
      drawStroke(data, steps, corner, turn, 0, 6);
    }
    drawStroke(data, steps, m, m.angle, 3, 12);
  }
  return picture(steps.source.width, steps.source.height, data);
}

/** Each core as a circle with a tail where its loop opens, each delta as a triangle, over the faint print. */
function singularPicture(steps: Steps): GreyImage {
  const data = faint(steps);
  for (const point of steps.singularPoints) {
    const corners = point.kind === 'core' ? 16 : 3;
    for (let k = 0; k < corners; k++) {
      // A side of the polygon: its middle lies on this angle, and it runs across it.
      const angle = ((k + 0.5) * TURN) / corners + Math.PI / 2;
      const reach = 9 * cosine(Math.PI / corners);
      const half = Math.ceil(9 * sine(Math.PI / corners));
      const middle = { x: point.x + reach * cosine(angle), y: point.y + reach * sine(angle) };
      drawStroke(data, steps, middle, angle + Math.PI / 2, -half, half);
    }
    if (point.kind === 'core') drawStroke(data, steps, point, TURN - point.direction, 9, 20);
  }
  return picture(steps.source.width, steps.source.height, data);
}

/** Shows every step of an extraction to the sink. */
export function reportSteps(trace: TraceSink, steps: Steps): void {
  trace.image('1-normalised', greyOf(steps.normalised, -1.3, 1.3));
  trace.image('2-orientation', orientationPicture(steps));
  trace.image('3-period', spreadGrid(steps.period, steps, EXTRACT.periodMin, EXTRACT.periodMax));
  trace.image('4-enhanced', greyOf(steps.enhanced, -1, 1));
  trace.image('5-reliability', spreadGrid(steps.share, steps, 0, 1));
  trace.image('6-skeleton', skeletonPicture(steps));
  trace.image('7-minutiae', minutiaePicture(steps));
  trace.image('8-singular-points', singularPicture(steps));
  const foreground = steps.mask.reduce((sum, m) => sum + m, 0);
  trace.values('5-reliability', { foregroundShare: foreground / steps.mask.length });
  trace.values('7-minutiae', {
    count: steps.minutiae.length,
    endings: steps.minutiae.filter((m) => m.type === 'ending').length,
  });
  trace.values('8-singular-points', {
    cores: steps.singularPoints.filter(({ kind }) => kind === 'core').length,
    deltas: steps.singularPoints.filter(({ kind }) => kind === 'delta').length,
  });
}
