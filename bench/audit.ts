import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../src/clock.ts';
import { Store, verifyAudit } from '../src/store/index.ts';

/** Writes an audit chain and verifies it whole: time and peak memory. Argument: entries. */
const ENTRIES = Number(process.argv[2] ?? 1_000_000);
const BATCH = 1000;
const folder = mkdtempSync(join(tmpdir(), 'benchlink-audit-'));
const store = await Store.open({
  database: `sqlite:${join(folder, 'db.sqlite')}`,
  blobs: join(folder, 'blobs'),
  clock: systemClock,
});
let started = performance.now();
for (let n = 0; n < ENTRIES; n += BATCH) {
  await store.transaction('bench', async (unit) => {
    for (let i = n; i < Math.min(ENTRIES, n + BATCH); i++) {
      const detail = { from: 'linked', to: 'verified', verdict: 'verified' };
      unit.audit({
        action: 'warrant.move',
        objectType: 'warrant',
        objectId: `w_${i}`,
        code: 'PRT-VERIFIED',
        detail,
      });
    }
  });
}
const seconds = () => (performance.now() - started) / 1000;
console.log(
  `written: ${ENTRIES} entries in ${seconds().toFixed(1)} s, ${(ENTRIES / seconds()).toFixed(0)}/s`,
);
const before = process.memoryUsage().rss;
let peak = 0;
started = performance.now();
const verdict = await verifyAudit(store.db, () => {
  peak = Math.max(peak, process.memoryUsage().rss);
});
console.log(
  `verified: ${JSON.stringify(verdict)} in ${seconds().toFixed(1)} s, peak ${(peak / 1e6).toFixed(0)} MB, ${((peak - before) / 1e6).toFixed(0)} MB more than before`,
);
await store.close();
rmSync(folder, { recursive: true, force: true });
