import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { drawRows, drawSnapshot } from './draw.ts';
import { PASSES } from './passes.ts';

/**
 * MB/s of reading big court files, beside a bare pass of the same library over the same file that does nothing
 * with what it reads: `npm run bench -- ingest [--xml-mb 200] [--rows 500000] [--store] [--only-store]`. Nought leaves
 * a kind out; `--only-store` leaves the passes without a store out. Each pass has a process of its own, as in use: in
 * one process the second pass of a library runs on what V8 learned from the first, and the memory is both theirs.
 */
interface Measure {
  readonly seconds: number;
  /** Processor time of the thread that reads, which on a quiet machine is the same; a loaded one adds waiting only. */
  readonly threadSeconds: number;
  readonly records: number;
  /** Highest resident set seen, MB. */
  readonly rss: number;
}

async function measure(work: () => Promise<number>): Promise<Measure> {
  let rss = 0;
  const watch = setInterval(() => {
    rss = Math.max(rss, process.memoryUsage.rss());
  }, 50);
  const started = performance.now();
  const startedThread = process.threadCpuUsage();
  const records = await work();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.threadCpuUsage(startedThread);
  const threadSeconds = (user + system) / 1e6;
  clearInterval(watch);
  return { seconds, threadSeconds, records, rss: Math.max(rss, process.memoryUsage.rss()) / 1024 ** 2 };
}

function inOwnProcess(pass: string, path: string): Measure {
  const args = [...process.execArgv, import.meta.filename, '--pass', pass, '--path', path];
  const { status, stdout } = spawnSync(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) throw new Error(`the pass ${pass} failed`);
  return JSON.parse(String(stdout)) as Measure;
}

function line(what: string, path: string, pass: string): void {
  const m = inOwnProcess(pass, path);
  const megabytes = statSync(path).size / 1e6;
  const speed = (seconds: number) => (megabytes / seconds).toFixed(1).padStart(7);
  const rate = Math.round(m.records / m.seconds)
    .toLocaleString('en')
    .padStart(9);
  const time = `${m.seconds.toFixed(1).padStart(6)} s  ${speed(m.threadSeconds)} MB/s of thread time`;
  console.log(
    `  ${what.padEnd(36)}${speed(m.seconds)} MB/s ${rate} /s ${time} ${m.rss.toFixed(0).padStart(4)} MB`,
  );
}

const { values } = parseArgs({
  options: {
    'xml-mb': { type: 'string', default: '200' },
    rows: { type: 'string', default: '500000' },
    store: { type: 'boolean', default: false },
    'only-store': { type: 'boolean', default: false },
    pass: { type: 'string' },
    path: { type: 'string', default: '' },
  },
});

/** Runs the passes over one drawn file in a folder of its own. */
function over(
  folder: string,
  draw: (path: string) => string,
  passes: readonly (readonly [string, string])[],
): void {
  mkdirSync(folder);
  const path = join(folder, 'drawn');
  const what = draw(path);
  console.log(`${what}, ${(statSync(path).size / 1e6).toFixed(0)} MB`);
  for (const [title, pass] of passes) {
    const isStoring = pass.endsWith('-stored');
    if (isStoring ? values.store || values['only-store'] : !values['only-store']) line(title, path, pass);
  }
  rmSync(folder, { recursive: true, force: true });
}

function compare(): void {
  const folder = mkdtempSync(join(tmpdir(), 'benchlink-bench-'));
  const [mb, rows] = [Number(values['xml-mb']), Number(values.rows)];
  const snapshot = (path: string) =>
    `XML snapshot: ${drawSnapshot(path, mb * 1e6).toLocaleString('en')} warrants`;
  const delimited = (path: string) => {
    drawRows(path, rows);
    return `Delimited export: ${rows.toLocaleString('en')} rows`;
  };
  try {
    if (mb > 0)
      over(join(folder, 'xml'), snapshot, [
        ['saxes alone (elements)', 'saxes'],
        ['saxes alone, names left unresolved', 'saxes-plain'],
        ['parsed to canonical records', 'xml-parsed'],
        ['stored as warrants', 'xml-stored'],
      ]);
    if (rows > 0)
      over(join(folder, 'rows'), delimited, [
        ['csv-parse alone (rows)', 'csv-parse'],
        ['parsed to canonical records', 'rows-parsed'],
        ['stored as warrants', 'rows-stored'],
      ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (values.pass) console.log(JSON.stringify(await measure(() => PASSES[values.pass!]!(values.path))));
else compare();
