import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resubmit } from '../../src/reprocess.ts';
import { decideMatchReview } from '../../src/review.ts';
import {
  getHolding,
  getWarrant,
  history,
  move,
  openReview,
  openReviews,
  submissionsOf,
} from '../../src/store/index.ts';
import { buildAll } from '../../src/transmit/index.ts';
import { reconcile } from '../../src/transmit/reconcile/index.ts';
import { certify } from '../../src/transmit/validate-due.ts';
import { forged } from './support/forged.ts';
import { FELONY, misOf, ONE_PERSON } from './support/one-person.ts';
import { roundAgain, throughMatch } from './support/round-again.ts';
import { faultsOf } from './support/walk-faults.ts';
import { openWorld, type World } from './support/world.ts';

const NEVER = { kind: 'rejected', codes: [{ code: 'ORI', text: 'NOT YOURS', retryable: false }] } as const;

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const fastLane = () => world.run({ onlyRecalls: true });

/** A later version's print is somebody else's: the warrant waits for an examiner. */
async function asks(id: string): Promise<number> {
  await world.store.transaction('match', async (unit) => {
    const row = (await getWarrant(unit.trx, id))!;
    await move(unit, { id, from: row.state, to: 'checked', code: 'SYS-OK' });
    await move(unit, { id, from: 'checked', to: 'review', code: 'PRT-MISMATCH' });
    const about = { warrantId: id, version: row.version, stage: 'match', code: 'PRT-MISMATCH' } as const;
    await openReview(unit, { ...about, sentence: 'The print is somebody else’s.' });
  });
  const [question] = await openReviews(world.store.db, { warrantId: id });
  return question!.id;
}

/** A person decides that the warrant is not to be sent. */
async function keep(id: string): Promise<void> {
  await decideMatchReview(world.store, 'A. Examiner', await asks(id), { kind: 'keep' });
}

/** A warrant on file that was then decided not to be sent. */
async function keptOnFile(): Promise<string> {
  const id = await world.add(1);
  await world.run();
  await keep(id);
  return id;
}

