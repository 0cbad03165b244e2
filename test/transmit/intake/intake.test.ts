import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReceivedMessage } from '../../../src/transmit/intake/message.ts';
import { HttpsTransport } from '../../../src/transmit/transports/https.ts';
import { type Bench, certs, openBench, reading } from '../support/intake.ts';
import { bytesOf, change, entry } from '../support/messages.ts';

let bench: Bench;
let next = 1;

beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

function fresh(fields: Record<string, string> = {}): ReceivedMessage {
  next += 1;
  return entry(next, fields);
}

async function send(message: ReceivedMessage, bytes = bytesOf(message)) {
  const { messageId } = message;
  return reading(
    await bench.transport.send({ messageId, bytes, contentType: 'application/json' }),
    messageId,
    bytes,
  );
}

async function ask(message: ReceivedMessage) {
  return reading(await bench.transport.ask(message.messageId), message.messageId, bytesOf(message));
}

async function fcnOf(message: ReceivedMessage): Promise<string> {
  const answer = await send(message);
  if (answer.kind !== 'answer' || answer.body.kind !== 'accepted') throw new Error(JSON.stringify(answer));
  return answer.body.fcn;
}

describe('The reference intake', () => {
  it('accepts a good misdemeanour entry with an FCN, and a felony with a NIC besides', async () => {
    expect(await send(fresh())).toMatchObject({ body: { kind: 'accepted', fcn: /^\d{13}$/ } });
    const felony = await send(fresh({ LEVEL: 'F', EXL: '4' }));
    expect(felony).toMatchObject({ body: { kind: 'accepted', nic: expect.stringMatching(/^W\d{9}$/) } });
  });

  it('answers the same id and bytes with the first answer and enters nothing more', async () => {
    const message = fresh();
    const first = await send(message);
    bench.clock.advance(5000);
    const before = await bench.intake.stats();
    expect(await send(message)).toEqual(first);
    const after = await bench.intake.stats();
    expect(after.records).toEqual(before.records);
    expect(after.repeats).toBe(before.repeats + 1);
  });

  it('refuses the same id with other bytes, and the sender sees that it is not about its bytes', async () => {
    const message = fresh();
    await send(message);
    const other = { ...message, fields: { ...message.fields, SEX: 'F' } };
    expect(await send(other)).toMatchObject({ kind: 'foreign' });
  });

  it('answers two copies of one message at the same moment with one record', async () => {
    const message = fresh();
    const [a, b] = await Promise.all([send(message), send(message)]);
    expect(a).toEqual(b);
    const list = [];
    for await (const record of bench.transport.activeRecords()) list.push(record);
    expect(list.filter((record) => record.oca === message.fields.OCA)).toHaveLength(1);
  });

  it.each([
    ['NAM', 'smith, pat'],
    ['SEX', 'X'],
    ['RAC', 'X'],
    ['DOB', '20990101'],
    ['DOB', '19800230a'],
    ['DOW', '20260116'],
    ['SOC', '000123456'],
    ['ORI', 'CA19000'],
    ['OFF', '0000'],
    ['EXL', 'Z'],
    ['OCA', ''],
    ['MIS', ''],
  ])('rejects an entry whose %s is %j and names the field', async (code, value) => {
    expect(await send(fresh({ [code]: value }))).toMatchObject({
      body: { kind: 'rejected', codes: expect.arrayContaining([expect.objectContaining({ field: code })]) },
    });
  });

  it('lists every fault of an entry at once', async () => {
    const answer = await send(fresh({ SEX: 'X', DOB: '1980', NAM: '?' }));
    expect(answer).toMatchObject({ body: { codes: [{ field: 'NAM' }, { field: 'SEX' }, { field: 'DOB' }] } });
  });

  it('rejects an entry without any numeric identifier', async () => {
    const message = fresh();
    const { DOB: _dob, ...fields } = message.fields;
    expect(await send({ ...message, fields })).toMatchObject({ body: { kind: 'rejected' } });
  });

  it.each(['FBI', 'SOC'])(
    'says on file for a second entry of one person (%s) at one ORI, with the record',
    async (code) => {
      const number = code === 'FBI' ? '123456AB1' : '123456789';
      const fcn = await fcnOf(fresh({ [code]: number }));
      const second = await send(fresh({ [code]: number }));
      expect(second).toMatchObject({ body: { kind: 'on-file', record: { fcn } } });
      expect(await send(fresh({ [code]: number, ORI: 'CA0010000' }))).toMatchObject({
        body: { kind: 'accepted' },
      });
    },
  );

  it('enters a person again after the first record is cancelled', async () => {
    const first = fresh({ FBI: '777777AA1' });
    await send(first);
    await send(change('cancel', first, 'X-again'));
    expect(await send(fresh({ FBI: '777777AA1' }))).toMatchObject({ body: { kind: 'accepted' } });
  });

  it('modifies, supplements, validates, clears the record a change names', async () => {
    const message = fresh();
    const fcn = await fcnOf(message);
    const modified = change('modify', message, `M-${next}`, {
      fields: { ORI: message.fields.ORI!, WGT: '200' },
      removed: ['HGT'],
    });
    expect(await send(modified)).toMatchObject({ body: { kind: 'accepted', fcn } });
    const added = change('supplemental', message, `S-${next}`, { lists: { AKA: ['OTHER, PAT'] } });
    expect(await send(added)).toMatchObject({ body: { kind: 'accepted', fcn } });
    const again = await send({ ...message, messageId: `E2-${next}` });
    expect(again).toMatchObject({
      body: { kind: 'on-file', record: { fields: { WGT: '200', 'AKA-LIST': 'OTHER, PAT' } } },
    });
    expect(JSON.stringify(again)).not.toContain('"HGT"');
    expect(await send(change('clear', message, `C-${next}`))).toMatchObject({
      body: { kind: 'accepted', fcn },
    });
    expect(await send(change('clear', message, `C2-${next}`))).toMatchObject({
      body: { kind: 'rejected', codes: [{ code: 'NOT-ON-FILE' }] },
    });
  });

  it.each([
    [
      'another name',
      (message: ReceivedMessage) => ({
        ...change('cancel', message, `N-${next}`),
        target: { oca: message.fields.OCA!, nam: 'TEST, OTHER' },
      }),
    ],
    [
      'another agency',
      (message: ReceivedMessage) => ({
        ...change('cancel', message, `A-${next}`),
        fields: { ORI: 'CA0010000' },
      }),
    ],
  ])('refuses a cancel under %s', async (_what, cancel) => {
    const message = fresh();
    await send(message);
    expect(await send(cancel(message))).toMatchObject({
      body: { kind: 'rejected', codes: [{ code: 'NOT-ON-FILE' }] },
    });
  });

  it('knows what became of an id, and says so when nothing came under it', async () => {
    const message = fresh();
    expect(await ask(message)).toMatchObject({ body: { kind: 'not-received', closed: false } });
    const answer = await send(message);
    expect(await ask(message)).toEqual(answer);
  });

  it('takes nothing under an id its sender closed', async () => {
    const message = fresh();
    await bench.transport.close(message.messageId);
    expect(await ask(message)).toMatchObject({ body: { kind: 'not-received', closed: true } });
    expect(await send(message)).toMatchObject({ body: { kind: 'rejected', codes: [{ code: 'CLOSED' }] } });
  });

  it('lists the active records in the order of ORI and case number', async () => {
    const list = [];
    for await (const record of bench.transport.activeRecords())
      list.push(`${record.ori} ${record.oca} ${record.fcn}`);
    expect(list.length).toBeGreaterThan(5);
    expect(list).toEqual(list.toSorted());
  });

  it('leaves purge, locate and hit-confirmation notices for the owner', async () => {
    const message = fresh();
    const fcn = await fcnOf(message);
    const since = (await bench.transport.notices(0))?.at(-1)?.seq ?? 0;
    expect(await bench.intake.requestHitConfirmation(fcn, 'NV0020000')).toBe(true);
    expect(await bench.intake.locate(fcn, 'NV0020000')).toBe(true);
    await bench.intake.purge('2030-01-01');
    const notices = (await bench.transport.notices(since)) ?? [];
    expect(notices.filter((notice) => notice.fcn === fcn).map((notice) => notice.kind)).toEqual([
      'hit-request',
      'locate',
      'purge',
    ]);
  });

  it('lets nobody in without a client certificate of its authority', async () => {
    const set = await certs();
    const stranger = new HttpsTransport({
      url: bench.intake.url,
      ca: set.ca,
      cert: set.server.cert,
      key: set.server.key,
      responseTimeoutMs: 500,
    });
    const attempt = await stranger.ask('E-1');
    expect(attempt.kind).not.toBe('answered');
    await stranger.shut();
  });
});
