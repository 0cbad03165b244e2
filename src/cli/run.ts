import type { Command } from 'commander';
import { systemClock } from '../clock.ts';
import { loadConfig } from '../config.ts';
import { EXIT } from '../errors.ts';
import { createLog } from '../log.ts';
import { run } from '../run.ts';
import type { RunSummary } from '../summary.ts';
import { type Common, storeOf, withCommon } from './open.ts';
import { type Output, output, progress, table } from './output.ts';

interface RunCliOptions extends Common {
  readonly for?: string;
  readonly source?: string;
  readonly dryRun?: boolean;
  readonly recalls?: boolean;
}

const parts = (counts: Readonly<Record<string, number | undefined>>): string =>
  Object.entries(counts)
    .filter(([, n]) => (n ?? 0) > 0)
    .map(([name, n]) => `${n} ${name}`)
    .join(' + ') || '0';

/** The summary for a person: what came, what became of it, what needs somebody. */
export function tellRun(summary: RunSummary, out: Output): void {
  out.line(
    table(
      ['source', 'files', 'refused', 'repeated', 'counts'],
      summary.sources.map((s) => [s.name, s.files.done, s.files.refused, s.files.duplicate, parts(s.counts)]),
    ),
  );
  for (const source of summary.sources) {
    for (const p of source.problems.slice(0, 20)) {
      out.line(
        `  ${source.name}/${p.file}${p.line ? `:${p.line}` : ''}: ${p.code}${p.field ? ` ${p.field}` : ''}: ${p.message}`,
      );
    }
    if (source.problems.length > 20)
      out.line(`  ${source.name}: ${source.problems.length - 20} more problems; see 'benchlink failures'`);
  }
  const { records, warrants, entered } = summary.balance;
  out.line();
  out.line(`records   received ${records.received} = ${parts(records.outcomes)}`);
  if (summary.expired > 0) out.line(`expired   ${summary.expired} past their last day in force`);
  if (summary.match) out.line(`prints    ${parts(summary.match.verdicts)}`);
  const linkage = summary.match?.linkage;
  if (linkage) {
    const strays = linkage.drift.filter((row) => row.alarms.length > 0);
    const shown = strays.map((row) => `${row.field} ${row.alarms.join(' ')}`).join(', ');
    out.line(`linkage   ${linkage.bookings} bookings, model "${linkage.model}"; drift: ${shown || 'none'}`);
  }
  if (summary.transmit) out.line(`messages  ${parts(summary.transmit as unknown as Record<string, number>)}`);
  if (summary.forwarded) {
    const { forwarded, withheld, stopped } = summary.forwarded;
    out.line(
      `citations ${parts({ forwarded, ...withheld })}${stopped ? `, stopped: ${stopped}; the next run goes on` : ''}`,
    );
  }
  if (summary.destination) out.line(`DESTINATION ${summary.destination.message}`);
  const differences = Object.entries(summary.reconcile?.differences ?? {});
  if (differences.length > 0)
    out.line(`lists     ${parts(Object.fromEntries(differences))}; ${summary.reconcile!.acted} repaired`);
  out.line(
    `warrants  ${warrants.before} before + ${warrants.created} new = ${warrants.after} = ${parts(warrants.byState)}`,
  );
  out.line(
    summary.balances
      ? 'The night balances.'
      : `The night does NOT balance: records ${records.ok}, warrants ${warrants.ok}, entered ${entered.ok}.`,
  );
  if (summary.dryRun) out.line('Dry run: nothing was sent.');
}

/** `benchlink run`: one night. */
export function runCommand(program: Command, done: (code: number) => void): void {
  withCommon(program.command('run'))
    .description('one run: ingest, match, transmit, and one summary that balances')
    .option('--for <date>', 'the missed night it stands for, YYYY-MM-DD; law and dates are today’s')
    .option('--source <name>', 'take only this source')
    .option('--dry-run', 'everything but sending')
    .option('--recalls', 'the fast lane: take what came, send only recalls and clearances')
    .addHelpText('after', '\nExample:\n  benchlink run --config /etc/benchlink.json --json')
    .action(async (options: RunCliOptions) => {
      const config = loadConfig(options.config);
      const store = await storeOf(config);
      try {
        const shows = {
          ingest: progress('ingest'),
          match: progress('match'),
          transmit: progress('transmit'),
        };
        const totals = { ingest: 0, match: 0, transmit: 0 };
        const summary = await run({
          config,
          store,
          clock: systemClock,
          log: createLog(config.log),
          kind: options.recalls ? 'recalls' : 'nightly',
          ...(options.for ? { forDate: options.for } : {}),
          ...(options.source ? { source: options.source } : {}),
          dryRun: options.dryRun ?? false,
          onlyRecalls: options.recalls ?? false,
          onProgress: (stage, n, of) => {
            totals[stage] = stage === 'match' ? totals[stage] + n : n;
            shows[stage](totals[stage], of);
          },
        });
        const out = output(options.json ?? false);
        if (out.json) out.data(summary);
        else tellRun(summary, out);
        done(summary.failed > 0 || !summary.balances ? EXIT.someFailed : EXIT.done);
      } finally {
        await store.close();
      }
    });
}
