import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Clock } from './clock.ts';
import { BenchlinkError } from './errors.ts';
import type { Logger } from './log.ts';
import { acquireLease, RUN_LEASE, releaseLease, renewLease, type Store } from './store/index.ts';

/** How long a run holds its lease without a heartbeat, and how often it beats. */
const LEASE_SECONDS = 90;
const HEARTBEAT_MS = 20_000;

/** A name for one piece of work and who does it, unique among all machines and over restarts. */
export function newWork(prefix: string, clock: Clock): { readonly id: string; readonly owner: string } {
  const at = clock.now().toISOString().replace(/\D/g, '').slice(0, 14);
  const id = `${prefix}_${at}_${randomBytes(4).toString('hex')}`;
  return { id, owner: `${hostname()}/${process.pid}/${id}` };
}

/** Whether an owner was a process of this machine that is no more: a killed run need not be waited for. */
function isDeadProcess(owner: string): boolean {
  const [host, pid] = owner.split('/');
  if (host !== hostname() || !pid || Number(pid) === process.pid) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/**
 * Keeps the lease of a run while it works; aborts the work if another has taken it over or a stop is asked for.
 * @throws BenchlinkError LEASE-HELD when another run is at work
 */
export async function withLease<T>(
  options: { readonly store: Store; readonly log: Logger; readonly signal?: AbortSignal },
  owner: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { store, log } = options;
  await store.transaction(owner, (unit) =>
    acquireLease(unit, RUN_LEASE, owner, LEASE_SECONDS, isDeadProcess),
  );
  const abort = new AbortController();
  const stop = () =>
    abort.abort(
      new BenchlinkError('retry', 'STOPPED', 'Stopped on request; the next run takes up what is left.'),
    );
  if (options.signal?.aborted) stop();
  options.signal?.addEventListener('abort', stop);
  const beat = async () => {
    const held = await store.transaction(owner, (unit) => renewLease(unit, RUN_LEASE, owner, LEASE_SECONDS));
    if (!held)
      abort.abort(new BenchlinkError('retry', 'LEASE-LOST', 'Another run took over; this one stops.'));
  };
  const timer = setInterval(() => {
    beat().catch((error: unknown) => log.warn({ err: String(error) }, 'heartbeat failed'));
  }, HEARTBEAT_MS);
  try {
    return await work(abort.signal);
  } finally {
    clearInterval(timer);
    options.signal?.removeEventListener('abort', stop);
    await store.transaction(owner, (unit) => releaseLease(unit, RUN_LEASE, owner));
  }
}
