import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { FixedClock } from '../../../src/clock.ts';
import { readAll } from '../../../src/ingest/bytes.ts';
import { SftpTransport } from '../../../src/ingest/transports/sftp.ts';
import type { SftpAccount } from '../../../src/ingest/transports/sftp-files.ts';
import type { Arrival } from '../../../src/ingest/transports/transport.ts';
import { keyPair, type SftpServer, startSftpServer } from '../../support/sftp-server.ts';
import { temporaryFolder } from '../../support/store.ts';

const NOW = '2026-03-02T08:00:00Z';
let server: SftpServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function world() {
  const root = temporaryFolder();
  mkdirSync(join(root, 'out'));
  server = await startSftpServer(root);
  const put = (name: string, bytes: string | Uint8Array) => {
    const path = join(root, 'out', name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, bytes);
    const at = Date.parse(NOW) / 1000 - 600;
    utimesSync(path, at, at);
  };
  const { port, hostKeySha256, clientKey } = server;
  const open = (owner = 'run-1', account: Partial<SftpAccount> = {}) =>
    new SftpTransport(
      {
        host: '127.0.0.1',
        port,
        username: 'court',
        privateKey: clientKey,
        hostKeySha256,
        folder: '/out',
        timeoutMs: 5000,
        pattern: '*.csv',
        complete: { by: 'age', seconds: 60 },
        owner,
        isAlive: () => false,
        lookMs: 1,
        besideBytes: 1_000_000,
        ...account,
      },
      { clock: new FixedClock(NOW), sleep: async () => undefined },
    );
  return { root: join(root, 'out'), put, open, server };
}

async function collect(transport: SftpTransport): Promise<Arrival[]> {
  const arrivals: Arrival[] = [];
  for await (const item of transport.fetch()) if (item.kind === 'arrival') arrivals.push(item.arrival);
  return arrivals;
}

describe('a drop folder on an SFTP server', () => {
  test('gives whole files with their exact bytes, and puts them away on the server', async () => {
    const { put, open, root } = await world();
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251));
    put('a.csv', bytes);
    put('b.csv', 'bad');
    const transport = open();
    const [first, second] = await collect(transport);
    expect(Buffer.from(await readAll(first!.read())).equals(bytes)).toBe(true);
    await first!.done();
    await second!.refuse();
    await transport.close();
    expect(readdirSync(join(root, 'done'))).toEqual(['a.csv']);
    expect(readdirSync(join(root, 'refused'))).toEqual(['b.csv']);
    expect(readdirSync(join(root, 'claimed'))).toEqual([]);
  });

  test('a download that is cut goes on where it was, on a new connection', async () => {
    const { put, open, server } = await world();
    const bytes = Buffer.from(Array.from({ length: 2_000_000 }, (_, i) => (i * 7) % 253));
    put('a.csv', bytes);
    const transport = open();
    const [arrival] = await collect(transport);
    server.faults.cutAfterBytes = 700_000;
    expect(Buffer.from(await readAll(arrival!.read())).equals(bytes)).toBe(true);
    expect(server.connections()).toBe(2);
    await transport.close();
  });

  test('a run that loses the server for good leaves its file to the next one', async () => {
    const { put, open, server } = await world();
    put('a.csv', 'x'.repeat(500_000));
    const [arrival] = await collect(open('run-1'));
    const { port } = server;
    await server.close();
    await expect(readAll(arrival!.read())).rejects.toMatchObject({ kind: 'retry', code: 'SRC-CONNECT' });
    expect(port).toBeGreaterThan(0);
  });

  test('what a dead run had claimed is found by the next one', async () => {
    const { put, open } = await world();
    put('a.csv', 'x');
    await collect(open('run-1'));
    const transport = open('run-2');
    const arrivals = await collect(transport);
    expect(arrivals.map((a) => [a.name, a.recovered])).toEqual([['a.csv', true]]);
    await arrivals[0]!.done();
    await transport.close();
  });

  test('print files beside a feed are read, and never from outside the folder', async () => {
    const { put, open, root } = await world();
    put('a.csv', 'x');
    put('prints/1.png', 'PNG');
    writeFileSync(join(root, '..', 'secret.png'), 'no');
    const transport = open();
    const [arrival] = await collect(transport);
    expect(await arrival!.beside('prints/1.png')).toMatchObject({ ok: true, bytes: Buffer.from('PNG') });
    expect(await arrival!.beside('../secret.png')).toEqual({ ok: false, why: 'unsafe' });
    expect(await arrival!.beside('none.png')).toEqual({ ok: false, why: 'missing' });
    await arrival!.done();
    expect(existsSync(join(root, 'done/prints/1.png'))).toBe(true);
    await transport.close();
  });

  test.each<[string, Partial<SftpAccount>, string]>([
    ['another host key', { hostKeySha256: 'AAAA' }, 'the server shows another host key (SHA256:'],
    ['another user', { username: 'nobody' }, 'does not accept the key of user "nobody"'],
    ['another key', { privateKey: keyPair().private }, 'does not accept the key'],
    ['a key that is none', { privateKey: 'hello' }, 'the private key cannot be read'],
    ['a port where nothing answers', { port: 1 }, 'nothing answers on that port'],
    ['a folder that is not there', { folder: '/nowhere' }, 'does not exist there'],
  ])('%s is said in plain words', async (_what, account, words) => {
    const { open } = await world();
    const failure = await collect(open('run-1', account)).catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'retry', code: 'SRC-CONNECT' });
    expect((failure as Error).message).toContain(words);
  });

  test('a folder in which nothing may be renamed is said in plain words', async () => {
    const { put, open, server } = await world();
    put('a.csv', 'x');
    server.faults.readOnly = true;
    await expect(collect(open())).rejects.toMatchObject({
      message: expect.stringContaining('may not read, write and rename there'),
    });
  });
});
