import { setTimeout as sleep } from 'node:timers/promises';
import { closeAlert, openAlert } from './alerts.ts';
import { type Clock, localDate } from './clock.ts';
import type { Config } from './config.ts';
import { BenchlinkError, errorText } from './errors.ts';
import type { Logger } from './log.ts';
import { run } from './run.ts';
import type { ScheduledJob } from './schedule.ts';
import type { Store } from './store/index.ts';
import { watch } from './watch.ts';

interface Scheduling {
  readonly config: Config;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  /** Stops the run at work as soon as it can; the next one takes up what it left. */
  readonly signal: AbortSignal;
}

const ACTOR = 'schedule';
const MISSED = 'nights-missed';
const FAILED = 'night-failed';

async function runOnce(
  { config, store, clock, log, signal }: Scheduling,
  kind: 'nightly' | 'recalls',
  due: string,
): Promise<void> {
  const summary = await run({
    config,
    store,
    clock,
    log,
    kind,
    forDate: localDate(new Date(due), config.zone),
    onlyRecalls: kind === 'recalls',
    signal,
  });
  log.info({ kind, due, failed: summary.failed, balances: summary.balances }, 'run ended');
}

/** One alert for as long as the condition lasts: opened when nights were missed, closed by the next on its time. */
async function tellMissed(store: Store, missed: readonly string[]): Promise<void> {
  if (missed.length === 0) {
    await closeAlert(store, ACTOR, MISSED);
    return;
  }
  await openAlert(store, ACTOR, {
    key: MISSED,
    severity: 'amber',
    message: `${missed.length} nights had no run: ${missed.join(', ')}. The run of this night takes what arrived meanwhile. Find out why nothing ran: 'benchlink status' lists the runs.`,
  });
}

function nightly(scheduling: Scheduling): ScheduledJob {
  const { config, store, log } = scheduling;
  return {
    name: 'nightly',
    expression: config.schedule.nightly,
    zone: config.zone,
    run: async (due) => {
      await runOnce(scheduling, 'nightly', due);
      await closeAlert(store, ACTOR, FAILED);
    },
    onDue: (missed) => tellMissed(store, missed),
    onFailed: async (error, retryAt) => {
      const code = error instanceof BenchlinkError ? error.code : 'SYS-FAULT';
      log.warn({ kind: 'nightly', code, reason: errorText(error), retryAt }, 'run did not end');
      // Another run at work, or a stop on request, is no failure.
      if (error instanceof BenchlinkError && error.kind === 'retry') return;
      await openAlert(store, ACTOR, {
        key: FAILED,
        severity: 'red',
        message: `The night's run ended early (${code}: ${errorText(error)}). It is tried again by itself, next at ${retryAt.toISOString()}.`,
      });
    },
  };
}

function recalls(scheduling: Scheduling): ScheduledJob {
  const { config, log } = scheduling;
  return {
    name: 'recalls',
    expression: config.schedule.recalls,
    zone: config.zone,
    run: (due) => runOnce(scheduling, 'recalls', due),
    onFailed: async (error) => {
      const code = error instanceof BenchlinkError ? error.code : 'SYS-FAULT';
      if (code === 'LEASE-HELD')
        log.debug({ kind: 'recalls' }, 'the fast lane before this one is still at work');
      else log.warn({ kind: 'recalls', code, reason: errorText(error) }, 'run did not end');
    },
  };
}

/** Each minute: are files late, and has an alert begun or ended that nobody was told of. */
const WATCH = '* * * * *';

function watching({ config, store, log }: Scheduling): ScheduledJob {
  return {
    name: 'watch',
    expression: WATCH,
    zone: config.zone,
    run: async () => {
      await watch({ config, store, log, actor: ACTOR, sleep });
    },
    onFailed: async (error) => {
      log.warn({ kind: 'watch', reason: errorText(error) }, 'arrivals could not be judged');
    },
  };
}

/** What `benchlink schedule` keeps: the night, the fast lane of recalls, and the watch over arrivals and alerts. */
export function scheduledRuns(scheduling: Scheduling): readonly ScheduledJob[] {
  return [nightly(scheduling), recalls(scheduling), watching(scheduling)];
}
