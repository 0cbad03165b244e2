import { BenchlinkError } from '../../errors.ts';
import type { GreyImage } from '../../match/print/types.ts';
import { blemish } from './blemish.ts';
import { expose } from './expose.ts';
import { printInk } from './ink.ts';
import { type Seed, stream } from './noise.ts';
import { drawPlacement, skinMap } from './placement.ts';
import { type ImpressionKind, SENSORS } from './sensors.ts';
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

function assertOptions({
  quality = 1,
  partial = 1,
  ppi = 500,
  width = 1,
  height = 1,
}: ImpressionOptions): void {
  const within = (name: string, value: number, from: number, to: number): void => {
    const whole = to <= 1 || Number.isInteger(value);
    if (whole && value >= from && value <= to) return;
    throw new BenchlinkError(
      'usage',
      'SYNTH-OPTION',
      `${name} is ${to <= 1 ? '' : 'a whole number '}from ${from} to ${to}, not ${value}`,
    );
  };
  within('quality', quality, 0, 1);
  within('partial', partial, 0.05, 1);
  within('ppi', ppi, 100, 2000);
  within('width', width, 1, 10_000);
  within('height', height, 1, 10_000);
}

/**
 * Draws one impression of a finger. The same master, seed and options give the same bytes everywhere.
 * @throws BenchlinkError SYNTH-OPTION where an option is out of range
 */
export function drawImpression(master: MasterFinger, seed: Seed, options: ImpressionOptions = {}): GreyImage {
  assertOptions(options);
  const sensor = SENSORS[options.kind ?? 'livescan'];
  const ppi = options.ppi ?? 500;
  const scale = ppi / 500;
  const width = options.width ?? Math.round(sensor.width * scale);
  const height = options.height ?? Math.round(sensor.height * scale);
  const random = stream(`${master.seed}/${seed}`, 'impression');
  const touch = drawTouch(random, sensor, options.quality, options.partial ?? 1);
  const place = drawPlacement(random, width, height, scale, touch.play);
  const map = skinMap(width, height, place, touch.distortion);
  const ink = printInk({ master, touch, sensor, map, width, height, scale }, random);
  const frame = { width, height, scale, ink };
  blemish(random, sensor, frame);
  return { width, height, ppi, data: expose(random, sensor, frame) };
}
