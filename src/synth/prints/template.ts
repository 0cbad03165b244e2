import { ALGORITHM_VERSION, type Minutia, type RidgeMap, type Template } from '../../match/print/index.ts';
import type { Random } from '../random.ts';
import { distort } from './distortion.ts';
import { drawSparseFinger, type SkinMinutia, type SparseFinger } from './minutiae.ts';
import { between, nearNormal, type Seed, stream } from './noise.ts';
import { flowAt } from './orientation.ts';
import { EXTRACTED, MASTER } from './parameters.ts';
import { drawPlacement, type Placement } from './placement.ts';
import { arctan2, cosine, sine } from './portable-math.ts';
import { type ImpressionKind, SENSORS } from './sensors.ts';
import { contactRadius, drawTouch, type Touch } from './touch.ts';
import type { FingerClass, Point } from './types.ts';

export interface TemplateOptions {
  readonly kind?: ImpressionKind;
  readonly fingerClass?: FingerClass;
  /** 0 (hardly usable) to 1 (faultless); otherwise drawn. */
  readonly quality?: number;
  readonly partial?: number;
  /** Pixels between the points of the ridge map, as the extractor's; 0 leaves the map out. */
  readonly ridgeStep?: number;
}

/** The extractor's own spacing, so that maps of drawn and extracted templates can be laid on one another. */
const RIDGE_STEP = 12;

/** One way from the finger to the frame: where a point of the skin lands. */
function land(touch: Touch, place: Placement, x: number, y: number): Point {
  const to = distort(touch.distortion, x, y);
  const dx = to.x - MASTER.width / 2;
  const dy = to.y - MASTER.height / 2;
  const { cos, sin } = place;
  return { x: place.x + dx * cos + dy * sin, y: place.y - dx * sin + dy * cos };
}

/** The way back, undistorted: close enough for a coarse map. */
function lift(place: Placement, x: number, y: number): Point {
  const dx = x - place.x;
  const dy = y - place.y;
  const { cos, sin } = place;
  return { x: MASTER.width / 2 + dx * cos - dy * sin, y: MASTER.height / 2 + dx * sin + dy * cos };
}

function at(range: readonly [number, number], quality: number): number {
  return range[1] + (range[0] - range[1]) * quality;
}

const TURN = 2 * Math.PI;

/** Whole pixels and 256ths of a turn, as an extractor writes them. */
function toMinutia(p: Point, direction: number, type: Minutia['type'], reliability: number): Minutia {
  const units = Math.round((direction / TURN) * 256);
  return {
    x: Math.round(p.x),
    y: Math.round(p.y),
    direction: (((units % 256) + 256) % 256) * (TURN / 256),
    type,
    reliability: Math.round(Math.max(1, Math.min(100, reliability))),
  };
}

function observe(random: Random, m: SkinMinutia, touch: Touch, place: Placement): Minutia {
  const q = touch.quality;
  const from = land(touch, place, m.x, m.y);
  const ahead = land(touch, place, m.x + 6 * cosine(m.direction), m.y - 6 * sine(m.direction));
  const seen = arctan2(from.y - ahead.y, ahead.x - from.x) + nearNormal(random) * at(EXTRACTED.turn, q);
  const jitter = at(EXTRACTED.jitter, q);
  const other = m.type === 'ending' ? 'bifurcation' : 'ending';
  return toMinutia(
    { x: from.x + nearNormal(random) * jitter, y: from.y + nearNormal(random) * jitter },
    random.chance(at(EXTRACTED.flipped, q)) ? seen + Math.PI : seen,
    random.chance(at(EXTRACTED.retyped, q)) ? other : m.type,
    45 + 45 * q + 12 * nearNormal(random),
  );
}

/** A false minutia: on the flow, as breaks and bridges are. */
function invent(random: Random, finger: SparseFinger, touch: Touch, place: Placement): Minutia | undefined {
  const x = between(random, 0, MASTER.width);
  const y = between(random, 0, MASTER.height);
  if (contactRadius(touch, x, y) > 1) return undefined;
  const direction = flowAt(finger.pattern, x, y) + (random.chance(0.5) ? Math.PI : 0) + place.rotation;
  const type = random.chance(0.5) ? 'ending' : 'bifurcation';
  return toMinutia(
    land(touch, place, x, y),
    direction,
    type,
    25 + 35 * touch.quality + 12 * nearNormal(random),
  );
}

function mapRidges(
  random: Random,
  finger: SparseFinger,
  touch: Touch,
  place: Placement,
  frame: { readonly width: number; readonly height: number },
  step: number,
): RidgeMap {
  const columns = Math.floor(frame.width / step);
  const rows = Math.floor(frame.height / step);
  const orientation = new Uint8Array(columns * rows).fill(255);
  const period = new Uint8Array(columns * rows);
  for (let i = 0; i < columns * rows; i++) {
    const p = lift(place, ((i % columns) + 0.5) * step, (Math.floor(i / columns) + 0.5) * step);
    if (contactRadius(touch, p.x, p.y) > 1) continue;
    const noise = nearNormal(random) * at(EXTRACTED.mapTurn, touch.quality);
    const turns = (flowAt(finger.pattern, p.x, p.y) + place.rotation + noise) / Math.PI;
    orientation[i] = Math.round((turns - Math.floor(turns)) * 255) % 255;
    const wave = finger.period(
      Math.min(MASTER.width, Math.max(0, p.x)),
      Math.min(MASTER.height, Math.max(0, p.y)),
    );
    period[i] = Math.round(4 * (wave + nearNormal(random) * at(EXTRACTED.mapPeriod, touch.quality)));
  }
  return { step, columns, rows, orientation, period };
}

/** Draws the template that an extractor might have made of one touch of a sparse finger. */
export function drawTemplate(finger: SparseFinger, seed: Seed, options: TemplateOptions = {}): Template {
  const sensor = SENSORS[options.kind ?? 'livescan'];
  const random = stream(`${finger.seed}/${seed}`, 'template');
  const touch = drawTouch(random, sensor, options.quality, options.partial ?? 1);
  const place = drawPlacement(random, sensor.width, sensor.height, 1, touch.play);
  const inside = (m: Minutia): boolean => m.x >= 0 && m.y >= 0 && m.x < sensor.width && m.y < sensor.height;
  const minutiae: Minutia[] = [];
  for (const m of finger.minutiae) {
    if (contactRadius(touch, m.x, m.y) > 0.97 || random.chance(at(EXTRACTED.missed, touch.quality))) continue;
    const seen = observe(random, m, touch, place);
    if (inside(seen)) minutiae.push(seen);
  }
  const false_ = Math.round(minutiae.length * at(EXTRACTED.spurious, touch.quality) * random.next() * 2);
  for (let n = 0; n < false_; n++) {
    const m = invent(random, finger, touch, place);
    if (m && inside(m)) minutiae.push(m);
  }
  const frame = { width: sensor.width, height: sensor.height };
  const step = options.ridgeStep ?? RIDGE_STEP;
  const base = {
    version: ALGORITHM_VERSION,
    ...frame,
    quality: Math.round(20 + 75 * touch.quality),
    minutiae,
  };
  return step > 0 ? { ...base, ridges: mapRidges(random, finger, touch, place, frame, step) } : base;
}

/** Two templates of one finger, as an enrolment and a later search would give. */
export function drawTemplatePair(seed: Seed, options: TemplateOptions = {}): readonly [Template, Template] {
  const finger = drawSparseFinger(seed, options.fingerClass);
  return [drawTemplate(finger, 'a', options), drawTemplate(finger, 'b', options)];
}
