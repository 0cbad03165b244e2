import {
  CODE_VECTORS,
  DIRECTIONS_AT,
  ENTRY_BYTES,
  GROUP_BYTES,
  HEADER_BYTES,
  LANES,
  X_AT,
  Y_AT,
} from './entry.ts';
import { DESCRIPTION, ENTRY, type Look, SCAN, VERIFY } from './parameters.ts';
import {
  COSINE_4096,
  GRID_END,
  GRID_LIST,
  GRID_SHIFT,
  GRID_SIDE,
  type Probe,
  SCAN_SHARE,
  SINE_4096,
  VERIFY_SHARE,
} from './probe.ts';

/** The steps of the search in plain TypeScript. `kernel/assembly` gives the same integers. */

const { codes, codeValues } = DESCRIPTION;
const NONE = -128;

function signed(byte: number): number {
  return (byte << 24) >> 24;
}

/** Where minutia `i` of the entry at `offset` begins. */
function lane(offset: number, i: number): number {
  return offset + HEADER_BYTES + Math.floor(i / LANES) * GROUP_BYTES + (i % LANES);
}

/** Evidence that probe minutia `p` and the entry's minutia at `at` are the same, saturating as signed bytes do. */
function pairEvidence(entries: Uint8Array, at: number, probe: Probe, p: number): number {
  const turn = signed((entries[at + DIRECTIONS_AT]! - probe.direction[p]!) & 255);
  if (Math.abs(turn) > SCAN.turnLimit) return NONE;
  let sum = 0;
  for (let v = 0; v < CODE_VECTORS; v++) {
    const byte = entries[at + v * LANES]!;
    const row = (p * codes + v) * codeValues;
    sum = Math.max(-128, Math.min(127, sum + probe.evidence[row + (byte & 15)]!));
    const high = row + CODE_VECTORS * codeValues + (byte >> 4);
    sum = Math.max(-128, Math.min(127, sum + probe.evidence[high]!));
  }
  return sum;
}

/** The best evidence of every minutia of the probe in the entry at `offset`, and -128 after the last. */
export function bestPlain(entries: Uint8Array, offset: number, probe: Probe): Int8Array {
  const best = new Int8Array(ENTRY.minutiae).fill(NONE);
  for (let p = 0; p < probe.count; p++) {
    for (let i = 0; i < entries[offset]!; i++) {
      best[p] = Math.max(best[p]!, pairEvidence(entries, lane(offset, i), probe, p));
    }
  }
  return best;
}

/** First step: score of every entry. */
export function scanPlain(entries: Uint8Array, count: number, probe: Probe): Uint16Array {
  const scores = new Uint16Array(count);
  for (let e = 0; e < count; e++) {
    const offset = e * ENTRY_BYTES;
    const kept = entries[offset]!;
    let sum = 0;
    for (let p = 0; p < probe.scanned; p++) {
      let best = 0;
      for (let i = 0; i < kept; i++) best = Math.max(best, pairEvidence(entries, lane(offset, i), probe, p));
      sum += best;
    }
    scores[e] = Math.min(0xffff, (sum * SCAN_SHARE[kept]!) >> 4);
  }
  return scores;
}

interface Anchor {
  readonly p: number;
  readonly i: number;
  readonly evidence: number;
}

/** The best pair of each probe minutia, then the best of those; earlier ones win ties. */
function anchors(matrix: Int8Array, kept: number, minutiae: number, seeds: number): Anchor[] {
  const best: Anchor[] = [];
  for (let p = 0; p < minutiae; p++) {
    let found = { p, i: -1, evidence: 0 };
    for (let i = 0; i < kept; i++) {
      const evidence = matrix[p * ENTRY.minutiae + i]!;
      if (evidence > found.evidence) found = { p, i, evidence };
    }
    if (found.i >= 0) best.push(found);
  }
  return best.sort((a, b) => b.evidence - a.evidence || a.p - b.p).slice(0, seeds);
}

/** Evidence of all pairs that lie right when anchor lies on anchor; a minutia of the probe counts once. */
function alignedScore(
  entries: Uint8Array,
  offset: number,
  probe: Probe,
  matrix: Int8Array,
  anchor: Anchor,
  look: Look,
): number {
  const kept = entries[offset]!;
  const from = lane(offset, anchor.i);
  const turn = (probe.direction[anchor.p]! - entries[from + DIRECTIONS_AT]!) & 255;
  const c = COSINE_4096[turn]!;
  const s = SINE_4096[turn]!;
  const [left, right, top, bottom] = probe.box;
  const counted = new Uint8Array(probe.count);
  let overlap = 0;
  for (let i = 0; i < kept; i++) {
    const at = lane(offset, i);
    const dx = signed(entries[at + X_AT]!) - signed(entries[from + X_AT]!);
    const dy = signed(entries[at + Y_AT]!) - signed(entries[from + Y_AT]!);
    const x = ((c * dx + s * dy + 2048) >> 12) + probe.x[anchor.p]!;
    const y = ((c * dy - s * dx + 2048) >> 12) + probe.y[anchor.p]!;
    if (x < left || x > right || y < top || y > bottom) continue;
    overlap++;
    const far = Math.abs(dx) + Math.abs(dy);
    const reach = Math.min(look.reachMost, look.reachLeast + ((far * look.reachGrowth) >> 6));
    const column = Math.max(0, Math.min(GRID_SIDE - 1, (x + 128) >> GRID_SHIFT));
    const row = Math.max(0, Math.min(GRID_SIDE - 1, (y + 128) >> GRID_SHIFT));
    let most = 0;
    let nearest = 0;
    for (let k = 0; k < GRID_LIST; k++) {
      const p = probe.grid[(row * GRID_SIDE + column) * GRID_LIST + k]!;
      if (p === GRID_END) break;
      const ex = probe.x[p]! - x;
      const ey = probe.y[p]! - y;
      if (ex * ex + ey * ey > reach * reach) continue;
      const off = signed((probe.direction[p]! - entries[at + DIRECTIONS_AT]! - turn) & 255);
      if (Math.abs(off) > VERIFY.turn) continue;
      const weight = Math.max(VERIFY.floor, matrix[p * ENTRY.minutiae + i]! + VERIFY.bonus);
      if (weight <= most) continue;
      most = weight;
      nearest = p;
    }
    if (most > counted[nearest]!) counted[nearest] = most;
  }
  const sum = counted.reduce((total, weight) => total + weight, 0);
  return (sum * VERIFY_SHARE[overlap]!) >> 4;
}

/** Second step: score of the entry at `offset`. */
export function verifyPlain(entries: Uint8Array, offset: number, probe: Probe, look: Look): number {
  const kept = entries[offset]!;
  const matrix = new Int8Array(ENTRY.minutiae * ENTRY.minutiae);
  for (let p = 0; p < probe.count; p++) {
    for (let i = 0; i < kept; i++) {
      matrix[p * ENTRY.minutiae + i] = pairEvidence(entries, lane(offset, i), probe, p);
    }
  }
  let best = 0;
  for (const anchor of anchors(matrix, kept, probe.count, look.seeds)) {
    best = Math.max(best, alignedScore(entries, offset, probe, matrix, anchor, look));
  }
  return best;
}
