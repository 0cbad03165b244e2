import type { Random } from '../random.ts';
import type { InkFrame } from './blemish.ts';
import { between, nearNormal, SmoothNoise } from './noise.ts';
import { TOUCH } from './parameters.ts';
import type { Sensor } from './sensors.ts';

/** Two octaves of smooth noise, the finer one turned so that no lattice shows. Height about (-1, 1). */
function drawCloud(random: Random, width: number, height: number): (x: number, y: number) => number {
  const wide = new SmoothNoise(random, width, height, TOUCH.cloudCells[0]);
  const fine = new SmoothNoise(random, width + height, width + height, TOUCH.cloudCells[1]);
  return (x, y) => 0.65 * wide.at(x, y) + 0.5 * fine.at(0.8 * x + 0.6 * y, 0.8 * y - 0.6 * x + 0.6 * width);
}

/** Turns ink into greys over the sensor's background. */
export function expose(random: Random, sensor: Sensor, frame: InkFrame): Uint8Array {
  const { width, height, ink } = frame;
  const cloud = drawCloud(random, width, height);
  const stripe = new Float32Array(width);
  for (let x = 0; x < width; x++) stripe[x] = sensor.stripes * nearNormal(random);
  const contrast = between(random, TOUCH.contrast[0], TOUCH.contrast[1]);
  const out = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const paper = sensor.background + sensor.cloud * cloud(x, y) + stripe[x]!;
      // Two uniforms have deviation 1 / sqrt(6).
      const noise = sensor.noise * (random.next() + random.next() - 1) * 2.45;
      const grey = paper + (sensor.ink - paper) * ink[i]! * contrast + noise;
      out[i] = grey < 0 ? 0 : grey > 255 ? 255 : Math.round(grey);
    }
  }
  return out;
}
