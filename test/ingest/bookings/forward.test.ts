import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Booking, NO_PERSON } from '../../../src/domain/index.ts';
import { forwardCitations } from '../../../src/ingest/bookings/forward.ts';
import { LocalFiles } from '../../../src/ingest/transports/local-files.ts';
import { openOutbox } from '../../../src/ingest/transports/outbox.ts';
import { SftpFiles } from '../../../src/ingest/transports/sftp-files.ts';
import { citationTransaction } from '../../../src/ports/citation-transaction.ts';
import { addPrint, bookingId, upsertBookings, verifyAudit } from '../../../src/store/index.ts';
import { makeCertificates } from '../../../src/transmit/certificates.ts';
import { PRINT_SIZE, png, wsq } from '../../support/print-files.ts';
import { readPrintFile } from '../../support/print-port.ts';
import { startSftpServer } from '../../support/sftp-server.ts';
import { openTestStore, temporaryFolder } from '../../support/store.ts';

const citation = (number: string, more: Partial<Booking> = {}): Booking => ({
  kind: 'citation',
  system: 'chp',
  number,
  agencyOri: 'CA0100500',
  bookedDate: '2026-02-14',
  caseNumbers: [],
  charges: [],
  person: {
    ...NO_PERSON,
    name: { surname: 'DOE', given: 'JO' },
    birthDate: '1990-01-02',
    sex: 'F',
    race: 'W',
  },
  ...more,
});

async function world() {
  const { store, folder } = await openTestStore();
  const out = join(folder, 'repository');
  mkdirSync(out);
  const hold = async (
    one: Booking,
    image: Uint8Array,
    imageFormat: 'png' | 'wsq',
    purpose: 'citation' | 'booking' = 'citation',
  ) => {
    const imageSha256 = store.blobs.put(image);
    await store.transaction('test', async (unit) => {
      await upsertBookings(unit, [one]);
      const facts = {
        purpose,
        finger: 1,
        impression: 2,
        imageFormat,
        ...PRINT_SIZE,
        ppi: 500,
        captureDate: '2026-02-14',
      };
      await addPrint(unit, { ...facts, ownerId: bookingId(one), ownerKind: 'booking', imageSha256 });
    });
  };
  const build = citationTransaction({ transactionType: 'CNA', agency: 'CADOJ0000' });
  const forward = (outbox = new LocalFiles(out)) => forwardCitations({ store, actor: 'test', build, outbox });
  return { store, out, hold, forward, build };
}

test('each citation thumbprint goes once to the repository, as a transaction it can read', async () => {
  const { store, out, hold, forward } = await world();
  await hold(citation('T1'), wsq(1), 'wsq');
  await hold(citation('T2'), await png(2), 'png');
  expect(await forward()).toEqual({ forwarded: 2, withheld: { broken: 0, disposed: 0, 'no-ori': 0 } });
  expect(await forward()).toMatchObject({ forwarded: 0 });
  const names = readdirSync(out);
  expect(names.length).toBe(2);
  const files = await Promise.all(names.map((name) => readPrintFile(readFileSync(join(out, name)))));
  expect(files.map((file) => file.text?.get('2.009')?.[0]).sort()).toEqual(['T1', 'T2']);
  for (const file of files) {
    expect(file.prints).toMatchObject([{ finger: 1, impression: 2, format: 'wsq', ppi: 500 }]);
    expect(file.text?.get('2.018')).toEqual(['DOE,JO']);
    // Not to be retained: the print may enter no database.
    expect(file.text?.get('2.005')).toEqual(['N']);
  }
  expect(await verifyAudit(store.db)).toMatchObject({ ok: true });
});

test('booking prints, disposed citations and citations without an agency are never forwarded', async () => {
  const { out, hold, forward } = await world();
  await hold(citation('B1', { kind: 'booking' }), wsq(1), 'wsq', 'booking');
  await hold(citation('T1', { disposedDate: '2026-02-20' }), wsq(2), 'wsq');
  const { agencyOri: _none, ...rest } = citation('T2');
  await hold(rest, wsq(3), 'wsq');
  expect(await forward()).toEqual({ forwarded: 0, withheld: { broken: 0, disposed: 1, 'no-ori': 1 } });
  expect(readdirSync(out)).toEqual([]);
});

