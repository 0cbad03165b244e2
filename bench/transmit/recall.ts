import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/clock.ts';
import { openSandbox } from '../../src/transmit/intake/sandbox.ts';
import { SmallCounty } from '../../test/support/small-county.ts';

/**
 * From a court's recall in its drop to the destination's acknowledgement, while a night has 10,000 entries in the
 * outbox and sends them at the configured rate (10 a second unless said) and the fast lane starts once a minute, as `benchlink schedule` does it.
 * Everything is a process of its own: the commands themselves. Arguments: entries, recalls, messages a second,
 * seconds between two starts of the fast lane.
 */
const [ENTRIES = 10_000, RECALLS = 200, RATE = 10, EVERY_S = 60] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'benchlink-recall-'));
const bin = join(import.meta.dirname, '..', '..', 'bin', 'benchlink.mjs');
const intake = await openSandbox({ data: join(folder, 'intake'), certs: folder, clock: systemClock });
const files = { caFile: 'ca.pem', certFile: 'client.pem', keyFile: 'client.key' };
const county = (perSecond: number) =>
  new SmallCounty(folder, { url: intake.url, ...files, perSecond, reconcile: { nightly: false } });

function command(...args: string[]): { child: ChildProcess; ended: Promise<number> } {
  const child = spawn(process.execPath, [bin, ...args, '--config', join(folder, 'benchlink.json')], {
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  return { child, ended: new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1))) };
}

const numbers = (from: number, count: number) => Array.from({ length: count }, (_, i) => ({ n: from + i }));
const quick = county(2000);
quick.court(...numbers(1, RECALLS));
await command('run').ended;
const slow = county(RATE);
// Some more than are to wait: the first leave while the last are built.
slow.court(...numbers(1, RECALLS), ...numbers(RECALLS + 1, Math.ceil(ENTRIES * 1.4)));
const night = command('run');
const store = await slow.open();
const count = async (state: string, kind: string) =>
  Number(((await store.db('submissions').where({ state, kind }).count({ n: '*' })) as { n: number }[])[0]?.n);
while ((await count('built', 'enter')) < ENTRIES) await pause(500);
console.log(`${await count('built', 'enter')} entries wait in the outbox; recalls begin`);

let recalling = true;
const lane = (async () => {
  let codes = 0;
  while (recalling) {
    const [code] = await Promise.all([command('run', '--recalls').ended, pause(EVERY_S * 1000)]);
    if (code !== 0) codes += 1;
  }
  return codes;
})();
const dropped = new Map<string, number>();
const latencies: number[] = [];
async function acknowledged(): Promise<void> {
  const rows = (await store
    .db('submissions as s')
    .join('warrants as w', 'w.id', 's.warrant_id')
    .where({ 's.kind': 'cancel', 's.state': 'accepted' })
    .select('w.number', 's.answered_at')) as { number: string; answered_at: string }[];
  for (const { number, answered_at: at } of rows) {
    const since = dropped.get(number);
    if (since === undefined) continue;
    latencies.push((Date.parse(at) - since) / 1000);
    dropped.delete(number);
  }
}
const left = numbers(1, RECALLS);
while (left.length > 0) {
  const some = left.splice(0, 1 + Math.floor(Math.random() * 3));
  const at = Date.now();
  slow.court(...some.map((each) => ({ ...each, status: 'Recalled' as const })));
  for (const { n } of some) dropped.set(`M26-${String(n).padStart(4, '0')}-W1`, at);
  await pause(500 + Math.random() * 5000);
  await acknowledged();
}
const waiting = await count('built', 'enter');
while (dropped.size > 0) {
  await pause(500);
  await acknowledged();
}
recalling = false;
const failed = await lane;
latencies.sort((a, b) => a - b);
const at = (share: number) =>
  (latencies[Math.min(latencies.length - 1, Math.ceil(share * latencies.length) - 1)] ?? 0).toFixed(1);
console.log(
  `${waiting} entries still waited when the last recall came; the night is at work: ${night.child.exitCode === null}`,
);
console.log(
  `recall to acknowledgement of ${latencies.length}: p50 ${at(0.5)} s, p99 ${at(0.99)} s, worst ${at(1)} s`,
);
console.log(`runs of the fast lane that did not end well: ${failed}`);
night.child.kill('SIGTERM');
await night.ended;
await store.close();
await intake.close();
writeFileSync(join(folder, 'done'), '');
rmSync(folder, { recursive: true, force: true });
process.exit(0);
