import { writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Clock } from '../clock.ts';
import { localDate } from '../clock.ts';
import { type Config, parseConfig } from '../config.ts';
import type { Logger } from '../log.ts';
import { run } from '../run.ts';
import { Store, verifyAudit } from '../store/index.ts';
import type { RunSummary } from '../summary.ts';
import { type CountyPlan, writeCounty } from '../synth/county/index.ts';
import type { Intake } from '../transmit/intake/index.ts';
import { openSandbox } from '../transmit/intake/sandbox.ts';
import { COUNTY_ZONE, countyConfig } from './config.ts';
import { type Evaluated, evaluate, type Score, score } from './evaluate.ts';
import { freshFolder } from './folder.ts';
import { demoReport } from './report.ts';

export interface DemoOptions {
  /** Everything the demo makes lies below it; an earlier demo there is replaced. */
  readonly folder: string;
  readonly seed: string;
  readonly warrants: number;
  readonly threads: number;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onProgress?: (stage: string, done: number, of?: number) => void;
}

export interface DemoResult {
  readonly summary: RunSummary;
  /** A second run over the same county: it must find nothing to do. */
  readonly again: RunSummary;
  readonly score: Score;
  readonly results: readonly Evaluated[];
  readonly report: string;
  readonly auditEntries: number | null;
  readonly timings: readonly { readonly label: string; readonly seconds: number }[];
  /** Commands that go on from here. */
  readonly next: readonly string[];
}

/** Writes the county's configuration beside it, so that every other command works on it too. */
function writeConfig(folder: string, intakeUrl: string): Config {
  const config = countyConfig(intakeUrl);
  writeFileSync(join(folder, 'benchlink.json'), `${JSON.stringify(config, null, 2)}\n`);
  return parseConfig(config, folder);
}

function startDestination(folder: string, clock: Clock): Promise<Intake> {
  const certs = join(folder, 'certificates');
  return openSandbox({ data: join(folder, 'intake'), certs, clock, zone: COUNTY_ZONE });
}

/** Measures what each step of the demo took. */
class Timer {
  readonly lines: { label: string; seconds: number }[] = [];

  async time<T>(label: string, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    const result = await work();
    this.lines.push({ label, seconds: (performance.now() - started) / 1000 });
    return result;
  }
}

function nextCommands(folder: string, results: readonly Evaluated[]): string[] {
  const held = results.find((result) => result.check?.verdict === 'conflict') ?? results[0];
  const number = held?.planned.warrant.number ?? '';
  const config = `--config ${relative('', join(folder, 'benchlink.json'))}`;
  return ['review', 'failures', `status ${number}`, 'audit verify'].map(
    (command) => `npx benchlink ${command} ${config}`,
  );
}

async function pipeline(
  options: DemoOptions,
  folder: string,
  plan: CountyPlan,
  timer: Timer,
): Promise<DemoResult> {
  const { clock, log } = options;
  const intake = await startDestination(folder, clock);
  const config = writeConfig(folder, intake.url);
  const store = await Store.open({ database: config.database!, blobs: join(config.data, 'blobs'), clock });
  try {
    const runOptions = {
      config: { ...config, threads: options.threads },
      store,
      clock,
      log,
      kind: 'demo' as const,
    };
    const onProgress = (stage: string, done: number) => options.onProgress?.(stage, done);
    const summary = await timer.time('ingest, match and transmit', () => run({ ...runOptions, onProgress }));
    const again = await timer.time('the same once more', () => run(runOptions));
    const results = await evaluate(store, plan.warrants);
    const audit = await verifyAudit(store.db);
    const scored = score(results);
    const report = join(folder, 'report.html');
    const html = await timer.time('report', async () =>
      demoReport({
        store,
        seed: options.seed,
        summary,
        again,
        results,
        score: scored,
        audit,
        intake: await intake.stats(),
        timings: timer.lines,
        commands: nextCommands(folder, results),
      }),
    );
    writeFileSync(report, html);
    return {
      summary,
      again,
      score: scored,
      results,
      report,
      auditEntries: audit.ok ? audit.entries : null,
      timings: timer.lines,
      next: nextCommands(folder, results),
    };
  } finally {
    await store.close();
    await intake.close();
  }
}

/**
 * The main job on a synthetic county with known truth, end to end against the reference intake over mutual TLS:
 * draws the county, runs the pipeline twice, holds the result against the truth and writes a report.
 */
export async function demo(options: DemoOptions): Promise<DemoResult> {
  const folder = resolve(options.folder);
  freshFolder(folder);
  const timer = new Timer();
  const today = localDate(options.clock.now(), COUNTY_ZONE);
  const plan = await timer.time('drawing the county and its prints', () =>
    writeCounty(
      join(folder, 'county'),
      { seed: options.seed, warrants: options.warrants, today, threads: options.threads },
      (done, of) => options.onProgress?.('drawing', done, of),
    ),
  );
  return pipeline(options, folder, plan, timer);
}
