import type { Random } from '../random.ts';
import { drawCount, type Stroke, trace } from './creases.ts';
import { between, nearNormal } from './noise.ts';
import { BLEMISH } from './parameters.ts';
import type { Sensor } from './sensors.ts';

/** A frame of ink, 0-1 a pixel; `scale` is frame pixels per pixel at 500 ppi. */
export interface InkFrame {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly ink: Float32Array;
}

type Range = readonly [number, number];

function drawStroke(random: Random, frame: InkFrame, length: Range, halfWidth: Range): Stroke {
  return {
    x: random.next() * frame.width,
    y: random.next() * frame.height,
    angle: between(random, 0, 2 * Math.PI),
    length: between(random, length[0], length[1]) * frame.scale,
    curve: (nearNormal(random) * BLEMISH.curve) / frame.scale,
    halfWidth: between(random, halfWidth[0], halfWidth[1]) * frame.scale,
    depth: between(random, BLEMISH.depth[0], BLEMISH.depth[1]),
  };
}

function leave(frame: InkFrame, stroke: Stroke, amount: number): void {
  trace(stroke, frame.width, frame.height, (at, cover) => {
    frame.ink[at] = frame.ink[at]! + (amount - frame.ink[at]!) * cover;
  });
}

/** Scratches take ink away, specks of dirt leave some. Changes the frame in place. */
export function blemish(random: Random, sensor: Sensor, frame: InkFrame): void {
  for (let n = drawCount(random, sensor.scratches); n > 0; n--) {
    leave(frame, drawStroke(random, frame, BLEMISH.scratchLength, BLEMISH.scratchHalfWidth), 0);
  }
  for (let n = drawCount(random, sensor.specks); n > 0; n--) {
    leave(frame, drawStroke(random, frame, BLEMISH.speckLength, BLEMISH.speckHalfWidth), BLEMISH.speckInk);
  }
}
