import { PrintError } from '../errors.ts';
import { TURN } from '../kernels/maths.ts';
import { EXTENT, TEMPLATE } from '../parameters.ts';
import type { Minutia, Template } from '../types.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import { readRidgeMap, writeRidgeMap } from './ridge-coding.ts';

const MAGIC = [0x42, 0x4c, 0x46, 0x54];
const FORMAT = 1;

function writeMinutia(writer: ByteWriter, m: Minutia): void {
  writer
    .number(m.x, 2)
    .number(m.y, 2)
    .number(Math.round((m.direction / TURN) * 256) & 255, 1)
    .number((m.type === 'bifurcation' ? 128 : 0) + m.reliability, 1);
}

function readMinutia(reader: ByteReader): Minutia {
  const [x, y, units, last] = [reader.number(2), reader.number(2), reader.number(1), reader.number(1)];
  return {
    x,
    y,
    direction: (units * TURN) / 256,
    type: last >= 128 ? 'bifurcation' : 'ending',
    reliability: Math.min(100, last & 127),
  };
}

/**
 * The template as bytes: `BLFT`, format 1, extractor version, extent, quality, minutiae (6 bytes each), ridge map.
 * Everything the comparison reads survives exactly for templates made by `extract`.
 */
export function encodeTemplate(template: Template): Uint8Array {
  const writer = new ByteWriter()
    .raw(MAGIC)
    .number(FORMAT, 1)
    .number(template.version, 1)
    .number(template.width, 2)
    .number(template.height, 2)
    .number(template.quality, 1)
    .number(template.minutiae.length, 2);
  for (const m of template.minutiae) writeMinutia(writer, m);
  writer.number(template.ridges ? 1 : 0, 1);
  if (template.ridges) writeRidgeMap(writer, template.ridges);
  return writer.finish();
}

/**
 * The template of these bytes.
 * @throws PrintError PRINT-FORMAT-UNKNOWN, PRINT-TRUNCATED, PRINT-TEMPLATE
 */
export function decodeTemplate(bytes: Uint8Array): Template {
  const reader = new ByteReader(bytes);
  if (bytes.length < MAGIC.length || !MAGIC.every((b, i) => bytes[i] === b)) {
    throw new PrintError('PRINT-FORMAT-UNKNOWN', 'These bytes are no print template.');
  }
  reader.take(MAGIC.length);
  const format = reader.number(1);
  if (format !== FORMAT) throw new PrintError('PRINT-TEMPLATE', `Template format ${format} is not known.`);
  const version = reader.number(1);
  const [width, height] = [reader.number(2), reader.number(2)];
  const quality = reader.number(1);
  const count = reader.number(2);
  if (width > EXTENT.max || height > EXTENT.max || quality > 100 || count > TEMPLATE.minutiaeMost) {
    throw new PrintError('PRINT-TEMPLATE', 'The template states an impossible size, quality or count.');
  }
  const minutiae = Array.from({ length: count }, () => readMinutia(reader));
  const ridges = reader.number(1) === 1 ? readRidgeMap(reader) : undefined;
  if (reader.left > 0) throw new PrintError('PRINT-TEMPLATE', `${reader.left} bytes follow the template.`);
  return { version, width, height, quality, minutiae, ...(ridges && { ridges }) };
}
