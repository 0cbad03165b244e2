import { countSubmissions, moveSubmission, nextDue, type SubmissionRow } from '../store/index.ts';
import { askDue } from './ask.ts';
import { buildDirty, buildPage, indexVerified } from './build.ts';
import { noCounts, type TransmitCounts, type TransmitRun } from './context.ts';
import { claim } from './gate.ts';
import { Grouped } from './grouped.ts';
import { sendHitAnswers } from './hits.ts';
import { WorkerLease } from './lease.ts';
import { takeNotices } from './notices.ts';
import { BREAKER_FAILURES, CLAIM_BATCH, CONCURRENCY, FAST_LANE, PATIENCE_MS } from './parameters.ts';
import { followEnds, followRiders } from './recalls.ts';
import { recover } from './recover.ts';
import { type Sender, sendOne } from './send.ts';

export type {
  Packager,
  TransmitCounts,
  TransmitPolicy,
  TransmitPorts,
  TransmitProgress,
  TransmitRun,
} from './context.ts';

/** Messages sent in one round, before recalls are looked for again. */
const ROUND = 256;
/** How often, at most, the database is looked at again while waiting. */
const TICK_MS = 1000;

/** Messages claimed ahead that the breaker holds back: never tried, so the attempt is not counted. */
async function giveBack(sender: Sender, rows: readonly SubmissionRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sender.run.store.transaction(sender.run.actor, async (unit) => {
    for (const { message_id: id, attempts } of rows) {
      const set = { attempts: attempts - 1 };
      await moveSubmission(unit, { id, from: 'claimed', to: 'built', code: 'DST-DOWN', set });
    }
  });
}

/**
 * Sends what is due, with a bounded number on the wire. Messages are claimed some ahead, so that a claim's fsync is
 * shared; a recall built meanwhile still overtakes all but those few.
 * @returns how many were sent, and how long the throttle or breaker wants to wait when nothing may go now
 */
async function sendRound(sender: Sender): Promise<{ sent: number; waitMs: number }> {
  const concurrency = sender.run.policy?.concurrency ?? CONCURRENCY;
  const flying = new Set<Promise<void>>();
  const ready: SubmissionRow[] = [];
  let sent = 0;
  let waitMs = 0;
  let failure: unknown;
  let drained = false;
  let failuresAtClaim = 0;
  const launch = (row: SubmissionRow) => {
    const flight = sendOne(sender, row)
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => flying.delete(flight));
    flying.add(flight);
    sent += 1;
  };
  for (;;) {
    const wanted = ready.length === 0 && sent < ROUND && !drained && failure === undefined;
    if (wanted && !sender.run.signal?.aborted) {
      // Little is claimed ahead while the destination fails, so that the breaker holds back the rest.
      const claimed = await claim(sender.run, sender.failures > 0 ? concurrency : CLAIM_BATCH);
      waitMs = claimed.waitMs;
      failuresAtClaim = sender.failures;
      drained = claimed.rows.length === 0;
      ready.push(...claimed.rows);
    }
    // The one that a breaker lets through after its pause is sent; what was claimed before it opened is not.
    if (sender.failures >= BREAKER_FAILURES && sender.failures > failuresAtClaim)
      await giveBack(sender, ready.splice(0));
    while (flying.size < concurrency && ready.length > 0) launch(ready.shift()!);
    if (flying.size === 0) break;
    await Promise.race(flying);
  }
  if (failure !== undefined) throw failure;
  return { sent, waitMs };
}

/** One pass over the verified warrants, a page a call; starts again from the front when it has reached the end. */
class Builder {
  #after = '';
  #fruitless = false;
  #woken = false;
  #before = -1;
  readonly #run: TransmitRun;
  readonly #counts: TransmitCounts;

  constructor(run: TransmitRun, counts: TransmitCounts) {
    this.#run = run;
    this.#counts = counts;
  }

