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
import { SCAN } from '../../src/match/print/search/parameters.ts';
import { makeProbe } from '../../src/match/print/search/probe.ts';
import { exactCount, highest } from '../../src/match/print/search/search.ts';
import { drawSparseFinger, drawTemplate } from '../../src/synth/prints/index.ts';
import { recombined } from './recombine.ts';
import { type Case, drawnCases, realCases } from './search-cases.ts';

const SHARED = fileURLToPath(new URL('../../../shared/fvc', import.meta.url));
/** Numbers of exact comparisons that are tried beside the one in use. */
const EXACT_TRIED = [50, 100, 200, 500, 1000, 2000] as const;

interface Gallery {
  readonly count: number;
  readonly entries: Uint8Array;
  readonly distinct: readonly PreparedTemplate[];
}

function fillGallery(count: number, distinct: readonly Uint8Array[]): Uint8Array {
  const entries = new Uint8Array(count * ENTRY_BYTES);
  for (let i = 0; i < count; i++) entries.set(recombined(i, distinct), i * ENTRY_BYTES);
  return entries;
}

function drawGallery(count: number, distinct: number): Gallery {
  const templates = Array.from({ length: distinct }, (_, i) =>
    drawTemplate(drawSparseFinger(`bench-gallery-${i}`), 'enrolled'),
  );
  return {
    count,
    entries: fillGallery(count, templates.map(indexEntry)),
    distinct: templates.map((template) => prepare(template)),
  };
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
function exactMilliseconds(probe: PreparedTemplate, distinct: readonly PreparedTemplate[]): number {
  const stored = distinct.slice(0, 200).map(({ template }) => encodeTemplate(template));
  const [, took] = timed(() => {
    for (const bytes of stored) compare(probe, decodeTemplate(bytes));
  });
  return took / stored.length;
}

interface Pair {
  readonly rankOneExhaustive: boolean;
  /** Entries of the gallery that the verification puts before the mate; infinite where the scan lost it. */
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

function searchCase({ probe, mates }: Case, gallery: Gallery, tally: Tally): void {
  const prepared = prepare(probe);
  const keep = Math.round(gallery.count * SCAN.keep);
  const [scanned, scanTook] = timed(() => {
    kernel.load(makeProbe(probe));
    return kernel.scan(gallery.entries, gallery.count);
  });
  const [[chosen, verified], verifyTook] = timed(() => {
    const best = highest(scanned, keep);
    return [best, kernel.verify(gallery.entries, best)] as const;
  });
  tally.scan.push(scanTook);
  tally.verify.push(verifyTook);
  tally.exact.push(exactMilliseconds(prepared, gallery.distinct));
  const cut = chosen.reduce((least, i) => Math.min(least, scanned[i]!), Number.POSITIVE_INFINITY);
  const rival = gallery.distinct.reduce((most, other) => Math.max(most, compare(prepared, other).score), -99);
  for (const mate of mates) {
    const entry = indexEntry(mate);
    const isKept = kernel.scan(entry, 1)[0]! >= cut;
    const score = kernel.verify(entry, Uint32Array.of(0))[0]!;
    tally.pairs.push({
      rankOneExhaustive: compare(prepared, mate).score > rival,
      before: isKept ? verified.filter((other) => other >= score).length : Number.POSITIVE_INFINITY,
    });
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
    `  scan ${(count / scan / 1000).toFixed(2)} million/s, verification of ${percent(SCAN.keep)} ${verify.toFixed(0)} ms, exact comparison ${exact.toFixed(2)} ms each`,
  );
  console.log(`  rank-1 exhaustive ${percent(tally.share((pair) => pair.rankOneExhaustive))}`);
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
  const gallery = drawGallery(count, Number(values.distinct ?? 4000));
  console.log(`${cpus()[0]!.model}, Node ${process.version}, one core`);
  console.log(
    `gallery of ${count} entries of ${ENTRY_BYTES} bytes, recombined of ${gallery.distinct.length} drawn prints`,
  );
  const sets: [string, readonly Case[]][] = [['drawn probes and mates', drawnCases(probes)]];
  if (folders.length > 0)
    sets.push([`real probes and mates (${folders.length} folders)`, await realCases(folders, probes)]);
  for (const [name, cases] of sets) {
    const tally = new Tally();
    for (const one of cases) searchCase(one, gallery, tally);
    report(name, tally, count);
  }
}
