import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NO_IDENTIFIERS, type Warrant } from '../../src/domain/index.ts';
import { changeFacts, getHolding, getWarrant, move } from '../../src/store/index.ts';
import type { PrintAttachment } from '../../src/transmit/package/index.ts';
import { testWarrant } from './support/warrants.ts';
import { openWorld, type World } from './support/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld({ niem: true });
});
afterEach(() => world.close());

const PRINT = Buffer.from('an ANSI/NIST file of a synthetic thumb');

const attached: PrintAttachment = {
  bytes: PRINT,
  sha256: createHash('sha256').update(PRINT).digest('hex'),
  finger: 11,
  impression: 0,
  width: 500,
  height: 500,
  ppi: 500,
  compression: 'WSQ20',
  purpose: 'booking',
};

async function record(fcn: string): Promise<{ fields: Record<string, string>; printSha256: string | null }> {
  const { transport } = world;
  const attempt = await transport.record(fcn);
  if (attempt.kind !== 'answered') throw new Error(attempt.why);
  return JSON.parse(Buffer.from(attempt.bytes).toString('utf8'));
}

async function change(id: string, facts: Warrant): Promise<void> {
  await world.store.transaction('court', async (unit) => {
    const row = await getWarrant(unit.trx, id);
    await changeFacts(unit, {
      id,
      fromVersion: row?.version ?? 0,
      facts,
      changes: ['person'],
      recordId: null,
    });
    await move(unit, { id, from: 'entered', to: 'verified', code: 'SYS-OK' });
  });
}

describe('A NIEM message', () => {
  it('is understood by the intake field by field, print included', async () => {
    const base = testWarrant(1);
    const warrant: Warrant = {
      ...base,
      level: { code: 'F', raw: 'F' },
      extradition: { limit: '4' },
      person: {
        ...base.person,
        name: { given: 'Pat', middle: 'Quinn', surname: "O'Test", suffix: 'Jr' },
        aliases: [{ given: 'Patty', surname: 'Test' }],
        ids: {
          ...NO_IDENTIFIERS,
          ssn: '123456789',
          licence: { number: 'A1234567', state: 'CA', expiryYear: '2027' },
          mnu: ['PS-123456'],
        },
        cautions: ['00'],
        skin: 'MED',
      },
    };
    const id = await world.add(1, warrant);
    const counts = await world.run({ ports: { attachPrint: async () => attached } });
    expect(counts).toMatchObject({ accepted: 1, refused: 0, rejected: 0 });
    const row = await getWarrant(world.store.db, id);
    expect(row).toMatchObject({
      state: 'entered',
      nic: expect.stringMatching(/^W\d{9}$/),
      name_as_sent: 'OTEST, PAT QUINN JR',
    });
    const held = await record(row?.fcn ?? '');
    expect(held.printSha256).toBe(attached.sha256);
    expect(held.fields).toMatchObject({
      NAM: 'OTEST, PAT QUINN JR',
      DOB: '19610211',
      SEX: 'M',
      RAC: 'W',
      HGT: '510',
      WGT: '180',
      EYE: 'BRO',
      HAI: 'BRO',
      SKN: 'MED',
      SOC: '123456789',
      OLN: 'A1234567',
      OLS: 'CA',
      OLY: '2027',
      OCA: 'OCA000001',
      WNO: 'W000001',
      OFF: '5015',
      DOW: '20260114',
      EXL: '4',
      LEVEL: 'F',
      ORI: 'CA0190000',
      CTI: 'CA019013J',
      'AKA-LIST': 'TEST, PATTY',
      'MNU-LIST': 'PS-123456',
      'CMC-LIST': '00',
    });
  });

  it('of a change tells only what changed, and the cancel names the record as it was entered', async () => {
    const id = await world.add(1);
    await world.run();
    const first = await getHolding(world.store.db, id);
    const { hair: _hair, skin: _skin, ...person } = testWarrant(1).person;
    await change(id, testWarrant(1, { person: { ...person, weightPounds: 200 } }));
    expect(await world.run()).toMatchObject({ built: 1, accepted: 1 });
    expect(await world.messages(id)).toEqual(['enter accepted', 'modify accepted']);
    const held = await record(first?.fcn ?? '');
    expect(held.fields).toMatchObject({ WGT: '200', NAM: first?.nam });
    expect(held.fields).not.toHaveProperty('HAI');
    await world.court(id, 'served');
    await world.run();
    expect(await world.messages(id)).toEqual(['enter accepted', 'modify accepted', 'clear accepted']);
    expect(await world.active()).toEqual([]);
  });

  it('that would change nothing is not sent', async () => {
    const id = await world.add(1);
    await world.run();
    await change(id, testWarrant(1, { notes: [{ text: 'a note the record does not carry' }] }));
    expect(await world.run()).toMatchObject({ built: 0, unchanged: 1, sent: 0 });
    expect(await world.state(id)).toBe('entered');
  });

  it.each(['recalled', 'expired', 'superseded'] as const)(
    'of a warrant %s after entry is accepted',
    async (state) => {
      const id = await world.add(1);
      await world.run();
      await world.court(id, state === 'superseded' ? 'recalled' : state);
      expect(await world.run()).toMatchObject({ accepted: 1, rejected: 0 });
      expect(await world.active()).toEqual([]);
    },
  );
});
