import type { Command } from 'commander';
import { openAlert } from '../alerts.ts';
import { systemClock } from '../clock.ts';
import { loadConfig } from '../config.ts';
import { BenchlinkError, EXIT, errorText } from '../errors.ts';
import { createLog } from '../log.ts';
import { run } from '../run.ts';
import { dailyTime, dueOn, type ScheduledJob, startSchedule } from '../schedule.ts';
import { type Common, storeOf, withCommon } from './open.ts';
import { output } from './output.ts';

/** `benchlink schedule`: stays and runs the night and the fast lane when they are due. */
export function scheduleCommand(program: Command, done: (code: number) => void): void {
  withCommon(program.command('schedule'))
    .description(
      'stay, and run the night and the fast lane when they are due; missed nights are caught up once',
    )
    .addHelpText('after', '\nExample:\n  benchlink schedule --config /etc/benchlink.json')
    .action(async (options: Common) => {
      const config = loadConfig(options.config);
      const log = createLog(config.log);
      const store = await storeOf(config);
      const out = output(options.json ?? false);
      const work = (kind: 'nightly' | 'recalls') => async (due: string) => {
        try {
          const summary = await run({
            config,
            store,
            clock: systemClock,
            log,
            kind,
            forDate: due.slice(0, 10),
            onlyRecalls: kind === 'recalls',
          });
          log.info({ kind, due, failed: summary.failed, balances: summary.balances }, 'run ended');
        } catch (error) {
          // Another run at work is no failure: it takes what there is.
          const code = error instanceof BenchlinkError ? error.code : 'SYS-FAULT';
          log.warn({ kind, due, code, reason: errorText(error) }, 'run did not end');
          if (kind === 'nightly') throw error;
        }
      };
      const jobs: ScheduledJob[] = [
        {
          name: 'nightly',
          expression: config.schedule.nightly,
          zone: config.zone,
          run: work('nightly'),
          onMissed: (missed) =>
            void openAlert(store, 'schedule', {
              key: `missed:${missed.at(-1)}`,
              severity: 'amber',
              message: `${missed.length} nights had no run: ${missed.join(', ')}. The run of tonight takes what arrived.`,
            }),
        },
        { name: 'recalls', expression: config.schedule.recalls, zone: config.zone, run: work('recalls') },
      ];
      const tasks = jobs.map((job) => startSchedule(store, systemClock, job));
      const daily = dailyTime(config.schedule.nightly, config.zone);
      const next = daily
        ? dueOn(new Date(systemClock.now().getTime() + 86_400_000).toISOString().slice(0, 10), daily)
        : config.schedule.nightly;
      if (out.json)
        out.data({ jobs: jobs.map(({ name, expression, zone }) => ({ name, expression, zone })), next });
      else
        out.line(
          `nightly ${config.schedule.nightly}, recalls ${config.schedule.recalls} (${config.zone}); tomorrow's night is due at ${next}`,
        );
      await new Promise<void>((resolve) => {
        process.once('SIGINT', () => resolve());
        process.once('SIGTERM', () => resolve());
      });
      await Promise.all(tasks.map((task) => task.destroy()));
      await store.close();
      done(EXIT.done);
    });
}
