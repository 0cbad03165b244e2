import { acquireLease, moveSubmission, strandedSubmissions } from '../store/index.ts';
import type { TransmitRun } from './context.ts';
import { WORKER_LEASE_S } from './parameters.ts';

const PAGE = 500;

/** The lease by which other workers see that this one lives. */
export function leaseName(owner: string): string {
  return `transmit:${owner}`;
}

export async function holdLease(run: TransmitRun): Promise<void> {
  await run.store.transaction(run.actor, (unit) =>
    acquireLease(unit, leaseName(run.owner), run.owner, WORKER_LEASE_S),
  );
}

/**
 * Takes over what dead workers left: a message that was only claimed never reached the wire and is built again
 * (the attempt stays counted); one on the wire is unsure, and is asked about.
 * @returns how many were taken over
 */
export async function recover(run: TransmitRun): Promise<number> {
  let total = 0;
  for (;;) {
    const taken = await run.store.transaction(run.actor, async (unit) => {
      const rows = await strandedSubmissions(unit, PAGE, run.exclusive ? run.owner : undefined);
      for (const row of rows) {
        const { message_id: id, state: from } = row;
        const to = from === 'claimed' ? 'built' : 'unsure';
        await moveSubmission(unit, { id, from, to, code: 'SYS-FAULT', set: { next_at: unit.at } });
      }
      return rows.length;
    });
    total += taken;
    if (taken < PAGE) return total;
  }
}
