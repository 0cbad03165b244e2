import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { getHolding, openReviews, submissionsOf } from '../../src/store/index.ts';
import type { TransmitPorts } from '../../src/transmit/index.ts';
import { forged } from './support/forged.ts';
import { change, entry, ORI } from './support/messages.ts';
import { FELONY } from './support/one-person.ts';
import { roundAgain } from './support/round-again.ts';
import { faultsOf } from './support/walk-faults.ts';
import { testWarrant } from './support/warrants.ts';
import { openWorld, type World } from './support/world.ts';

let world: World;
let alerts: string[];
let ports: TransmitPorts;
beforeEach(async () => {
  world = await openWorld();
  alerts = [];
  ports = {
    attachPrint: async () => undefined,
    alert: async (key, severity) => {
      alerts.push(`${severity} ${key}`);
    },
  };
});
afterEach(() => world.close());

const HOUR = 3_600_000;

async function entered(n: number, over: Parameters<World['add']>[1] = {}): Promise<string> {
  const id = await world.add(n, over);
  await world.run();
  expect(await world.state(id)).toBe('entered');
  return id;
}

const NOT_NOW = { kind: 'rejected', codes: [{ code: 'SYSTEM', text: 'NOT NOW', retryable: true }] } as const;
const NEVER = { kind: 'rejected', codes: [{ code: 'ORI', text: 'NOT YOURS', retryable: false }] } as const;

describe('The cancel of a recalled warrant', () => {
  it('refused for now is sent again until the record is gone', async () => {
    const id = await entered(1);
    await world.court(id, 'recalled');
    const transport = forged(world.transport, (kind, n) =>
      kind === 'cancel' && n < 3 ? NOT_NOW : undefined,
    );
    await world.run({ transport });
    expect(await world.active()).toEqual([]);
    expect((await world.messages(id)).slice(1)).toEqual([
      'cancel rejected',
      'cancel rejected',
      'cancel rejected',
      'cancel accepted',
    ]);
  });

  it('refused for good is a red alert and a question, and is not sent again by itself', async () => {
    const id = await entered(1);
    await world.court(id, 'recalled');
    const transport = forged(world.transport, (kind) => (kind === 'cancel' ? NEVER : undefined));
    await world.run({ transport, ports });
    await world.run({ transport, ports });
    expect(await world.messages(id)).toEqual(['enter accepted', 'cancel rejected']);
    expect(alerts).toEqual([`red removal:${id}`]);
    expect(await openReviews(world.store.db, { warrantId: id })).toMatchObject([{ code: 'RCL-REFUSED' }]);
    expect(await getHolding(world.store.db, id)).toBeDefined();
  });

  it('answered "not on file" for a record that stands under another name is sent again with that name', async () => {
    const id = await entered(1);
    const facts = testWarrant(1);
    const nam = `${facts.person.name.surname}, PATRICK`;
    const theirs = change('modify', entry(1), 'by-telephone', {
      fields: { ORI, NAM: nam },
      target: { oca: facts.oca!, nam: `${facts.person.name.surname}, PAT` },
    });
    await world.transport.send({
      messageId: 'by-telephone',
      bytes: Buffer.from(JSON.stringify(theirs)),
      contentType: 'application/json',
    });
    await world.court(id, 'recalled');
    await world.run({ ports });
    expect(await world.active()).toEqual([]);
    expect(await world.messages(id)).toEqual(['enter accepted', 'cancel rejected', 'cancel accepted']);
  });

  it('answered "not on file" for a record that is listed all the same is a red alert', async () => {
    const id = await entered(1);
    await world.court(id, 'recalled');
    const gone = {
      kind: 'rejected',
      codes: [{ code: 'NOT-ON-FILE', text: 'NOT ON FILE', retryable: false }],
    } as const;
    const transport = forged(world.transport, (kind) => (kind === 'cancel' ? gone : undefined));
    await world.run({ transport, ports });
    await world.run({ transport, ports });
    expect(alerts).toEqual([`red removal:${id}`]);
    expect(await getHolding(world.store.db, id)).toBeDefined();
    expect(await openReviews(world.store.db, { warrantId: id })).toMatchObject([{ code: 'RCL-REFUSED' }]);
  });

  it('answered "not on file" after a purge nobody told us of ends quietly', async () => {
    const id = await entered(1);
    await world.court(id, 'recalled');
    const transport = { ...forged(world.transport, () => undefined), notices: async () => [] };
    await world.intake.purge('2030-01-01');
    await world.run({ transport, ports });
    expect(alerts).toEqual([]);
    expect(await world.messages(id)).toEqual(['enter accepted', 'cancel rejected']);
    expect(await getHolding(world.store.db, id)).toBeUndefined();
  });

  it('that is unsure when the court issues the warrant again is settled first, and the warrant entered anew', async () => {
    const id = await entered(1);
    await world.court(id, 'recalled');
    world.intake.misbehave('drop-after', 1);
    await world.run({ policy: { patienceMs: 0 } });
    expect(await world.messages(id)).toEqual(['enter accepted', 'cancel unsure']);
    await roundAgain(world.store, id, { bail: { kind: { code: 'BONDABLE', raw: 'B' }, cents: 900_000 } });
    world.clock.advance(HOUR);
    await world.run();
    expect(await world.messages(id)).toEqual(['enter accepted', 'cancel accepted', 'enter accepted']);
    expect(await world.active()).toHaveLength(1);
    expect(await faultsOf(world)).toEqual([]);
  });
});

