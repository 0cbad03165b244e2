import { ENTRY_BYTES } from '../entry.ts';
import { ENTRY, type Look, SCAN, VERIFY } from '../parameters.ts';
import {
  COSINE_4096,
  GRID_END,
  GRID_LIST,
  GRID_SIDE,
  type Probe,
  SCAN_SHARE,
  SINE_4096,
  VERIFY_SHARE,
} from '../probe.ts';
import { instantiateScan, type ScanExports } from './wasm.ts';

/** Entries copied into the kernel's memory at a time: half a megabyte stays in the second-level cache. */
const BATCH = 1024;

function align(at: number): number {
  return (at + 15) & ~15;
}

/** Where everything lies in the kernel's memory. */
interface Layout {
  readonly entries: number;
  readonly evidence: number;
  readonly direction: number;
  readonly x: number;
  readonly y: number;
  readonly grid: number;
  readonly gridPlaces: number;
  readonly gridDirections: number;
  readonly starts: number;
  readonly others: number;
  readonly cosine: number;
  readonly sine: number;
  readonly scanShare: number;
  readonly verifyShare: number;
  readonly scratch: number;
  readonly out: number;
  readonly end: number;
}

/** The module's own data lies below. */
const FIRST = 2048;

function layOut(): Layout {
  let at = FIRST;
  const take = (bytes: number): number => {
    const from = at;
    at = align(at + bytes);
    return from;
  };
  const minutiae = ENTRY.minutiae;
  return {
    entries: take(BATCH * ENTRY_BYTES),
    evidence: take(minutiae * 192),
    direction: take(minutiae),
    x: take(minutiae),
    y: take(minutiae),
    grid: take(GRID_SIDE * GRID_SIDE * GRID_LIST),
    gridPlaces: take(GRID_SIDE * GRID_SIDE * GRID_LIST * 4),
    gridDirections: take(GRID_SIDE * GRID_SIDE * GRID_LIST),
    starts: take(257),
    others: take(257),
    cosine: take(512),
    sine: take(512),
    scanShare: take((minutiae + 1) * 2),
    verifyShare: take((minutiae + 1) * 2),
    scratch: take(minutiae * minutiae + minutiae * 16 + 64),
    out: take(BATCH * minutiae),
    end: at,
  };
}

/** Further away than any tolerance reaches. */
const NOWHERE = 4000;

/** Places of the minutiae that the grid lists, x and y in turn, so that four are looked at together. */
function placesInGrid({ grid, x, y }: Probe): Int16Array {
  const places = new Int16Array(grid.length * 2).fill(NOWHERE);
  for (let k = 0; k < grid.length; k++) {
    const p = grid[k]!;
    if (p === GRID_END) continue;
    places[2 * k] = x[p]!;
    places[2 * k + 1] = y[p]!;
  }
  return places;
}

/** The SIMD kernel with a probe loaded. Same integers as `plain.ts`. */
export class ScanKernel {
  readonly #exports: ScanExports;
  readonly #layout: Layout = layOut();
  readonly #bytes: Uint8Array;

  constructor() {
    this.#exports = instantiateScan();
    this.#exports.reserve(this.#layout.end);
    this.#bytes = new Uint8Array(this.#exports.memory.buffer);
    const { cosine, sine, scanShare, verifyShare } = this.#layout;
    for (const [at, table] of [
      [cosine, COSINE_4096],
      [sine, SINE_4096],
      [scanShare, SCAN_SHARE],
      [verifyShare, VERIFY_SHARE],
    ] as const) {
      this.#put(at, table);
    }
    this.#exports.setTables(cosine, sine, verifyShare);
    this.#exports.setRules(SCAN.turnLimit, VERIFY.turn, VERIFY.bonus, VERIFY.floor);
  }

  #put(at: number, table: Int8Array | Uint8Array | Int16Array | Uint16Array): void {
    this.#bytes.set(new Uint8Array(table.buffer, table.byteOffset, table.byteLength), at);
  }

  load(probe: Probe): void {
    const { evidence, direction, x, y, grid, gridPlaces, gridDirections, starts, others } = this.#layout;
    this.#put(evidence, probe.evidence);
    this.#put(direction, probe.direction);
    this.#put(x, probe.x);
    this.#put(y, probe.y);
    this.#put(grid, probe.grid);
    this.#put(gridPlaces, placesInGrid(probe));
    this.#put(
      gridDirections,
      probe.grid.map((p) => probe.direction[p] ?? 0),
    );
    this.#put(starts, probe.starts);
    this.#put(others, probe.others);
    const { count, scanned, box } = probe;
    const grids = [grid, gridPlaces, gridDirections] as const;
    this.#exports.setProbe(evidence, direction, x, y, ...grids, starts, others, count, scanned, ...box);
  }

  /** First step over `count` entries. */
  scan(entries: Uint8Array, count: number): Uint16Array {
    const scores = new Uint16Array(count);
    const at = this.#layout;
    for (let from = 0; from < count; from += BATCH) {
      const batch = Math.min(BATCH, count - from);
      this.#bytes.set(entries.subarray(from * ENTRY_BYTES, (from + batch) * ENTRY_BYTES), at.entries);
      this.#exports.scan(at.entries, ENTRY_BYTES, batch, at.scanShare, at.scratch, at.out);
      scores.set(new Uint16Array(this.#bytes.buffer, at.out, batch), from);
    }
    return scores;
  }

  /** The best evidence of every minutia of the probe in each of the chosen entries, `ENTRY.minutiae` an entry. */
  best(entries: Uint8Array, chosen: Uint32Array): Int8Array {
    const found = new Int8Array(chosen.length * ENTRY.minutiae);
    const at = this.#layout;
    this.#eachBatch(entries, chosen, (from, batch) => {
      this.#exports.best(at.entries, ENTRY_BYTES, batch, at.scratch, at.out);
      found.set(new Int8Array(this.#bytes.buffer, at.out, batch * ENTRY.minutiae), from * ENTRY.minutiae);
    });
    return found;
  }

  /** Second step over the chosen entries. */
  verify(entries: Uint8Array, chosen: Uint32Array, look: Look): Int32Array {
    const scores = new Int32Array(chosen.length);
    const at = this.#layout;
    const { seeds, reachLeast, reachGrowth, reachMost } = look;
    this.#eachBatch(entries, chosen, (from, batch) => {
      const reach = [reachLeast, reachGrowth, reachMost] as const;
      this.#exports.verify(at.entries, ENTRY_BYTES, batch, at.scratch, at.out, seeds, ...reach);
      scores.set(new Int32Array(this.#bytes.buffer, at.out, batch), from);
    });
    return scores;
  }

  /** Copies the chosen entries into the kernel's memory, a batch at a time, and calls back for each. */
  #eachBatch(entries: Uint8Array, chosen: Uint32Array, work: (from: number, batch: number) => void): void {
    for (let from = 0; from < chosen.length; from += BATCH) {
      const batch = Math.min(BATCH, chosen.length - from);
      for (let i = 0; i < batch; i++) {
        const entry = chosen[from + i]! * ENTRY_BYTES;
        const to = this.#layout.entries + i * ENTRY_BYTES;
        this.#bytes.set(entries.subarray(entry, entry + ENTRY_BYTES), to);
      }
      work(from, batch);
    }
  }
}
