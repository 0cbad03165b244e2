import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { FixedClock } from '../../../src/clock.ts';
import { readAll } from '../../../src/ingest/bytes.ts';
import { FileCursor, MemoryCursor } from '../../../src/ingest/transports/cursor.ts';
import { HttpsPull, type HttpsSettings, nextLink } from '../../../src/ingest/transports/https.ts';
import type { Arrival } from '../../../src/ingest/transports/transport.ts';
import { makeCertificates } from '../../../src/transmit/certificates.ts';
import { type CourtService, startCourtService } from '../../support/court-service.ts';
import { temporaryFolder } from '../../support/store.ts';

let service: CourtService | undefined;
const transports: HttpsPull[] = [];

afterEach(async () => {
  for (const transport of transports.splice(0)) await transport.close();
  await service?.close();
  service = undefined;
});

async function world(auth: 'mtls' | 'oauth' = 'mtls') {
  service = await startCourtService(auth);
  const { url, certificates } = service;
  const cursor = new MemoryCursor();
  const credentials: Partial<HttpsSettings> =
    auth === 'mtls'
      ? { cert: certificates.client.cert, key: certificates.client.key }
      : { oauth: { tokenUrl: `${url}/token`, clientId: 'benchlink', secret: 's3cret/+' } };
  const open = (more: Partial<HttpsSettings> = {}, at = '2026-03-02T08:00:00.000Z') => {
    const settings = {
      url: `${url}/changes`,
      changeList: true,
      ca: certificates.ca,
      timeoutMs: 3000,
      ...credentials,
      ...more,
    };
    const transport = new HttpsPull(settings, cursor, new FixedClock(at));
    transports.push(transport);
    return transport;
  };
  return { service, open, cursor };
}

async function collect(transport: HttpsPull): Promise<Arrival[]> {
  const arrivals: Arrival[] = [];
  for await (const item of transport.fetch()) if (item.kind === 'arrival') arrivals.push(item.arrival);
  return arrivals;
}

const text = async (arrival: Arrival) => Buffer.from(await readAll(arrival.read())).toString();
const messageOf = (work: Promise<unknown>) => work.then(String, (error: Error) => error.message);

describe.each(['mtls', 'oauth'] as const)('a change list read with %s', (auth) => {
  test('gives each changed case; what is done leaves the list, what is not stays', async () => {
    const { service, open } = await world(auth);
    for (const id of ['26CM1', '26/CM 2', '26CM3'])
      service.cases.set(id, { document: `<Case Number="${id}"/>`, hash: `h-${id}` });
    const arrivals = await collect(open());
    expect(await Promise.all(arrivals.map(text))).toEqual(
      ['26CM1', '26/CM 2', '26CM3'].map((id) => `<Case Number="${id}"/>`),
    );
    await arrivals[0]!.done();
    await arrivals[1]!.done();
    await arrivals[2]!.refuse();
    expect([...service.cases.keys()]).toEqual(['26CM3']);
  });

  test('a case that changed again while it was read stays on the list', async () => {
    const { service, open } = await world(auth);
    service.cases.set('1', { document: 'old', hash: 'a' });
    const [arrival] = await collect(open());
    service.cases.set('1', { document: 'new', hash: 'b' });
    await arrival!.done();
    expect(await text((await collect(open()))[0]!)).toBe('new');
  });

  test('a case acknowledged before, by a run that died, is no fault', async () => {
    const { service, open } = await world(auth);
    service.cases.set('1', { document: 'x', hash: 'a' });
    const [arrival] = await collect(open());
    service.cases.clear();
    await arrival!.done();
  });
});

