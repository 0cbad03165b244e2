import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAlert, openAlerts } from '../../src/alerts.ts';
import { closeRemovalAlerts } from '../../src/removal-alerts.ts';
import { decideMatchReview, type ReviewDecision } from '../../src/review.ts';
import { getHolding, getReview, history, openReviews, toldRemovalsOf } from '../../src/store/index.ts';
import { readClocks } from '../../src/transmit/clocks.ts';
import type { TransmitRun } from '../../src/transmit/index.ts';
import { reconcile } from '../../src/transmit/reconcile/index.ts';
import { forged } from './support/forged.ts';
import { FELONY, ONE_PERSON } from './support/one-person.ts';
import { roundAgain } from './support/round-again.ts';
import { openWorld, type World } from './support/world.ts';

const HOUR = 3_600_000;
const NEVER = { kind: 'rejected', codes: [{ code: 'ORI', text: 'NOT YOURS', retryable: false }] } as const;
const SAID = { kind: 'removed', by: 'Sgt. Example', at: '2026-01-16T12:00:00-08:00' } as const;

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** A destination that takes no record off, whatever it is told. */
function stubborn(): Partial<TransmitRun> {
  const { store, transport } = world;
  return {
    transport: forged(transport, (kind) => (kind === 'cancel' ? NEVER : undefined)),
    ports: {
      attachPrint: async () => undefined,
      alert: async (key, severity, message) => {
        await openAlert(store, 'run', { key, severity, message });
      },
    },
  };
}

/** A recalled warrant whose record the destination will not take off, a day and more ago. */
async function refused(): Promise<{ id: string; fcn: string; question: number }> {
  const id = await world.add(1);
  await world.run();
  const fcn = (await getHolding(world.store.db, id))?.fcn ?? '';
  await world.court(id, 'recalled');
  await world.run(stubborn());
  world.clock.advance(30 * HOUR);
  return { id, fcn, question: await questionOf(id) };
}

async function questionOf(id: string): Promise<number> {
  const [review] = await openReviews(world.store.db, { warrantId: id });
  expect(review).toMatchObject({ code: 'RCL-REFUSED', stage: 'transmit' });
  return review!.id;
}

/** What the operator achieves by telephone: the destination's own clerk takes the record off. */
const takenOff = () => world.intake.purge('2030-01-01');
/** Without the notice, which would tell of it. */
const unheard = () => ({ ...forged(world.transport, () => undefined), notices: async () => [] });

const answer = (question: number, decision: ReviewDecision) =>
  decideMatchReview(world.store, 'A. Operator', question, decision, 'called the desk');

const light = async () => {
  const clocks = await readClocks(world.store.db, { now: world.clock.now(), zone: 'America/Los_Angeles' });
  return clocks.find(({ key }) => key === 'recall-unacknowledged')?.light;
};
const alerts = async () => (await openAlerts(world.store)).map(({ key, severity }) => `${severity} ${key}`);

