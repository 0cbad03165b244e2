import { existsSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Impression, loadSet } from './dataset.ts';
import { detSvg } from './det.ts';
import { leaveOneSetOut } from './leave-one-out.ts';
import { type ErrorRates, errorRates } from './metrics.ts';
import { compareAll, type Outcome, scoresOf } from './pairs.ts';
import { PEER_SETS, PEERS } from './peers.ts';
import { drawThumbs } from './thumbs.ts';

const SHARED = fileURLToPath(new URL('../../../shared/fvc', import.meta.url));

const percent = (value: number): string => value.toFixed(2).padStart(7);

function line(name: string, rates: ErrorRates, note = ''): string {
  const cells = [rates.eer, rates.fmr100, rates.fmr1000, rates.zeroFmr].map((r) => percent(100 * r));
  return `${name.padEnd(38)}${cells.join('')}  ${note}`.trimEnd();
}

function ratesOf(outcomes: readonly Outcome[]): ErrorRates {
  return errorRates(scoresOf(outcomes, true), scoresOf(outcomes, false));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

function describe(set: readonly Impression[]): string {
  const minutiae = median(set.map((i) => i.template.count));
  return `${set.length} prints, median ${minutiae} minutiae`;
}

function peerLines(): string[] {
  const heading = `${'recorded, not run again'.padEnd(38)}${PEER_SETS.map((s) => s.slice(3).padStart(10)).join('')}   pooled EER  FMR100  FMR1000  zeroFMR`;
  const rows = PEERS.map((peer) => {
    const sets = peer.perSet.map((v) => v.toFixed(2).padStart(10)).join('');
    const pooled = [peer.eer, peer.fmr100, peer.fmr1000, peer.zeroFmr].map((v) => v.toFixed(2).padStart(9));
    return `${peer.name.padEnd(38)}${sets}   ${pooled.join('')}`;
  });
  return ['', 'Other open matchers on the five public sample sets (EER per set, %):', heading, ...rows];
}

interface Options {
  readonly folders: readonly string[];
  readonly det: string | undefined;
  /** Synthetic thumbs that help to fit the weights which leave a set out. */
  readonly thumbs: number;
}

function parse(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { det: { type: 'string' }, thumbs: { type: 'string', default: '60' } },
  });
  const standard = PEER_SETS.map((s) => join(SHARED, s)).filter((f) => existsSync(f));
  return {
    folders: positionals.length > 0 ? positionals : standard,
    det: values.det,
    thumbs: Number(values.thumbs),
  };
}

/**
 * Full FVC protocol over FVC-named folders, one threshold for all: `accuracy.ts [DIR...] [--det FILE.svg] [--thumbs N]`.
 * Without folders it takes the public sample sets where they lie beside the project.
 * Sets exit code 2 where there is nothing to measure.
 */
export async function main(args: readonly string[]): Promise<void> {
  const { folders, det, thumbs } = parse(args);
  const missing = folders.find((f) => !existsSync(f) || !statSync(f).isDirectory());
  if (folders.length === 0 || missing) {
    console.error(
      missing ? `${missing} is no folder.` : 'No FVC-named folder given, and none found beside the project.',
    );
    process.exitCode = 2;
    return;
  }
  console.log(`${'set'.padEnd(38)}    EER FMR100FMR1000zeroFMR  (%)`);
  const sets: Outcome[][] = [];
  for (const folder of folders) {
    const impressions = await loadSet(folder);
    const outcomes = compareAll(impressions);
    sets.push(outcomes);
    console.log(line(basename(folder), ratesOf(outcomes), describe(impressions)));
  }
  console.log(line('pooled, one threshold', ratesOf(sets.flat())));
  if (sets.length > 1) {
    const held = leaveOneSetOut(sets, compareAll(drawThumbs(thumbs)));
    console.log('\nFusion weights fitted without the set they are measured on:');
    for (const [k, outcomes] of held.entries()) console.log(line(basename(folders[k]!), ratesOf(outcomes)));
    console.log(line('pooled, one threshold', ratesOf(held.flat())));
  }
  if (det) {
    const curve = (name: string, o: readonly Outcome[]) => ({
      name,
      genuine: scoresOf(o, true),
      impostor: scoresOf(o, false),
    });
    writeFileSync(
      det,
      detSvg([curve('pooled', sets.flat()), ...sets.map((o, k) => curve(basename(folders[k]!), o))]),
    );
    console.log(`\nDET plot: ${det}`);
  }
  console.log(peerLines().join('\n'));
}
