import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { type Clock, isCalendarDate, localDate } from './clock.ts';
import type { Config } from './config.ts';
import { BenchlinkError } from './errors.ts';
import { pulse, RECALL_EVERY_MS } from './fast-lane.ts';
import { forwardAll } from './forward.ts';
import type { Logger } from './log.ts';
import { match } from './match/index.ts';
import { destinationPorts, openDestination } from './ports/destination.ts';
import { BookingProposer } from './ports/link-bookings.ts';
import { shippedModel } from './ports/link-model.ts';
import { hasNews, type SourcesOptions, takeSources } from './run-sources.ts';
import {
  acquireLease,
  finishRun,
  insertRun,
  RUN_LEASE,
  type RunRow,
  releaseLease,
  renewLease,
  type Store,
} from './store/index.ts';
import { beginSummary, finishSummary, type RunSummary } from './summary.ts';
import { type TransmitCounts, transmit } from './transmit/index.ts';
import { assertChannels, watch } from './watch.ts';

export interface RunOptions {
  readonly config: Config;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly kind?: RunRow['kind'];
  /**
   * The night it stands for, ISO, today in the courts' zone unless said: a missed night is run under its own date.
   * Law and dates are always today's, because today is when warrants are sent.
   */
  readonly forDate?: string;
  /** Only this source. */
  readonly source?: string;
  /** Everything but sending. */
  readonly dryRun?: boolean;
  /** Only recalls and clearances are sent: the same-hour path. */
  readonly onlyRecalls?: boolean;
  readonly actor?: string;
  /** Asks the run to stop where it can; what it leaves the next run takes up. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (stage: 'ingest' | 'match' | 'transmit', done: number) => void;
}

/** How long a run holds its lease without a heartbeat, and how often it beats. */
const LEASE_SECONDS = 90;
const HEARTBEAT_MS = 20_000;

interface Running {
  readonly options: RunOptions;
  readonly runId: string;
  readonly owner: string;
  readonly actor: string;
  readonly today: string;
  readonly signal: AbortSignal;
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

/** Keeps the lease while a run works; aborts the run if another has taken it over. */
async function withLease<T>(
  options: RunOptions,
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

function sourcesOf({ options, runId, actor, today, signal }: Running): SourcesOptions {
  const { config, store, clock, log, onProgress } = options;
  const report = (_source: string, records: number) => onProgress?.('ingest', records);
  return { config, store, clock, log, runId, actor, today, signal, onProgress: report };
}

/** @throws BenchlinkError DATE-UNCLEAR for what is no date, or a night that has not come */
function nightOf(forDate: string | undefined, today: string): string {
  if (forDate === undefined) return today;
  if (!isCalendarDate(forDate) || forDate > today) {
    throw new BenchlinkError(
      'usage',
      'DATE-UNCLEAR',
      `--for wants the date of a night that has come, YYYY-MM-DD, ${today} at the latest; "${forDate}" is none.`,
    );
  }
  return forDate;
}

type Between = () => Promise<void>;

async function matchAll({ options, signal }: Running, between: Between) {
  return match({
    store: options.store,
    proposer: new BookingProposer(options.store, shippedModel()),
    zone: options.config.zone,
    ...(options.config.threads ? { threads: options.config.threads } : {}),
    shouldStop: () => signal.aborted,
    between,
    onProgress: (done) => options.onProgress?.('match', done),
  });
}

async function transmitAll(
  { options, runId, owner, actor, signal }: Running,
  onlyRecalls: boolean,
  between?: Between,
): Promise<TransmitCounts | undefined> {
  const { config, store, clock } = options;
  if (!config.destination || options.dryRun) return undefined;
  const destination = openDestination(config.destination, config.zone, clock);
  try {
    return await transmit({
      store,
      transport: destination.transport,
      packager: destination.packager,
      ports: destinationPorts(store, actor, config.destination, (sent) =>
        options.onProgress?.('transmit', sent),
      ),
      destination: config.destination.name,
      actor,
      owner,
      exclusive: true,
      runId,
      clock,
      random: Math.random,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      zone: config.zone,
      policy: destination.policy,
      onlyRecalls,
      ...(between ? { between } : {}),
      signal,
    });
  } finally {
    await destination.close();
  }
}

/** Counts of two passes over the wire; what is left open is as the later one saw it. */
function addCounts(a: TransmitCounts | undefined, b: TransmitCounts | undefined): TransmitCounts | undefined {
  if (!a || !b) return a ?? b;
  const sums = Object.entries(b).map(([name, n]) => [name, n + a[name as keyof TransmitCounts]]);
  return { ...(Object.fromEntries(sums) as unknown as TransmitCounts), open: b.open };
}

/** What a run came to, before it is summed up. */
type Done = Omit<Parameters<typeof finishSummary>[2], 'dryRun'>;

/** Inputs longer than this wait in a fast pass until the recalls of the others are out, bytes: about 6 s to read. */
const FAST_LANE_BYTES = 32 * 1024 ** 2;

/** The fast lane: recalls of the small inputs first, then what the long ones hold; only courts send recalls. */
async function recallsOnly(running: Running): Promise<Done> {
  const source = running.options.source ? { source: running.options.source } : {};
  const take = { ...source, onlyCourts: true };
  const quick = await takeSources(sourcesOf(running), { ...take, maxBytes: FAST_LANE_BYTES });
  const first = await transmitAll(running, true);
  const long = (await takeSources(sourcesOf(running), take)).filter(hasNews);
  const then = long.length > 0 ? await transmitAll(running, true) : undefined;
  return { sources: [...quick, ...long], matched: undefined, sent: addCounts(first, then) };
}

/** The night. Matching and sending may take hours: recalls that come meanwhile do not wait for their end. */
async function wholeNight(running: Running): Promise<Done> {
  const { source, store, config, log, dryRun, clock } = running.options;
  const take = source ? { source } : {};
  const sources = await takeSources(sourcesOf(running), take);
  const forwarded = dryRun ? undefined : await forwardAll({ config, store, log, actor: running.actor });
  let sent: TransmitCounts | undefined;
  const look = async () => {
    const lines = await takeSources(sourcesOf(running), { ...take, onlyCourts: true });
    sources.push(...lines.filter(hasNews));
  };
  const recall = async () => {
    await look();
    sent = addCounts(sent, await transmitAll(running, true));
  };
  const matched = await matchAll(running, pulse(clock, RECALL_EVERY_MS, recall));
  running.signal.throwIfAborted();
  sent = addCounts(sent, await transmitAll(running, false, pulse(clock, RECALL_EVERY_MS, look)));
  return { sources, matched, sent, ...(forwarded ? { forwarded } : {}) };
}

async function work(running: Running): Promise<RunSummary> {
  const { store, onlyRecalls, clock, dryRun } = running.options;
  const before = await beginSummary(store, running.runId, clock);
  const done = onlyRecalls ? await recallsOnly(running) : await wholeNight(running);
  return finishSummary(store, before, { ...done, dryRun: dryRun ?? false });
}

/**
 * One run: ingest, match, transmit, under a lease, with one summary that balances. Safe to kill at any moment:
 * the next run takes up what this one left.
 * @throws BenchlinkError LEASE-HELD when another run is at work
 */
export async function run(options: RunOptions): Promise<RunSummary> {
  const { store, clock, config } = options;
  const today = localDate(clock.now(), config.zone);
  const night = nightOf(options.forDate, today);
  const runId = `run_${clock.now().toISOString().replace(/\D/g, '').slice(0, 14)}_${randomBytes(4).toString('hex')}`;
  const owner = `${hostname()}/${process.pid}/${runId}`;
  const actor = options.actor ?? 'run';
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const watching = { config, store, log: options.log, actor, sleep };
  await assertChannels(watching);
  return withLease(options, owner, async (signal) => {
    await store.transaction(actor, (unit) =>
      insertRun(unit, {
        id: runId,
        kind: options.kind ?? 'nightly',
        for_date: night,
        owner,
      }),
    );
    try {
      const summary = await work({ options, runId, owner, actor, today, signal });
      await store.transaction(actor, (unit) => finishRun(unit, runId, 'done', summary));
      return summary;
    } catch (error) {
      const code = error instanceof BenchlinkError ? error.code : 'SYS-FAULT';
      await store.transaction(actor, (unit) => finishRun(unit, runId, 'failed', { error: code }));
      throw error;
    } finally {
      await watch(watching);
    }
  });
}
