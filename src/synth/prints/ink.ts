import type { Random } from '../random.ts';
import { SmoothNoise, stream } from './noise.ts';
import { MASTER, TOUCH } from './parameters.ts';
import type { SkinMap } from './placement.ts';
import { smoothStep } from './portable-math.ts';
import type { Sensor } from './sensors.ts';
import { contactRadius, type Touch } from './touch.ts';
import type { MasterFinger } from './types.ts';

/** A finger on a frame: what is printed, how it is touched, and where each pixel lies on the skin. */
export interface Scene {
  readonly master: MasterFinger;
  readonly touch: Touch;
  readonly sensor: Sensor;
  readonly map: SkinMap;
  readonly width: number;
  readonly height: number;
  /** Frame pixels per pixel at 500 ppi. */
  readonly scale: number;
}

/** The noises of one impression: `skin` and `ridge` stay with the finger, the others are new every time. */
interface Grain {
  readonly skin: SmoothNoise;
  readonly ridge: SmoothNoise;
  readonly fresh: SmoothNoise;
  readonly smear: SmoothNoise;
  readonly blot: SmoothNoise;
  readonly edge: SmoothNoise;
}

function drawGrain(scene: Scene, fresh: Random): Grain {
  const skin = stream(scene.master.seed, 'skin');
  const { width, height } = MASTER;
  return {
    skin: new SmoothNoise(skin, width, height, TOUCH.skinCell),
    ridge: new SmoothNoise(skin, width, height, TOUCH.widthCell),
    fresh: new SmoothNoise(fresh, scene.width, scene.height, TOUCH.grainCell * scene.scale),
    smear: new SmoothNoise(fresh, width, height, TOUCH.smearCell),
    blot: new SmoothNoise(fresh, width, height, TOUCH.blotCell),
    edge: new SmoothNoise(fresh, width, height, TOUCH.edgeCell),
  };
}

/** Ridge height at a point of the finger, -1 to 1, bilinear. The point lies inside by at least a pixel. */
function ridgeAt(master: MasterFinger, x: number, y: number): number {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const fx = x - ix;
  const fy = y - iy;
  const r = master.ridges;
  const i = iy * master.width + ix;
  const top = r[i]! + (r[i + 1]! - r[i]!) * fx;
  const low = r[i + master.width]! + (r[i + master.width + 1]! - r[i + master.width]!) * fx;
  return (top + (low - top) * fy) / 127;
}

/** Pressure at a point: 1 well inside the contact, 0 outside it. */
function pressureAt(touch: Touch, grain: Grain, x: number, y: number): number {
  const radius = contactRadius(touch, x, y);
  if (radius > 1 + TOUCH.edgeNoise) return 0;
  if (radius < 1 - TOUCH.edgeDepth - TOUCH.edgeNoise) return 1;
  return 1 - smoothStep(1 - TOUCH.edgeDepth, 1, radius + TOUCH.edgeNoise * grain.edge.at(x, y));
}

/** Ink left at one point of the skin, 0-1; `fresh` is the frame's own grain there. */
function inkAt(scene: Scene, grain: Grain, x: number, y: number, fresh: number): number {
  const { master, touch, sensor } = scene;
  const pressure = pressureAt(touch, grain, x, y);
  if (pressure <= 0) return 0;
  const height = ridgeAt(master, x, y) * (1 - TOUCH.wornHeight * sensor.wear);
  const blot = grain.blot.at(x, y);
  const dry = touch.dryness + touch.blots * blot + TOUCH.drynessAtEdge * (1 - pressure);
  const roughness = TOUCH.freshGrain + TOUCH.dryGrain * Math.max(0, dry) + TOUCH.wornRoughness * sensor.wear;
  const rough =
    TOUCH.skinGrain * grain.skin.at(x, y) +
    TOUCH.ridgeWidth * grain.ridge.at(x, y) +
    touch.smear * grain.smear.at(x, y) +
    roughness * fresh;
  const level = TOUCH.level + TOUCH.levelByDryness * dry;
  const ridge = smoothStep(-sensor.softness, sensor.softness, height - level + rough);
  const wetness = Math.max(0, -dry - TOUCH.filmFrom);
  const film = Math.min(TOUCH.mostFilm, TOUCH.film * wetness * (1 + 0.4 * fresh));
  const ink = ridge + film * (1 - ridge);
  return ink * Math.min(1, 3 * pressure) * (1 - sensor.unevenness * (0.5 + 0.5 * blot) * 0.8);
}

/** Interpolates the skin map along one row of the frame into `xs` and `ys`. */
function mapRow(map: SkinMap, row: number, width: number, xs: Float64Array, ys: Float64Array): void {
  const j = Math.floor(row / map.step);
  const fy = row / map.step - j;
  for (let c = 0; c < width; c++) {
    const i = Math.floor(c / map.step);
    const fx = c / map.step - i;
    const at = j * map.columns + i;
    const below = at + map.columns;
    const a = map.x[at]! + (map.x[at + 1]! - map.x[at]!) * fx;
    const b = map.x[below]! + (map.x[below + 1]! - map.x[below]!) * fx;
    xs[c] = a + (b - a) * fy;
    const d = map.y[at]! + (map.y[at + 1]! - map.y[at]!) * fx;
    const e = map.y[below]! + (map.y[below + 1]! - map.y[below]!) * fx;
    ys[c] = d + (e - d) * fy;
  }
}

/** Prints the finger onto a frame: ink 0-1 a pixel. */
export function printInk(scene: Scene, random: Random): Float32Array {
  const { width, height, map } = scene;
  const grain = drawGrain(scene, random);
  const ink = new Float32Array(width * height);
  const xs = new Float64Array(width);
  const ys = new Float64Array(width);
  for (let row = 0; row < height; row++) {
    mapRow(map, row, width, xs, ys);
    for (let c = 0; c < width; c++) {
      const x = xs[c]!;
      const y = ys[c]!;
      if (x < 1 || y < 1 || x > MASTER.width - 3 || y > MASTER.height - 3) continue;
      ink[row * width + c] = inkAt(scene, grain, x, y, grain.fresh.at(c, row));
    }
  }
  return ink;
}