test('a run that died between the file and its note repeats the same bytes under the same name', async () => {
  const { store, out, hold, forward, build } = await world();
  await hold(citation('T1'), wsq(1), 'wsq');
  const dying = {
    write: async (path: string, bytes: Uint8Array) => {
      await new LocalFiles(out).write(path, bytes);
      throw new Error('power cut');
    },
  };
  await expect(forwardCitations({ store, actor: 'test', build, outbox: dying })).rejects.toThrow('power cut');
  const [name] = readdirSync(out);
  const first = readFileSync(join(out, name!));
  expect(await forward()).toMatchObject({ forwarded: 1 });
  expect(readdirSync(out)).toEqual([name]);
  expect(readFileSync(join(out, name!)).equals(first)).toBe(true);
});

test('the repository may be an SFTP server', async () => {
  const root = temporaryFolder();
  const server = await startSftpServer(root);
  const { port, hostKeySha256, clientKey } = server;
  const account = {
    host: '127.0.0.1',
    port,
    username: 'court',
    privateKey: clientKey,
    hostKeySha256,
    folder: '/',
    timeoutMs: 5000,
  };
  const outbox = new SftpFiles(account);
  const { hold, store, build } = await world();
  await hold(citation('T1'), wsq(1), 'wsq');
  expect(await forwardCitations({ store, actor: 'test', build, outbox })).toMatchObject({ forwarded: 1 });
  const [name] = readdirSync(root);
  expect(name).toMatch(/^BL[0-9A-F]{18}\.an2$/);
  expect((await readPrintFile(readFileSync(join(root, name!)))).prints.length).toBe(1);
  await outbox.close();
  await server.close();
});

test('the repository may be an HTTPS service: each file is put once, and one it has already is no fault', async () => {
  const { store, hold, build } = await world();
  await hold(citation('T1'), wsq(1), 'wsq');
  await hold(citation('T2'), wsq(2), 'wsq');
  const certificates = await makeCertificates({
    now: new Date('2026-11-20T00:00:00Z'),
    days: 3650,
    clientName: 'county',
    hosts: ['localhost'],
  });
  const { ca, client, server: pair } = certificates;
  const held = new Map<string, Buffer>();
  const server = createServer(
    { cert: pair.cert, key: pair.key, ca, requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const known = held.has(request.url!) && request.headers['if-none-match'] === '*';
        if (!known) held.set(request.url!, Buffer.concat(chunks));
        response.writeHead(known ? 412 : 201).end();
      });
    },
  );
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  const secrets: Readonly<Record<string, string>> = { ca, cert: client.cert, key: client.key };
  const open = () =>
    openOutbox(
      {
        type: 'https',
        url: `https://localhost:${port}/citations/`,
        caFile: 'ca',
        certFile: 'cert',
        keyFile: 'key',
        timeoutMs: 5000,
      },
      (file) => secrets[file]!,
      store.clock,
    );
  const outbox = open();
  const dying = {
    write: async (name: string, bytes: Uint8Array) => {
      await outbox.write(name, bytes);
      throw new Error('power cut');
    },
  };
  await expect(forwardCitations({ store, actor: 'test', build, outbox: dying })).rejects.toThrow('power cut');
  expect(held.size).toBe(1);
  expect(await forwardCitations({ store, actor: 'test', build, outbox })).toMatchObject({ forwarded: 2 });
  expect([...held.keys()].every((name) => /^\/citations\/BL[0-9A-F]{18}\.an2$/.test(name))).toBe(true);
  expect(held.size).toBe(2);
  await outbox.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await hold(citation('T3'), wsq(3), 'wsq');
  const away = open();
  await expect(forwardCitations({ store, actor: 'test', build, outbox: away })).rejects.toThrow(
    /nothing answers/,
  );
  await away.close();
});
