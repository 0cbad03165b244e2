/**
 * 1:N search through the index on one core, with the rank-1 rate beside that of exhaustive comparison:
 * npm run bench -- prints-search [--gallery N] [--distinct N] [--probes N] [DIR ...]
 *
 * The gallery is synthetic: `distinct` drawn prints, their index entries recombined (places and directions of one,
 * surroundings of another) to `gallery` entries. Mates are entered by turns. Probes and mates are drawn, and real
 * ones out of FVC-named folders (the shared five where no folder is named). Exhaustive comparison holds each pair
 * against every distinct print.
 */
import { existsSync, readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  compare,
  decodeTemplate,
  encodeTemplate,
  type PreparedTemplate,
  prepare,
} from '../../src/match/print/index.ts';
import { ENTRY_BYTES, indexEntry } from '../../src/match/print/search/entry.ts';
import { ScanKernel } from '../../src/match/print/search/kernel/kernel.ts';
import { SCAN, VERIFY } from '../../src/match/print/search/parameters.ts';
import { exactCount, loadProbe, lookCloser } from '../../src/match/print/search/search.ts';
import { drawSparseFinger, drawTemplate } from '../../src/synth/prints/index.ts';
import { recombined } from './recombine.ts';
import { type Case, drawnCases, realCases } from './search-cases.ts';

const SHARED = fileURLToPath(new URL('../../../shared/fvc', import.meta.url));
/** Numbers of exact comparisons that are tried beside the one in use. */
const EXACT_TRIED = [50, 100, 200, 500, 1000, 2000] as const;
/** Distinct prints that an exact comparison is timed with. */
const STORED = 200;

interface Gallery {
  readonly count: number;
  readonly entries: Uint8Array;
  readonly distinct: number;
  /** Some of the distinct prints as they lie in a shard. */
  readonly stored: readonly Uint8Array[];
}

/** A case with its probe prepared, and the highest score that a print of the gallery has with it. */
interface Trial extends Case {
  readonly prepared: PreparedTemplate;
  rival: number;
}

function trialsOf(cases: readonly Case[]): Trial[] {
  return cases.map((one) => ({ ...one, prepared: prepare(one.probe), rival: Number.NEGATIVE_INFINITY }));
}

function fillGallery(count: number, distinct: readonly Uint8Array[]): Uint8Array {
  const entries = new Uint8Array(count * ENTRY_BYTES);
  for (let i = 0; i < count; i++) entries.set(recombined(i, distinct), i * ENTRY_BYTES);
  return entries;
}

/** Draws the distinct prints one after another and holds each against every probe: the exhaustive search. */
function drawGallery(count: number, distinct: number, trials: readonly Trial[]): Gallery {
  const entries: Uint8Array[] = [];
  const stored: Uint8Array[] = [];
  for (let i = 0; i < distinct; i++) {
    const template = drawTemplate(drawSparseFinger(`bench-gallery-${i}`), 'enrolled');
    const prepared = prepare(template);
    for (const trial of trials) trial.rival = Math.max(trial.rival, compare(trial.prepared, prepared).score);
    entries.push(indexEntry(template));
    if (stored.length < STORED) stored.push(encodeTemplate(template));
    if ((i + 1) % 2000 === 0) process.stderr.write(`exhaustive search: ${i + 1} of ${distinct} prints\r`);
  }
  return { count, entries: fillGallery(count, entries), distinct, stored };
}

function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function timed<T>(work: () => T): readonly [T, number] {
  const started = cpuMilliseconds();
  const result = work();
  return [result, cpuMilliseconds() - started];
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;
}

/** Milliseconds of an exact comparison with a template as it lies in a shard. */
function exactMilliseconds(probe: PreparedTemplate, stored: readonly Uint8Array[]): number {
  const [, took] = timed(() => {
    for (const bytes of stored) compare(probe, decodeTemplate(bytes));
  });
  return took / stored.length;
}

/** Steps of the search that can lose a mate before its comparison. */
type Step = 'scan' | 'first look';

interface Pair {
  readonly rankOneExhaustive: boolean;
  /** The step that lost the mate. */
  readonly lostBy?: Step;
  /** Entries of the gallery that the last step puts before the mate; infinite where another lost it. */
  readonly before: number;
}

class Tally {
  readonly pairs: Pair[] = [];
  readonly scan: number[] = [];
  readonly verify: number[] = [];
  readonly exact: number[] = [];

  share(holds: (pair: Pair) => boolean): number {
    return this.pairs.filter(holds).length / this.pairs.length;
  }
}

const kernel = new ScanKernel();
const FIRST = Uint32Array.of(0);