describe('A message overtaken before it left', () => {
  it('by a new version is taken back: only the new one is sent', async () => {
    const id = await world.add(1);
    await world.run({ onlyRecalls: true });
    world.intake.misbehave('none');
    const nothing = { policy: { rate: { perSecond: 1e-9, burst: 0 }, patienceMs: 0 } };
    await world.run(nothing);
    expect(await world.messages(id)).toEqual(['enter built']);
    await roundAgain(world.store, id, { issuedDate: '2026-01-13' });
    await world.run();
    expect(await world.messages(id)).toEqual(['enter withdrawn', 'enter accepted']);
    expect((await world.intake.stats()).posts).toBe(1);
  });

  it('by a late answer that the warrant was entered after all changes that record', async () => {
    const id = await world.add(1);
    world.intake.misbehave('reject-then-accept', 1);
    const transport = forged(world.transport, () => undefined);
    // The destination says rejected to the message and to the question; its notice comes later.
    const deaf = { ...transport, ask: async () => ({ kind: 'unsure' as const, why: 'deaf' }) };
    await world.run({ transport: { ...deaf, notices: async () => [] }, policy: { patienceMs: 0 } });
    expect(await world.messages(id)).toEqual(['enter unsure']);
    await world.run();
    expect(await world.messages(id)).toEqual(['enter accepted']);
    expect(await faultsOf(world)).toEqual([]);
  });
});

describe('An answer that is older than the purge of its record', () => {
  const lost = async (id: string) => {
    world.intake.misbehave('drop-after', 1);
    await world.run({ policy: { patienceMs: 0 } });
    expect((await world.messages(id)).at(-1)).toMatch(/unsure$/);
    await world.intake.purge('2030-01-01');
    world.clock.advance(HOUR);
    await world.run();
    expect(await world.active()).toEqual([]);
    expect(await getHolding(world.store.db, id)).toBeUndefined();
    expect(await world.state(id)).toBe('purged');
    expect(await openReviews(world.store.db, { warrantId: id })).toMatchObject([{ code: 'DST-PURGED' }]);
  };

  it('to a change does not bring the record back to life', async () => {
    const id = await entered(1);
    await roundAgain(world.store, id, {
      bail: { kind: { code: 'BONDABLE', raw: 'B' }, cents: 900_000 },
      issuedDate: '2026-01-13',
    });
    await lost(id);
  });

  it('to an entry does not either, though we did not know its number then', async () => {
    const id = await world.add(1);
    await lost(id);
  });
});

