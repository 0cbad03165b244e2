import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { type DestinationConfig, parseConfig } from '../../src/config.ts';
import { endingCertificates } from '../../src/ports/destination-transport.ts';
import { probeDestination } from '../../src/ports/probe-destination.ts';
import { type CertificateSet, makeCertificates } from '../../src/transmit/certificates.ts';
import { type Intake, startIntake } from '../../src/transmit/intake/index.ts';
import { type SftpServer, startSftpServer } from '../support/sftp-server.ts';
import { certs } from './support/intake.ts';

const DAY = 86_400_000;
const of = (days: number, now = new Date()): Promise<CertificateSet> =>
  makeCertificates({ now, days, clientName: 'county', hosts: ['localhost', '127.0.0.1'] });

let folder: string;
let intake: Intake;
let expiredIntake: Intake;
let server: SftpServer;

function put(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

function configOf(destination: Record<string, unknown>): DestinationConfig {
  return parseConfig({ destination: { ori: 'CA0190000', ...destination } }, folder).destination!;
}

const probe = (destination: Record<string, unknown>) => probeDestination(configOf(destination), systemClock);
const good = () => ({ url: intake.url, caFile: 'ca.pem', certFile: 'client.pem', keyFile: 'client.key' });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'benchlink-probe-'));
  const [ours, others] = [await certs(), await of(30)];
  const [old, ended] = [await of(20, new Date(Date.now() - 40 * DAY)), await of(30)];
  put('ca.pem', ours.ca);
  put('client.pem', ours.client.cert);
  put('client.key', ours.client.key);
  put('other-ca.pem', others.ca);
  put('other.pem', others.client.cert);
  put('other.key', others.client.key);
  put('old.pem', old.client.cert);
  put('old.key', old.client.key);
  put('old-ca.pem', old.ca);
  put('rubbish.pem', 'no certificate');
  intake = await startIntake({
    data: join(folder, 'a'),
    tls: { ca: ours.ca, ...ours.server },
    clock: systemClock,
  });
  expiredIntake = await startIntake({
    data: join(folder, 'b'),
    tls: { ca: ended.ca, ...old.server },
    clock: systemClock,
  });
  mkdirSync(join(folder, 'drop'));
  server = await startSftpServer(join(folder, 'drop'));
  put('sftp.key', server.clientKey);
}, 60_000);
afterAll(async () => {
  await intake.close();
  await expiredIntake.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('A destination that is tried before anything is sent', () => {
  it('is taken as it is when it takes us', async () => {
    expect(await probe(good())).toBeUndefined();
  });

  it.each([
    ['another authority', { caFile: 'other-ca.pem' }, 'configuration', /not from the authority in caFile/],
    [
      'no certificate for an authority',
      { caFile: 'rubbish.pem' },
      'configuration',
      /destination\.caFile.*no PEM/,
    ],
    [
      'an expired certificate of ours',
      { certFile: 'old.pem', keyFile: 'old.key' },
      'configuration',
      /expired on \d{4}/,
    ],
    [
      'a key of another certificate',
      { keyFile: 'other.key' },
      'configuration',
      /destination\.keyFile.*does not belong/,
    ],
    [
      'a certificate the destination does not know',
      { certFile: 'other.pem', keyFile: 'other.key' },
      'unreachable',
      /certificate.*destination\.certFile/,
    ],
    [
      'an address where nobody is',
      { url: 'https://localhost:1' },
      'unreachable',
      /nothing answers on that port/,
    ],
    ['a host nobody knows', { url: 'https://no.such.invalid' }, 'unreachable', /host name/],
  ])('says plainly what is wrong: %s', async (_what, over, kind, message) => {
    expect(await probe({ ...good(), ...over })).toMatchObject({
      kind,
      message: expect.stringMatching(message),
    });
  });

  it('says that its own certificate has expired', async () => {
    const over = { url: expiredIntake.url, caFile: 'old-ca.pem' };
    const found = await probe({ ...good(), ...over });
    expect(found).toMatchObject({ kind: 'configuration', message: expect.stringMatching(/has expired/) });
  });

  const sftp = (over: Record<string, unknown> = {}) => ({
    type: 'sftp',
    host: '127.0.0.1',
    port: server.port,
    username: 'court',
    keyFile: 'sftp.key',
    hostKeySha256: server.hostKeySha256,
    ...over,
  });

  it('knows an SFTP drop by its key, our account and the folder', async () => {
    expect(await probe(sftp())).toBeUndefined();
    expect(await probe(sftp({ hostKeySha256: 'A'.repeat(43) }))).toMatchObject({
      kind: 'configuration',
      message: expect.stringMatching(/another host key/),
    });
    expect(await probe(sftp({ username: 'nobody' }))).toMatchObject({
      kind: 'configuration',
      message: expect.stringMatching(/does not accept the key of user "nobody"/),
    });
    expect(await probe(sftp({ folder: '/none' }))).toMatchObject({
      message: expect.stringMatching(/folder.*does not exist/),
    });
  });

  it('does not make a drop folder that is not there: it may be a share that is not mounted', async () => {
    expect(await probe({ type: 'folder', path: 'drop' })).toBeUndefined();
    expect(await probe({ type: 'folder', path: 'nowhere' })).toMatchObject({
      kind: 'configuration',
      message: expect.stringMatching(/nowhere does not exist/),
    });
  });
});

describe('Certificates near their end', () => {
  it('are named by their place in the configuration', () => {
    const config = configOf({ ...good(), clocks: { certificateDays: 31 } });
    const names = endingCertificates(config, systemClock.now()).map(({ name }) => name);
    expect(names).toEqual(['destination.certFile', 'destination.caFile']);
    expect(
      endingCertificates(configOf({ ...good(), clocks: { certificateDays: 5 } }), systemClock.now()),
    ).toEqual([]);
  });
});
