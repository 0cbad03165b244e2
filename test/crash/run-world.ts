import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { type Config, parseConfig } from '../../src/config.ts';
import { countyConfig } from '../../src/demo/config.ts';
import { createLog } from '../../src/log.ts';
import { run } from '../../src/run.ts';
import { Store, verifyAudit, type WarrantRow } from '../../src/store/index.ts';
import type { RunSummary } from '../../src/summary.ts';
import { type CountyPlan, writeCounty } from '../../src/synth/county/index.ts';
import { openSandbox } from '../../src/transmit/intake/sandbox.ts';
import { HttpsTransport } from '../../src/transmit/transports/https.ts';

/** A county drawn once; every world gets a copy of its files. Without prints: what is killed here is the pipeline. */
export interface Drawn {
  readonly folder: string;
  readonly plan: CountyPlan;
  remove(): void;
}

export async function drawCounty(warrants: number, seed = 'crash'): Promise<Drawn> {
  const folder = mkdtempSync(join(tmpdir(), 'benchlink-county-'));
  const today = new Date().toISOString().slice(0, 10);
  const plan = await writeCounty(folder, { seed, warrants, today, threads: 1, prints: false });
  return { folder, plan, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export type RunWorld = Awaited<ReturnType<typeof openRunWorld>>;

/** An installation of its own, on SQLite unless said, with an intake of its own, whose runs may be killed. */
export async function openRunWorld(drawn: Drawn, database?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'benchlink-run-'));
  cpSync(drawn.folder, join(folder, 'county'), { recursive: true });
  mkdirSync(join(folder, 'certificates'));
  const intake = await openSandbox({
    data: join(folder, 'intake'),
    certs: join(folder, 'certificates'),
    clock: systemClock,
  });
  const { ca, client } = intake.certificates;
  const county = countyConfig(intake.url, { perSecond: 5000 });
  const named = new Set(['court-ojbc', 'court-odyssey', 'jail', 'police']);
  const raw = {
    ...county,
    log: 'silent',
    sources: county.sources.filter(({ name }) => named.has(name)),
    threads: 1,
    ...(database ? { database } : {}),
  };
  const file = join(folder, 'benchlink.json');
  writeFileSync(file, JSON.stringify(raw));
  const config: Config = parseConfig(raw, folder);
  /** Runs on a clock ahead of ours by this much: what a dead run held has lapsed. */
  let ahead = 0;
  const clock = { now: () => new Date(systemClock.now().getTime() + ahead) };
  const open = () => Store.open({ database: config.database!, blobs: join(config.data, 'blobs'), clock });
  const reader = new HttpsTransport({ url: intake.url, ca, ...client });
  return {
    folder,
    file,
    config,
    intake,
    open,
    /** Lets the lease of a run that died in this process lapse. */
    wait(seconds: number): void {
      ahead += seconds * 1000;
    },
    /** One run in this process. */
    async once(wrap: (store: Store) => Store = (store) => store): Promise<RunSummary> {
      const store = await open();
      try {
        return await run({ config, store: wrap(store), clock, log: createLog('silent') });
      } finally {
        await store.close();
      }
    },
    /** What the destination holds: warrant numbers by its own list, sorted, doubles kept. */
    async active(): Promise<string[]> {
      const store = await open();
      const rows = (await store.db('warrants')) as WarrantRow[];
      await store.close();
      const byOca = new Map(rows.map((row) => [row.oca, row.number]));
      const numbers: string[] = [];
      for await (const { oca } of reader.activeRecords())
        numbers.push(byOca.get(oca ?? null) ?? `unknown ${oca}`);
      return numbers.sort();
    },
    async audit() {
      const store = await open();
      const verdict = await verifyAudit(store.db);
      await store.close();
      return verdict;
    },
    /** Messages by warrant and version: more than one accepted entry would be a double. */
    async doubles(): Promise<unknown[]> {
      const store = await open();
      const rows = (await store
        .db('submissions')
        .select('warrant_id')
        .where({ kind: 'enter', state: 'accepted' })
        .groupBy('warrant_id')
        .havingRaw('count(*) > 1')) as unknown[];
      await store.close();
      return rows;
    },
    async close(): Promise<void> {
      await reader.shut();
      await intake.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