describe('A warrant that a person keeps back while its record is on file', () => {
  it('has its record taken back by the next fast pass, audited', async () => {
    const id = await keptOnFile();
    await fastLane();
    expect(await world.active()).toEqual([]);
    expect(await getHolding(world.store.db, id)).toBeUndefined();
    expect(await world.messages(id)).toEqual(['enter accepted', 'cancel accepted']);
    expect(await world.state(id)).toBe('not-selected');
    const trail = (await history(world.store.db, 'warrant', id)).map(({ actor, action, code }) => [
      actor,
      action,
      code,
    ]);
    expect(trail).toContainEqual(['A. Examiner', 'warrant.move', 'SYS-DECISION']);
    expect(trail.at(-1)).toEqual(['test', 'holding.drop', null]);
    expect(await faultsOf(world)).toEqual([]);
  });

  it('leaves the record in which it rides by the next fast pass', async () => {
    const lead = await world.add(1, { person: ONE_PERSON, ...FELONY });
    const rider = await world.add(2, { person: ONE_PERSON });
    await world.run();
    await keep(rider);
    await fastLane();
    expect(await misOf(world, lead)).not.toContain('W000002');
    expect(await faultsOf(world)).toEqual([]);
  });

  it('makes way for the warrants that ride in its record', async () => {
    const lead = await world.add(1, { person: ONE_PERSON, ...FELONY });
    const rider = await world.add(2, { person: ONE_PERSON });
    await world.run();
    await keep(lead);
    await fastLane();
    expect((await world.active()).map(({ oca }) => oca)).toEqual([
      (await getWarrant(world.store.db, rider))?.oca,
    ]);
    expect([await world.state(lead), await world.state(rider)]).toEqual(['not-selected', 'entered']);
    expect(await faultsOf(world)).toEqual([]);
  });

  it('takes back a message that was not sent yet', async () => {
    const id = await world.add(1);
    await buildAll(world.sending());
    await keep(id);
    await world.run();
    expect(await world.messages(id)).toEqual(['enter withdrawn']);
    expect((await submissionsOf(world.store.db, id))[0]?.answer_code).toBe('SYS-DECISION');
    expect(await world.active()).toEqual([]);
  });

  it.each(['drop-before', 'drop-after', 'queued'] as const)(
    'is nowhere on file when the answer to its entry was outstanding (%s)',
    async (fault) => {
      const id = await world.add(1);
      world.intake.misbehave(fault, 1);
      await world.run({ policy: { patienceMs: 0 } });
      await keep(id);
      await world.run();
      await world.run();
      expect(await world.active()).toEqual([]);
      expect(await world.state(id)).toBe('not-selected');
      expect(await faultsOf(world)).toEqual([]);
    },
  );

  it('is entered anew when the person decides otherwise', async () => {
    const id = await keptOnFile();
    await fastLane();
    await resubmit(world.store, 'A. Examiner', id, { version: 1, corrections: [], reason: 'seen again' });
    await world.store.transaction('match', async (unit) =>
      throughMatch(unit, (await getWarrant(unit.trx, id))!),
    );
    await world.run();
    expect(await world.messages(id)).toEqual(['enter accepted', 'cancel accepted', 'enter accepted']);
    expect(await world.state(id)).toBe('entered');
    expect(await world.active()).toHaveLength(1);
    expect(await faultsOf(world)).toEqual([]);
  });

  it('is entered anew by a new version that passes, also while the removal waits to be sent', async () => {
    const id = await keptOnFile();
    const away = forged(world.transport, () => undefined);
    await world.run({
      onlyRecalls: true,
      policy: { patienceMs: 0 },
      transport: { ...away, send: async () => ({ kind: 'not-sent', why: 'away' }) },
    });
    expect(await world.messages(id)).toEqual(['enter accepted', 'cancel built']);
    await roundAgain(world.store, id, { issuedDate: '2026-01-13' });
    await world.run();
    expect(await world.messages(id)).toEqual(['enter accepted', 'cancel accepted', 'enter accepted']);
    expect(await world.state(id)).toBe('entered');
    expect(await faultsOf(world)).toEqual([]);
  });

  it('cannot be certified, and is a question when the destination will not take it off', async () => {
    const id = await keptOnFile();
    const by = { validator: 'CLERK', consulted: 'COURT' };
    await expect(certify(world.sending(), id, by)).rejects.toMatchObject({ code: 'NOT-STANDING' });
    await world.run({
      transport: forged(world.transport, (kind) => (kind === 'cancel' ? NEVER : undefined)),
    });
    const [question] = await openReviews(world.store.db, { warrantId: id });
    expect(question).toMatchObject({ code: 'RCL-REFUSED' });
    // It must go: to leave it standing is no answer.
    const leave = decideMatchReview(world.store, 'A. Operator', question!.id, { kind: 'done' });
    await expect(leave).rejects.toMatchObject({ code: 'DECISION-NOT-ALLOWED' });
    const word = { kind: 'removed', by: 'Sgt. Example', at: world.clock.now().toISOString() } as const;
    await decideMatchReview(world.store, 'A. Operator', question!.id, word);
    expect(await getHolding(world.store.db, id)).toBeUndefined();
  });
});

describe('The lists and a warrant that is kept here', () => {
  it('have a record of ours that came back taken off again', async () => {
    const id = await keptOnFile();
    await fastLane();
    const { agency_ori: ori, oca, fcn } = (await getWarrant(world.store.db, id))!;
    const transport = {
      ...forged(world.transport, () => undefined),
      async *activeRecords() {
        yield {
          ori: ori!,
          oca: oca!,
          fcn: fcn!,
          nic: null,
          nam: 'TEST, PAT',
          state: 'active',
          changedBy: '',
        } as const;
      },
    };
    const found = await reconcile(world.sending({ transport }));
    expect(found).toMatchObject({ differences: { 'STALE-THERE': 1 }, acted: 1 });
    await fastLane();
    expect(await world.messages(id)).toEqual(['enter accepted', 'cancel accepted', 'cancel rejected']);
    expect(await getHolding(world.store.db, id)).toBeUndefined();
  });
});

describe('The words with which a kept warrant is taken back', () => {
  beforeEach(async () => {
    await world.close();
    world = await openWorld({ niem: true });
  });

  it('are its own, with the day of the decision and not of an earlier recall', async () => {
    const id = await world.add(1, { recallDate: '2026-01-02', recallReason: 'BAIL POSTED' });
    await world.run();
    await keep(id);
    await fastLane();
    const cancel = (await submissionsOf(world.store.db, id)).find(({ kind }) => kind === 'cancel')!;
    expect(cancel.state).toBe('accepted');
    const text = Buffer.from(world.store.blobs.get(cancel.package_sha256)).toString('utf8');
    expect(text).toContain('WITHDRAWN');
    expect(text).toContain('2026-01-15');
    expect(text).not.toMatch(/BAIL POSTED|2026-01-02|RECALLED/);
  });
});
