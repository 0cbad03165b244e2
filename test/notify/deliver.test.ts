import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { closeAlert, openAlert } from '../../src/alerts.ts';
import { parseConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { makeCertificates } from '../../src/transmit/certificates.ts';
import { assertChannels, tellAlerts } from '../../src/watch.ts';
import { startSmtpServer } from '../support/smtp-server.ts';
import { openTestStore } from '../support/store.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const ALERT = {
  key: 'arrival:court:late',
  severity: 'amber',
  message: 'The file of court for 2026-03-02 was due at 00:10 and is late.',
} as const;

const CERTIFICATES = makeCertificates({
  now: new Date('2026-11-20T00:00:00Z'),
  days: 3650,
  clientName: 'county',
  hosts: ['localhost', '127.0.0.1'],
});

/** An installation with its alerts configured, and what was logged. */
async function world(alerts: object) {
  const { store, folder, clock } = await openTestStore();
  writeFileSync(join(folder, 'ca.pem'), (await CERTIFICATES).ca);
  writeFileSync(join(folder, 'secret'), 's3cret\n');
  const config = parseConfig({ county: 'Fresno', alerts }, folder);
  const logged: string[] = [];
  const log = createLog('info', { write: (line: string) => void logged.push(line) });
  const pauses: number[] = [];
  const sleep = async (ms: number) => void pauses.push(ms);
  const tell = () => tellAlerts({ config, store, log, actor: 'test', sleep });
  return { store, clock, config, log, logged, pauses, tell };
}

