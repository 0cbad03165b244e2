import { createReadStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse as csvParse } from 'csv-parse';
import { SaxesParser } from 'saxes';
import { systemClock } from '../../src/clock.ts';
import { DEFAULT_POLICY } from '../../src/domain/index.ts';
import { loadCourtFile } from '../../src/ingest/court-file.ts';
import type { ParseContext } from '../../src/ingest/courts/format.ts';
import { courtFormat } from '../../src/ingest/courts/index.ts';
import { DEFAULT_LIMITS } from '../../src/ingest/parameters.ts';
import { Store } from '../../src/store/index.ts';

const CONTEXT: ParseContext = {
  source: 'bench',
  zone: 'America/Los_Angeles',
  today: '2026-11-23',
  limits: DEFAULT_LIMITS,
  codes: { status: [{ raw: 'Active', code: 'ISSUED' }], level: [{ raw: 'M', code: 'M' }] },
  options: { dateOrder: 'MDY' },
};

const TOLD = 100_000;

const read = (path: string) => createReadStream(path, { highWaterMark: 1 << 18 });

async function bareSaxes(path: string, xmlns: boolean): Promise<number> {
  let elements = 0;
  const parser = new SaxesParser({ xmlns });
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

async function parsed(format: string, path: string): Promise<number> {
  let records = 0;
  for await (const item of courtFormat(format)!.parse(read(path), CONTEXT)) {
    if (item.kind === 'record') records += 1;
    if (item.kind === 'problem') throw new Error(item.problem.message);
  }
  return records;
}

/** The file into a store beside it, as a run would: read through, then applied batch by batch. */
async function stored(format: string, path: string): Promise<number> {
  const folder = dirname(path);
  const store = await Store.open({
    database: `sqlite:${join(folder, 'bench.db')}`,
    blobs: join(folder, 'blobs'),
    clock: systemClock,
  });
  const arrival = {
    name: format,
    recovered: false,
    read: () => read(path),
    beside: async () => ({ ok: false, why: 'missing' }) as const,
    done: async () => undefined,
    refuse: async () => undefined,
  };
  const selection = { policy: DEFAULT_POLICY, county: 'Bench', today: CONTEXT.today };
  const started = performance.now();
  const onProgress = ({ records, of }: { records: number; of?: number }) => {
    if (records % TOLD !== 0) return;
    const rss = (process.memoryUsage.rss() / 1024 ** 2).toFixed(0);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.error(`  ${records} records ${of === undefined ? 'read' : 'stored'}, ${seconds} s, ${rss} MB`);
  };
  const ports = { store, actor: 'bench', selection, onProgress };
  const outcome = await loadCourtFile(ports, arrival, CONTEXT, format);
  if (outcome.state !== 'done') throw new Error(outcome.problems[0]?.message ?? outcome.state);
  await store.close();
  return outcome.counts.received;
}

const XML = 'ebench-snapshot';
const ROWS = 'odyssey-csv';

/** What is measured, each in a process of its own: a file's path to how many records (or elements) it came to. */
export const PASSES: Readonly<Record<string, (path: string) => Promise<number>>> = {
  saxes: (path) => bareSaxes(path, true),
  'saxes-plain': (path) => bareSaxes(path, false),
  'xml-parsed': (path) => parsed(XML, path),
  'xml-stored': (path) => stored(XML, path),
  'csv-parse': bareCsv,
  'rows-parsed': (path) => parsed(ROWS, path),
  'rows-stored': (path) => stored(ROWS, path),
};
