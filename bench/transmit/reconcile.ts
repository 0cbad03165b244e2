import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { systemClock } from '../../src/clock.ts';
import { Store } from '../../src/store/index.ts';
import { certificatesIn, openSandbox } from '../../src/transmit/intake/sandbox.ts';
import { compareCase } from '../../src/transmit/reconcile/compare.ts';
import { courtList, ourList, theirList } from '../../src/transmit/reconcile/lists.ts';
import { mergeLists } from '../../src/transmit/reconcile/merge.ts';
import { HttpsTransport } from '../../src/transmit/transports/https.ts';

/**
 * Compares three lists of millions of rows: the court's and ours from the store, the destination's over mutual TLS
 * from the reference intake in its own process. One case in 100,000 differs in each way that can differ.
 * Argument: number of cases.
 */
const COUNT = Number(process.argv[2] ?? 3_000_000);
const AT = '2026-01-15T00:00:00.000Z';
const ORIS = ['CA0010000', 'CA0190000', 'CA0370000'];
const pad = (n: number, width: number) => String(n).padStart(width, '0');
const oriOf = (n: number) => ORIS[n % 3]!;
const every = (n: number, what: number) => n % 100_000 === what;

function fill(file: string, statements: readonly [string, (n: number) => unknown[] | undefined][]): void {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = OFF');
  const inserts = statements.map(([sql, row]) => [db.prepare(sql), row] as const);
  for (let i = 0; i < COUNT; i += 50_000) {
    db.transaction(() => {
      for (let n = i; n < Math.min(COUNT, i + 50_000); n++) {
        for (const [insert, row] of inserts) {
          const values = row(n);
          if (values) insert.run(values);
        }
      }
    })();
  }
  db.close();
}

function fillOurs(file: string): void {
  fill(file, [
    [
      `insert into warrants (id, identity_key, source, agency_ori, oca, state, reason, state_at, version, facts, facts_hash, created_at, updated_at)
       values (?, ?, 'bench', ?, ?, ?, 'SYS-OK', '${AT}', 1, '{}', '', '${AT}', '${AT}')`,
      (n) => [`w${pad(n, 9)}`, `k${n}`, oriOf(n), pad(n, 9), every(n, 1) ? 'recalled' : 'entered'],
    ],
    [
      `insert into holdings (warrant_id, destination, fcn, ori, oca, nam, message_id, facts, held_since, told_at, validate_by)
       values (?, 'bench', ?, ?, ?, 'TEST, PAT', 'm', '{}', '${AT}', '${AT}', '2026-03-15')`,
      (n) => (every(n, 3) ? undefined : [`w${pad(n, 9)}`, pad(n, 13), oriOf(n), pad(n, 9)]),
    ],
  ]);
}

function fillTheirs(file: string): void {
  fill(file, [
    [
      `insert into records (fcn, ori, oca, nam, state, fields, lists, entered_by, changed_by, entered_at, changed_at, validate_by)
       values (?, ?, ?, 'TEST, PAT', 'active', '{}', '{}', 'm', 'm', '${AT}', '${AT}', '2026-03-15')`,
      (n) => (every(n, 2) ? undefined : [pad(n, 13), oriOf(n), pad(n, 9)]),
    ],
  ]);
}

const folder = mkdtempSync(join(tmpdir(), 'benchlink-reconcile-'));
const certs = join(folder, 'certs');
const set = await certificatesIn(certs, systemClock);
const database = join(folder, 'db.sqlite');
await (
  await Store.open({ database: `sqlite:${database}`, blobs: join(folder, 'blobs'), clock: systemClock })
).close();
await (await openSandbox({ data: join(folder, 'intake'), certs, clock: systemClock })).close();
fillOurs(database);
fillTheirs(join(folder, 'intake', 'intake.db'));
console.log(`${COUNT} cases prepared`);

const store = await Store.open({
  database: `sqlite:${database}`,
  blobs: join(folder, 'blobs'),
  clock: systemClock,
});
const child = spawn(
  process.execPath,
  [join(import.meta.dirname, 'intake-process.ts'), join(folder, 'intake'), certs],
  { stdio: ['pipe', 'pipe', 'inherit'] },
);
const url = await new Promise<string>((resolve) => {
  child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
});
const transport = new HttpsTransport({ url, ca: set.ca, ...set.client });
const found: Record<string, number> = {};
let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 500);
const started = performance.now();
const counts = await mergeLists(
  { court: courtList(store.db), ours: ourList(store.db), theirs: theirList(transport) },
  (one) => {
    for (const each of compareCase(one)) found[each.code] = (found[each.code] ?? 0) + 1;
  },
);
const seconds = (performance.now() - started) / 1000;
clearInterval(watch);
console.log(JSON.stringify({ counts, found }));
console.log(
  `${seconds.toFixed(0)} s, ${(counts.cases / seconds).toFixed(0)} cases/s, peak ${(peak / 1e6).toFixed(0)} MB`,
);
await transport.shut();
await store.close();
child.stdin.end();
await new Promise((resolve) => child.once('exit', resolve));
rmSync(folder, { recursive: true, force: true });
