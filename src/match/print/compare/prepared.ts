import type { RidgeMap, Template } from '../types.ts';
import type { RidgeBlocks } from './ridge-blocks.ts';

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
  /** Bit cylinders, bits outside each mask 0, see cylinders.ts. */
  readonly words: Uint32Array;
  readonly ridges: RidgeMap | undefined;
  /** The foreground of `ridges` in blocks, and the cell of it each minutia lies in, or -1. */
  readonly blocks: RidgeBlocks | undefined;
  readonly cell: Int32Array;
  /** The minutiae from top to bottom. */
  readonly rows: SortedRows;
  /** All of this as the comparison kernel reads it. */
  readonly packed: Uint8Array;
}

/** Minutiae sorted by y, so that those near a place are found without looking at all. */
export interface SortedRows {
  /** Place of each in the template's list. */
  readonly place: Uint8Array;
  readonly x: Int16Array;
  readonly y: Int16Array;
  readonly direction: Uint8Array;
  /** For each band of 2^`ROW_SHIFT` pixels, the first that lies in it or below. */
  readonly first: Uint16Array;
}

export function isPrepared(value: Template | PreparedTemplate): value is PreparedTemplate {
  return 'words' in value;
}
