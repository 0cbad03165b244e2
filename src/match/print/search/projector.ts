import type { Template } from '../types.ts';
import { PLACES_WIDE, placeCentre, walkSurroundings } from './geometry.ts';
import { MODEL } from './model.ts';
import { DESCRIPTION, SURROUNDINGS } from './parameters.ts';
import { eachBump, PLACE_NUMBERS } from './surroundings.ts';

const { dimensions } = DESCRIPTION;
const { layers } = SURROUNDINGS;

/** By grid place and number of that place: what one unit of it adds to each dimension. */
function buildTable(): Float32Array {
  const table = new Float32Array(PLACES_WIDE * PLACES_WIDE * PLACE_NUMBERS * dimensions);
  for (let at = 0; at < PLACES_WIDE * PLACES_WIDE; at++) {
    const { u, v } = placeCentre(at);
    eachBump(u, v, (first, weight) => {
      for (let n = 0; n < PLACE_NUMBERS * dimensions; n++) {
        table[at * PLACE_NUMBERS * dimensions + n]! += weight * MODEL.projection[first * dimensions + n]!;
      }
    });
  }
  return table;
}

let table: Float32Array | undefined;

/** Adds `weight` times the row for a place's number to the sums from `to` on. */
function addRow(rows: Float32Array, row: number, weight: number, sums: Float64Array, to: number): void {
  const from = row * dimensions;
  for (let k = 0; k < dimensions; k++) sums[to + k]! += weight * rows[from + k]!;
}

/** The description of the chosen minutiae, `dimensions` numbers each. */
export function describe(template: Template, chosen: readonly number[]): Float64Array {
  table ??= buildTable();
  const rows = table;
  const sums = new Float64Array(chosen.length * dimensions);
  for (const [n, i] of chosen.entries()) {
    const to = n * dimensions;
    for (let k = 0; k < dimensions; k++) sums[to + k] = -MODEL.offset[k]!;
    walkSurroundings(template, i, {
      minutia(place, layer, share) {
        addRow(rows, place * PLACE_NUMBERS + layer, 1 - share, sums, to);
        addRow(rows, place * PLACE_NUMBERS + ((layer + 1) % layers), share, sums, to);
      },
      ridge(place, cosine2, sine2) {
        // Most of the work is here: the three rows are added in one pass.
        const from = (place * PLACE_NUMBERS + layers) * dimensions;
        for (let k = 0; k < dimensions; k++) {
          const seen = rows[from + k]!;
          const turned = cosine2 * rows[from + dimensions + k]! + sine2 * rows[from + 2 * dimensions + k]!;
          sums[to + k]! += seen + turned;
        }
      },
    });
  }
  return sums;
}