describe('A record the destination will not take off', () => {
  it('is red until somebody says who there took it off, and when', async () => {
    const { id, fcn, question } = await refused();
    expect([await light(), await alerts()]).toEqual(['red', [`red removal:${id}`]]);
    await closeRemovalAlerts(world.store, 'run');
    expect(await alerts()).toHaveLength(1);
    await answer(question, SAID);
    expect([await light(), await alerts()]).toEqual(['green', []]);
    expect(await getHolding(world.store.db, id)).toBeUndefined();
    expect(await toldRemovalsOf(world.store.db, id)).toMatchObject([
      {
        fcn,
        told_by: 'Sgt. Example',
        told_at: '2026-01-16T20:00:00.000Z',
        noted_by: 'A. Operator',
        state: 'believed',
      },
    ]);
    expect(await getReview(world.store.db, question)).toMatchObject({
      decided_by: 'A. Operator',
      note: 'called the desk',
    });
    const audited = (await history(world.store.db, 'warrant', id)).map(({ actor, action }) => [
      actor,
      action,
    ]);
    expect(audited).toContainEqual(['A. Operator', 'removal.told']);
    expect(audited).toContainEqual(['A. Operator', 'holding.drop']);
  });

  it('is not dealt with by less than that', async () => {
    const { question } = await refused();
    await expect(answer(question, { kind: 'done' })).rejects.toMatchObject({ code: 'DECISION-NOT-ALLOWED' });
    expect(await light()).toBe('red');
  });

  it.each([
    ['before the record was entered', '2026-01-14T12:00:00Z'],
    ['in the future', '2026-02-01T12:00:00Z'],
    ['without its offset', '2026-01-16T12:00'],
  ])('is not believed gone by a word given %s', async (_when, at) => {
    const { id, question } = await refused();
    await expect(answer(question, { ...SAID, at })).rejects.toMatchObject({ code: 'TIME-WRONG' });
    expect(await getHolding(world.store.db, id)).toBeDefined();
    expect(await openReviews(world.store.db)).toHaveLength(1);
  });

  it('may be answered for once', async () => {
    const { question } = await refused();
    await answer(question, SAID);
    await expect(answer(question, SAID)).rejects.toMatchObject({ code: 'ALREADY-DECIDED' });
  });

  it('asks no more once a later message takes it off', async () => {
    const { id, question } = await refused();
    await answer(question, SAID);
    await reconcile(world.sending());
    await world.run();
    expect(await world.messages(id)).toEqual(['enter accepted', 'cancel rejected', 'cancel accepted']);
    expect(await openReviews(world.store.db)).toEqual([]);
    expect([await light(), await world.active()]).toEqual(['green', []]);
  });

  it('asks no more once the court issues the warrant again and the record says so', async () => {
    const { id } = await refused();
    await roundAgain(world.store, id, { bail: { kind: { code: 'BONDABLE', raw: 'B' }, cents: 900_000 } });
    await world.run(stubborn());
    expect(await world.state(id)).toBe('entered');
    expect(await openReviews(world.store.db)).toEqual([]);
  });

  it('may stay if it was only to give way to a more serious warrant of its person', async () => {
    const light = await world.add(1, { person: ONE_PERSON });
    await world.run();
    await world.add(2, { person: ONE_PERSON, ...FELONY });
    const transport = forged(world.transport, (kind) =>
      kind === 'cancel' || kind === 'modify' ? NEVER : undefined,
    );
    await world.run({ transport });
    const asked = await openReviews(world.store.db, { warrantId: light });
    const question = asked.find(({ code }) => code === 'RCL-REFUSED');
    expect(await answer(question!.id, { kind: 'done' })).toBe('decided');
    expect(await world.state(light)).toBe('entered');
  });

  it('that was let stay is taken off all the same when its warrant ends later', async () => {
    const light = await world.add(1, { person: ONE_PERSON });
    await world.run();
    const heavy = await world.add(2, { person: ONE_PERSON, ...FELONY });
    const refusing = forged(world.transport, (kind) =>
      kind === 'cancel' || kind === 'modify' ? NEVER : undefined,
    );
    await world.run({ transport: refusing });
    const asked = await openReviews(world.store.db, { warrantId: light });
    await answer(asked.find(({ code }) => code === 'RCL-REFUSED')!.id, { kind: 'done' });
    world.clock.advance(HOUR);
    await world.court(light, 'recalled');
    await world.run({ onlyRecalls: true });
    expect((await world.messages(light)).at(-1)).toBe('cancel accepted');
    expect(await world.active()).toMatchObject([{ oca: 'OCA000002' }]);
    expect(await world.state(heavy)).toBe('entered');
  });

  it('that went so lets the more serious warrant be entered', async () => {
    const light = await world.add(1, { person: ONE_PERSON });
    await world.run();
    const heavy = await world.add(2, { person: ONE_PERSON, ...FELONY });
    const transport = forged(world.transport, (kind) =>
      kind === 'cancel' || kind === 'modify' ? NEVER : undefined,
    );
    await world.run({ transport });
    const asked = await openReviews(world.store.db, { warrantId: light });
    await takenOff();
    await answer(asked.find(({ code }) => code === 'RCL-REFUSED')!.id, {
      ...SAID,
      at: '2026-01-15T18:00:00Z',
    });
    await world.run({ transport: unheard() });
    expect(await world.messages(heavy)).toEqual(['enter accepted']);
    expect(await world.active()).toMatchObject([{ oca: 'OCA000002' }]);
  });
});

describe("The destination's list, after somebody's word that a record is gone", () => {
  it('bears it out', async () => {
    const { id, question } = await refused();
    await takenOff();
    await answer(question, SAID);
    await reconcile(world.sending({ transport: unheard() }));
    expect(await toldRemovalsOf(world.store.db, id)).toMatchObject([{ state: 'confirmed' }]);
    expect([await light(), await alerts()]).toEqual(['green', []]);
  });

  it('says that it is still there: red again, with a new question that names who said what', async () => {
    const { id, fcn, question } = await refused();
    await answer(question, SAID);
    await reconcile(world.sending(stubborn()), { acts: [] });
    expect(await toldRemovalsOf(world.store.db, id)).toMatchObject([{ state: 'refuted' }]);
    expect([await light(), await alerts()]).toEqual(['red', [`red removal:${id}`]]);
    expect(await getHolding(world.store.db, id)).toMatchObject({ fcn });
    const again = await questionOf(id);
    expect((await getReview(world.store.db, again))?.sentence).toMatch(
      /^Sgt. Example said at 2026-01-16 20:00 UTC .*noted by A. Operator.*lists it all the same/,
    );
    // It is tried once more by itself, and the second word is borne out.
    await world.run(stubborn());
    expect(await world.messages(id)).toEqual(['enter accepted', 'cancel rejected', 'cancel rejected']);
    await takenOff();
    await answer(again, { ...SAID, at: world.clock.now().toISOString() });
    await reconcile(world.sending({ transport: unheard() }));
    expect((await toldRemovalsOf(world.store.db, id)).map(({ state }) => state)).toEqual([
      'refuted',
      'confirmed',
    ]);
    expect([await light(), await alerts()]).toEqual(['green', []]);
  });

  it('says nothing of it in a dry run', async () => {
    const { id, question } = await refused();
    await answer(question, SAID);
    expect(await reconcile(world.sending(), { dryRun: true })).toMatchObject({
      differences: { 'STALE-THERE': 1 },
    });
    expect(await toldRemovalsOf(world.store.db, id)).toMatchObject([{ state: 'believed' }]);
  });

  it('does not by itself end a record that nobody has said is gone', async () => {
    const { id } = await refused();
    await takenOff();
    const quiet = world.sending({ transport: unheard() });
    expect(await reconcile(quiet)).toMatchObject({ differences: { 'GONE-THERE': 1 }, acted: 0 });
    expect(await getHolding(world.store.db, id)).toBeDefined();
    expect(await light()).toBe('red');
  });
});
