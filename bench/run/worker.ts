import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { localDate, systemClock } from '../../src/clock.ts';
import { type Config, loadConfig, type SourceConfig } from '../../src/config.ts';
import { COUNTY_ZONE } from '../../src/demo/config.ts';
import { HEAD_BYTES } from '../../src/ingest/parameters.ts';
import { parseStream } from '../../src/ingest/parse.ts';
import { createLog } from '../../src/log.ts';
import { destinationPorts, openDestination } from '../../src/ports/destination.ts';
import { run } from '../../src/run.ts';
import { Store } from '../../src/store/index.ts';
import { writeCounty } from '../../src/synth/county/index.ts';
import { buildAll, type TransmitRun, transmit } from '../../src/transmit/index.ts';

/** One step of the bench in a process of its own, so that its memory is its own: `draw`, `stages` or `run`. */
export interface StageMeasure {
  readonly stage: string;
  readonly n: number;
  readonly seconds: number;
}

export interface RunMeasure {
  readonly warrants: number;
  readonly entered: number;
  readonly balances: boolean;
  readonly seconds: number;
  /** Highest resident set of the process, MB, as the operating system counted it. */
  readonly peakMb: number;
  /** Highest resident set in each tenth of the time. */
  readonly tenths: readonly number[];
}

const [what = '', folder = '', count = ''] = process.argv.slice(2);

const secondsSince = (started: number) => (performance.now() - started) / 1000;

async function draw(): Promise<void> {
  const today = localDate(systemClock.now(), COUNTY_ZONE);
  const warrants = Number(count);
  await writeCounty(join(folder, 'county'), { seed: 'bench', warrants, today, threads: 1, prints: false });
}

function openStore(config: Config): Promise<Store> {
  return Store.open({ database: config.database!, blobs: join(config.data, 'blobs'), clock: systemClock });
}

async function parseFolder(config: Config, source: SourceConfig, drop: string): Promise<number> {
  let records = 0;
  for (const name of readdirSync(drop)) {
    const file = join(drop, name);
    if (name === 'prints') continue;
    const head = readFileSync(file).subarray(0, HEAD_BYTES);
    const today = localDate(systemClock.now(), config.zone);
    const { codes, options } = source;
    const items = parseStream(head, createReadStream(file), {
      name,
      today,
      zone: config.zone,
      codes,
      options,
    });
    for await (const item of items) if (item.kind === 'record') records += 1;
  }
  return records;
}

async function parseCourts(config: Config): Promise<StageMeasure> {
  const started = performance.now();
  let n = 0;
  for (const source of config.sources.filter(({ kind }) => kind === 'court'))
    n += await parseFolder(config, source, join(folder, 'county', source.name));
  return { stage: 'parse (records)', n, seconds: secondsSince(started) };
}

/** Everything of a run before the wire, told apart by the first word of progress of the match stage. */
async function beforeTheWire(config: Config, store: Store): Promise<StageMeasure[]> {
  const started = performance.now();
  let matching: number | undefined;
  const summary = await run({
    config,
    store,
    clock: systemClock,
    log: createLog('silent'),
    dryRun: true,
    onProgress: (stage) => {
      if (stage === 'match') matching ??= performance.now();
    },
  });
  const ended = performance.now();
  const { received } = summary.balance.records;
  return [
    { stage: 'parse, check and store (records)', n: received, seconds: (matching! - started) / 1000 },
    { stage: 'link and judge', n: summary.match!.linked, seconds: (ended - matching!) / 1000 },
  ];
}

async function sendAll(config: Config, store: Store): Promise<StageMeasure[]> {
  const destination = openDestination(config.destination!, config.zone, systemClock);
  const sending: TransmitRun = {
    store,
    transport: destination.transport,
    packager: destination.packager,
    ports: destinationPorts(store, 'bench', config.destination!, () => undefined),
    destination: config.destination!.name,
    actor: 'bench',
    owner: `bench-${process.pid}`,
    clock: systemClock,
    random: Math.random,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    zone: config.zone,
    policy: destination.policy,
  };
  const started = performance.now();
  const { built } = await buildAll(sending);
  const builtAt = performance.now();
  const { sent } = await transmit(sending);
  const seconds = secondsSince(builtAt);
  await destination.close();
  return [
    { stage: 'package, validate and store', n: built, seconds: (builtAt - started) / 1000 },
    { stage: 'send and record the answer', n: sent, seconds },
  ];
}

async function stages(config: Config): Promise<StageMeasure[]> {
  const parsed = await parseCourts(config);
  const store = await openStore(config);
  const measures = [parsed, ...(await beforeTheWire(config, store)), ...(await sendAll(config, store))];
  await store.close();
  return measures;
}

async function whole(config: Config): Promise<RunMeasure> {
  const samples: number[] = [];
  const watch = setInterval(() => samples.push(process.memoryUsage.rss() / 1024 ** 2), 20);
  const started = performance.now();
  const store = await openStore(config);
  const summary = await run({ config, store, clock: systemClock, log: createLog('silent') });
  const seconds = secondsSince(started);
  clearInterval(watch);
  await store.close();
  const { warrants } = summary.balance;
  const tenth = Math.ceil(samples.length / 10);
  return {
    warrants: warrants.created,
    entered: warrants.byState.entered ?? 0,
    balances: summary.balances,
    seconds,
    peakMb: process.resourceUsage().maxRSS / 1024,
    tenths: Array.from({ length: 10 }, (_, i) => Math.max(0, ...samples.slice(i * tenth, (i + 1) * tenth))),
  };
}

if (what === 'draw') {
  await draw();
  process.stdout.write('{}\n');
} else {
  const config = loadConfig(join(folder, 'benchlink.json'));
  const result = what === 'stages' ? await stages(config) : await whole(config);
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