interface Post {
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

async function startWebhook(statuses: number[] = []) {
  const posts: Post[] = [];
  const { server: pair } = await CERTIFICATES;
  const server = createServer({ cert: pair.cert, key: pair.key }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      posts.push({ body: Buffer.concat(chunks).toString(), headers: request.headers });
      response.writeHead(statuses.shift() ?? 204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.address() as AddressInfo;
  return { url: `https://localhost:${port}/hooks/benchlink`, posts };
}

async function startMail(tls: boolean) {
  const { server: pair } = await CERTIFICATES;
  const mail = await startSmtpServer(tls ? pair : undefined);
  closing.push(mail.close);
  return mail;
}

describe('An alert', () => {
  it('is told by the log once when it begins and once when it ends', async () => {
    const { store, logged, tell } = await world({});
    await openAlert(store, 'test', ALERT);
    expect(await tell()).toEqual({ told: 1, untold: 0 });
    expect(await tell()).toEqual({ told: 0, untold: 0 });
    await closeAlert(store, 'test', ALERT.key);
    expect(await tell()).toEqual({ told: 1, untold: 0 });
    expect(logged.map((line) => JSON.parse(line).msg)).toEqual([
      `alert: ${ALERT.message}`,
      `alert ended: ${ALERT.message}`,
    ]);
  });

  it('is told by e-mail over TLS, with the password from its file', async () => {
    const mail = await startMail(true);
    const { store, tell } = await world({
      email: {
        host: 'localhost',
        port: mail.port,
        implicitTls: true,
        username: 'benchlink',
        passwordFile: 'secret',
        caFile: 'ca.pem',
        from: 'benchlink@county.test',
        to: ['clerk@court.test', 'duty@county.test'],
      },
    });
    await openAlert(store, 'test', ALERT);
    await tell();
    await closeAlert(store, 'test', ALERT.key);
    await tell();
    expect(mail.logins).toEqual(['benchlink s3cret', 'benchlink s3cret']);
    expect(mail.mails).toHaveLength(2);
    const [begins, ends] = mail.mails;
    expect(begins).toMatch(/^To: clerk@court\.test, duty@county\.test$/m);
    expect(begins).toMatch(/^Subject: \[Benchlink Fresno\] AMBER: arrival:court:late$/m);
    expect(begins).toContain('was due at 00:10 and is late.');
    expect(begins).toContain('Message-ID: <alert-1-start@benchlink>');
    expect(ends).toMatch(/^Subject: \[Benchlink Fresno\] ended: arrival:court:late$/m);
  });

  it('is never told without TLS but to this machine itself', async () => {
    const email = { host: 'mail.court.test', plaintext: true, from: 'a@b.test', to: ['c@d.test'] };
    expect(() => parseConfig({ alerts: { email } }, '/tmp')).toThrow(/plaintext is only for a relay/);
    const mail = await startMail(false);
    const { store, tell } = await world({
      email: { host: '127.0.0.1', port: mail.port, from: 'a@b.test', to: ['c@d.test'] },
    });
    await openAlert(store, 'test', ALERT);
    expect(await tell()).toEqual({ told: 1, untold: 1 });
    expect(mail.mails).toEqual([]);
  });

  it('is told to a webhook, signed and with its token', async () => {
    const { url, posts } = await startWebhook();
    const { store, tell } = await world({
      webhook: { url, tokenFile: 'secret', signingKeyFile: 'secret', caFile: 'ca.pem' },
    });
    await openAlert(store, 'test', ALERT);
    await tell();
    const [post] = posts;
    expect(JSON.parse(post!.body)).toEqual({
      id: 'alert-1-start',
      phase: 'start',
      ...ALERT,
      openedAt: '2026-03-02T08:00:00.000Z',
      county: 'Fresno',
    });
    const signature = createHmac('sha256', 's3cret').update(post!.body).digest('hex');
    expect(post!.headers).toMatchObject({
      authorization: 'Bearer s3cret',
      'idempotency-key': 'alert-1-start',
      'x-benchlink-signature': `sha256=${signature}`,
    });
  });

  it('that could not be told is tried again, now and at the next run, and never stops the work', async () => {
    const { url, posts } = await startWebhook([500, 503, 204, 500, 500, 500]);
    const { store, logged, pauses, tell } = await world({ webhook: { url, caFile: 'ca.pem' } });
    await openAlert(store, 'test', ALERT);
    expect(await tell()).toEqual({ told: 2, untold: 0 });
    expect(pauses).toEqual([1000, 4000]);
    await closeAlert(store, 'test', ALERT.key);
    expect(await tell()).toEqual({ told: 1, untold: 1 });
    expect(logged.at(-1)).toContain('alert could not be told');
    // The path of a webhook is a secret.
    expect(logged.join('')).not.toContain('/hooks/');
    expect(await tell()).toEqual({ told: 1, untold: 0 });
    expect(posts.map(({ body }) => JSON.parse(body).phase)).toEqual([
      ...Array.from({ length: 3 }, () => 'start'),
      ...Array.from({ length: 4 }, () => 'end'),
    ]);
    const deliveries = await store
      .db('alert_deliveries')
      .where({ channel: 'webhook' })
      .orderBy('phase', 'desc');
    expect(deliveries).toMatchObject([
      { phase: 'start', attempts: 1, last_error: null },
      { phase: 'end', attempts: 2, last_error: null },
    ]);
  });

  it('below the severity a channel wants is not told there', async () => {
    const { url, posts } = await startWebhook();
    const { store, tell } = await world({ webhook: { url, caFile: 'ca.pem', severity: 'red' } });
    await openAlert(store, 'test', ALERT);
    await openAlert(store, 'test', { ...ALERT, key: 'arrival:court:missing', severity: 'red' });
    await tell();
    expect(posts.map(({ body }) => JSON.parse(body).key)).toEqual(['arrival:court:missing']);
  });

  it('long past is no news for a channel set up today', async () => {
    const { store, clock, tell } = await world({});
    await openAlert(store, 'test', ALERT);
    await closeAlert(store, 'test', ALERT.key);
    clock.advance(8 * 86_400_000);
    expect(await tell()).toEqual({ told: 0, untold: 0 });
  });
});

it('a secret that cannot be read is found before the work begins', async () => {
  const { config, log } = await world({ webhook: { url: 'https://localhost/', tokenFile: 'nowhere' } });
  await expect(assertChannels({ config, log })).rejects.toThrow(
    /webhook token: .*nowhere cannot be read \(ENOENT\)/,
  );
});
