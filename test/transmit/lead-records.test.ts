import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NO_IDENTIFIERS, type Warrant } from '../../src/domain/index.ts';
import { decideMatchReview } from '../../src/review.ts';
import { countByState, getHolding, move, openReviews, packedIn } from '../../src/store/index.ts';
import { forged } from './support/forged.ts';
import { bytesOf, entry } from './support/messages.ts';
import { roundAgain } from './support/round-again.ts';
import { faultsOf } from './support/walk-faults.ts';
import { testWarrant } from './support/warrants.ts';
import { openWorld, type World } from './support/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const PERSON = { ...testWarrant(500).person, ids: { ...NO_IDENTIFIERS, ssn: '123456789' } };

/** A warrant of the one person of these tests. */
function of(n: number, over: Partial<Warrant> = {}): Promise<string> {
  return world.add(n, { person: PERSON, ...over });
}

async function misOf(id: string): Promise<string> {
  const holding = await getHolding(world.store.db, id);
  const attempt = await world.transport.record(holding?.fcn ?? 'none');
  if (attempt.kind !== 'answered') throw new Error(attempt.why);
  return JSON.parse(Buffer.from(attempt.bytes).toString('utf8')).fields?.MIS ?? '';
}

const FELONY = { level: { code: 'F' as const, raw: 'F' }, extradition: { limit: '4' } };

describe('One lead record per person and agency', () => {
  it('enters the most serious warrant and packs the others into it', async () => {
    const light = await of(1);
    const heavy = await of(2, FELONY);
    const other = await of(3);
    expect(await world.run()).toMatchObject({ accepted: 1, packed: 2 });
    expect(await world.messages(heavy)).toEqual(['enter accepted']);
    expect(await packedIn(world.store.db, heavy)).toEqual([light, other].toSorted());
    expect(await countByState(world.store.db)).toEqual({ entered: 3 });
    expect(await misOf(heavy)).toMatch(/W000001.*W000003|W000003.*W000001/);
    expect(await world.active()).toHaveLength(1);
  });

  it('tells the record of a further warrant of the person by a modification', async () => {
    const first = await of(1, FELONY);
    await world.run();
    const second = await of(2);
    await world.run();
    expect(await world.messages(second)).toEqual([]);
    expect(await world.messages(first)).toEqual(['enter accepted', 'modify accepted']);
    expect(await world.state(second)).toBe('entered');
    expect(await misOf(first)).toContain('W000002');
  });

  it('replaces the record when a more serious warrant comes, and packs the former lead', async () => {
    const light = await of(1);
    await world.run();
    const heavy = await of(2, FELONY);
    await world.run();
    expect(await world.messages(light)).toEqual(['enter accepted', 'cancel accepted']);
    expect(await world.messages(heavy)).toEqual(['enter accepted']);
    expect(await packedIn(world.store.db, heavy)).toEqual([light]);
    expect(await countByState(world.store.db)).toEqual({ entered: 2 });
    expect(await world.active()).toMatchObject([{ oca: 'OCA000002' }]);
  });

  it('promotes the next warrant when the lead is recalled', async () => {
    const light = await of(1);
    const heavy = await of(2, FELONY);
    await world.run();
    await world.court(heavy, 'recalled');
    await world.run();
    expect(await world.messages(heavy)).toEqual(['enter accepted', 'cancel accepted']);
    expect(await world.messages(light)).toEqual(['enter accepted']);
    expect(await world.active()).toMatchObject([{ oca: 'OCA000001' }]);
  });

  it('takes a recalled rider out of the record', async () => {
    const light = await of(1);
    const heavy = await of(2, FELONY);
    await world.run();
    await world.court(light, 'recalled');
    await world.run();
    expect(await world.messages(heavy)).toEqual(['enter accepted', 'modify accepted']);
    expect(await misOf(heavy)).not.toContain('W000001');
    expect(await packedIn(world.store.db, heavy)).toEqual([]);
  });

  it('lets the rider stand alone when the entry of the lead is rejected', async () => {
    const light = await of(1);
    const heavy = await of(2, { ...FELONY, issuedDate: '2026-02-30' });
    await world.run();
    expect(await world.state(heavy)).toBe('rejected');
    expect(await world.messages(light)).toEqual(['enter accepted']);
  });

  it('keeps a record at each agency of its own', async () => {
    await of(1);
    await of(2, { agencyOri: 'CA0010000' });
    expect(await world.run()).toMatchObject({ accepted: 2, packed: 0 });
  });
});

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
    expect(await misOf(lead)).toContain('W000002');
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
    expect(await misOf(lead)).toContain('W000002');
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
    expect(await misOf(lead)).toContain('W000002');
    await world.court(rider, 'recalled');
    await world.run({ onlyRecalls: true });
    expect(await misOf(lead)).not.toContain('W000002');
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
    expect(await misOf(lead)).not.toContain('W000002');
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
    expect(await misOf(lead)).not.toContain('W000002');
  });
});

describe('A record already on file', () => {
  async function theirs(message: ReturnType<typeof entry>): Promise<void> {
    await world.transport.send({
      messageId: message.messageId,
      bytes: bytesOf(message),
      contentType: 'application/json',
    });
  }

  it('of the same case and name is adopted and brought up to date', async () => {
    await theirs(entry(9, { OCA: 'OCA000001', NAM: 'TESTAAAAAB, PAT', WGT: '100', LEVEL: 'M' }));
    const id = await world.add(1);
    await world.run();
    expect(await world.messages(id)).toEqual(['enter on-file', 'modify accepted']);
    expect(await world.state(id)).toBe('entered');
    const holding = await getHolding(world.store.db, id);
    const attempt = await world.transport.record(holding?.fcn ?? '');
    expect(attempt.kind === 'answered' && Buffer.from(attempt.bytes).toString()).toContain('"WGT":"180"');
  });

  it('of another case is for a person to compare, and is not retried', async () => {
    await theirs(entry(9, { SOC: '123456789' }));
    const id = await of(1);
    await world.run();
    expect(await world.messages(id)).toEqual(['enter on-file']);
    expect(await world.state(id)).toBe('review');
    expect(await openReviews(world.store.db, { warrantId: id })).toMatchObject([{ code: 'DST-ONFILE' }]);
    const { posts } = await world.intake.stats();
    await world.run();
    expect((await world.intake.stats()).posts).toBe(posts);
  });
});
