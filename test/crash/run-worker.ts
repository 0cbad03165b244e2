import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { loadConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { run } from '../../src/run.ts';
import { Store } from '../../src/store/index.ts';

/** One run as a process of its own, to be killed from outside: says when it begins, and its summary when it ends. */
const config = loadConfig(process.argv[2]);
const store = await Store.open({
  database: config.database!,
  blobs: join(config.data, 'blobs'),
  clock: systemClock,
});
process.stdout.write('begin\n');
const summary = await run({ config, store, clock: systemClock, log: createLog('silent') });
await store.close();
process.stdout.write(`${JSON.stringify({ balances: summary.balances, balance: summary.balance })}\n`);
