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
  const place = Uint8Array.from(y, (_, k) => k).sort((p, q) => y[p]! - y[q]! || p - q);
  const sortedY = Int16Array.from(place, (k) => y[k]!);
  const bands = Math.max(0, (sortedY.at(-1) ?? 0) >> ROW_SHIFT) + 1;
  const first = new Uint16Array(bands);
  for (let band = 1, k = 0; band < bands; band++) {
    while (k < place.length && sortedY[k]! >> ROW_SHIFT < band) k++;
    first[band] = k;
  }
  return {
    place,
    x: Int16Array.from(place, (k) => x[k]!),
    y: sortedY,
    direction: Uint8Array.from(place, (k) => direction[k]!),
    first,
  };
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
  const x = Int16Array.from(minutiae, (m) => Math.round(m.x));
  const y = Int16Array.from(minutiae, (m) => Math.round(m.y));
  const direction = Uint8Array.from(minutiae, (m) => (256 - Math.round((m.direction / TURN) * 256)) & 255);
  const trust = Float64Array.from(minutiae, (m) => TRUST.base + (TRUST.slope * m.reliability) / 100);
  const points = { count: minutiae.length, x, y, direction, trust };
  const { ridges } = template;
  const fields = {
    ...points,
    words: buildCylinders(points, ridges),
    ridges,
    blocks: ridges && cutBlocks(ridges),
    cell: Int32Array.from(x, (at, k) => (ridges ? cellAt(ridges, at, y[k]!) : -1)),
    rows: sortRows(x, y, direction),
  };
  return { template, ...fields, packed: packTemplate(fields) };
}
