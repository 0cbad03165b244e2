import { type Clock, isCalendarDate, localDate } from './clock.ts';
import type { Config } from './config.ts';
import { BenchlinkError } from './errors.ts';
import { pulse, RECALL_EVERY_MS } from './fast-lane.ts';
import { forwardAll } from './forward.ts';
import { expireDue } from './ingest/index.ts';

import { laneOf, newWork, withLease } from './lease.ts';

import type { Logger } from './log.ts';
import { match } from './match/index.ts';
import { BookingProposer } from './ports/link-bookings.ts';
import { type MatchSummary, watchLinkage } from './ports/link-drift.ts';
import { linkModel } from './ports/link-model.ts';
import type { Trouble } from './ports/probe-destination.ts';
import { type SendingParts, withDestination } from './ports/sending.ts';
import { type Reconciled, reconcileNightly } from './reconcile.ts';
import { closeRemovalAlerts } from './removal-alerts.ts';
import { applyRetention } from './retention.ts';
import { hasNews, type SourcesOptions, takeSources } from './run-sources.ts';
import { raiseClocks, readStanding, tellTrouble } from './standing.ts';
import { finishRun, forgetRun, insertRun, type RunRow, type Store } from './store/index.ts';

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
  /** `of` where it is known how much there is. */
  readonly onProgress?: (stage: 'ingest' | 'match' | 'transmit', done: number, of?: number) => void;
}

interface Running {
  readonly options: RunOptions;
  readonly runId: string;
  readonly owner: string;
  readonly actor: string;
  readonly today: string;
  readonly signal: AbortSignal;
  /** Why the destination cannot be used. */
  readonly trouble?: Trouble;
}

