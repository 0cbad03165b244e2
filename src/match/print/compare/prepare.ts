import { PrintError } from '../errors.ts';
import { TURN } from '../kernels/maths.ts';
import { TEMPLATE, TRUST } from '../parameters.ts';
import type { RidgeMap, Template } from '../types.ts';
import { buildCylinders } from './cylinders.ts';

/**
 * A template in the form the comparison reads. Positions are whole pixels with y down; directions are 256ths of
 * a turn, clockwise as seen. Make it once for a print that is compared often.
 */
export interface PreparedTemplate {
  readonly template: Template;
  readonly count: number;
  readonly x: Int16Array;
  readonly y: Int16Array;
  readonly direction: Uint8Array;
  /** Chance that another impression of the finger shows the minutia, by its reliability. */
  readonly trust: Float64Array;
  /** Packed bit cylinders, see kernels/similarity.ts. */
  readonly words: Uint32Array;
  readonly ridges: RidgeMap | undefined;
}

export function isPrepared(value: Template | PreparedTemplate): value is PreparedTemplate {
  return 'words' in value;
}

/** The form of a template that makes its comparisons fast. */
export function prepare(template: Template): PreparedTemplate {
  const { minutiae } = template;
  if (minutiae.length > TEMPLATE.minutiaeMost) {
    throw new PrintError('PRINT-TEMPLATE', `A template holds at most ${TEMPLATE.minutiaeMost} minutiae.`);
  }
  const x = Int16Array.from(minutiae, (m) => Math.round(m.x));
  const y = Int16Array.from(minutiae, (m) => Math.round(m.y));
  const direction = Uint8Array.from(minutiae, (m) => (256 - Math.round((m.direction / TURN) * 256)) & 255);
  const trust = Float64Array.from(minutiae, (m) => TRUST.base + (TRUST.slope * m.reliability) / 100);
  const points = { count: minutiae.length, x, y, direction, trust };
  const words = buildCylinders(points, template.ridges);
  return { template, ...points, words, ridges: template.ridges };
}
