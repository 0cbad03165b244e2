import { EM_ROUNDS, EM_SETTLED, LEAST_CHANCE, LOOKALIKE_PRIOR, LOOKALIKE_RANGE } from '../parameters.ts';
import type { Patterns } from './patterns.ts';

/** Chances of each level of each field. */
export type Chances = readonly (readonly number[])[];

export interface Lookalike {
  /** Of them to one true pair; a first guess that is improved on. */
  readonly ratio: number;
  /** The first guess, once it has been improved on. */
  readonly believed?: number;
  readonly shared: readonly number[];
}

export interface EmOptions {
  readonly startM: Chances;
  readonly startU: Chances;
  readonly startShare: number;
  /** u is learned too; otherwise it stays as given (from random pairs). */
  readonly learnU: boolean;
  /** Largest change at which to stop; default `EM_SETTLED`. */
  readonly settled?: number;
  /** How many true pairs the starting m is worth. */
  readonly priorPairs: number;
  /**
   * Further classes beside true pairs and strangers: `ratio` of them to one true pair, with `shared[f]` the chance
   * that they have field f in common. Without near relatives twins and sons would teach that names differ; without
   * other events of one person they would teach that dates do.
   */
  readonly lookalikes?: readonly Lookalike[];
}

export interface EmResult {
  readonly m: Chances;
  readonly u: Chances;
  /** Share of true pairs. */
  readonly share: number;
  /** With the ratios found. */
  readonly lookalikes: readonly Lookalike[];
  /** True pairs in which each field could be compared. */
  readonly seen: readonly number[];
  readonly rounds: number;
}

/** Product of the chances of a vector's levels; what cannot be compared says nothing. */
function likelihood(levels: Uint8Array, chances: Chances): number {
  let product = 1;
  for (let f = 0; f < levels.length; f += 1) {
    const level = levels[f] as number;
    if (level > 0) product *= Math.max(LEAST_CHANCE, (chances[f] as readonly number[])[level - 1] as number);
  }
  return product;
}

/** Chances of a lookalike: the same value as a true pair's, or a stranger's. */
function mixedChances(m: Chances, u: Chances, shared: readonly number[]): Chances {
  return m.map((field, f) => {
    const s = shared[f] ?? 0;
    return field.map((chance, l) => s * chance + (1 - s) * ((u[f] as readonly number[])[l] as number));
  });
}

/** Weighted tallies of levels. */
function tally(patterns: Patterns, weights: readonly number[]): number[][] {
  const sums = patterns.sizes.map((size) => new Array<number>(size).fill(0));
  patterns.levels.forEach((levels, p) => {
    const weight = weights[p] as number;
    for (let f = 0; f < levels.length; f += 1) {
      const level = levels[f] as number;
      if (level === 0) continue;
      const field = sums[f] as number[];
      field[level - 1] = (field[level - 1] as number) + weight;
    }
  });
  return sums;
}

/** Shares of a tally, with `prior` pairs' worth of the starting chances mixed in. */
function shares(sums: readonly (readonly number[])[], start: Chances, prior: number): number[][] {
  return sums.map((field, f) => {
    const total = field.reduce((a, b) => a + b, 0) + prior;
    const origin = start[f] as readonly number[];
    if (total <= 0) return [...origin];
    return field.map((sum, l) => (sum + prior * (origin[l] as number)) / total);
  });
}

function largestChange(a: Chances, b: Chances): number {
  let most = 0;
  a.forEach((field, f) => {
    field.forEach((chance, l) => {
      most = Math.max(most, Math.abs(chance - ((b[f] as readonly number[])[l] as number)));
    });
  });
  return most;
}

/**
 * Expectation and maximisation for the Fellegi-Sunter model with fields independent within each class (Dempster,
 * Laird, Rubin 1977; Winkler 1988). Works on vectors with their counts, so its cost does not grow with the pairs.
 */
export function estimate(patterns: Patterns, options: EmOptions): EmResult {
  let [m, u]: [Chances, Chances] = [options.startM, options.startU];
  let share = options.startShare;
  let lookalikes = options.lookalikes ?? [];
  const total = patterns.counts.reduce((a, b) => a + b, 0);
  let rounds = 0;
  let seen: readonly number[] = m.map(() => 0);
  for (; rounds < EM_ROUNDS && total > 0; rounds += 1) {
    const { matched, alike } = expectation(patterns, m, u, share, lookalikes);
    const sums = tally(patterns, matched);
    const nextM = shares(sums, options.startM, options.priorPairs);
    const rest = patterns.counts.map((count, p) => count - (matched[p] as number));
    const nextU = options.learnU ? shares(tally(patterns, rest), options.startU, 0) : u;
    const truePairs = matched.reduce((a, b) => a + b, 0);
    const nextShare = truePairs / total;
    lookalikes = updated(lookalikes, alike, truePairs);
    const change = Math.max(largestChange(m, nextM), largestChange(u, nextU), Math.abs(share - nextShare));
    [m, u, share] = [nextM, nextU, nextShare];
    seen = sums.map((field) => field.reduce((a, b) => a + b, 0));
    if (change < (options.settled ?? EM_SETTLED)) break;
  }
  return { m, u, share, lookalikes, seen, rounds };
}

/** Expected true pairs of each vector, and how many pairs each kind of lookalike accounts for. */
function expectation(
  patterns: Patterns,
  m: Chances,
  u: Chances,
  share: number,
  lookalikes: readonly Lookalike[],
): { matched: readonly number[]; alike: readonly number[] } {
  const near = lookalikes.map(({ ratio, shared }) => ({ ratio, chances: mixedChances(m, u, shared) }));
  const alike = lookalikes.map(() => 0);
  const matched = patterns.levels.map((levels, p) => {
    const count = patterns.counts[p] as number;
    const match = share * likelihood(levels, m);
    const parts = near.map(({ ratio, chances }) => share * ratio * likelihood(levels, chances));
    const stranger = Math.max(0, 1 - share) * likelihood(levels, u);
    const whole = parts.reduce((sum, part) => sum + part, match + stranger);
    parts.forEach((part, k) => {
      alike[k] = (alike[k] as number) + (count * part) / whole;
    });
    return (count * match) / whole;
  });
  return { matched, alike };
}

/** How many lookalikes there are to a true pair, by what was found and by what was believed before. */
function updated(
  lookalikes: readonly Lookalike[],
  alike: readonly number[],
  truePairs: number,
): readonly Lookalike[] {
  return lookalikes.map((one, k) => {
    const believed = one.believed ?? one.ratio;
    const found = ((alike[k] as number) + believed * LOOKALIKE_PRIOR) / (truePairs + LOOKALIKE_PRIOR);
    const ratio = Math.min(believed * LOOKALIKE_RANGE, Math.max(believed / LOOKALIKE_RANGE, found));
    return { ...one, ratio, believed };
  });
}
