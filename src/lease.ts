import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from './clock.ts';
import { BenchlinkError } from './errors.ts';
import type { Logger } from './log.ts';
import { acquireLease, RUN_LEASE, releaseLease, renewLease, type Store } from './store/index.ts';

/** How long a run holds its lease without a heartbeat, and how often it beats. */
const LEASE_SECONDS = 90;
const HEARTBEAT_MS = 20_000;
/** How often a source that the other lane is reading is tried again. */
const SOURCE_RETRY_MS = 250;

/** A name for one piece of work and who does it, unique among all machines and over restarts. */
export function newWork(prefix: string, clock: Clock): { readonly id: string; readonly owner: string } {
  const at = clock.now().toISOString().replace(/\D/g, '').slice(0, 14);
  const id = `${prefix}_${at}_${randomBytes(4).toString('hex')}`;
  return { id, owner: `${hostname()}/${process.pid}/${id}` };
}

/** The fast lane has a lease of its own: a recall does not wait for the night's run to end. */
export function laneOf(onlyRecalls: boolean): string {
  return onlyRecalls ? `${RUN_LEASE}:recalls` : RUN_LEASE;
}

/** Work of this process that holds a lease. */
const living = new Set<string>();

/** Whether an owner was work of this machine that is no more: what it held need not be waited for. */
export function isDeadWork(owner: string): boolean {
  const [host, pid] = owner.split('/');
  if (host !== hostname() || !pid) return false;
  if (Number(pid) === process.pid) return !living.has(owner);
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

export interface Leasing {
  readonly store: Store;
  readonly log: Logger;
  /** Asks the work to stop where it can. */
  readonly signal?: AbortSignal;
}

/**
 * Keeps a lease while work is done, that of the nightly lane unless another is named; aborts the work if another
 * has taken it over or a stop is asked for.
 * @throws BenchlinkError LEASE-HELD when another is at work
 */
export async function withLease<T>(
  options: Leasing,
  owner: string,
  work: (signal: AbortSignal) => Promise<T>,
  name: string = RUN_LEASE,
): Promise<T> {
  const { store, log } = options;
  const outermost = !living.has(owner);
  living.add(owner);
  try {
    await store.transaction(owner, (unit) => acquireLease(unit, name, owner, LEASE_SECONDS, isDeadWork));
    return await beating(
      { store, log, name, owner, ...(options.signal ? { signal: options.signal } : {}) },
      work,
    );
  } finally {
    if (outermost) living.delete(owner);
  }
}

async function beating<T>(
  held: Leasing & { readonly name: string; readonly owner: string },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { store, log, name, owner, signal } = held;
  const abort = new AbortController();
  const stop = () =>
    abort.abort(
      new BenchlinkError('retry', 'STOPPED', 'Stopped on request; the next run takes up what is left.'),
    );
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  const beat = async () => {
    const mine = await store.transaction(owner, (unit) => renewLease(unit, name, owner, LEASE_SECONDS));
    if (!mine)
      abort.abort(new BenchlinkError('retry', 'LEASE-LOST', 'Another run took over; this one stops.'));
  };
  const timer = setInterval(() => {
    beat().catch((error: unknown) => log.warn({ err: String(error) }, 'heartbeat failed'));
  }, HEARTBEAT_MS);
  try {
    return await work(abort.signal);
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', stop);
    await store.transaction(owner, (unit) => releaseLease(unit, name, owner));
  }
}

/**
 * Reads a source while nobody else does: the two lanes share the sources. The night waits for the fast lane; the
 * fast lane does not wait, because what the night is reading it takes itself.
 * @returns undefined when the source is being read by the other lane
 */
export async function withSource<T>(
  options: Leasing & { readonly owner: string },
  source: string,
  wait: boolean,
  work: () => Promise<T>,
): Promise<T | undefined> {
  for (;;) {
    options.signal?.throwIfAborted();
    try {
      return await withLease(options, options.owner, work, `source:${source}`);
    } catch (error) {
      if (!(error instanceof BenchlinkError && error.code === 'LEASE-HELD')) throw error;
      if (!wait) return undefined;
      await sleep(SOURCE_RETRY_MS);
    }
  }
}
