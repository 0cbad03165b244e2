import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { upperBound } from './bounds.ts';
import { type Impression, loadSet } from './dataset.ts';
import { fitOutcomes, leaveOneSetOut, rescore } from './leave-one-out.ts';
import { compareAcross, compareAll, type Outcome, scoresOf } from './pairs.ts';
import { PEER_SETS } from './peers.ts';
import { drawThumbs, halfOf } from './thumbs.ts';

/**
 * Fits what `src/match/print/parameters.ts` holds under FUSION, THRESHOLDS and CALIBRATION and prints it:
 * `calibrate.ts [--thumbs N] [--cache DIR] [FOLDER...]`.
 * The weights come from pairs within the sets and from half of the synthetic thumbs. The calibration takes the worst
 * of two populations at every score: pairs of real prints (within each set under a model that did not see the set, and
 * across sets, which no model sees), and the other half of the thumbs.
 */
const RANKS = [0, 1, 2, 4, 8, 15, 30, 60, 150, 400, 1000, 3000, 7000];

/** Half the width of the window for likelihood ratios, and the least number of scores in it. */
const WINDOW = 0.75;
const LEAST_IN_WINDOW = 20;

interface Tail {
  readonly scores: readonly number[];
  readonly scale: number;
}

type Points = [number, number][];

function round(value: number, digits = 3): number {
  return Number(value.toPrecision(digits));
}

/** To three digits, never below: a bound stays one. */
function roundUp(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 2);
  return round(Math.ceil(value / unit) * unit);
}

/** Score exceeded by `rank` impostors. */
function exceededBy(sorted: readonly number[], rank: number): number {
  return rank === 0 ? sorted[0]! + 1e-3 : (sorted[rank - 1]! + sorted[rank]!) / 2;
}

function fmrTable(tail: Tail): Points {
  const sorted = [...tail.scores].sort((a, b) => b - a);
  return RANKS.filter((r) => r < sorted.length / 2)
    .map((r): [number, number] => [
      round(exceededBy(sorted, r)),
      roundUp(Math.min(1, upperBound(r, sorted.length) * tail.scale)),
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

/** The bound a table gives at a score, between its points by the logarithm; its ends are held. */
function boundAt(table: Points, score: number): number {
  const after = table.findIndex(([at]) => at > score);
  if (after === 0) return table[0]![1];
  if (after < 0) return table[table.length - 1]![1];
  const [[x0, y0], [x1, y1]] = [table[after - 1]!, table[after]!];
  return Math.exp(Math.log(y0) + (Math.log(y1 / y0) * (score - x0)) / (x1 - x0));
}

/** The higher of the tables' bounds at every score that any of them has. */
function worstOf(tables: readonly Points[]): Points {
  const scores = [...new Set(tables.flatMap((table) => table.map(([at]) => at)))].sort((p, q) => p - q);
  const points = scores.map((at): [number, number] => [
    at,
    round(Math.max(...tables.map((t) => boundAt(t, at)))),
  ]);
  return points.filter(([, fmr], k) => k === 0 || fmr < Math.min(...points.slice(0, k).map((p) => p[1])));
}

const near = (list: readonly number[], at: number): number =>
  list.filter((s) => Math.abs(s - at) <= WINDOW).length;

/** Lower and upper 95 % bound of a rate, by Poisson; an upper bound of the complement stands for the lower. */
function bounds(count: number, trials: number): readonly [number, number] {
  const spread = 1.96 * Math.sqrt(count + 1);
  return [Math.max(0.5, count - spread) / trials, upperBound(count, trials)];
}

/**
 * log10 likelihood ratio by score with a lower and an upper 95 % bound: shares of genuine and impostor scores in a
 * sliding window, the impostors of the worst population, rising only, held within what the numbers of pairs support.
 */
function ratioTable(genuine: readonly number[], impostors: readonly (readonly number[])[], floor: number) {
  const top = Math.floor(100 * Math.log10(1 / floor)) / 100;
  const rows: [number, number, number, number][] = [];
  let last = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = -8; at <= 8; at += 0.5) {
    const worst = impostors.toSorted((p, q) => near(q, at) / q.length - near(p, at) / p.length)[0]!;
    const [g, i] = [near(genuine, at), near(worst, at)];
    if (g + i < LEAST_IN_WINDOW) continue;
    const [gLow, gHigh] = bounds(g, genuine.length);
    const [iLow, iHigh] = bounds(i, worst.length);
    const value = (g + 0.5) / genuine.length / ((i + 0.5) / worst.length);
    last = [gLow / iHigh, value, gHigh / iLow].map((v, k) =>
      Math.max(last[k]!, Math.min(top, Math.log10(v))),
    );
    rows.push([at, round(last[1]!), round(last[0]!), round(last[2]!)]);
  }
  return rows;
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

/** One finger that two public sets share, by the evidence of docs/decisions/0013-a-shared-finger.md: no impostor. */
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

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { thumbs: { type: 'string', default: '420' }, cache: { type: 'string' } },
});
const shared = fileURLToPath(new URL('../../../shared/fvc', import.meta.url));
const folders =
  positionals.length > 0 ? positionals : PEER_SETS.map((s) => join(shared, s)).filter((f) => existsSync(f));
const sets: Impression[][] = [];
for (const folder of folders) sets.push(await loadSet(folder));
const thumbs = drawThumbs(Number(values.thumbs), values.cache);
const outcomes = sets.map(compareAll);
const learnt = compareAll(halfOf(thumbs, 0));
const model = fitOutcomes(outcomes, learnt);
const held = leaveOneSetOut(outcomes, learnt).flat();
const foreign = across(sets).map((o) => rescore(model, o));
const kept = compareAll(halfOf(thumbs, 1)).map((o) => ({ ...o, score: rescore(model, o) }));
const within = scoresOf(held, false);
const real = [...within, ...foreign];
const drawn = scoresOf(kept, false);
const scale = withinExcess(within, real);
const tables = [fmrTable({ scores: real, scale }), fmrTable({ scores: drawn, scale: 1 })];
const fmr = worstOf(tables);
console.log(
  `impostor pairs: ${within.length} within sets, ${foreign.length} across (excess within ${scale.toFixed(2)}), ${drawn.length} of synthetic thumbs`,
);
console.log('weights:', JSON.stringify(model.weights.map((w) => round(w, 4))), 'bias:', round(model.bias, 4));
for (const [name, table] of [
  ['real prints', tables[0]!],
  ['synthetic thumbs', tables[1]!],
  ['worst', fmr],
] as const) {
  const at = [0.01, 0.001, 0.0001].map((rate) => thresholdAt(table, rate));
  const missed = at.map((t) => {
    const genuine = scoresOf(held, true);
    return `${((100 * genuine.filter((s) => s < t).length) / genuine.length).toFixed(2)} %`;
  });
  console.log(`thresholds, ${name}: ${at.join(', ')}; FNMR of the real sets there: ${missed.join(', ')}`);
}
console.log('fmr:', JSON.stringify(fmr));
const ratios = ratioTable(scoresOf(held, true), [real, drawn], fmr[fmr.length - 1]![1]);
console.log('log10LikelihoodRatio:', JSON.stringify(ratios));
