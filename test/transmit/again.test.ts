import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reprocess, resubmit } from '../../src/reprocess.ts';
import { getWarrant, openReviews, submissionsOf, versions } from '../../src/store/index.ts';
import { deadLetters, revive } from '../../src/transmit/dead-letters.ts';
import { openWorld, type World } from './support/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const BAD = { issuedDate: '2026-02-30' };
const FIX = [{ field: 'issuedDate', value: '2026-01-14' }];

async function rejected(n: number): Promise<string> {
  const id = await world.add(n, BAD);
  await world.run();
  return id;
}

/** What checking and matching would do with a warrant that goes round again. */
async function matchAgain(): Promise<void> {
  await world.store.db('warrants').where({ state: 'checked' }).update({ state: 'verified' });
}

describe('A warrant sent round again', () => {
  it('after an edit is a new version: only that is sent, and the original stays', async () => {
    const id = await rejected(1);
    expect(await resubmit(world.store, 'clerk', id, { version: 1, corrections: FIX })).toBe(2);
    await matchAgain();
    await world.run();
    expect(await world.messages(id)).toEqual(['enter rejected', 'enter accepted']);
    const subs = await submissionsOf(world.store.db, id);
    expect(subs.map((sub) => sub.warrant_version)).toEqual([1, 2]);
    expect(new Set(subs.map((sub) => sub.message_id)).size).toBe(2);
    const [first] = await versions(world.store.db, id);
    expect(JSON.parse(first?.facts ?? '{}').issuedDate).toBe('2026-02-30');
    expect(await openReviews(world.store.db, { warrantId: id })).toEqual([]);
  });

  it('by two clicks goes round once', async () => {
    const id = await rejected(1);
    const click = () => resubmit(world.store, 'clerk', id, { version: 1, corrections: FIX });
    const outcomes = await Promise.allSettled([click(), click(), click()]);
    expect(outcomes.map((each) => each.status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect((await getWarrant(world.store.db, id))?.version).toBe(2);
  });

  it('unchanged goes out under a message of its own, so that the destination decides anew', async () => {
    const id = await rejected(1);
    await reprocess(world.store, 'operator', { code: 'DST-REJECT' });
    await matchAgain();
    world.clock.advance(60_000);
    await world.run();
    expect(await world.messages(id)).toEqual(['enter rejected', 'enter rejected']);
    expect((await world.intake.stats()).messages).toBe(2);
  });

  it('in bulk is never one that was accepted', async () => {
    for (let n = 1; n <= 5; n++) await world.add(n, n % 2 ? BAD : {});
    await world.run();
    expect(await reprocess(world.store, 'operator', {}, { dryRun: true })).toMatchObject({
      selected: 3,
      done: 0,
    });
    expect(await reprocess(world.store, 'operator', {})).toMatchObject({ selected: 3, done: 3 });
    await matchAgain();
    world.clock.advance(60_000);
    const { posts } = await world.intake.stats();
    await world.run();
    expect((await world.intake.stats()).posts).toBe(posts + 3);
    expect(await world.active()).toHaveLength(2);
  });

  it('after a purge is entered again', async () => {
    const id = await world.add(1);
    await world.run();
    await world.intake.purge('2030-01-01');
    await world.run();
    await resubmit(world.store, 'clerk', id, { version: 1, corrections: [] });
    await matchAgain();
    world.clock.advance(60_000);
    await world.run();
    expect(await world.messages(id)).toEqual(['enter accepted', 'enter accepted']);
    expect(await world.active()).toHaveLength(1);
  });
});

describe('A dead letter', () => {
  it('is tried again once its cause is repaired', async () => {
    const id = await world.add(1);
    world.intake.misbehave('unavailable', 1);
    await world.run({ policy: { patienceMs: 0 } });
    const [sub] = await submissionsOf(world.store.db, id);
    const bytes = world.store.blobs.get(sub!.package_sha256);
    world.store.blobs.remove(sub!.package_sha256);
    world.clock.advance(60_000);
    expect(await world.run()).toMatchObject({ dead: 1 });
    expect(await deadLetters(world.store, 10)).toMatchObject([{ message_id: sub!.message_id }]);
    world.store.blobs.put(bytes);
    await revive(world.store, 'operator', sub!.message_id);
    expect(await world.run()).toMatchObject({ accepted: 1 });
    await expect(revive(world.store, 'operator', sub!.message_id)).rejects.toMatchObject({
      code: 'NOT-DEAD',
    });
  });
});
