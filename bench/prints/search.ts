/**
 * 1:N search at size: node bench/prints/search.ts [--gallery N] [--distinct N] [--probes N] [FVC FOLDER...]
 * The gallery is drawn: `distinct` prints, recombined to N by giving one's surroundings the places of another.
 * Probes are later prints of enrolled fingers: the second to eighth impression of each finger in the folders, or
 * drawn ones. Printed: scan and verification rates on one core, memory an entry, how often the mate is handed to the
 * exact comparison, and the largest share of first places that can have been lost against comparing everything.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { compare, decodeImage, extract, prepare, type Template } from '../../src/match/print/index.ts';
import {
  DIRECTIONS_AT,
  ENTRY_BYTES,
  GROUP_BYTES,
  HEADER_BYTES,
  LANES,
  writeEntry,
} from '../../src/match/print/search/entry.ts';
import { ScanKernel } from '../../src/match/print/search/kernel/kernel.ts';
import { EXACT, SCAN } from '../../src/match/print/search/parameters.ts';
import { makeProbe } from '../../src/match/print/search/probe.ts';
import { highest } from '../../src/match/print/search/search.ts';
import { drawSparseFinger, drawTemplate } from '../../src/synth/prints/index.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { gallery: { type: 'string' }, distinct: { type: 'string' }, probes: { type: 'string' } },
});
const galleryCount = Number(values.gallery ?? 1_000_000);
const distinctCount = Number(values.distinct ?? 4000);
const probeCount = Number(values.probes ?? 60);

interface Case {
  readonly probe: Template;
  readonly mates: readonly Template[];
}

function drawnCases(): Case[] {
  return Array.from({ length: probeCount }, (_, i) => {
    const finger = drawSparseFinger(`bench-mate-${i}`);
    return { probe: drawTemplate(finger, 'later'), mates: [drawTemplate(finger, 'enrolled')] };
  });
}

/** Real prints: each of `probeCount` impressions against the others of its finger. */
async function realCases(): Promise<Case[]> {
  const prints: { finger: string; template: Template }[] = [];
  for (const folder of positionals) {
    for (const name of readdirSync(folder).sort()) {
      const template = extract(await decodeImage(readFileSync(join(folder, name))));
      prints.push({ finger: `${basename(folder)}/${name.split('_')[0]}`, template });
    }
  }
  const step = Math.max(1, Math.floor(prints.length / probeCount));
  return prints
    .filter((_, i) => i % step === step >> 1)
    .map(({ finger, template }) => ({
      probe: template,
      mates: prints.filter((p) => p.finger === finger && p.template !== template).map((p) => p.template),
    }));
}

/** Entry i: places and directions of one distinct print, surroundings of another. */
function fill(gallery: Uint8Array, distinct: Uint8Array): void {
  for (let i = 0; i < galleryCount; i++) {
    const place = i % distinctCount;
    const other = (place + Math.floor(i / distinctCount) * 37) % distinctCount;
    const at = i * ENTRY_BYTES;
    gallery.set(distinct.subarray(place * ENTRY_BYTES, (place + 1) * ENTRY_BYTES), at);
    for (let group = HEADER_BYTES; group < ENTRY_BYTES; group += GROUP_BYTES) {
      const from = other * ENTRY_BYTES + group;
      const filled = distinct[other * ENTRY_BYTES]! > ((group - HEADER_BYTES) / GROUP_BYTES) * LANES;
      if (filled) gallery.set(distinct.subarray(from, from + DIRECTIONS_AT), at + group);
    }
  }
}

function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const cases = positionals.length > 0 ? await realCases() : drawnCases();
const templates = Array.from({ length: distinctCount }, (_, i) =>
  drawTemplate(drawSparseFinger(`bench-gallery-${i}`), 'enrolled'),
);
const distinct = new Uint8Array(distinctCount * ENTRY_BYTES);
for (const [i, template] of templates.entries()) writeEntry(template, distinct, i * ENTRY_BYTES);
const gallery = new Uint8Array(galleryCount * ENTRY_BYTES);
fill(gallery, distinct);

const keep = Math.round(galleryCount * SCAN.keep);
const wanted = Math.min(EXACT.most, Math.max(EXACT.least, Math.round(galleryCount * EXACT.share)));
const kernel = new ScanKernel();
const rates: { scan: number[]; verify: number[]; both: number[] } = { scan: [], verify: [], both: [] };
let pairs = 0;
let kept = 0;
let handed = 0;
let lost = 0;
for (const { probe, mates } of cases) {
  kernel.load(makeProbe(probe));
  const started = cpuMilliseconds();
  const scanned = kernel.scan(gallery, galleryCount);
  const afterScan = cpuMilliseconds();
  const chosen = highest(scanned, keep);
  const verified = kernel.verify(gallery, chosen);
  const best = highest(verified, wanted);
  const ended = cpuMilliseconds();
  rates.scan.push(galleryCount / (afterScan - started) / 1000);
  rates.verify.push(((ended - afterScan) * 1000) / keep);
  rates.both.push(galleryCount / (ended - started) / 1000);
  const scanCut = Math.min(...chosen.map((i) => scanned[i]!));
  const verifyCut = Math.min(...best.map((i) => verified[i]!));
  const prepared = prepare(probe);
  // What an exhaustive search puts second at least: the best of the strangers that were handed over.
  const strangers = highest(verified, 40).map((i) => chosen[i]! % distinctCount);
  const rival = Math.max(...[...strangers].map((i) => compare(prepared, templates[i]!).score));
  for (const mate of mates) {
    const entry = new Uint8Array(ENTRY_BYTES);
    writeEntry(mate, entry, 0);
    const isKept = kernel.scan(entry, 1)[0]! >= scanCut;
    const isHanded = isKept && kernel.verify(entry, Uint32Array.of(0))[0]! >= verifyCut;
    pairs++;
    if (isKept) kept++;
    if (isHanded) handed++;
    else if (compare(prepared, mate).score > rival) lost++;
  }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;
}
function percent(part: number): string {
  return `${((100 * part) / pairs).toFixed(2)} %`;
}
console.log(
  `${cpus()[0]!.model}, one core; gallery ${galleryCount} (${distinctCount} distinct), ${pairs} pairs`,
);
console.log(
  `index entry ${ENTRY_BYTES} bytes; median minutiae ${median(templates.map((t) => t.minutiae.length))}`,
);
console.log(
  `scan ${median(rates.scan).toFixed(2)} million a second; verify ${median(rates.verify).toFixed(2)} us each`,
);
console.log(
  `scan and verification of the best ${100 * SCAN.keep} %: ${median(rates.both).toFixed(2)} million a second`,
);
console.log(
  `mate kept by the scan ${percent(kept)}, handed among ${wanted} to the exact comparison ${percent(handed)}`,
);
console.log(`first places lost against exhaustive comparison: at most ${percent(lost)}`);
