import {
  ASSUMED_SPREAD,
  FREQUENCY_PRIOR,
  RAREST_VALUE,
  SPREAD_LIMITS,
  SPREAD_RECORDS,
} from '../parameters.ts';

/** Sums over records of x = how many other people's records hold the same value. */
export interface SpreadSums {
  readonly records: number;
  readonly sum: number;
  readonly sumOfSquares: number;
}

/**
 * The chance that somebody else has a value, from how many records hold it. A raw share count/N is wrong for rare
 * values: a birth date seen once among 5,000 people is not a 1-in-5,000 date but a 1-in-36,500 one. Counts are taken
 * as Poisson with a gamma-distributed rate (Robbins 1956, "An empirical Bayes approach to statistics"), whose mean
 * and spread are fitted to the table; each value's rate is then the posterior mean.
 */
export class Spread {
  private readonly records: number;
  private readonly shape: number;
  private readonly divisor: number;

  /** `known` is the model's own chance of agreement, which stands in where the table is small. */
  constructor(sums: SpreadSums, known: number) {
    const n = Math.max(1, sums.records);
    const mean = sums.sum / n;
    const chance = (mean + known * FREQUENCY_PRIOR) / (n + FREQUENCY_PRIOR);
    const variance = sums.sumOfSquares / n - mean * mean;
    const fitted = variance > mean ? (mean * mean) / (variance - mean) : SPREAD_LIMITS.most;
    const shape = n < SPREAD_RECORDS || mean === 0 ? ASSUMED_SPREAD : fitted;
    this.records = n;
    this.shape = Math.min(SPREAD_LIMITS.most, Math.max(SPREAD_LIMITS.least, shape));
    this.divisor = 1 + this.shape / Math.max(chance * n, 1e-9);
  }

  /** Chance that a random other person has a value which `others` other records hold. */
  chance(others: number): number {
    const rate = (Math.max(0, others) + this.shape) / (this.records * this.divisor);
    return Math.min(1, Math.max(RAREST_VALUE, rate));
  }
}
