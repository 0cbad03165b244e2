import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { FixedClock } from '../../../src/clock.ts';
import { DEFAULT_POLICY } from '../../../src/domain/index.ts';
import { loadCourtSource } from '../../../src/ingest/court-source.ts';
import { MemoryCursor } from '../../../src/ingest/transports/cursor.ts';
import { HttpsPull } from '../../../src/ingest/transports/https.ts';
import { SftpTransport } from '../../../src/ingest/transports/sftp.ts';
import type { Arrival, Transport } from '../../../src/ingest/transports/transport.ts';
import type { Store } from '../../../src/store/index.ts';
import { startCourtService } from '../../support/court-service.ts';
import { TEST_CONTEXT } from '../../support/court-tests.ts';
import { startSftpServer } from '../../support/sftp-server.ts';
import { openTestStore, temporaryFolder } from '../../support/store.ts';

const NOW = '2026-11-23T08:00:00Z';
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const warrant = (n: number) =>
  JSON.stringify([
    {
      warrantNumber: `W${n}`,
      caseNumber: `C${n}`,
      status: 'Issued',
      type: 'Bench Warrant',
      issueDate: '2026-11-20',
      court: { ori: 'CA010015J' },
      agency: { ori: 'CA0100000' },
      charges: [{ degree: 'M', statute: 'VC 23152(a)', description: 'DUI' }],
      ftaDate: '2026-11-19',
      party: { name: { last: `DOE${n}`, first: 'JO' }, dob: '1990-01-02', sex: 'M', race: 'W' },
    },
  ]);

function load(store: Store, transport: Transport) {
  const selection = { policy: DEFAULT_POLICY, county: 'Fresno', today: '2026-11-23' };
  return loadCourtSource({ store, actor: 'test', selection }, transport, TEST_CONTEXT);
}

/** Each warrant is there once, from one record that took effect. */
async function expectEachOnce(store: Store, count: number): Promise<void> {
  const warrants = (await store.db('warrants').orderBy('number')) as { number: string; version: number }[];
  expect(new Set(warrants.map((row) => row.number)).size).toBe(count);
  expect(warrants.length).toBe(count);
  expect(warrants.every((row) => row.version === 1)).toBe(true);
}

/** A transport that loses its source before the `nth` input is read. */
function dying(transport: Transport, nth: number, die: () => void): Transport {
  let seen = 0;
  const withDeath = (arrival: Arrival): Arrival => ({
    ...arrival,
    read: () => {
      seen += 1;
      if (seen === nth) die();
      return arrival.read();
    },
  });
  return {
    close: () => transport.close(),
    async *fetch() {
      for await (const item of transport.fetch()) {
        yield item.kind === 'arrival' ? { ...item, arrival: withDeath(item.arrival) } : item;
      }
    },
  };
}

test.each([1, 3, 5])(
  'a web service that answers 500 from case %i on: the next run ends it, nothing lost or doubled',
  async (nth) => {
    const { store } = await openTestStore({ clock: new FixedClock(NOW) });
    const service = await startCourtService('mtls');
    closing.push(() => service.close());
    for (let n = 1; n <= 5; n += 1) service.cases.set(String(n), { document: warrant(n), hash: `h${n}` });
    const { ca, client } = service.certificates;
    const open = () => {
      const settings = {
        url: `${service.url}/changes`,
        changeList: true,
        ca,
        cert: client.cert,
        key: client.key,
        timeoutMs: 2000,
      };
      return new HttpsPull(settings, new MemoryCursor(), new FixedClock(NOW));
    };
    const first = await load(
      store,
      dying(open(), nth, () => {
        service.faults.status = { code: 500, times: 99 };
      }),
    );
    expect(first.stopped).toMatchObject({ code: 'SRC-CONNECT' });
    expect(first.files.length).toBe(nth - 1);
    service.faults.status = { code: 500, times: 0 };
    const second = await load(store, open());
    expect(second.stopped).toBeUndefined();
    expect(service.cases.size).toBe(0);
    await expectEachOnce(store, 5);
  },
);

test('an acknowledgement that is lost brings a case twice, which changes nothing', async () => {
  const { store } = await openTestStore({ clock: new FixedClock(NOW) });
  const service = await startCourtService('mtls');
  closing.push(() => service.close());
  service.cases.set('1', { document: warrant(1), hash: 'h' });
  const { ca, client } = service.certificates;
  const open = () =>
    new HttpsPull(
      {
        url: `${service.url}/changes`,
        changeList: true,
        ca,
        cert: client.cert,
        key: client.key,
        timeoutMs: 2000,
      },
      new MemoryCursor(),
      new FixedClock(NOW),
    );
  await load(store, open());
  service.cases.set('1', { document: warrant(1), hash: 'h' });
  await load(store, open());
  await expectEachOnce(store, 1);
});

test.each([1, 2, 3])(
  'an SFTP server that goes away at file %i: the next run ends it, nothing lost or doubled',
  async (nth) => {
    const { store } = await openTestStore({ clock: new FixedClock(NOW) });
    const root = temporaryFolder();
    mkdirSync(join(root, 'out'));
    for (let n = 1; n <= 3; n += 1) {
      writeFileSync(join(root, 'out', `f${n}.json`), warrant(n));
      utimesSync(join(root, 'out', `f${n}.json`), 1, 1);
    }
    const open = async (owner: string) => {
      const server = await startSftpServer(root);
      closing.push(() => server.close());
      const { port, hostKeySha256, clientKey } = server;
      const transport = new SftpTransport(
        {
          host: '127.0.0.1',
          port,
          username: 'court',
          privateKey: clientKey,
          hostKeySha256,
          folder: '/out',
          timeoutMs: 3000,
          pattern: '*.json',
          complete: { by: 'age', seconds: 1 },
          owner,
          isAlive: () => false,
          lookMs: 0,
          besideBytes: 1,
        },
        { clock: new FixedClock(NOW), sleep: async () => undefined },
      );
      return { server, transport };
    };
    const one = await open('run-1');
    const first = await load(
      store,
      dying(one.transport, nth, () => void one.server.close()),
    );
    expect(first.stopped).toMatchObject({ kind: 'retry' });
    const two = await open('run-2');
    const second = await load(store, two.transport);
    expect(second.stopped).toBeUndefined();
    await expectEachOnce(store, 3);
  },
);
