import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Warrant } from '../../src/domain/index.ts';
import { decideMatchReview } from '../../src/review.ts';
import { move, openReviews, packedIn } from '../../src/store/index.ts';
import { forged } from './support/forged.ts';
import { FELONY, misOf, ONE_PERSON, recordOf } from './support/one-person.ts';
import { roundAgain } from './support/round-again.ts';
import { faultsOf } from './support/walk-faults.ts';
import { testWarrant } from './support/warrants.ts';
import { openWorld, type World } from './support/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** A warrant of the one person of these tests. */
function of(n: number, over: Partial<Warrant> = {}): Promise<string> {
  return world.add(n, { person: ONE_PERSON, ...over });
}

/** A record on file that leads a second warrant. */
async function leadAndRider(): Promise<{ lead: string; rider: string }> {
  const [lead, rider] = [await of(1, FELONY), await of(2)];
  await world.run();
  return { lead, rider };
}

/** The warrant's new facts are a question for a person. */
async function waits(id: string): Promise<void> {
  const state = (await world.state(id))!;
  await world.store.transaction('match', async (unit) => {
    await move(unit, { id, from: state, to: 'checked', code: 'SYS-OK' });
    await move(unit, { id, from: 'checked', to: 'review', code: 'LNK-REVIEW' });
  });
}

async function decided(id: string): Promise<void> {
  await world.store.transaction('clerk', (unit) =>
    move(unit, { id, from: 'review', to: 'verified', code: 'SYS-DECISION' }),
  );
}

/** A run in which everything is built and nothing may leave. */
const NOTHING_SENT = { policy: { rate: { perSecond: 1e-9, burst: 0 }, patienceMs: 0 } };

/** A transport that keeps what was sent. */
function heard() {
  const sent: string[] = [];
  const transport = forged(world.transport, (_kind, _n, bytes) => {
    sent.push(Buffer.from(bytes).toString('utf8'));
    return undefined;
  });
  return { sent, transport };
}

describe('A warrant that is to ride in a record whose change is refused for good', () => {
  const NEVER = {
    kind: 'rejected',
    codes: [{ code: 'EXL', field: 'EXL', text: 'NOT AUTHORISED', retryable: false }],
  } as const;
  const refusing = () => forged(world.transport, (kind) => (kind === 'modify' ? NEVER : undefined));

  /** A record on file, and a second warrant that it refuses to take in. */
  async function refused(over: Partial<Warrant> = {}): Promise<{ lead: string; rider: string }> {
    const lead = await of(1, FELONY);
    await world.run();
    const rider = await of(2, over);
    await world.run({ transport: refusing() });
    return { lead, rider };
  }

  it('is on the list of what was refused, with the reason and what to do, and is not sent again by itself', async () => {
    const { lead, rider } = await refused();
    await world.run({ transport: refusing() });
    expect(await world.messages(lead)).toEqual(['enter accepted', 'modify rejected']);
    expect([await world.state(lead), await world.state(rider)]).toEqual(['entered', 'rejected']);
    const [question] = await openReviews(world.store.db, { warrantId: rider });
    expect(question).toMatchObject({ code: 'DST-REJECT', stage: 'transmit' });
    expect(question?.sentence).toMatch(new RegExp(`benchlink resubmit.*${lead}.*EXL: NOT AUTHORISED`));
    // A path would have the clerk correct a field of the other warrant in this one.
    expect(question?.sentence).not.toContain('[');
  });

  it('leaves the question about the record to be answered by whoever has dealt with it', async () => {
    const { lead } = await refused();
    const [question] = await openReviews(world.store.db, { warrantId: lead });
    expect(await decideMatchReview(world.store, 'clerk', question!.id, { kind: 'done' })).toBe('decided');
    expect(await world.state(lead)).toBe('entered');
  });

  it('is refused as well where our own field rules stop the change', async () => {
    const lead = await of(1, FELONY);
    await world.run();
    const rider = await of(2);
    const strict = {
      ...world.packager,
      check: () => [{ code: 'EDT-FIELD', severity: 'error', message: 'Too long.', field: 'notes' }] as const,
    };
    await world.run({ packager: strict });
    expect([await world.state(lead), await world.state(rider)]).toEqual(['entered', 'rejected']);
    expect(await openReviews(world.store.db, { warrantId: rider })).toMatchObject([{ code: 'EDT-FIELD' }]);
  });

  it('rides once it is corrected and sent round again', async () => {
    const { lead, rider } = await refused();
    await roundAgain(world.store, rider, { bail: { kind: { code: 'BONDABLE', raw: 'B' }, cents: 100 } });
    await world.run();
    expect(await world.state(rider)).toBe('entered');
    expect(await world.messages(lead)).toEqual(['enter accepted', 'modify rejected', 'modify accepted']);
    expect(await misOf(world, lead)).toContain('W000002');
    expect(await faultsOf(world)).toEqual([]);
  });

  it('rides once a change of the record itself is accepted, and no question about it is left', async () => {
    const { lead, rider } = await refused();
    await roundAgain(world.store, lead, {
      bail: { kind: { code: 'BONDABLE', raw: 'B' }, cents: 900_000 },
      issuedDate: '2026-01-13',
    });
    await world.run();
    expect(await world.state(rider)).toBe('entered');
    expect(await openReviews(world.store.db, { warrantId: rider })).toEqual([]);
    expect(await misOf(world, lead)).toContain('W000002');
    expect(await faultsOf(world)).toEqual([]);
  });

  it('does not hinder a change of the record itself: that goes without it first', async () => {
    const { lead, rider } = await refused();
    await roundAgain(world.store, lead, { issuedDate: '2026-01-13' });
    const namesRider = (bytes: Uint8Array) => Buffer.from(bytes).includes('W000002');
    const picky = forged(world.transport, (kind, _n, bytes) =>
      kind === 'modify' && namesRider(bytes) ? NEVER : undefined,
    );
    await world.run({ transport: picky });
    await world.run({ transport: picky });
    expect((await world.messages(lead)).slice(2)).toEqual(['modify accepted', 'modify rejected']);
    expect([await world.state(lead), await world.state(rider)]).toEqual(['entered', 'rejected']);
  });

  it('is entered by itself when the record is cancelled', async () => {
    const { lead, rider } = await refused();
    await world.court(lead, 'recalled');
    await world.run();
    expect(await world.messages(rider)).toEqual(['enter accepted']);
    expect(await world.active()).toMatchObject([{ oca: 'OCA000002' }]);
    expect(await openReviews(world.store.db, { warrantId: rider })).toEqual([]);
    expect(await faultsOf(world)).toEqual([]);
  });

  it('ends quietly when it is recalled, because the record never named it', async () => {
    const { lead, rider } = await refused();
    await world.court(rider, 'recalled');
    await world.run();
    expect(await world.messages(lead)).toEqual(['enter accepted', 'modify rejected']);
    expect(await packedIn(world.store.db, lead)).toEqual([]);
    expect(await faultsOf(world)).toEqual([]);
  });

  it('stays named as before when it was in the record already, and is taken out when it is recalled', async () => {
    const lead = await of(1, FELONY);
    const rider = await of(2);
    await world.run();
    await roundAgain(world.store, rider, { number: 'W000009' });
    await world.run({ transport: refusing() });
    expect(await world.state(rider)).toBe('rejected');
    expect(await misOf(world, lead)).toContain('W000002');
    await world.court(rider, 'recalled');
    await world.run({ onlyRecalls: true });
    expect(await misOf(world, lead)).not.toContain('W000002');
  });
});

