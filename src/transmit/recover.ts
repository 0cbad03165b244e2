import {
  type ClaimOwner,
  claimOwners,
  moveSubmission,
  pullForward,
  strandedSubmissions,
  type Unit,
} from '../store/index.ts';
import type { TransmitRun } from './context.ts';
import { LONGEST_PAUSE_MS, WORKER_LEASE_S } from './parameters.ts';

const PAGE = 500;

/** A lease that ends later than a worker may take it was written before the clock was put back. */
function lives(run: TransmitRun, { owner, expires_at: until }: ClaimOwner, at: string): boolean {
  if (owner === run.owner) return true;
  if (owner === null || until === null || run.isDead?.(owner)) return false;
  const left = Date.parse(until) - Date.parse(at);
  return left > 0 && left <= 2 * WORKER_LEASE_S * 1000;
}

async function takeOver(run: TransmitRun, unit: Unit): Promise<number> {
  const owners = (await claimOwners(unit)).filter((each) => !lives(run, each, unit.at));
  if (owners.length === 0) return 0;
  const rows = await strandedSubmissions(
    unit,
    owners.map((each) => each.owner),
    PAGE,
  );
  for (const row of rows) {
    const { message_id: id, state: from } = row;
    const to = from === 'claimed' ? 'built' : 'unsure';
    await moveSubmission(unit, { id, from, to, code: 'SYS-FAULT', set: { next_at: unit.at } });
  }
  return rows.length;
}

/**
 * Takes over what dead workers left: a message that was only claimed never reached the wire and is built again
 * (the attempt stays counted); one on the wire is unsure, and is asked about. Pauses that a clock put back has
 * made too long end now.
 * @returns how many messages were taken over
 */
export async function recover(run: TransmitRun): Promise<number> {
  let total = 0;
  for (;;) {
    const taken = await run.store.transaction(run.actor, async (unit) => {
      const latest = new Date(Date.parse(unit.at) + LONGEST_PAUSE_MS).toISOString();
      await pullForward(unit, latest);
      return takeOver(run, unit);
    });
    total += taken;
    if (taken < PAGE) return total;
  }
}