  #work(): number {
    const { built, packed, unchanged, withdrawn } = this.#counts;
    return built + packed + unchanged + withdrawn;
  }

  /** Whether a whole pass has found nothing to do. */
  get done(): boolean {
    return this.#fruitless;
  }

  /** Something changed: what could not be built before may be now. */
  wake(): void {
    this.#fruitless = false;
    this.#woken = true;
  }

  async page(): Promise<void> {
    if (this.#after === '') {
      this.#before = this.#work();
      this.#woken = false;
    }
    const last = await buildPage(this.#run, this.#after, this.#counts);
    this.#after = last ?? '';
    // What this pass went by before it was woken is looked at by another one.
    if (last === undefined) this.#fruitless = !this.#woken && this.#before === this.#work();
  }
}

/** Builds everything that can be built and sends nothing: for a dry run, and to measure building alone. */
export async function buildAll(run: TransmitRun): Promise<TransmitCounts> {
  const counts = noCounts();
  await indexVerified(run);
  const builder = new Builder(run, counts);
  while (!builder.done) await builder.page();
  return counts;
}

function settledOf(counts: TransmitCounts): number {
  return counts.accepted + counts.rejected + counts.onFile + counts.withdrawn + counts.dead + counts.resolved;
}

/** Waits for what is due later, within the run's patience; false when nothing is worth waiting for. */
async function waitForMore(run: TransmitRun, since: number, gateMs: number): Promise<boolean> {
  const patience = run.policy?.patienceMs ?? PATIENCE_MS;
  const due = await nextDue(run.store.db, run.onlyRecalls ? FAST_LANE : 9);
  if (due === undefined || run.signal?.aborted) return false;
  const now = run.clock.now().getTime();
  const wait = Math.max(Date.parse(due) - now, gateMs, 1);
  if (now + wait - since > patience) return false;
  await run.sleep(Math.min(wait, TICK_MS));
  return true;
}

async function round(sender: Sender, builder: Builder): Promise<{ work: number; waitMs: number }> {
  const { run, counts } = sender;
  const before = counts.built + counts.packed + counts.unchanged;
  await followEnds(run, counts);
  let work = await followRiders(run);
  // Riders whose record has gone stand for themselves again.
  if (work > 0) builder.wake();
  work += await askDue(sender);
  const building = builder.done ? undefined : builder.page();
  const sending = sendRound(sender);
  await Promise.all([building, sending]);
  const { sent, waitMs } = await sending;
  await buildDirty(run, counts);
  work += sent + counts.built + counts.packed + counts.unchanged - before;
  return { work, waitMs };
}

/**
 * Carries warrants to the destination and its answers back: takes over what a crash left, follows what the court
 * has ended, builds messages for verified warrants, sends what is due, asks about what is unsure; until nothing is
 * left that this run may still settle. Safe to kill at any moment and to run in several workers at once.
 * @returns counts for the run's summary; `open` is what remains for the next run
 */
export async function transmit(run: TransmitRun): Promise<TransmitCounts> {
  const lease = new WorkerLease(run);
  await lease.hold();
  try {
    return await work(run, lease);
  } finally {
    await lease.release().catch(() => undefined);
  }
}

async function work(run: TransmitRun, lease: WorkerLease): Promise<TransmitCounts> {
  const counts = noCounts();
  const sender: Sender = { run, lease, grouped: new Grouped(run.store, run.actor), counts, failures: 1 };
  await recover(run);
  await takeNotices(run);
  await sendHitAnswers(run);
  if (!run.onlyRecalls) await indexVerified(run);
  const builder = new Builder(run, counts);
  let settledAt = run.clock.now().getTime();
  for (;;) {
    await run.between?.();
    const settledBefore = settledOf(counts);
    const { work, waitMs } = await round(sender, builder);
    const now = run.clock.now().getTime();
    if (settledOf(counts) !== settledBefore) {
      settledAt = now;
      builder.wake();
    }
    run.ports.progress?.({ built: counts.built, sent: counts.sent, settled: settledOf(counts) });
    if (await lease.beat()) await recover(run);
    const more = work > 0 || !builder.done;
    if (run.signal?.aborted) break;
    if (!more && !(await waitForMore(run, settledAt, waitMs))) break;
  }
  const left = await countSubmissions(run.store.db);
  const open = ['built', 'claimed', 'on-the-wire', 'unsure', 'queued'] as const;
  counts.open = open.reduce((sum, state) => sum + (left[state] ?? 0), 0);
  return counts;
}