describe('A warrant that is named in a record and is recalled', () => {
  it('while the destination refuses the change is a red alert, and a question that says so', async () => {
    const lead = await of(1, FELONY);
    const rider = await of(2);
    await world.run();
    await world.court(rider, 'recalled');
    const alerts: string[] = [];
    const ports = {
      attachPrint: async () => undefined,
      alert: async (key: string, severity: string) => void alerts.push(`${severity} ${key}`),
    };
    const no = { kind: 'rejected', codes: [{ code: 'ORI', text: 'NOT YOURS', retryable: false }] } as const;
    await world.run({
      ports,
      transport: forged(world.transport, (kind) => (kind === 'modify' ? no : undefined)),
    });
    expect(alerts).toEqual([`red removal:${lead}`]);
    const [question] = await openReviews(world.store.db, { warrantId: lead });
    expect(question?.sentence).toContain('still names a warrant that has ended');
  });

  it('is taken out in the fast lane though the destination first refuses it for now', async () => {
    const lead = await of(1, FELONY);
    const rider = await of(2);
    await world.run();
    await world.court(rider, 'recalled');
    const later = {
      kind: 'rejected',
      codes: [{ code: 'SYSTEM', text: 'NOT NOW', retryable: true }],
    } as const;
    const transport = forged(world.transport, (kind, n) => (kind === 'modify' && n < 1 ? later : undefined));
    await world.run({ onlyRecalls: true, transport });
    expect(await world.messages(lead)).toEqual(['enter accepted', 'modify rejected', 'modify accepted']);
    expect(await misOf(world, lead)).not.toContain('W000002');
  });

  it('by policy leaves the record as well when new facts keep it here', async () => {
    const lead = await of(1, FELONY);
    const rider = await of(2);
    await world.run();
    await world.store.transaction('court', async (unit) => {
      await move(unit, { id: rider, from: 'entered', to: 'checked', code: 'SYS-OK' });
      await move(unit, { id: rider, from: 'checked', to: 'not-selected', code: 'WAR-NOT-SELECTED' });
    });
    await world.run();
    expect(await misOf(world, lead)).not.toContain('W000002');
  });

  it('leaves the record at once though the warrant of the record waits for a person', async () => {
    const { lead, rider } = await leadAndRider();
    await roundAgain(world.store, lead, { issuedDate: '2026-01-13' });
    await waits(lead);
    const late = await of(3);
    await world.court(rider, 'recalled');
    await world.run({ onlyRecalls: true });
    expect(await world.messages(lead)).toEqual(['enter accepted', 'modify accepted']);
    expect(await misOf(world, lead)).not.toContain('W000002');
    expect(await world.state(lead)).toBe('review');
    // What the question is about is not told before it is answered.
    expect((await recordOf(world, lead)).DOW).toBe('20260114');
    await decided(lead);
    await world.run();
    expect([await world.state(lead), await world.state(late)]).toEqual(['entered', 'entered']);
    expect(await faultsOf(world)).toEqual([]);
  });

  it('is tried again while the warrant of the record waits, and then asked about', async () => {
    const { lead, rider } = await leadAndRider();
    await waits(lead);
    await world.court(rider, 'recalled');
    const later = {
      kind: 'rejected',
      codes: [{ code: 'SYSTEM', text: 'NOT NOW', retryable: true }],
    } as const;
    await world.run({
      transport: forged(world.transport, (kind) => (kind === 'modify' ? later : undefined)),
    });
    expect((await world.messages(lead)).slice(1)).toEqual(Array(5).fill('modify rejected'));
    const [question] = await openReviews(world.store.db, { warrantId: lead });
    expect(question?.sentence).toContain('still names a warrant that has ended');
  });

  it('is not named by an entry that was built before and leaves after', async () => {
    await of(1, FELONY);
    const rider = await of(2);
    await world.run(NOTHING_SENT);
    await world.court(rider, 'recalled');
    const { sent, transport } = heard();
    await world.run({ transport });
    expect(sent.filter((message) => message.includes('W000002'))).toEqual([]);
    expect(await world.active()).toMatchObject([{ oca: 'OCA000001' }]);
    expect(await faultsOf(world)).toEqual([]);
  });

  it('is not named by a change that was built before and leaves after', async () => {
    await of(1, FELONY);
    await world.run();
    const rider = await of(2);
    await world.run(NOTHING_SENT);
    await world.court(rider, 'recalled');
    const { sent, transport } = heard();
    await world.run({ transport });
    expect(sent).toEqual([]);
    expect(await faultsOf(world)).toEqual([]);
  });

  it('is taken out at once, however many changes of the record were accepted before', async () => {
    const lead = await of(1, FELONY);
    await world.run();
    for (let n = 2; n < 9; n++) {
      await of(n);
      await world.run();
    }
    const [rider] = await packedIn(world.store.db, lead);
    await world.court(rider!, 'recalled');
    await world.run({ onlyRecalls: true, policy: { patienceMs: 0 } });
    expect((await world.messages(lead)).at(-1)).toBe('modify accepted');
    expect(await faultsOf(world)).toEqual([]);
  });
});

