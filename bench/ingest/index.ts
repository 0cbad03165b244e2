import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse as csvParse } from 'csv-parse';
import { SaxesParser } from 'saxes';
import { systemClock } from '../../src/clock.ts';
import { DEFAULT_POLICY } from '../../src/domain/index.ts';
import { loadCourtFile } from '../../src/ingest/court-file.ts';
import type { ParseContext } from '../../src/ingest/courts/format.ts';
import { courtFormat } from '../../src/ingest/courts/index.ts';
import { DEFAULT_LIMITS } from '../../src/ingest/parameters.ts';
import { Store } from '../../src/store/index.ts';
import { drawRows, drawSnapshot } from './draw.ts';

/**
 * MB/s of reading big court files, beside a bare pass of the same library over the same file that does nothing
 * with what it reads: `node bench/ingest/index.ts [--xml-mb 200] [--rows 500000] [--store]`. `--only-store` leaves
 * the passes without a store out, so that the memory shown is that of a run.
 */
const CONTEXT: ParseContext = {
  source: 'bench',
  zone: 'America/Los_Angeles',
  today: '2026-11-23',
  limits: DEFAULT_LIMITS,
  codes: { status: [{ raw: 'Active', code: 'ISSUED' }], level: [{ raw: 'M', code: 'M' }] },
  options: { dateOrder: 'MDY' },
};

interface Measure {
  readonly seconds: number;
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
  const records = await work();
  const seconds = (performance.now() - started) / 1000;
  clearInterval(watch);
  return { seconds, records, rss: Math.max(rss, process.memoryUsage.rss()) / 1024 ** 2 };
}

const read = (path: string) => createReadStream(path, { highWaterMark: 1 << 18 });

async function bareSaxes(path: string): Promise<number> {
  let elements = 0;
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', () => {
    elements += 1;
  });
  parser.on('text', () => undefined);
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 18 }))
    parser.write(chunk as string);
  parser.close();
  return elements;
}

async function bareCsv(path: string): Promise<number> {
  let rows = 0;
  for await (const _row of read(path).pipe(csvParse({ columns: true }))) rows += 1;
  return rows;
}

async function ours(format: string, path: string): Promise<number> {
  let records = 0;
  for await (const item of courtFormat(format)!.parse(read(path), CONTEXT)) {
    if (item.kind === 'record') records += 1;
    if (item.kind === 'problem') throw new Error(item.problem.message);
  }
  return records;
}

async function stored(folder: string, name: string, path: string): Promise<number> {
  const store = await Store.open({
    database: `sqlite:${join(folder, `${name}.db`)}`,
    blobs: join(folder, `${name}-blobs`),
    clock: systemClock,
  });
  const arrival = {
    name,
    recovered: false,
    read: () => read(path),
    beside: async () => ({ ok: false, why: 'missing' }) as const,
    done: async () => undefined,
    refuse: async () => undefined,
  };
  const selection = { policy: DEFAULT_POLICY, county: 'Bench', today: CONTEXT.today };
  const onProgress = ({ records }: { records: number }) => {
    if (records % 20_000 === 0) console.error(`  ${records} records stored`);
  };
  const outcome = await loadCourtFile({ store, actor: 'bench', selection, onProgress }, arrival, CONTEXT);
  if (outcome.state !== 'done') throw new Error(outcome.problems[0]?.message ?? outcome.state);
  await store.close();
  return outcome.counts.received;
}

function line(what: string, bytes: number, m: Measure): string {
  const speed = (bytes / 1e6 / m.seconds).toFixed(1).padStart(7);
  const rate = Math.round(m.records / m.seconds)
    .toLocaleString('en')
    .padStart(9);
  return `${what.padEnd(44)}${speed} MB/s ${rate} /s  ${m.seconds.toFixed(1).padStart(6)} s  ${m.rss.toFixed(0).padStart(4)} MB`;
}

const { values } = parseArgs({
  options: {
    'xml-mb': { type: 'string', default: '200' },
    rows: { type: 'string', default: '500000' },
    store: { type: 'boolean', default: false },
    'only-store': { type: 'boolean', default: false },
  },
});

const folder = mkdtempSync(join(tmpdir(), 'benchlink-bench-'));
try {
  const xml = join(folder, 'snapshot.xml');
  const warrants = drawSnapshot(xml, Number(values['xml-mb']) * 1e6);
  const size = statSync(xml).size;
  console.log(`XML snapshot: ${(size / 1e6).toFixed(0)} MB, ${warrants.toLocaleString('en')} warrants`);
  if (!values['only-store']) {
    console.log(line('  saxes alone (elements)', size, await measure(() => bareSaxes(xml))));
    console.log(
      line('  parsed to canonical records', size, await measure(() => ours('ebench-snapshot', xml))),
    );
  }
  if (values.store || values['only-store']) {
    console.log(line('  stored as warrants', size, await measure(() => stored(folder, 'xml', xml))));
  }
  rmSync(xml);
  if (!values['only-store']) await rowsBench(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function rowsBench(folder: string): Promise<void> {
  const csv = join(folder, 'rows.csv');
  drawRows(csv, Number(values.rows));
  const bytes = statSync(csv).size;
  console.log(
    `Delimited export: ${(bytes / 1e6).toFixed(0)} MB, ${Number(values.rows).toLocaleString('en')} rows`,
  );
  console.log(line('  csv-parse alone (rows)', bytes, await measure(() => bareCsv(csv))));
  console.log(line('  parsed to canonical records', bytes, await measure(() => ours('odyssey-csv', csv))));
}
