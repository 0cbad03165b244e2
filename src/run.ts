import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { closeAlert, openAlert } from './alerts.ts';
import { type Clock, isCalendarDate, localDate } from './clock.ts';
import type { Config, SourceConfig } from './config.ts';
import { BenchlinkError } from './errors.ts';
import { type FeedSourceReport, feedFormats, loadFeedSource } from './ingest/bookings/index.ts';
import { type CourtSourceReport, loadCourtSource } from './ingest/court-source.ts';
import type { ParseContext } from './ingest/courts/format.ts';
import { DEFAULT_LIMITS } from './ingest/parameters.ts';
import type { Logger } from './log.ts';
import { match } from './match/index.ts';
import { destinationPorts, openDestination } from './ports/destination.ts';
import { BookingProposer } from './ports/link-bookings.ts';
import { shippedModel } from './ports/link-model.ts';
import { readPrintFile } from './ports/read-print-file.ts';
import { sourceTransport } from './ports/source-transport.ts';
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
import { beginSummary, finishSummary, type RunSummary, type SourceLine } from './summary.ts';
import { transmit } from './transmit/index.ts';

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

function contextOf(source: SourceConfig, { options, today }: Running): ParseContext {
  return {
    source: source.name,
    zone: options.config.zone,
    today,
    limits: DEFAULT_LIMITS,
    codes: source.codes,
    options: source.options,
  };
}

/** One alert for as long as a source cannot be read to its end. */
async function tellStopped(
  { options, actor }: Running,
  name: string,
  stopped: { readonly code: string; readonly message: string } | undefined,
): Promise<void> {
  const key = `source-stopped:${name}`;
  if (!stopped) {
    await closeAlert(options.store, actor, key);
    return;
  }
  options.log.warn({ source: name, code: stopped.code }, 'source stopped before its end');
  const message = `Source ${name} stopped: ${stopped.message} 'benchlink source test ${name}' says what is wrong.`;
  await openAlert(options.store, actor, { key, severity: 'amber', message });
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

async function takeSource(running: Running, source: SourceConfig): Promise<SourceLine> {
  const { options, runId, actor, today } = running;
  const { store, config, clock } = options;
  // One run at a time holds the lease, so whatever another run had claimed is a dead run's.
  const isAlive = (owner: string) => owner === runId;
  const transport = sourceTransport(source, { clock, data: config.data, owner: runId, isAlive });
  const context = contextOf(source, running);
  const report: CourtSourceReport | FeedSourceReport =
    source.kind === 'court'
      ? await loadCourtSource(
          {
            store,
            actor,
            runId,
            selection: { policy: config.policy, county: source.county || config.county, today },
            onProgress: ({ records }) => options.onProgress?.('ingest', records),
          },
          transport,
          context,
          source.format,
        )
      : await loadFeedSource(
          { store, readPrintFile, actor, runId },
          transport,
          feedFormats(readPrintFile)[source.kind],
          context,
          source.format,
        );
  await tellStopped(running, source.name, report.stopped);
  return { name: source.name, kind: source.kind, report };
}

/** Feeds first: a warrant's booking should be known when the warrant is linked. */
const ORDER: readonly SourceConfig['kind'][] = ['records', 'bookings', 'citations', 'court'];

async function ingestAll(running: Running): Promise<SourceLine[]> {
  const { config, source: only } = running.options;
  const sources = config.sources.filter((source) => !only || source.name === only);
  if (only && sources.length === 0) {
    throw new BenchlinkError(
      'usage',
      'SOURCE-UNKNOWN',
      `No source is named "${only}"; known are ${config.sources.map((s) => s.name).join(', ') || 'none'}.`,
    );
  }
  const lines: SourceLine[] = [];
  for (const kind of ORDER) {
    for (const source of sources.filter((s) => s.kind === kind)) {
      running.signal.throwIfAborted();
      lines.push(await takeSource(running, source));
    }
  }
  return lines;
}

async function matchAll({ options, signal }: Running) {
  return match({
    store: options.store,
    proposer: new BookingProposer(options.store, shippedModel()),
    zone: options.config.zone,
    ...(options.config.threads ? { threads: options.config.threads } : {}),
    shouldStop: () => signal.aborted,
    onProgress: (done) => options.onProgress?.('match', done),
  });
}

async function transmitAll({ options, runId, owner, actor, signal }: Running) {
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
      onlyRecalls: options.onlyRecalls ?? false,
      signal,
    });
  } finally {
    await destination.close();
  }
}

async function work(running: Running): Promise<RunSummary> {
  const { store, onlyRecalls } = running.options;
  const before = await beginSummary(store, running.runId, running.options.clock);
  const sources = await ingestAll(running);
  // The fast lane carries recalls and nothing else: matching waits for the night.
  const matched = onlyRecalls ? undefined : await matchAll(running);
  running.signal.throwIfAborted();
  const sent = await transmitAll(running);
  return finishSummary(store, before, { sources, matched, sent, dryRun: running.options.dryRun ?? false });
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
      await store.transaction(actor, (unit) =>
        finishRun(unit, runId, 'failed', {
          error: error instanceof BenchlinkError ? error.code : 'SYS-FAULT',
        }),
      );
      throw error;
    }
  });
}
