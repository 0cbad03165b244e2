import {
  DIRECTIONS_AT,
  ENTRY_BYTES,
  GROUP_BYTES,
  HEADER_BYTES,
  LANES,
} from '../../src/match/print/search/entry.ts';

/** Which print's surroundings entry `i` of a recombined gallery has; its places are those of print `i % distinct`. */
function otherOf(i: number, distinct: number): number {
  return (i + Math.floor(i / distinct) * 37) % distinct;
}

/**
 * Entry `i` of a gallery larger than its distinct prints: places and directions of one, surroundings of another.
 * Nobody has such a finger, but every part of it is some finger's.
 */
export function recombined(i: number, distinct: readonly Uint8Array[]): Uint8Array {
  const entry = distinct[i % distinct.length]!.slice();
  const other = distinct[otherOf(i, distinct.length)]!;
  for (let group = HEADER_BYTES; group < ENTRY_BYTES; group += GROUP_BYTES) {
    const filled = other[0]! > ((group - HEADER_BYTES) / GROUP_BYTES) * LANES;
    if (filled) entry.set(other.subarray(group, group + DIRECTIONS_AT), group);
  }
  return entry;
}