function leastOf(scores: ArrayLike<number>, chosen: Uint32Array): number {
  return chosen.reduce((least, i) => Math.min(least, scores[i]!), Number.POSITIVE_INFINITY);
}

function searchTrial({ probe, prepared, mates, rival }: Trial, gallery: Gallery, tally: Tally): void {
  const { entries, count } = gallery;
  const [scanned, scanTook] = timed(() => {
    loadProbe(kernel, gallery, probe, SCAN.turns[0]);
    return kernel.scan(entries, count);
  });
  const [looked, verifyTook] = timed(() => lookCloser(kernel, gallery, scanned, exactCount(count)));
  tally.scan.push(scanTook);
  tally.verify.push(verifyTook);
  tally.exact.push(exactMilliseconds(prepared, gallery.stored));
  const scanCut = leastOf(scanned, looked.scanned);
  const firstCut = looked.first.toSorted().at(-looked.likely.length)!;
  for (const mate of mates) {
    const entry = indexEntry(mate);
    const rankOneExhaustive = compare(prepared, mate).score > rival;
    if (kernel.scan(entry, 1)[0]! < scanCut) {
      tally.pairs.push({ rankOneExhaustive, lostBy: 'scan', before: Number.POSITIVE_INFINITY });
    } else if (kernel.verify(entry, FIRST, VERIFY.first)[0]! < firstCut) {
      tally.pairs.push({ rankOneExhaustive, lostBy: 'first look', before: Number.POSITIVE_INFINITY });
    } else {
      const score = kernel.verify(entry, FIRST, VERIFY.again)[0]!;
      const before = looked.again.filter((other) => other >= score).length;
      tally.pairs.push({ rankOneExhaustive, before });
    }
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

function report(name: string, tally: Tally, count: number): void {
  const [scan, verify, exact] = [median(tally.scan), median(tally.verify), median(tally.exact)];
  const used = exactCount(count);
  console.log(`${name}: ${tally.pairs.length} pairs of ${tally.scan.length} probes`);
  console.log(
    `  scan ${(count / scan / 1000).toFixed(2)} million/s, both looks at the best ${percent(SCAN.keep)} ${verify.toFixed(0)} ms, exact comparison ${exact.toFixed(2)} ms each`,
  );
  const lostBy = (step: Step): string =>
    percent(tally.share((pair) => pair.rankOneExhaustive && pair.lostBy === step));
  console.log(
    `  rank-1 exhaustive ${percent(tally.share((pair) => pair.rankOneExhaustive))}; lost by the scan ${lostBy('scan')}, by the first look ${lostBy('first look')}`,
  );
  for (const wanted of [...new Set([...EXACT_TRIED, used])].sort((a, b) => a - b)) {
    const found = tally.share((pair) => pair.rankOneExhaustive && pair.before < wanted);
    const lost = tally.share((pair) => pair.rankOneExhaustive && pair.before >= wanted);
    const rate = count / (scan + verify + wanted * exact) / 1000;
    console.log(
      `  ${String(wanted).padStart(5)} compared exactly${wanted === used ? ' (in use)' : ''}: rank-1 ${percent(found)}, lost ${percent(lost)}, ${rate.toFixed(2)} million/s in all`,
    );
  }
}

/** `npm run bench -- prints-search`. Rates are per second of processor time of one core. */
export async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { gallery: { type: 'string' }, distinct: { type: 'string' }, probes: { type: 'string' } },
  });
  const count = Number(values.gallery ?? 1_000_000);
  const probes = Number(values.probes ?? 60);
  const shared = existsSync(SHARED) ? readdirSync(SHARED).map((name) => join(SHARED, name)) : [];
  const folders = positionals.length > 0 ? positionals : shared;
  const sets: [string, readonly Trial[]][] = [['drawn probes and mates', trialsOf(drawnCases(probes))]];
  if (folders.length > 0)
    sets.push([
      `real probes and mates (${folders.length} folders)`,
      trialsOf(await realCases(folders, probes)),
    ]);
  const gallery = drawGallery(
    count,
    Number(values.distinct ?? 4000),
    sets.flatMap(([, trials]) => trials),
  );
  console.log(`${cpus()[0]!.model}, Node ${process.version}, one core`);
  console.log(
    `gallery of ${count} entries of ${ENTRY_BYTES} bytes, recombined of ${gallery.distinct} drawn prints`,
  );
  for (const [name, trials] of sets) {
    const tally = new Tally();
    for (const one of trials) searchTrial(one, gallery, tally);
    report(name, tally, count);
  }
}
