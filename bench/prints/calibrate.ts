import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { upperBound } from './bounds.ts';
import { type Impression, loadSet } from './dataset.ts';
import { fitOutcomes, leaveOneSetOut, rescore } from './leave-one-out.ts';
import { compareAcross, compareAll, type Outcome, scoresOf } from './pairs.ts';
import { PEER_SETS } from './peers.ts';

/**
 * Fits what `src/match/print/parameters.ts` holds under FUSION, THRESHOLDS and CALIBRATION and prints it. The
 * weights come from all sets; the calibration from scores of models that did not see the set (leave one out).
 */
const RANKS = [0, 1, 2, 4, 8, 15, 30, 60, 150, 400, 1000, 3000, 7000];

/** Half the width of the window for likelihood ratios, and the least number of scores in it. */
const WINDOW = 1.5;
const LEAST_IN_WINDOW = 20;

interface Tail {
  readonly scores: readonly number[];
  readonly scale: number;
}

function round(value: number, digits = 3): number {
  return Number(value.toPrecision(digits));
}

/** Score exceeded by `rank` impostors. */
function exceededBy(sorted: readonly number[], rank: number): number {
  return rank === 0 ? sorted[0]! + 1e-3 : (sorted[rank - 1]! + sorted[rank]!) / 2;
}

function fmrTable(tail: Tail): [number, number][] {
  const sorted = [...tail.scores].sort((a, b) => b - a);
  return RANKS.filter((r) => r < sorted.length / 2)
    .map((r): [number, number] => [
      round(exceededBy(sorted, r)),
      round(Math.min(1, upperBound(r, sorted.length) * tail.scale)),
    ])
    .reverse();
}

/** Lowest score at which the upper bound of the false match rate is at most `rate`. */
function thresholdAt(table: readonly (readonly [number, number])[], rate: number): number {
  const at = table.findIndex(([, fmr]) => fmr <= rate);
  const [before, after] = [table[at - 1], table[at]];
  if (!before || !after) return Number.NaN;
  const share = Math.log(before[1] / rate) / Math.log(before[1] / after[1]);
  return round(before[0] + share * (after[0] - before[0]));
}

/**
 * log10 likelihood ratio by score: shares of genuine and impostor scores in a sliding window, rising only, held
 * within what the numbers of pairs support.
 */
function ratioTable(
  genuine: readonly number[],
  impostor: readonly number[],
  floor: number,
): [number, number][] {
  const near = (list: readonly number[], at: number): number =>
    list.filter((s) => Math.abs(s - at) <= WINDOW).length;
  const top = Math.log10(1 / floor);
  const points: [number, number][] = [];
  let last = Math.log10(3 / genuine.length);
  for (let at = -8; at <= 8; at += 1) {
    const g = near(genuine, at);
    const i = near(impostor, at);
    if (g + i < LEAST_IN_WINDOW) continue;
    const ratio = (g + 0.5) / genuine.length / ((i + 0.5) / impostor.length);
    last = Math.max(last, Math.min(top, Math.log10(ratio)));
    points.push([at, round(last)]);
  }
  return points;
}

/** How many times more often pairs within a set reach a score than the pooled ones do, where both are measured. */
function withinExcess(within: readonly number[], all: readonly number[]): number {
  const sorted = [...within].sort((a, b) => b - a);
  const ratios = [30, 60, 150].map((rank) => {
    const at = exceededBy(sorted, rank);
    return rank / within.length / (all.filter((s) => s >= at).length / all.length);
  });
  return Math.max(1, ...ratios);
}

/** Fingers that two public sets share, found by their scores (59 of 64 pairs above 1): no impostors. */
const SHARED_FINGERS = [['fvc2002_db3b', '108', 'fvc2004_db3b', '102']] as const;

function sameFinger(o: Outcome): boolean {
  return SHARED_FINGERS.some(
    ([setA, fingerA, setB, fingerB]) =>
      o.set === `${setA} x ${setB}` && o.a.startsWith(`${fingerA}_`) && o.b.startsWith(`${fingerB}_`),
  );
}

function across(sets: readonly (readonly Impression[])[]): Outcome[] {
  return sets.flatMap((one, k) =>
    sets.slice(k + 1).flatMap((other) => compareAcross(one, other).filter((o) => !sameFinger(o))),
  );
}

const shared = fileURLToPath(new URL('../../../shared/fvc', import.meta.url));
const given = process.argv.slice(2);
const folders = given.length > 0 ? given : PEER_SETS.map((s) => join(shared, s)).filter((f) => existsSync(f));
const sets: Impression[][] = [];
for (const folder of folders) sets.push(await loadSet(folder));
const outcomes = sets.map(compareAll);
const model = fitOutcomes(outcomes.flat());
const held = leaveOneSetOut(outcomes).flat();
const foreign = across(sets).map((o) => rescore(model, o));
const within = scoresOf(held, false);
const all = [...within, ...foreign];
const tail: Tail = { scores: all, scale: withinExcess(within, all) };
const fmr = fmrTable(tail);
console.log(
  `impostor pairs: ${within.length} within sets, ${foreign.length} across; excess within ${tail.scale}`,
);
console.log('weights:', JSON.stringify(model.weights.map((w) => round(w, 4))), 'bias:', round(model.bias, 4));
console.log(
  'thresholds:',
  [0.01, 0.001, 0.0001].map((rate) => thresholdAt(fmr, rate)),
);
console.log('fmr:', JSON.stringify(fmr));
console.log(
  'log10LikelihoodRatio:',
  JSON.stringify(ratioTable(scoresOf(held, true), all, fmr[fmr.length - 1]![1])),
);
