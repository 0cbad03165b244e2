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
import { byQuality, contactRadius, drawTouch, type Touch } from './touch.ts';
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
  const step = EXTRACTED.reading;
  const ahead = land(touch, place, m.x + step * cosine(m.direction), m.y - step * sine(m.direction));
  const seen =
    arctan2(from.y - ahead.y, ahead.x - from.x) + nearNormal(random) * byQuality(EXTRACTED.turn, q);
  const jitter = byQuality(EXTRACTED.jitter, q);
  const other = m.type === 'ending' ? 'bifurcation' : 'ending';
  return toMinutia(
    { x: from.x + nearNormal(random) * jitter, y: from.y + nearNormal(random) * jitter },
    random.chance(byQuality(EXTRACTED.flipped, q)) ? seen + Math.PI : seen,
    random.chance(byQuality(EXTRACTED.retyped, q)) ? other : m.type,
    byQuality(EXTRACTED.reliability, q) + EXTRACTED.reliabilityDeviation * nearNormal(random),
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
    byQuality(EXTRACTED.spuriousReliability, touch.quality) +
      EXTRACTED.reliabilityDeviation * nearNormal(random),
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
    const noise = nearNormal(random) * byQuality(EXTRACTED.mapTurn, touch.quality);
    const turns = (flowAt(finger.pattern, p.x, p.y) + place.rotation + noise) / Math.PI;
    orientation[i] = Math.round((turns - Math.floor(turns)) * 255) % 255;
    const wave = finger.period(
      Math.min(MASTER.width, Math.max(0, p.x)),
      Math.min(MASTER.height, Math.max(0, p.y)),
    );
    period[i] = Math.round(4 * (wave + nearNormal(random) * byQuality(EXTRACTED.mapPeriod, touch.quality)));
  }
  return { step, columns, rows, orientation, period };
}

/** The finger's minutiae as one touch shows them: some missed, all shaken, false ones among them. */
function findMinutiae(random: Random, finger: SparseFinger, touch: Touch, place: Placement): Minutia[] {
  const found: Minutia[] = [];
  const missed = byQuality(EXTRACTED.missed, touch.quality);
  for (const m of finger.minutiae) {
    if (contactRadius(touch, m.x, m.y) > EXTRACTED.border || random.chance(missed)) continue;
    found.push(observe(random, m, touch, place));
  }
  const spurious = byQuality(EXTRACTED.spurious, touch.quality) * 2 * random.next();
  for (let n = Math.round(found.length * spurious); n > 0; n--) {
    const m = invent(random, finger, touch, place);
    if (m) found.push(m);
  }
  return found;
}

/** Draws the template that an extractor might have made of one touch of a sparse finger. */
export function drawTemplate(finger: SparseFinger, seed: Seed, options: TemplateOptions = {}): Template {
  const sensor = SENSORS[options.kind ?? 'livescan'];
  const random = stream(`${finger.seed}/${seed}`, 'template');
  const touch = drawTouch(random, sensor, options.quality, options.partial ?? 1);
  const frame = { width: sensor.width, height: sensor.height };
  const place = drawPlacement(random, frame.width, frame.height, 1, touch.play);
  const found = findMinutiae(random, finger, touch, place);
  const template = {
    version: ALGORITHM_VERSION,
    ...frame,
    quality: Math.round(byQuality(EXTRACTED.quality, touch.quality)),
    minutiae: found.filter((m) => m.x >= 0 && m.y >= 0 && m.x < frame.width && m.y < frame.height),
  };
  const step = options.ridgeStep ?? EXTRACTED.ridgeStep;
  return step > 0 ? { ...template, ridges: mapRidges(random, finger, touch, place, frame, step) } : template;
}

/** Two templates of one finger, as an enrolment and a later search would give. */
export function drawTemplatePair(seed: Seed, options: TemplateOptions = {}): readonly [Template, Template] {
  const finger = drawSparseFinger(seed, options.fingerClass);
  return [drawTemplate(finger, 'a', options), drawTemplate(finger, 'b', options)];
}
