import { PrintError } from '../errors.ts';
import { ROW_SHIFT } from '../kernels/layout.ts';
import { TURN } from '../kernels/maths.ts';
import { ALGORITHM_VERSION, FOREIGN_VERSION, TEMPLATE, TRUST } from '../parameters.ts';
import type { Template } from '../types.ts';
import { buildCylinders } from './cylinder-kernel.ts';
import { packTemplate } from './pack.ts';
import type { PreparedTemplate, SortedRows } from './prepared.ts';
import { cellAt, cutBlocks } from './ridge-blocks.ts';

function sortRows(x: Int16Array, y: Int16Array, direction: Uint8Array): SortedRows {
  const count = y.length;
  // Height and place in one number: numbers alone are sorted without a call for each pair of them.
  const keys = new Uint32Array(count);
  for (let k = 0; k < count; k++) keys[k] = ((y[k]! + 0x8000) << 8) | k;
  keys.sort();
  const sorted = {
    place: new Uint8Array(count),
    x: new Int16Array(count),
    y: new Int16Array(count),
    direction: new Uint8Array(count),
  };
  for (let k = 0; k < count; k++) {
    const place = keys[k]! & 0xff;
    sorted.place[k] = place;
    sorted.x[k] = x[place]!;
    sorted.y[k] = y[place]!;
    sorted.direction[k] = direction[place]!;
  }
  const bands = Math.max(0, (sorted.y[count - 1] ?? 0) >> ROW_SHIFT) + 1;
  const first = new Uint16Array(bands);
  for (let band = 1, k = 0; band < bands; band++) {
    while (k < count && sorted.y[k]! >> ROW_SHIFT < band) k++;
    first[band] = k;
  }
  return { ...sorted, first };
}

/** Scores of templates by another version of the extraction mean nothing; foreign ones (version 0) hold minutiae only. */
function assertComparable({ version }: Template): void {
  if (version === ALGORITHM_VERSION || version === FOREIGN_VERSION) return;
  throw new PrintError(
    'PRINT-TEMPLATE',
    `The template was made by version ${version} of the extraction, this is version ${ALGORITHM_VERSION}: extract the picture again.`,
  );
}

/**
 * The form of a template that makes its comparisons fast.
 * @throws PrintError PRINT-TEMPLATE where another version of the extraction made it, or it holds too many minutiae
 */
export function prepare(template: Template): PreparedTemplate {
  const { minutiae } = template;
  assertComparable(template);
  if (minutiae.length > TEMPLATE.minutiaeMost) {
    throw new PrintError('PRINT-TEMPLATE', `A template holds at most ${TEMPLATE.minutiaeMost} minutiae.`);
  }
  const count = minutiae.length;
  const x = new Int16Array(count);
  const y = new Int16Array(count);
  const direction = new Uint8Array(count);
  const trust = new Float64Array(count);
  const cell = new Int32Array(count);
  const { ridges } = template;
  for (let k = 0; k < count; k++) {
    const minutia = minutiae[k]!;
    x[k] = Math.round(minutia.x);
    y[k] = Math.round(minutia.y);
    direction[k] = (256 - Math.round((minutia.direction / TURN) * 256)) & 255;
    trust[k] = TRUST.base + (TRUST.slope * minutia.reliability) / 100;
    cell[k] = ridges ? cellAt(ridges, x[k]!, y[k]!) : -1;
  }
  const points = { count, x, y, direction, trust };
  const fields = {
    ...points,
    words: buildCylinders(points, ridges),
    ridges,
    blocks: ridges && cutBlocks(ridges),
    cell,
    rows: sortRows(x, y, direction),
  };
  return { template, ...fields, packed: packTemplate(fields) };
}
