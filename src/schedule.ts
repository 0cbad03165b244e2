import cron, { type ScheduledTask } from 'node-cron';
import { Temporal } from 'temporal-polyfill';
import type { Clock } from './clock.ts';
import {
  finishDue,
  getSchedule,
  knowSchedule,
  leaseHeld,
  RUN_LEASE,
  type Store,
  takeDue,
} from './store/index.ts';

/** A time of day in a court's zone, as the nightly schedule has it. */
export interface DailyTime {
  readonly hour: number;
  readonly minute: number;
  readonly zone: string;
}

/**
 * The instant a daily run is due on a date. A time the clocks skip (02:30 on the spring night) is moved past the
 * gap, so that no night is without its run; a time that comes twice is taken the first time (Temporal "compatible").
 */
export function dueOn(date: string, at: DailyTime): string {
  const local = Temporal.PlainDate.from(date).toPlainDateTime({ hour: at.hour, minute: at.minute });
  return local
    .toZonedDateTime(at.zone, { disambiguation: 'compatible' })
    .toInstant()
    .toString({ smallestUnit: 'millisecond' });
}

/**
 * The nights that are due and have not run: at most one catch-up, the newest, because a run takes everything
 * that has arrived; older missed nights are named so that they can be told.
 * @param knownSince nothing is due before the schedule was known
 */
export function dueNights(
  now: string,
  knownSince: string,
  lastDue: string | null,
  at: DailyTime,
): { due?: string; missed: string[] } {
  const start = Temporal.Instant.from(lastDue ?? knownSince)
    .toZonedDateTimeISO(at.zone)
    .toPlainDate();
  const today = Temporal.Instant.from(now).toZonedDateTimeISO(at.zone).toPlainDate();
  const open: string[] = [];
  for (let day = start; Temporal.PlainDate.compare(day, today) <= 0; day = day.add({ days: 1 })) {
    const due = dueOn(day.toString(), at);
    if (due <= now && due > (lastDue ?? knownSince)) open.push(due);
  }
  const due = open.pop();
  return due === undefined ? { missed: [] } : { due, missed: open };
}

/** The first instant after `now` at which a daily run is due. */
export function nextDue(now: Date, at: DailyTime): string {
  const today = Temporal.Instant.from(now.toISOString()).toZonedDateTimeISO(at.zone).toPlainDate();
  const due = dueOn(today.toString(), at);
  return due > now.toISOString() ? due : dueOn(today.add({ days: 1 }).toString(), at);
}

/** Reads "minute hour * * *"; anything else runs on node-cron alone, without catch-up. */
export function dailyTime(expression: string, zone: string): DailyTime | undefined {
  const match = /^(\d{1,2}) (\d{1,2}) \* \* \*$/.exec(expression.trim());
  return match ? { minute: Number(match[1]), hour: Number(match[2]), zone } : undefined;
}

export interface ScheduledJob {
  readonly name: string;
  readonly expression: string;
  readonly zone: string;
  /** Runs the job; `due` is the instant at which it was due. */
  run(due: string): Promise<void>;
  /** Told before a due night runs: the nights before it that nobody ran, none when all is well. */
  onDue?(missed: readonly string[]): Promise<void>;
  /** Told of a run that threw; the night stays open and is tried again, later and later. */
  onFailed?(error: unknown, retryAt: Date): Promise<void>;
}

/**
 * Runs the newest due night once for the whole fleet: whoever moves `last_due` forward has it. A night that was
 * taken but never ended (its process died) is run again as soon as nobody alive holds the run's lease.
 */
export async function runIfDue(
  store: Store,
  clock: Clock,
  job: ScheduledJob,
  at: DailyTime,
): Promise<boolean> {
  await store.transaction('schedule', (unit) => knowSchedule(unit, job.name));
  const row = await getSchedule(store.db, job.name);
  if (!row) return false;
  const now = clock.now().toISOString();
  const { due, missed } = dueNights(now, row.known_since, row.last_due, at);
  if (due === undefined) {
    const died =
      row.last_due !== null && row.last_done !== row.last_due && !(await leaseHeld(store.db, RUN_LEASE, now));
    return died ? perform(store, job, row.last_due!) : false;
  }
  const taken = await store.transaction('schedule', (unit) => takeDue(unit, job.name, due));
  if (!taken) return false;
  await job.onDue?.(missed);
  return perform(store, job, due);
}

async function perform(store: Store, job: ScheduledJob, due: string): Promise<boolean> {
  await job.run(due);
  await store.transaction('schedule', (unit) => finishDue(unit, job.name, due));
  return true;
}

/** A minute tick asks the table whether a night is due: catch-up after downtime and DST need no cron of their own. */
const TICK = '* * * * *';

const FIRST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 3_600_000;

/** How long after a run that threw it is tried again: a minute, then twice as long each time, an hour at most. */
export function retryAfter(failuresInARow: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** (failuresInARow - 1), LONGEST_RETRY_MS);
}

/** A job that is being kept to its times. */
export interface Kept {
  /** Starts nothing more and waits for the run at work, if any. */
  stop(): Promise<void>;
}

/** One attempt after another, none before the pause after a failure is over. */
class Attempts {
  readonly #job: ScheduledJob;
  readonly #clock: Clock;
  readonly #work: () => Promise<unknown>;
  #failures = 0;
  #notBefore = 0;
  running: Promise<void> = Promise.resolve();

  constructor(job: ScheduledJob, clock: Clock, work: () => Promise<unknown>) {
    this.#job = job;
    this.#clock = clock;
    this.#work = work;
  }

  next(): Promise<void> {
    if (this.#clock.now().getTime() >= this.#notBefore) this.running = this.#attempt();
    return this.running;
  }

  async #attempt(): Promise<void> {
    try {
      await this.#work();
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      this.#notBefore = this.#clock.now().getTime() + retryAfter(this.#failures);
      await this.#job.onFailed?.(error, new Date(this.#notBefore));
    }
  }
}

/** Keeps a job. Daily jobs are due by the table; others follow their cron expression without overlap. */
export function startSchedule(store: Store, clock: Clock, job: ScheduledJob): Kept {
  const at = dailyTime(job.expression, job.zone);
  const attempts = new Attempts(job, clock, () =>
    at ? runIfDue(store, clock, job, at) : job.run(clock.now().toISOString()),
  );
  const task: ScheduledTask = cron.schedule(at ? TICK : job.expression, () => attempts.next(), {
    timezone: job.zone,
    noOverlap: true,
    name: job.name,
  });
  return {
    stop: async () => {
      await task.destroy();
      await attempts.running;
    },
  };
}
