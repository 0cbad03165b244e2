import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countByState, countSubmissions, openReviews, verifyAudit } from '../../src/store/index.ts';
import type { Misbehaviour } from '../../src/transmit/intake/index.ts';
import { testWarrant } from './support/warrants.ts';
import { openWorld, type World } from './support/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

describe('Sending', () => {
  it('enters each verified warrant once and keeps its FCN', async () => {
    const ids = await Promise.all([1, 2, 3].map((n) => world.add(n)));
    const counts = await world.run();
    expect(counts).toMatchObject({ built: 3, sent: 3, accepted: 3, open: 0 });
    for (const id of ids) expect(await world.state(id)).toBe('entered');
    expect(await world.active()).toHaveLength(3);
    expect(await verifyAudit(world.store.db)).toMatchObject({ ok: true });
  });

  it('does nothing the second time', async () => {
    await world.add(1);
    await world.run();
    const { posts } = await world.intake.stats();
    expect(await world.run()).toMatchObject({ built: 0, sent: 0 });
    expect((await world.intake.stats()).posts).toBe(posts);
  });

  it('refuses before the wire what the field edits refuse, and sends the rest', async () => {
    const { sex: _sex, ...person } = testWarrant(1).person;
    const bad = await world.add(1, { person });
    await world.add(2);
    expect(await world.run()).toMatchObject({ refused: 1, accepted: 1 });
    expect(await world.state(bad)).toBe('rejected');
    expect(await openReviews(world.store.db, { warrantId: bad })).toMatchObject([{ code: 'PER-CODE' }]);
  });

  it('makes a work item of what the destination rejects, in its words', async () => {
    const id = await world.add(1, { issuedDate: '2026-02-30' });
    expect(await world.run()).toMatchObject({ rejected: 1 });
    expect(await world.state(id)).toBe('rejected');
    const [review] = await openReviews(world.store.db, { warrantId: id });
    expect(review).toMatchObject({ code: 'DST-REJECT', sentence: expect.stringContaining('DOW') });
  });
});

describe('A recall', () => {
  it('of a warrant never sent ends quietly', async () => {
    const id = await world.add(1);
    await world.court(id, 'recalled');
    await world.run();
    expect(await world.messages(id)).toEqual([]);
    expect((await world.intake.stats()).posts).toBe(0);
  });

  it('of a warrant that was entered cancels its record', async () => {
    const id = await world.add(1);
    await world.run();
    await world.court(id, 'recalled');
    await world.run();
    expect(await world.messages(id)).toEqual(['enter accepted', 'cancel accepted']);
    expect(await world.active()).toEqual([]);
  });

  it('by service clears it', async () => {
    const id = await world.add(1);
    await world.run();
    await world.court(id, 'served');
    await world.run({ onlyRecalls: true });
    expect(await world.messages(id)).toEqual(['enter accepted', 'clear accepted']);
    expect((await world.intake.stats()).records).toEqual({ cleared: 1 });
  });

  it('of a message built but not sent withdraws it', async () => {
    world.intake.misbehave('unavailable');
    const id = await world.add(1);
    await world.run({ policy: { patienceMs: 0 } });
    world.intake.misbehave('none');
    await world.court(id, 'recalled');
    world.clock.advance(3_600_000);
    await world.run();
    expect(await world.messages(id)).toEqual(['enter withdrawn']);
    expect(await world.active()).toEqual([]);
  });

  it.each(['drop-after', 'drop-before', 'arrive-late', 'half-open-after'] as const)(
    'of a message whose answer was lost (%s) asks first, and leaves nothing active',
    async (mode) => {
      world.intake.misbehave(mode);
      const id = await world.add(1);
      await world.run({ policy: { patienceMs: 0 } });
      world.intake.misbehave('none');
      await world.court(id, 'recalled');
      world.clock.advance(3_600_000);
      await world.run();
      await new Promise((resolve) => setTimeout(resolve, 700));
      await world.run();
      expect(await world.active()).toEqual([]);
      expect(await countSubmissions(world.store.db)).not.toHaveProperty('unsure');
    },
  );

  it('of a warrant that is issued again enters it again under a new message', async () => {
    const id = await world.add(1);
    await world.run();
    await world.court(id, 'recalled');
    await world.run();
    await world.store.transaction('court', async (unit) => {
      await unit.trx('warrants').where({ id }).update({ state: 'verified' });
    });
    await world.run();
    expect(await world.messages(id)).toEqual(['enter accepted', 'cancel accepted', 'enter accepted']);
    expect(await world.active()).toHaveLength(1);
  });
});

const MODES: readonly Misbehaviour[] = [
  'drop-before',
  'drop-after',
  'late',
  'twice',
  'malformed',
  '503',
  '503-after',
  'unavailable',
  'slow',
  'wrong-id',
  'queued',
  'reject-then-accept',
  'half-open',
  'half-open-after',
  'arrive-late',
];

describe('A destination that misbehaves', () => {
  it.each(MODES)('(%s) loses nothing and enters nothing twice', async (mode) => {
    const ids = [];
    for (let n = 1; n <= 4; n++) ids.push(await world.add(n));
    world.intake.misbehave(mode, 4);
    await world.run();
    await new Promise((resolve) => setTimeout(resolve, mode === 'arrive-late' ? 600 : 0));
    world.clock.advance(3_600_000);
    await world.run();
    expect(await countByState(world.store.db)).toEqual({ entered: 4 });
    expect((await world.intake.stats()).records).toEqual({ active: 4 });
    for (const id of ids) expect(await world.messages(id)).toEqual(['enter accepted']);
  });

  it('that is not there is left alone by the breaker and tried again later', async () => {
    const url = world.intake.url;
    expect(url).toContain('https');
    for (let n = 1; n <= 30; n++) await world.add(n);
    world.intake.misbehave('unavailable');
    await world.run({ policy: { patienceMs: 0, concurrency: 2 } });
    expect((await world.intake.stats()).posts).toBeLessThan(12);
    world.intake.misbehave('none');
    world.clock.advance(3_600_000);
    expect(await world.run()).toMatchObject({ accepted: 30, open: 0 });
  });
});
