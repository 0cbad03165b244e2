import type { Evidence } from '../../src/match/print/compare/fusion.ts';
import { examine } from '../../src/match/print/compare/index.ts';
import type { Impression } from './dataset.ts';

/** The outcome of one comparison of the protocol. */
export interface Outcome {
  readonly set: string;
  readonly a: string;
  readonly b: string;
  readonly genuine: boolean;
  readonly score: number;
  readonly evidence: Evidence;
}

/** Full FVC protocol: every pair of impressions of a finger, and every pair across fingers. */
export function compareAll(set: readonly Impression[]): Outcome[] {
  const outcomes: Outcome[] = [];
  for (const [k, a] of set.entries()) {
    for (const b of set.slice(k + 1)) {
      const { score, evidence } = examine(a.template, b.template);
      const genuine = a.finger === b.finger;
      outcomes.push({ set: a.set, a: a.name, b: b.name, genuine, score, evidence });
    }
  }
  return outcomes;
}

/** Impostor outcomes across sets, which hold different people's fingers. */
export function compareAcross(one: readonly Impression[], other: readonly Impression[]): Outcome[] {
  return one.flatMap((a) =>
    other.map((b) => {
      const { score, evidence } = examine(a.template, b.template);
      return { set: `${a.set} x ${b.set}`, a: a.name, b: b.name, genuine: false, score, evidence };
    }),
  );
}

export function scoresOf(outcomes: readonly Outcome[], genuine: boolean): number[] {
  return outcomes.filter((o) => o.genuine === genuine).map((o) => o.score);
}