function sourcesOf({ options, runId, owner, actor, today, signal }: Running): SourcesOptions {
  const { config, store, clock, log, onProgress } = options;
  const report = (_source: string, records: number, of?: number) => onProgress?.('ingest', records, of);
  return { config, store, clock, log, runId, owner, actor, today, signal, onProgress: report };
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

/** Ends what has run out by today's date at the court, after what the courts have sent of it is taken in. */
function expire({ options, actor, signal }: Running): Promise<number> {
  const { config, store, clock } = options;
  return expireDue({ store, actor, signal }, localDate(clock.now(), config.zone));
}

type Between = () => Promise<void>;

async function matchAll({ options, signal, actor }: Running, between: Between): Promise<MatchSummary> {
  const proposer = new BookingProposer(options.store, linkModel(options.config.linkModelFile));
  const counts = await match({
    store: options.store,
    proposer,
    zone: options.config.zone,
    ...(options.config.threads ? { threads: options.config.threads } : {}),
    shouldStop: () => signal.aborted,
    between,
    onProgress: (done) => options.onProgress?.('match', done),
  });
  const linkage = await watchLinkage(options.store, actor, proposer);
  return { ...counts, ...(linkage ? { linkage } : {}) };
}

/** Whether there is somebody to send to: a destination that refuses us is not tried message by message. */
function maySend({ options, trouble }: Running): boolean {
  return options.config.destination !== undefined && !options.dryRun && trouble?.kind !== 'configuration';
}

function sendingParts({ options, runId, owner, actor, signal }: Running, onlyRecalls: boolean): SendingParts {
  const { config, store, clock } = options;
  const onSent = (sent: number) => options.onProgress?.('transmit', sent);
  return { config, store, clock, actor, owner, runId, onSent, onlyRecalls, signal };
}

async function transmitAll(
  running: Running,
  onlyRecalls: boolean,
  between?: Between,
): Promise<TransmitCounts | undefined> {
  if (!maySend(running)) return undefined;
  const parts = sendingParts(running, onlyRecalls);
  return withDestination({ ...parts, ...(between ? { between } : {}) }, transmit);
}

/** Holds the three lists against one another after a whole night, where the destination is configured so. */
async function compareLists(running: Running): Promise<Reconciled | undefined> {
  const { config, log, source } = running.options;
  const wanted = config.destination?.reconcile.nightly && !source && !running.signal.aborted;
  if (!wanted || !maySend(running) || running.trouble) return undefined;
  return withDestination(sendingParts(running, false), (sending) => reconcileNightly(sending, config, log));
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
  const expired = await expire(running);
  const first = await transmitAll(running, true);
  const long = (await takeSources(sourcesOf(running), take)).filter(hasNews);
  const then = long.length > 0 ? await transmitAll(running, true) : undefined;
  return { sources: [...quick, ...long], expired, matched: undefined, sent: addCounts(first, then) };
}

/**
 * The night. Matching and sending may take hours: recalls that come meanwhile do not wait for their end, whether a
 * scheduled fast lane works beside it or not.
 */
async function wholeNight(running: Running): Promise<Done> {
  const { source, store, config, log, dryRun, clock } = running.options;
  const take = source ? { source } : {};
  const sources = await takeSources(sourcesOf(running), { ...take, wait: true });
  let expired = await expire(running);
  const forwarded = dryRun ? undefined : await forwardAll({ config, store, log, actor: running.actor });
  let sent: TransmitCounts | undefined;
  const look = async () => {
    const lines = await takeSources(sourcesOf(running), { ...take, onlyCourts: true });
    sources.push(...lines.filter(hasNews));
    expired += await expire(running);
  };
  const recall = async () => {
    await look();
    sent = addCounts(sent, await transmitAll(running, true));
  };
  const matched = await matchAll(running, pulse(clock, RECALL_EVERY_MS, recall));
  running.signal.throwIfAborted();
  sent = addCounts(sent, await transmitAll(running, false, pulse(clock, RECALL_EVERY_MS, look)));
  const reconciled = await compareLists(running);
  if (!dryRun && !source)
    await applyRetention({ config, store, clock, actor: running.actor, signal: running.signal });
  return {
    sources,
    expired,
    matched,
    sent,
    ...(reconciled ? { reconciled } : {}),
    ...(forwarded ? { forwarded } : {}),
  };
}

async function work(beginning: Omit<Running, 'trouble'>): Promise<RunSummary> {
  const { config, store, onlyRecalls, clock, dryRun = false } = beginning.options;
  const { actor } = beginning;
  const before = await beginSummary(store, beginning.runId, clock);
  const { destination } = config;
  const trouble = destination && !dryRun ? await tellTrouble(store, actor, destination, clock) : undefined;
  const running = { ...beginning, ...(trouble ? { trouble } : {}) };
  const done = onlyRecalls ? await recallsOnly(running) : await wholeNight(running);
  if (!dryRun) {
    await closeRemovalAlerts(store, actor);
    await raiseClocks(store, actor, await readStanding(store.db, config, clock));
  }
  return finishSummary(store, before, { ...done, ...(trouble ? { trouble } : {}), dryRun });
}

/** The fast lane runs every minute; one that found nothing to do leaves no row. */
function isIdle(options: RunOptions, summary: RunSummary): boolean {
  if (!options.onlyRecalls || summary.failed > 0 || !summary.balances) return false;
  const { sent = 0, withdrawn = 0, resolved = 0 } = summary.transmit ?? {};
  const files = summary.sources.reduce((n, s) => n + s.files.done + s.files.duplicate + s.files.noticed, 0);
  return files + summary.expired + sent + withdrawn + resolved === 0;
}

async function recorded(running: Running, night: string): Promise<RunSummary> {
  const { options, runId, owner, actor } = running;
  const { store, onlyRecalls } = options;
  const kind = options.kind ?? (onlyRecalls ? 'recalls' : 'nightly');
  await store.transaction(actor, (unit) => insertRun(unit, { id: runId, kind, for_date: night, owner }));
  try {
    const summary = await work(running);
    await store.transaction(actor, (unit) =>
      isIdle(options, summary) ? forgetRun(unit, runId) : finishRun(unit, runId, 'done', summary),
    );
    return summary;
  } catch (error) {
    const code = error instanceof BenchlinkError ? error.code : 'SYS-FAULT';
    await store.transaction(actor, (unit) => finishRun(unit, runId, 'failed', { error: code }));
    throw error;
  }
}

/**
 * One run: ingest, match, transmit, under a lease, with one summary that balances. Safe to kill at any moment:
 * the next run takes up what this one left. The fast lane has a lease of its own and works beside a nightly run.
 * @throws BenchlinkError LEASE-HELD when another run of the same lane is at work
 */
export async function run(options: RunOptions): Promise<RunSummary> {
  const { store, clock, config, log } = options;
  const today = localDate(clock.now(), config.zone);
  const night = nightOf(options.forDate, today);
  const { id: runId, owner } = newWork('run', clock);
  const actor = options.actor ?? 'run';
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const watching = { config, store, log, actor, sleep };
  await assertChannels(watching);
  const lane = async (signal: AbortSignal) => {
    try {
      return await recorded({ options, runId, owner, actor, today, signal }, night);
    } finally {
      await watch(watching);
    }
  };
  return withLease(options, owner, lane, laneOf(options.onlyRecalls ?? false));
}
