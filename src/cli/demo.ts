import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../clock.ts';
import { type DemoResult, demo } from '../demo/index.ts';
import { EXIT } from '../errors.ts';
import { createLog } from '../log.ts';
import { output, progress, table } from './output.ts';

interface DemoCliOptions {
  readonly out: string;
  readonly seed: string;
  readonly warrants: number;
  readonly jobs: number;
  readonly json?: boolean;
}

function count(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1) throw new InvalidArgumentError('wants a whole number above 0');
  return n;
}

function tell(result: DemoResult, out: ReturnType<typeof output>): void {
  const { score, summary } = result;
  out.line();
  out.line(
    table(
      ['what the truth was', 'warrants', 'sent right', 'kept right', 'waiting', 'not sent', 'wrongly sent'],
      score.byScenario.map(({ meaning, n, counts }) => [
        meaning,
        n,
        counts['sent-right'],
        counts['kept-right'],
        counts.waiting,
        counts['not-sent'] + counts.lost,
        counts['wrongly-sent'],
      ]),
    ),
  );
  out.line();
  out.line(
    `${score.total} warrants: ${score.counts['sent-right']} sent right, ${score.counts['kept-right']} kept back right, ${score.counts.waiting} waiting for a person, ${score.counts['not-sent'] + score.counts.lost} not sent, ${score.counts['wrongly-sent']} wrongly sent`,
  );
  out.line(
    `received ${summary.balance.records.received} records = ${Object.entries(summary.balance.records.outcomes)
      .filter(([, n]) => n > 0)
      .map(([k, n]) => `${n} ${k}`)
      .join(' + ')}`,
  );
  out.line(
    `${summary.balance.warrants.after} warrants = ${Object.entries(summary.balance.warrants.byState)
      .map(([k, n]) => `${n} ${k}`)
      .join(' + ')}`,
  );
  out.line(
    `a second run sent ${result.again.transmit?.sent ?? 0} messages; the audit chain ${result.auditEntries === null ? 'is BROKEN' : `is whole, ${result.auditEntries} entries`}`,
  );
  out.line(result.timings.map(({ label, seconds }) => `${label} ${seconds.toFixed(1)} s`).join(', '));
  out.line(`look closer: ${result.next[0]}`);
  out.line(`report: ${result.report}`);
}

/** True when the demo shows what it must. */
function holds({ score, summary, again, auditEntries }: DemoResult): boolean {
  return (
    score.counts['wrongly-sent'] === 0 &&
    score.counts.lost === 0 &&
    summary.balances &&
    again.balances &&
    (again.transmit?.sent ?? 0) === 0 &&
    auditEntries !== null
  );
}

/** `benchlink demo`: the main job on a synthetic county with known truth. */
export function demoCommand(program: Command, done: (code: number) => void): void {
  program
    .command('demo')
    .description(
      'the main job on a synthetic county, end to end, against the reference intake; writes a report',
    )
    .option('--out <dir>', 'where everything goes', 'demo')
    .option('--seed <text>', 'another seed draws another county', 'demo')
    .option('--warrants <n>', 'warrants in the county', count, 200)
    .option('--jobs <n>', 'worker threads', count, availableParallelism())
    .option('--json', 'the result as JSON')
    .addHelpText('after', '\nExample:\n  benchlink demo --warrants 500 --seed winter')
    .action(async (options: DemoCliOptions) => {
      const out = output(options.json ?? false);
      if (!out.json)
        out.line(
          `Drawing a synthetic county of ${options.warrants} warrants (seed ${options.seed}); no person and no print in it is real.`,
        );
      const shows = new Map<string, ReturnType<typeof progress>>();
      const totals = new Map<string, number>();
      const result = await demo({
        folder: options.out,
        seed: options.seed,
        warrants: options.warrants,
        threads: options.jobs,
        clock: systemClock,
        log: createLog('warn'),
        onProgress: (stage, n, of) => {
          if (!shows.has(stage)) shows.set(stage, progress(stage));
          const total = of === undefined && stage === 'match' ? (totals.get(stage) ?? 0) + n : n;
          totals.set(stage, total);
          shows.get(stage)!(total, of);
        },
      });
      const { results: _rows, ...plain } = result;
      if (out.json) out.data(plain);
      else tell(result, out);
      done(holds(result) ? EXIT.done : EXIT.someFailed);
    });
}
