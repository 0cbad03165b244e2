import {
  claimDue,
  type DestinationRow,
  lockDestination,
  type SubmissionRow,
  saveDestination,
  type Unit,
} from '../store/index.ts';
import { afterFailure, afterSuccess, allowed, type Breaker } from './breaker.ts';
import type { TransmitRun } from './context.ts';
import { BURST, CLAIM_BATCH, FAST_LANE, RATE_PER_SECOND } from './parameters.ts';
import { type Rate, refill, take, untilNext } from './throttle.ts';

export function rateOf(run: TransmitRun): Rate {
  return run.policy?.rate ?? { perSecond: RATE_PER_SECOND, burst: BURST };
}

function breakerOf(row: DestinationRow): Breaker {
  return row.open_until === null
    ? { failures: row.failures }
    : { failures: row.failures, openUntil: Date.parse(row.open_until) };
}

/** What may be sent now, and how long to wait when nothing may. */
export interface Claim {
  readonly rows: readonly SubmissionRow[];
  /** Milliseconds until the throttle or the breaker lets something through; 0 when they do not hinder. */
  readonly waitMs: number;
}

/**
 * Claims messages under the destination's throttle and breaker. Both live in the database, so all workers share
 * them; tokens are taken in the transaction that counts the attempts.
 */
export function claim(run: TransmitRun, wanted: number): Promise<Claim> {
  return run.store.transaction(run.actor, async (unit) => {
    const rate = rateOf(run);
    const row = await lockDestination(unit, run.destination, rate.burst);
    const now = Date.parse(unit.at);
    const bucket = refill({ tokens: row.tokens, at: Date.parse(row.tokens_at) }, now, rate);
    const breaker = breakerOf(row);
    const may = allowed(breaker, now, Math.min(wanted, CLAIM_BATCH));
    const { taken } = take(bucket, may);
    const rows = taken > 0 ? await claimDue(unit, run.owner, taken, run.onlyRecalls ? FAST_LANE : 9) : [];
    const left = take(bucket, rows.length).bucket;
    if (rows.length > 0) {
      await saveDestination(unit, run.destination, {
        tokens: left.tokens,
        tokens_at: new Date(now).toISOString(),
      });
    }
    const shut = may > 0 || breaker.openUntil === undefined ? 0 : breaker.openUntil - now;
    return { rows, waitMs: taken > 0 ? 0 : Math.max(shut, untilNext(bucket, rate)) };
  });
}

/** The destination could not be reached or is down. */
export async function noteFailure(unit: Unit, run: TransmitRun): Promise<void> {
  const row = await lockDestination(unit, run.destination, rateOf(run).burst);
  const next = afterFailure(breakerOf(row), Date.parse(unit.at));
  await saveDestination(unit, run.destination, {
    failures: next.failures,
    open_until: next.openUntil === undefined ? null : new Date(next.openUntil).toISOString(),
  });
}

/** The destination answered: whatever it said, it is there. */
export async function noteSuccess(unit: Unit, run: TransmitRun): Promise<void> {
  await saveDestination(unit, run.destination, { failures: afterSuccess().failures, open_until: null });
}
