import { type Command, Option } from 'commander';
import { systemClock } from '../clock.ts';
import { RETAINED, type Retained } from '../domain/index.ts';
import { EXIT } from '../errors.ts';
import { applyRetention, type RetentionReport } from '../retention.ts';
import { type Common, me, withCommon, withStore } from './open.ts';
import { type Output, output, progress, table } from './output.ts';

interface RetentionCliOptions extends Common {
  readonly dryRun?: boolean;
  readonly what?: readonly Retained[];
  readonly by: string;
}

function tell(report: RetentionReport, out: Output): void {
  const erased = report.dryRun ? 'would be erased' : 'erased';
  out.line(
    table(
      ['what', 'rule', 'older than', erased, 'blobs removed'],
      report.lines.map((line) => [
        line.what,
        line.rule ?? 'none: kept',
        line.until ?? '',
        line.erased,
        line.blobs,
      ]),
    ),
  );
  if (report.dryRun) out.line('Dry run: nothing was erased.');
  if (report.stopped) out.line('Stopped on request; the rest is due the next time.');
}

/** `benchlink retention`: erase what policy no longer lets be kept. */
export function retentionCommand(program: Command, done: (code: number) => void): void {
  withCommon(program.command('retention'))
    .description(
      'erase prints, bookings, ended warrants and input whose retention has ended by policy; audited',
    )
    .option('--dry-run', 'count what is due, erase nothing')
    .addOption(new Option('--what <kind...>', 'only these kinds').choices([...RETAINED]))
    .option('--by <name>', 'who does it', me())
    .addHelpText(
      'after',
      `
The policy is 'retention' in the configuration (docs/configuration.md): dated lines, by kind. A kind without a line in
force is kept. What backs a record at the destination is never touched. The nightly run does the same at its end.

Example:
  benchlink retention --dry-run
  benchlink retention --what citation-print booking-print`,
    )
    .action(async (options: RetentionCliOptions) => {
      const stop = new AbortController();
      process.once('SIGINT', () => stop.abort());
      const report = await withStore(options, (store, config) =>
        applyRetention({
          config,
          store,
          clock: systemClock,
          actor: options.by,
          dryRun: options.dryRun ?? false,
          onProgress: progress('retention'),
          signal: stop.signal,
          ...(options.what ? { what: options.what } : {}),
        }),
      );
      const out = output(options.json ?? false);
      if (out.json) out.data(report);
      else tell(report, out);
      done(report.stopped ? EXIT.someFailed : EXIT.done);
    });
}