describe('a service that fails', () => {
  test('with 503 for a moment is asked again', async () => {
    const { service, open } = await world();
    service.cases.set('1', { document: 'x', hash: 'a' });
    service.faults.status = { code: 503, times: 2 };
    expect((await collect(open())).length).toBe(1);
  });

  test('with 500 for good stops the source and loses nothing', async () => {
    const { service, open } = await world();
    service.cases.set('1', { document: 'x', hash: 'a' });
    const [arrival] = await collect(open());
    service.faults.status = { code: 500, times: 99 };
    await expect(readAll(arrival!.read())).rejects.toMatchObject({ kind: 'retry', code: 'SRC-CONNECT' });
    service.faults.status = { code: 500, times: 0 };
    expect((await collect(open())).length).toBe(1);
  });

  test('in the middle of a document never gives half of it as the whole', async () => {
    const { service, open } = await world();
    service.cases.set('1', { document: 'x'.repeat(1000), hash: 'a' });
    const [arrival] = await collect(open());
    service.faults.cut = true;
    expect(await messageOf(readAll(arrival!.read()))).toContain('the answer stopped in the middle');
    expect(await text((await collect(open()))[0]!)).toHaveLength(1000);
  });

  test('a token withdrawn before its time is replaced once', async () => {
    const { service, open } = await world('oauth');
    service.cases.set('1', { document: 'x', hash: 'a' });
    const transport = open();
    const [arrival] = await collect(transport);
    service.faults.withdrawn = new Set(['token-1']);
    expect(await text(arrival!)).toBe('x');
  });

  test.each<
    [
      string,
      (w: Awaited<ReturnType<typeof world>>) => Partial<HttpsSettings> | Promise<Partial<HttpsSettings>>,
      string,
    ]
  >([
    [
      'an address that is not there',
      ({ service }) => ({ url: `${service.url}/none` }),
      'there is nothing at that address',
    ],
    [
      'a port where nothing answers',
      () => ({ url: 'https://127.0.0.1:1/changes' }),
      'nothing answers on that port',
    ],
    ['no client certificate', () => ({ cert: '', key: '' }), 'client certificate'],
    [
      'another authority',
      async () => ({
        ca: (
          await makeCertificates({
            now: new Date('2026-11-20T00:00:00Z'),
            days: 99,
            clientName: 'x',
            hosts: [],
          })
        ).ca,
      }),
      'not from the authority in caFile',
    ],
    [
      'an answer of another shape',
      ({ service }) => ({ url: `${service.url}/pages` }),
      'is not a list of changes',
    ],
  ])('%s is said in plain words', async (_what, change, words) => {
    const w = await world();
    w.service.pages.push('hello');
    expect(await messageOf(collect(w.open(await change(w))))).toContain(words);
  });

  test('wrong client credentials are said in plain words, without the secret', async () => {
    const { service, open } = await world('oauth');
    const oauth = { tokenUrl: `${service.url}/token`, clientId: 'benchlink', secret: 'guess' };
    const message = await messageOf(collect(open({ oauth })));
    expect(message).toContain('does not accept our credentials');
    expect(message).not.toContain('guess');
  });

  test('a list that leads to another server is not followed', async () => {
    const { service, open } = await world();
    service.faults.nextElsewhere = true;
    expect(await messageOf(collect(open()))).toContain('another server than its own; it is not followed');
  });

  test('plain http is refused', () => {
    const settings = { url: 'http://127.0.0.1/', changeList: false, timeoutMs: 1 };
    expect(() => new HttpsPull(settings, new MemoryCursor(), new FixedClock('2026-01-01T00:00:00Z'))).toThrow(
      /https only/,
    );
  });
});

describe('pages since the last complete read', () => {
  test('the moment moves only when the last page is done', async () => {
    const { service, open, cursor } = await world();
    service.pages.push('one', 'two', 'three');
    const paged = { changeList: false, url: `${service.url}/pages?from={since}` };
    const arrivals = await collect(open(paged));
    expect(await Promise.all(arrivals.map(text))).toEqual(['one', 'two', 'three']);
    await arrivals[0]!.done();
    await arrivals[1]!.done();
    expect(cursor.read()).toBeUndefined();
    await arrivals[2]!.done();
    expect(cursor.read()).toBe('2026-03-02T08:00:00.000Z');
    await collect(open(paged));
    expect(service.log.at(-3)).toBe('GET /pages?from=2026-03-02T08%3A00%3A00.000Z');
  });

  test('a refused page comes again', async () => {
    const { service, open, cursor } = await world();
    service.pages.push('one', 'two');
    const arrivals = await collect(open({ changeList: false, url: `${service.url}/pages` }));
    await arrivals[0]!.refuse();
    await arrivals[1]!.done();
    expect(cursor.read()).toBeUndefined();
  });
});

test.each([
  ['</a?page=2>; rel="next"', '/a?page=2'],
  ['</a>; rel="prev", </b>; rel=next', '/b'],
  ['</a>; rel="prev"', undefined],
  [undefined, undefined],
])('the next page of %s is %s', (header, next) => expect(nextLink(header)).toBe(next));

test('a cursor in a file is replaced as a whole and outlives the process', () => {
  const path = join(temporaryFolder(), 'sources', 'court.cursor');
  new FileCursor(path).write('one');
  new FileCursor(path).write('two');
  expect(new FileCursor(path).read()).toBe('two');
});
