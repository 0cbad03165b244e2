import type { Command } from 'commander';
import { localDate, systemClock } from '../clock.ts';
import { EXIT } from '../errors.ts';
import { createLog } from '../log.ts';
import { dailyTime, nextDue, startSchedule } from '../schedule.ts';
import { scheduledRuns } from '../scheduled-runs.ts';
import { assertChannels } from '../watch.ts';
import { type Common, withCommon, withStore } from './open.ts';
import { output } from './output.ts';

/** Waits until the process is asked to end. */
function asked(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

/** `benchlink schedule`: stays and runs the night and the fast lane when they are due. */
export function scheduleCommand(program: Command, done: (code: number) => void): void {
  withCommon(program.command('schedule'))
    .description(
      'stay, and run the night and the fast lane when they are due; missed nights are caught up once',
    )
    .addHelpText('after', '\nExample:\n  benchlink schedule --config /etc/benchlink.json')
    .action(async (options: Common) => {
      await withStore(options, async (store, config) => {
        const stop = new AbortController();
        const log = createLog(config.log);
        await assertChannels({ config, log });
        const jobs = scheduledRuns({ config, store, clock: systemClock, log, signal: stop.signal });
        const kept = jobs.map((job) => startSchedule(store, systemClock, job));
        const { nightly, recalls } = config.schedule;
        const daily = dailyTime(nightly, config.zone);
        const next = daily ? nextDue(systemClock.now(), daily) : null;
        const out = output(options.json ?? false);
        if (out.json)
          out.data({ jobs: jobs.map(({ name, expression, zone }) => ({ name, expression, zone })), next });
        else
          out.line(
            `nightly ${nightly}, recalls ${recalls} (${config.zone})${next ? `; the next night is due at ${next} (local date ${localDate(new Date(next), config.zone)})` : ''}`,
          );
        await asked();
        stop.abort();
        await Promise.all(kept.map((job) => job.stop()));
      });
      done(EXIT.done);
    });
}
