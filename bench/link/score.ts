import type { LinkedPair } from '../../src/match/link/index.ts';

/** Pairs found against the truth, at one threshold. */
export interface PairScore {
  readonly threshold: number;
  readonly found: number;
  readonly wrong: number;
  readonly recall: number;
  readonly precision: number;
  readonly f1: number;
}

export const THRESHOLDS: readonly number[] = [0.5, 0.9, 0.99, 0.999];

/** @param truePairs how many there are to find */
export function scoreAt(
  threshold: number,
  pairs: readonly LinkedPair[],
  isTrue: (pair: LinkedPair) => boolean,
  truePairs: number,
): PairScore {
  const found = pairs.filter(({ probability }) => probability >= threshold);
  const right = found.filter(isTrue).length;
  return {
    threshold,
    found: found.length,
    wrong: found.length - right,
    recall: right / Math.max(1, truePairs),
    precision: found.length === 0 ? 1 : right / found.length,
    f1: (2 * right) / Math.max(1, truePairs + found.length),
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

export function scoreLine(label: string, score: PairScore): string {
  const { threshold, recall, precision, f1, wrong } = score;
  return `${label.padEnd(44)} >= ${String(threshold).padEnd(6)} recall ${percent(recall).padStart(8)}  precision ${percent(precision).padStart(8)} (${wrong} wrong)  F1 ${f1.toFixed(4)}`;
}
