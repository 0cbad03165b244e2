import { BREAKER_FAILURES, BREAKER_OPEN_MS } from './parameters.ts';

/** A destination's breaker: after some failures in a row nothing is tried until `openUntil`. */
export interface Breaker {
  readonly failures: number;
  /** Epoch milliseconds; absent when closed. */
  readonly openUntil?: number;
}

/** How many may be tried now: all when closed, one when the pause has passed, none before. */
export function allowed(breaker: Breaker, now: number, wanted: number): number {
  if (breaker.openUntil === undefined) return wanted;
  const left = breaker.openUntil - now;
  // More than the whole pause is left only when the clock was put back.
  return left > 0 && left <= BREAKER_OPEN_MS ? 0 : Math.min(1, wanted);
}

export function afterSuccess(): Breaker {
  return { failures: 0 };
}

/** A destination that cannot be reached or says it is down counts; a rejection does not. */
export function afterFailure(breaker: Breaker, now: number): Breaker {
  const failures = breaker.failures + 1;
  return failures >= BREAKER_FAILURES ? { failures, openUntil: now + BREAKER_OPEN_MS } : { failures };
}
