import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { type Intake, startIntake } from '../../src/transmit/intake/index.ts';
import { type SftpServer, startSftpServer } from '../support/sftp-server.ts';
import { SmallCounty } from '../support/small-county.ts';
import { certs } from './support/intake.ts';

const PROFILES = ['niem-6', 'niem-6-json', 'ojbc-3', 'ncic-text'] as const;
const TRANSPORTS = ['https', 'folder', 'sftp'] as const;
const COMBINATIONS = PROFILES.flatMap((profile) =>
  TRANSPORTS.map((transport) => [profile, transport] as const),
);

/** A destination that can be reached in all three ways, with the configuration of one of them. */
async function openDestination(folder: string, transport: (typeof TRANSPORTS)[number]) {
  const set = await certs();
  const drop = join(folder, 'drop');
  mkdirSync(drop, { recursive: true });
  const intake: Intake = await startIntake({
    data: join(folder, 'intake'),
    tls: { ca: set.ca, ...set.server },
    clock: systemClock,
    drop,
  });
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text, { mode: 0o600 });
  let server: SftpServer | undefined;
  if (transport === 'sftp') {
    server = await startSftpServer(drop);
    server.faults.readOnly = false;
    put('sftp.key', server.clientKey);
  }
  put('ca.pem', set.ca);
  put('client.pem', set.client.cert);
  put('client.key', set.client.key);
  const reached = {
    https: { url: intake.url, caFile: 'ca.pem', certFile: 'client.pem', keyFile: 'client.key' },
    folder: { type: 'folder', path: './drop' },
    sftp: {
      type: 'sftp',
      host: '127.0.0.1',
      port: server?.port ?? 0,
      username: 'court',
      keyFile: 'sftp.key',
      hostKeySha256: server?.hostKeySha256 ?? '',
    },
  }[transport];
  return {
    intake,
    reached,
    close: async () => {
      await server?.close();
      await intake.close();
    },
  };
}

describe.concurrent('A county sent under each profile over each transport', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'benchlink-profiles-'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it.each(COMBINATIONS)(
    '%s over %s: entered, changed, cancelled and cleared',
    async (profile, transport) => {
      const folder = join(root, `${profile}-${transport}`);
      const { intake, reached, close } = await openDestination(folder, transport);
      try {
        const receiver = profile === 'ncic-text' ? { receiverOri: 'CADOJ0000' } : {};
        const county = new SmallCounty(folder, { ...reached, profile, ...receiver });
        county.court({ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 });
        await county.runToEnd();
        const entered = 'entered, enter accepted';
        expect(await county.standing()).toEqual({
          'M26-0001-W1': entered,
          'M26-0002-W1': entered,
          'M26-0003-W1': entered,
          'M26-0004-W1': entered,
        });
        county.court(
          { n: 2, bail: '7500', charge: 'VC 23152(a)' },
          { n: 3, status: 'Recalled' },
          { n: 4, status: 'Served' },
        );
        await county.runToEnd();
        expect(await county.standing()).toEqual({
          'M26-0001-W1': entered,
          'M26-0002-W1': `${entered}, modify accepted`,
          'M26-0003-W1': 'recalled, enter accepted, cancel accepted',
          'M26-0004-W1': 'served, enter accepted, clear accepted',
        });
        const stats = await intake.stats();
        // An OJBC destination knows one removal.
        const removed = profile === 'ojbc-3' ? { cancelled: 2 } : { cancelled: 1, cleared: 1 };
        expect(stats.records).toEqual({ active: 2, ...removed });
      } finally {
        await close();
      }
    },
    180_000,
  );
});
