import { compare, prepare } from '../compare/index.ts';
import type { Candidate, Template } from '../types.ts';
import { aboveChance, chanceSample } from './chance.ts';
import { ScanKernel } from './kernel/kernel.ts';
import { EXACT, SCAN, VERIFY } from './parameters.ts';
import { makeProbe } from './probe.ts';
import { type Shard, templateAt } from './shard.ts';

export interface SearchOptions {
  /** Candidates returned at most. */
  readonly top: number;
  /** Candidates handed to the exact comparison; a larger number costs time and loses fewer. */
  readonly exact?: number;
  /** Candidates of a lower exact score are left out. */
  readonly least?: number;
  /** Looks for prints at any angle to the probe, which takes three times as long. */
  readonly anyAngle?: boolean;
}

/** Positions of the `wanted` highest scores (whole numbers of 0 or more) in order; of equals the earlier ones. */
export function highest(scores: ArrayLike<number>, wanted: number): Uint32Array {
  let most = 0;
  for (let i = 0; i < scores.length; i++) if (scores[i]! > most) most = scores[i]!;
  const counts = new Uint32Array(most + 1);
  for (let i = 0; i < scores.length; i++) counts[scores[i]!]!++;
  let cut = most;
  let above = 0;
  while (cut > 0 && above + counts[cut]! < wanted) above += counts[cut--]!;
  let spare = wanted - above;
  const chosen = new Uint32Array(Math.min(wanted, scores.length));
  let filled = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (score > cut || (score === cut && spare-- > 0)) chosen[filled++] = i;
  }
  return chosen;
}

/** How many of a gallery's entries deserve the exact comparison; a small gallery is compared whole. */
export function exactCount(count: number): number {
  if (count <= EXACT.whole) return count;
  return Math.min(EXACT.most, Math.max(EXACT.least, Math.round(count * EXACT.share)));
}

/** The kernel of this thread: its memory is a megabyte, and one search at a time uses it. */
let kernel: ScanKernel | undefined;

/** Index entries one after another; the memory may be shared between threads. */
export type Entries = Pick<Shard, 'count' | 'entries'>;

/** Loads a probe for the search of a gallery: its evidence is what goes beyond chance there. */
export function loadProbe(
  kernel: ScanKernel,
  { entries, count }: Entries,
  template: Template,
  turn: number,
): void {
  const probe = makeProbe(template, turn);
  kernel.load(probe);
  const sample = chanceSample(count);
  kernel.load(aboveChance(probe, kernel.best(entries, sample), sample.length));
}

/** What both looks of the second step see; each list of positions beside the scores of its entries. */
export interface Looked {
  readonly scanned: Uint32Array;
  readonly first: Int32Array;
  readonly likely: Uint32Array;
  readonly again: Int32Array;
}

/** Second step: the best of the scan looked at with few anchors, and the likeliest of those with many. */
export function lookCloser(
  kernel: ScanKernel,
  { entries, count }: Entries,
  scores: Uint16Array,
  wanted: number,
): Looked {
  const keep = (share: number, least: number): number => Math.max(least, wanted, Math.round(count * share));
  const scanned = highest(scores, keep(SCAN.keep, SCAN.keepLeast));
  const first = kernel.verify(entries, scanned, VERIFY.first);
  const likely = highest(first, keep(VERIFY.keep, VERIFY.keepLeast)).map((i) => scanned[i]!);
  return { scanned, first, likely, again: kernel.verify(entries, likely, VERIFY.again) };
}

/** Positions of the entries that deserve the exact comparison, in their order: of prints that lie as the probe does. */
export function propose(shard: Entries, probe: Template, wanted: number): Uint32Array {
  return proposeTurned(shard, probe, wanted, SCAN.turns[0]);
}

/** As `propose`, of prints at any angle to the probe: `wanted` for each turn that is looked at. */
export function proposeAtAnyAngle(shard: Entries, probe: Template, wanted: number): Uint32Array {
  const found = SCAN.turns.flatMap((turn) => [...proposeTurned(shard, probe, wanted, turn)]);
  return Uint32Array.from(new Set(found)).sort();
}

function proposeTurned(shard: Entries, probe: Template, wanted: number, turn: number): Uint32Array {
  if (shard.count <= wanted) return Uint32Array.from({ length: shard.count }, (_, i) => i);
  kernel ??= new ScanKernel();
  loadProbe(kernel, shard, probe, turn);
  const { likely, again } = lookCloser(kernel, shard, kernel.scan(shard.entries, shard.count), wanted);
  return highest(again, wanted).map((i) => likely[i]!);
}

/** Best first; equal scores by id, so that shards and threads cannot change the order. */
export function ranked(candidates: readonly Candidate[], top: number): Candidate[] {
  return candidates
    .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    .slice(0, top);
}

/**
 * Prints of a shard most like the probe, best first: all entries are scanned, a share of them verified by geometry,
 * the best of those verified again more closely, and the best of all compared exactly. It proposes; one thumb never identifies by search alone.
 */
export function searchShard(shard: Shard, probe: Template, options: SearchOptions): Candidate[] {
  const prepared = prepare(probe);
  const found: Candidate[] = [];
  const proposed = options.anyAngle ? proposeAtAnyAngle : propose;
  for (const at of proposed(shard, probe, options.exact ?? exactCount(shard.count))) {
    const { score, fmr } = compare(prepared, templateAt(shard, at));
    if (score >= (options.least ?? Number.NEGATIVE_INFINITY)) found.push({ id: shard.id(at), score, fmr });
  }
  return ranked(found, options.top);
}
