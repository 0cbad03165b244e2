import type { GreyImage } from '../../match/print/types.ts';
import type { Random } from '../random.ts';
import { drawCount, trace } from './creases.ts';
import { printInk } from './ink.ts';
import { between, nearNormal, type Seed, SmoothNoise, stream } from './noise.ts';
import { drawPlacement, skinMap } from './placement.ts';
import { type ImpressionKind, SENSORS, type Sensor } from './sensors.ts';
import { drawTouch } from './touch.ts';
import type { MasterFinger } from './types.ts';

export interface ImpressionOptions {
  /** How it was taken; `livescan` unless said. */
  readonly kind?: ImpressionKind;
  /** 0 (hardly usable) to 1 (faultless); otherwise drawn, most of them good. */
  readonly quality?: number;
  /** Share of the usual contact area, 0-1; 1 unless said. */
  readonly partial?: number;
  /** Resolution of the picture; 500 unless said. */
  readonly ppi?: number;
  /** Size of the frame in its own pixels; the sensor's unless said. */
  readonly width?: number;
  readonly height?: number;
}

/** Scratches take ink away, specks of dirt leave some. */
function blemish(random: Random, sensor: Sensor, ink: Float32Array, width: number, height: number): void {
  const draw = (
    count: number,
    length: readonly [number, number],
    half: readonly [number, number],
    leave: number,
  ) => {
    for (let n = 0; n < count; n++) {
      const stroke = {
        x: random.next() * width,
        y: random.next() * height,
        angle: between(random, 0, 2 * Math.PI),
        length: between(random, length[0], length[1]),
        curve: nearNormal(random) * 0.004,
        halfWidth: between(random, half[0], half[1]),
        depth: between(random, 0.4, 1),
      };
      trace(stroke, width, height, (at, cover) => {
        ink[at] = ink[at]! + (leave - ink[at]!) * cover;
      });
    }
  };
  draw(drawCount(random, sensor.scratches), [20, 140], [0.4, 1.3], 0);
  draw(drawCount(random, sensor.specks), [1, 4], [0.3, 1.2], 0.7);
}

/** Turns ink into greys over the sensor's background. */
function expose(
  random: Random,
  sensor: Sensor,
  ink: Float32Array,
  width: number,
  height: number,
): Uint8Array {
  const wide = new SmoothNoise(random, width, height, 110);
  const fine = new SmoothNoise(random, width + height, width + height, 47);
  const stripe = new Float32Array(width);
  for (let x = 0; x < width; x++) stripe[x] = sensor.stripes * nearNormal(random);
  const contrast = between(random, 0.85, 1);
  const out = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const paper =
        sensor.background +
        sensor.cloud *
          (0.65 * wide.at(x, y) + 0.5 * fine.at(0.8 * x + 0.6 * y, 0.8 * y - 0.6 * x + 0.6 * width)) +
        stripe[x]!;
      const noise = sensor.noise * (random.next() + random.next() - 1) * 2.45;
      const grey = paper + (sensor.ink - paper) * ink[i]! * contrast + noise;
      out[i] = grey < 0 ? 0 : grey > 255 ? 255 : Math.round(grey);
    }
  }
  return out;
}

/** Draws one impression of a finger. The same master, seed and options give the same bytes everywhere. */
export function drawImpression(master: MasterFinger, seed: Seed, options: ImpressionOptions = {}): GreyImage {
  const sensor = SENSORS[options.kind ?? 'livescan'];
  const ppi = options.ppi ?? 500;
  const scale = ppi / 500;
  const width = options.width ?? Math.round(sensor.width * scale);
  const height = options.height ?? Math.round(sensor.height * scale);
  const random = stream(`${master.seed}/${seed}`, 'impression');
  const touch = drawTouch(random, sensor, options.quality, options.partial ?? 1);
  const place = drawPlacement(random, width, height, scale, touch.play);
  const map = skinMap(width, height, place, touch.distortion);
  const ink = printInk(master, touch, sensor, map, { width, height }, stream(master.seed, 'skin'), random);
  blemish(random, sensor, ink, width, height);
  return { width, height, ppi, data: expose(random, sensor, ink, width, height) };
}
