import { PrintError } from '../errors.ts';
import { TEMPLATE } from '../parameters.ts';
import type { RidgeMap } from '../types.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';

/** Runs of background and foreground cells in turn, background first, as bytes; 255 continues a run. */
function writeRuns(writer: ByteWriter, map: RidgeMap): void {
  let foreground = false;
  let run = 0;
  const flush = (): void => {
    for (; run >= 255; run -= 255) writer.number(255, 1);
    writer.number(run, 1);
    run = 0;
    foreground = !foreground;
  };
  for (const value of map.orientation) {
    if ((value !== 255) !== foreground) flush();
    run++;
  }
  flush();
}

export function writeRidgeMap(writer: ByteWriter, map: RidgeMap): void {
  writer.number(map.step, 1).number(map.columns, 1).number(map.rows, 1);
  writeRuns(writer, map);
  for (const [i, value] of map.orientation.entries()) {
    if (value !== 255) writer.number(value, 1).number(map.period[i]!, 1);
  }
}

function readRuns(reader: ByteReader, cells: number): Uint8Array {
  const foreground = new Uint8Array(cells);
  let value = 0;
  for (let i = 0; i < cells; value = 1 - value) {
    let run = 0;
    let byte = 255;
    while (byte === 255) {
      byte = reader.number(1);
      run += byte;
    }
    if (i + run > cells) throw new PrintError('PRINT-TEMPLATE', 'The ridge map overruns its grid.');
    foreground.fill(value, i, i + run);
    i += run;
  }
  return foreground;
}

export function readRidgeMap(reader: ByteReader): RidgeMap {
  const [step, columns, rows] = [reader.number(1), reader.number(1), reader.number(1)];
  if (step < TEMPLATE.stepLeast) throw new PrintError('PRINT-TEMPLATE', 'The ridge map has no usable step.');
  const foreground = readRuns(reader, columns * rows);
  const orientation = new Uint8Array(columns * rows).fill(255);
  const period = new Uint8Array(columns * rows);
  for (let i = 0; i < foreground.length; i++) {
    if (foreground[i] === 0) continue;
    orientation[i] = Math.min(254, reader.number(1));
    period[i] = reader.number(1);
  }
  return { step, columns, rows, orientation, period };
}
