import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { openAlerts } from '../alerts.ts';
import { EXIT } from '../errors.ts';
import { createLog } from '../log.ts';
import { calendarOf, testChannels } from '../watch.ts';
import { type Common, withCommon, withStore } from './open.ts';
import { output, table } from './output.ts';

type Done = (code: number) => void;

function alertsCommand(program: Command, done: Done): Command {
  return withCommon(program.command('alerts'))
    .description('the open alerts: what is wrong since when, and what to do')
    .addHelpText('after', '\nExample:\n  benchlink alerts --json')
    .action(async (options: Common) => {
      const rows = await withStore(options, (store) => openAlerts(store));
      const out = output(options.json ?? false);
      if (out.json) out.data(rows);
      else if (rows.length === 0) out.line('No alert is open.');
      else
        for (const { severity, opened_at, key, message } of rows)
          out.line(`${severity.padEnd(5)} since ${opened_at.slice(0, 16)}Z  ${key}\n      ${message}`);
      done(rows.length > 0 ? EXIT.someFailed : EXIT.done);
    });
}

function testCommand(alerts: Command, done: Done): void {
  withCommon(alerts.command('test'))
    .description('send a test message by every configured channel, and say in words which did not take it')
    .addHelpText('after', '\nExample:\n  benchlink alerts test --config /etc/benchlink.json')
    .action(async (options: Common) => {
      const results = await withStore(options, (store, config) =>
        testChannels({ config, store, log: createLog(config.log), actor: 'alerts test', sleep }),
      );
      const out = output(options.json ?? false);
      if (out.json) out.data(results);
      else
        for (const { channel, error } of results)
          out.line(error === undefined ? `ok   ${channel}: it was taken` : `FAIL ${channel}: ${error}`);
      done(results.some(({ error }) => error !== undefined) ? EXIT.someFailed : EXIT.done);
    });
}

function arrivalsCommand(program: Command, done: Done): void {
  withCommon(program.command('arrivals'))
    .description("each source's calendar: when its input was due, what came, and what is odd")
    .addHelpText('after', '\nExample:\n  benchlink arrivals')
    .action(async (options: Common) => {
      const lines = await withStore(options, (store, config) => calendarOf(store, config));
      const out = output(options.json ?? false);
      if (out.json) out.data(lines);
      else
        out.line(
          table(
            ['source', 'for', 'due', 'files', 'records', 'usual', 'state'],
            lines.map((l) => [
              l.source,
              l.date ?? '-',
              l.due ?? 'no calendar',
              l.files,
              l.records,
              l.usual ?? '-',
              l.findings.map(({ fault }) => fault).join(', ') || 'as expected',
            ]),
          ),
        );
      done(lines.some(({ findings }) => findings.length > 0) ? EXIT.someFailed : EXIT.done);
    });
}

/** `alerts`, `alerts test`, `arrivals`: what wants attention, and whether somebody is told. */
export function alertCommands(program: Command, done: Done): void {
  testCommand(alertsCommand(program, done), done);
  arrivalsCommand(program, done);
}
