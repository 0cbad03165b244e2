import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Warrant } from '../../src/domain/index.ts';
import { countByState, getHolding, openReviews, packedIn } from '../../src/store/index.ts';
import { bytesOf, entry } from './support/messages.ts';
import { FELONY, misOf, ONE_PERSON } from './support/one-person.ts';
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

describe('One lead record per person and agency', () => {
  it('enters the most serious warrant and packs the others into it', async () => {
    const light = await of(1);
    const heavy = await of(2, FELONY);
    const other = await of(3);
    expect(await world.run()).toMatchObject({ accepted: 1, packed: 2 });
    expect(await world.messages(heavy)).toEqual(['enter accepted']);
    expect(await packedIn(world.store.db, heavy)).toEqual([light, other].toSorted());
    expect(await countByState(world.store.db)).toEqual({ entered: 3 });
    expect(await misOf(world, heavy)).toMatch(/W000001.*W000003|W000003.*W000001/);
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
    expect(await misOf(world, first)).toContain('W000002');
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
    expect(await misOf(world, heavy)).not.toContain('W000001');
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
