import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { Store } from '../../src/store/index.ts';
import { transmit } from '../../src/transmit/index.ts';
import { HttpsTransport } from '../../src/transmit/transports/https.ts';
import { jsonPackager } from '../transmit/support/packager.ts';
import { faultAt, tickingStore, tickingTransport } from './faults.ts';

/**
 * One worker in a process of its own, that kills itself with SIGKILL at the n-th effect (0: never).
 * Arguments: folder of the world, address of the intake, owner, n, concurrency.
 */
const [folder = '', url = '', owner = '', n = '0', concurrency = '2'] = process.argv.slice(2);
const pem = (name: string) => readFileSync(join(folder, name), 'utf8');
const store = await Store.open({
  database: `sqlite:${join(folder, 'db.sqlite')}`,
  blobs: join(folder, 'blobs'),
  clock: systemClock,
});
const transport = new HttpsTransport({
  url,
  ca: pem('ca.pem'),
  cert: pem('client.pem'),
  key: pem('client.key'),
  responseTimeoutMs: 2000,
});
const fault = faultAt(Number(n), () => {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('killed');
});
process.stdout.write('ready\n');
const counts = await transmit({
  store: tickingStore(store, fault.tick),
  transport: tickingTransport(transport, fault.tick),
  packager: jsonPackager,
  ports: { attachPrint: async () => undefined },
  destination: 'test',
  actor: owner,
  owner,
  clock: systemClock,
  random: Math.random,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 50))),
  zone: 'America/Los_Angeles',
  policy: {
    rate: { perSecond: 1e6, burst: 1e6 },
    concurrency: Number(concurrency),
    patienceMs: 3000,
  },
});
process.stdout.write(`${JSON.stringify({ effects: fault.count(), counts })}\n`);
await transport.shut();
await store.close();