describe('A correction of who the person is', () => {
  const SOMEBODY_ELSE = testWarrant(77).person;

  it('takes a warrant out of the record of the person it was taken for', async () => {
    const { lead, rider } = await leadAndRider();
    await roundAgain(world.store, rider, { person: SOMEBODY_ELSE });
    await world.run();
    expect(await world.messages(rider)).toEqual(['enter accepted']);
    expect(await world.messages(lead)).toEqual(['enter accepted', 'modify accepted']);
    expect(await faultsOf(world)).toEqual([]);
  });

  it('of the record does not carry the other warrants over to somebody else', async () => {
    const { lead, rider } = await leadAndRider();
    await roundAgain(world.store, lead, { person: SOMEBODY_ELSE });
    const { sent, transport } = heard();
    await world.run({ transport });
    expect(await world.messages(lead)).toEqual(['enter accepted', 'modify accepted']);
    expect(await world.messages(rider)).toEqual(['enter accepted']);
    expect(sent.filter((message) => message.includes('W000001') && message.includes('W000002'))).toEqual([]);
    expect(await world.active()).toHaveLength(2);
    expect(await faultsOf(world)).toEqual([]);
  });

  it('that both warrants share keeps them in one record', async () => {
    const { lead, rider } = await leadAndRider();
    for (const id of [lead, rider])
      await roundAgain(world.store, id, {
        person: { ...ONE_PERSON, name: { surname: 'EXAMPLE', given: 'KIM' } },
      });
    await world.run();
    expect(await world.messages(rider)).toEqual([]);
    expect(await world.active()).toMatchObject([{ nam: 'EXAMPLE, KIM' }]);
    expect(await faultsOf(world)).toEqual([]);
  });
});

it('A record that will not give way to a more serious warrant takes it in, and is not asked again', async () => {
  const lead = await of(1);
  await world.run();
  const heavy = await of(2, FELONY);
  const codes = [{ code: 'ORI', text: 'NOT YOURS', retryable: false }];
  const transport = forged(world.transport, (kind) =>
    kind === 'cancel' ? { kind: 'rejected', codes } : undefined,
  );
  await world.run({ transport });
  await world.run({ transport });
  expect(await world.messages(lead)).toEqual(['enter accepted', 'cancel rejected', 'modify accepted']);
  expect(await world.state(heavy)).toBe('entered');
  expect(await faultsOf(world)).toEqual([]);
});