describe('A destination that contradicts itself', () => {
  it('by accepting what it had refused, under another name, leaves two records and a person is asked', async () => {
    const id = await world.add(1);
    world.intake.misbehave('reject-then-accept', 1);
    const refusing = forged(world.transport, () => undefined);
    const first = {
      ...refusing,
      notices: async () => [],
      // It sticks to its refusal when asked: for good, as a clerk must read it.
      send: async (message: Parameters<typeof refusing.send>[0]) => {
        await refusing.send(message);
        return forged(world.transport, () => NEVER).send(message);
      },
    };
    await world.run({ transport: first });
    expect(await world.state(id)).toBe('rejected');
    const { person } = testWarrant(1);
    const other = { ...person, birthDate: '1971-07-07', name: { ...person.name, given: 'PATRICK' } };
    await roundAgain(world.store, id, { person: other });
    await world.run({ transport: { ...refusing, notices: async () => [] } });
    expect(await world.active()).toHaveLength(2);
    await world.run({ ports });
    const asked = await openReviews(world.store.db, { warrantId: id });
    expect(asked.map((each) => each.code)).toContain('REC-DRIFT');
    const holding = await getHolding(world.store.db, id);
    expect(holding?.nam).toContain('PATRICK');
  });
});

describe('The fast lane', () => {
  const same = (n: number) => ({ ...testWarrant(500).person, ids: testWarrant(n).person.ids });

  it('takes a recalled warrant out of the record in which it rides', async () => {
    const lead = await world.add(1, { person: same(1), ...FELONY });
    const rider = await world.add(2, { person: same(2) });
    await world.run();
    expect([await world.state(lead), await world.state(rider)]).toEqual(['entered', 'entered']);
    await world.court(rider, 'recalled');
    await world.run({ onlyRecalls: true });
    expect(await world.messages(lead)).toEqual(['enter accepted', 'modify accepted']);
    expect(await faultsOf(world)).toEqual([]);
  });

  it('enters the next most serious warrant of a person whose lead record it cancelled', async () => {
    const lead = await world.add(1, { person: same(1), ...FELONY });
    const riders = [await world.add(2, { person: same(2) }), await world.add(3, { person: same(3) })];
    await world.run();
    await world.court(lead, 'recalled');
    await world.run({ onlyRecalls: true });
    expect(await world.active()).toHaveLength(1);
    expect([await world.state(riders[0]!), await world.state(riders[1]!)]).toEqual(['entered', 'entered']);
    expect(await faultsOf(world)).toEqual([]);
  });

  it('does not promote a rider that was recalled while the cancel of its lead was on the wire', async () => {
    const lead = await world.add(1, { person: same(1), ...FELONY });
    const rider = await world.add(2, { person: same(2) });
    await world.run();
    await world.court(lead, 'recalled');
    world.intake.misbehave('drop-after', 1);
    await world.run({ onlyRecalls: true, policy: { patienceMs: 0 } });
    await world.court(rider, 'recalled');
    world.clock.advance(HOUR);
    await world.run();
    expect(await world.active()).toEqual([]);
    expect((await world.messages(rider)).filter((each) => each.startsWith('enter'))).toEqual([]);
  });

  it('beside a nightly run has its recall acknowledged long before the entries are through', async () => {
    const recalled = await entered(1);
    for (let n = 2; n <= 60; n++) await world.add(n);
    const rate = { perSecond: 40, burst: 5 };
    const night = world.run({ policy: { rate, concurrency: 4, patienceMs: 60_000 } });
    while ((await world.active()).length < 9) await new Promise((resolve) => setTimeout(resolve, 10));
    await world.court(recalled, 'recalled');
    await world.run({ onlyRecalls: true, policy: { rate, concurrency: 4, patienceMs: 10_000 } });
    // Whichever of the two has it on the wire.
    await expect.poll(async () => (await world.messages(recalled)).at(-1)).toBe('cancel accepted');
    expect((await world.store.db('submissions').where({ state: 'built' })).length).toBeGreaterThan(10);
    await night;
    expect(await world.active()).toHaveLength(59);
    expect(await faultsOf(world)).toEqual([]);
  });
});

describe('A clock that is put back a day', () => {
  it('holds neither the breaker nor a pause open for that day', async () => {
    await world.add(1);
    for (let n = 2; n <= 8; n++) await world.add(n);
    world.intake.misbehave('unavailable', 6);
    await world.run({ policy: { patienceMs: 0 } });
    world.clock.advance(-24 * HOUR);
    await world.run();
    expect(await world.active()).toHaveLength(8);
    const subs = await submissionsOf(world.store.db, (await world.store.db('warrants').first()).id);
    expect(subs).toHaveLength(1);
  });
});
