import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countyConfig } from '../../src/demo/config.ts';
import type { RunMeasure, StageMeasure } from './worker.ts';

/**
 * `npm run bench -- run [N]`: one county of N warrants (default 10,000) without prints, carried to the reference
 * intake over mutual TLS. First the stages by themselves, warrants per second each; then one whole run in a process
 * of its own, whose peak memory is told. The intake and the drawing of the county have processes of their own.
 */
const COUNT = Number(process.argv[2] ?? 10_000);

/** More than any disk or wire here: the rate limit of a real destination is not what is measured. */
const NO_LIMIT = { perSecond: 1_000_000, concurrency: 32 };

function child(file: string, args: readonly string[]) {
  // With the memory settings that every entry starts Node with (decision 5).
  return spawn(process.execPath, [...process.execArgv, join(import.meta.dirname, file), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

/** Runs a file of ours to its end; its last line of output is JSON. */
async function answer<T>(file: string, args: readonly string[]): Promise<T> {
  const process_ = child(file, args);
  let text = '';
  process_.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const code = await new Promise((resolve) => process_.once('exit', resolve));
  if (code !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${code}`);
  return JSON.parse(text.trim().split('\n').at(-1)!) as T;
}

async function withIntake<T>(folder: string, work: (url: string) => Promise<T>): Promise<T> {
  const intake = child('../transmit/intake-process.ts', [
    join(folder, 'intake'),
    join(folder, 'certificates'),
  ]);
  const exited = new Promise((resolve) => intake.once('exit', resolve));
  try {
    const url = await new Promise<string>((resolve) => {
      intake.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    });
    return await work(url);
  } finally {
    intake.stdin.end();
    await exited;
  }
}

/** A county and an intake of its own for one measurement. */
async function measure<T>(kind: 'stages' | 'run'): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'benchlink-bench-'));
  try {
    mkdirSync(join(folder, 'certificates'));
    await answer('worker.ts', ['draw', folder, String(COUNT)]);
    return await withIntake(folder, async (url) => {
      const config = { ...countyConfig(url, NO_LIMIT), log: 'silent' };
      writeFileSync(join(folder, 'benchlink.json'), JSON.stringify(config));
      return answer<T>('worker.ts', [kind, folder]);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function line(what: string, n: number, seconds: number): string {
  const rate = Math.round(n / seconds).toLocaleString('en');
  return `${what.padEnd(42)}${n.toLocaleString('en').padStart(9)} in ${seconds.toFixed(1).padStart(6)} s ${rate.padStart(9)} /s`;
}

const stages = await measure<StageMeasure[]>('stages');
console.log(`A county of ${COUNT.toLocaleString('en')} warrants without prints, stage by stage`);
for (const { stage, n, seconds } of stages) console.log(line(`  ${stage}`, n, seconds));

const whole = await measure<RunMeasure>('run');
console.log('The same in one run');
console.log(line('  warrants, from files to answers', whole.warrants, whole.seconds));
console.log(
  `  ${whole.entered} entered, ${whole.balances ? 'balanced' : 'NOT balanced'}; peak memory ${whole.peakMb.toFixed(0)} MB`,
);
console.log(`  memory by tenth of the time: ${whole.tenths.map((mb) => mb.toFixed(0)).join(' ')} MB`);
