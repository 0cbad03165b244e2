import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WarrantState } from '../../src/domain/index.ts';
import { reprocess, resubmit } from '../../src/reprocess.ts';
import { getHolding, move, openReviews } from '../../src/store/index.ts';
import { readClocks } from '../../src/transmit/clocks.ts';
import { certify, validationDue } from '../../src/transmit/validate-due.ts';
import { FELONY, misOf, ONE_PERSON } from './support/one-person.ts';
import { roundAgain } from './support/round-again.ts';
import { testWarrant } from './support/warrants.ts';
import { openWorld, type World } from './support/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const DAY = 86_400_000;
const time = () => ({ now: world.clock.now(), zone: 'America/Los_Angeles' });

async function entered(n = 1): Promise<{ id: string; fcn: string }> {
  const id = await world.add(n);
  await world.run();
  return { id, fcn: (await getHolding(world.store.db, id))?.fcn ?? '' };
}

/** Moves a warrant along as match and the clerks do. */
async function step(id: string, ...way: readonly WarrantState[]): Promise<void> {
  for (const to of way) {
    const from = (await world.state(id))!;
    await world.store.transaction('match', (unit) => move(unit, { id, from, to, code: 'SYS-OK' }));
  }
}

/** From entered to the state in which the purge finds the warrant, and on from there. */
const WAY = {
  checked: ['checked'],
  linked: ['checked', 'linked'],
  verified: ['checked', 'linked', 'verified'],
  review: ['review'],
} as const;
const ON = {
  checked: ['linked', 'verified'],
  linked: ['verified'],
  verified: [],
  review: ['verified'],
} as const;

describe('An unsolicited message of the destination', () => {
  it('of a purge ends the record here and asks a clerk for the re-entry', async () => {
    const { id } = await entered();
    await world.intake.purge('2030-01-01');
    await world.run();
    expect(await world.state(id)).toBe('purged');
    expect(await getHolding(world.store.db, id)).toBeUndefined();
    expect(await openReviews(world.store.db, { warrantId: id })).toMatchObject([{ code: 'DST-PURGED' }]);
  });

  it('of a purge of a warrant recalled meanwhile needs no cancel', async () => {
    const { id } = await entered();
    await world.intake.purge('2030-01-01');
    await world.court(id, 'recalled');
    await world.run();
    expect(await world.state(id)).toBe('recalled');
    expect(await world.messages(id)).toEqual(['enter accepted']);
  });

  it.each(['checked', 'linked', 'verified', 'review'] as const)(
    'of a purge of a warrant that is %s again asks the clerk before it is entered once more',
    async (state) => {
      const { id } = await entered();
      await step(id, ...WAY[state]);
      await world.intake.purge('2030-01-01');
      await world.run();
      expect(await openReviews(world.store.db, { warrantId: id })).toMatchObject([{ code: 'DST-PURGED' }]);
      await step(id, ...ON[state]);
      await world.run();
      expect(await world.state(id)).toBe('purged');
      expect(await world.messages(id)).toEqual(['enter accepted']);
      await resubmit(world.store, 'A. Clerk', id, { version: 1, corrections: [] });
      await step(id, 'linked', 'verified');
      await world.run();
      expect(await world.messages(id)).toEqual(['enter accepted', 'enter accepted']);
      expect(await openReviews(world.store.db)).toEqual([]);
    },
  );

  it('of a purge is not answered by a change of the court', async () => {
    const { id } = await entered();
    await world.intake.purge('2030-01-01');
    await world.run();
    await roundAgain(world.store, id, { issuedDate: '2026-01-13' });
    await world.run();
    expect(await world.state(id)).toBe('purged');
    expect(await world.active()).toEqual([]);
  });

  it('of a purge is not answered by another warrant of the person, which does not name this one', async () => {
    const lead = await world.add(1, { person: ONE_PERSON });
    await world.run();
    await world.intake.purge('2030-01-01');
    await world.run();
    await roundAgain(world.store, lead, { issuedDate: '2026-01-13' });
    const other = await world.add(2, { person: ONE_PERSON, ...FELONY });
    await world.run();
    expect([await world.state(lead), await world.state(other)]).toEqual(['purged', 'entered']);
    expect(await misOf(world, other)).not.toContain('W000001');
  });

  it('of a purge of a rejected warrant is not answered by reprocessing what was rejected', async () => {
    const { id } = await entered();
    await step(id, 'rejected');
    await world.intake.purge('2030-01-01');
    await world.run();
    await reprocess(world.store, 'operator', { state: 'rejected' });
    await step(id, 'linked', 'verified');
    await world.run();
    expect(await world.state(id)).toBe('purged');
    await reprocess(world.store, 'operator', { state: 'purged' });
    await step(id, 'linked', 'verified');
    await world.run();
    expect(await world.state(id)).toBe('entered');
  });

  it('of a locate starts the clock for clearing the record', async () => {
    const { id, fcn } = await entered();
    await world.intake.locate(fcn, 'NV0020000');
    await world.run();
    expect(await openReviews(world.store.db, { warrantId: id })).toMatchObject([{ code: 'WAR-SERVED' }]);
    const clocks = await readClocks(world.store.db, time());
    expect(clocks.find((clock) => clock.key === 'located-not-cleared')).toMatchObject({
      value: 1,
      light: 'amber',
    });
    await world.court(id, 'served');
    await world.run();
    expect(await world.messages(id)).toEqual(['enter accepted', 'clear accepted']);
  });

  it('of a hit confirmation is an alert with its deadline, raised once', async () => {
    const { fcn } = await entered();
    await world.intake.requestHitConfirmation(fcn, 'NV0020000');
    const alerts: string[] = [];
    const ports = {
      attachPrint: async () => undefined,
      alert: async (_key: string, severity: string, message: string) => {
        alerts.push(`${severity} ${message}`);
      },
    };
    await world.run({ ports });
    await world.run({ ports });
    expect(alerts).toEqual([expect.stringMatching(/red .*within ten minutes/)]);
  });

  it('correcting a rejection is believed: the destination has the record', async () => {
    world.intake.misbehave('reject-then-accept', 1);
    const id = await world.add(1);
    await world.run({ policy: { patienceMs: 0 } });
    world.intake.misbehave('none');
    world.clock.advance(60_000);
    await world.run();
    expect(await world.state(id)).toBe('entered');
    expect((await world.intake.stats()).records).toEqual({ active: 1 });
  });
});

describe('Validation', () => {
  const by = { validator: 'CLERK A', consulted: 'Superior Court, dept 12' };

  it('is due before the destination may purge, and certifying puts it off', async () => {
    const { id } = await entered();
    const due = () => validationDue({ store: world.store, clock: world.clock, zone: 'America/Los_Angeles' });
    expect(await due()).toEqual([]);
    world.clock.advance(40 * DAY);
    expect(await due()).toMatchObject([{ warrantId: id, daysLeft: 20 }]);
    const run = {
      store: world.store,
      clock: world.clock,
      zone: 'America/Los_Angeles',
      transport: world.transport,
      packager: world.packager,
      ports: { attachPrint: async () => undefined },
      destination: 'test',
      actor: 'clerk',
      owner: 'clerk',
      random: () => 0.5,
      sleep: async () => undefined,
    };
    await certify(run, id, by);
    await expect(certify(run, id, by)).rejects.toMatchObject({ code: 'MESSAGE-OPEN' });
    await world.run();
    expect(await world.messages(id)).toEqual(['enter accepted', 'validate accepted']);
    expect(await due()).toEqual([]);
    await world.intake.purge('2026-04-01');
    await world.run();
    expect(await world.state(id)).toBe('entered');
  });
});

describe('The clocks', () => {
  const light = async (key: string) => {
    const clocks = await readClocks(world.store.db, time());
    const { value, light: colour } = clocks.find((clock) => clock.key === key)!;
    return [value, colour];
  };

  it('stand at green when nothing waits', async () => {
    await entered();
    const clocks = await readClocks(world.store.db, time());
    expect(clocks.every((clock) => clock.light === 'green' && clock.message === '')).toBe(true);
  });

  it('count warrants not entered three days after issue', async () => {
    await world.add(1, { issuedDate: '2026-01-11' });
    await world.add(2, { issuedDate: '2026-01-12' });
    expect(await light('entry-late')).toEqual([1, 'amber']);
  });

  it('turn amber at 4 hours and red at 24 for a recall the destination has not acknowledged', async () => {
    const { id } = await entered();
    await world.court(id, 'recalled');
    expect(await light('recall-unacknowledged')).toEqual([0, 'green']);
    world.clock.advance(5 * 3_600_000);
    expect(await light('recall-unacknowledged')).toEqual([1, 'amber']);
    world.clock.advance(20 * 3_600_000);
    expect(await light('recall-unacknowledged')).toEqual([1, 'red']);
  });

  it('are red for a surety-bonded felony that is not entered', async () => {
    await world.add(1, { ...testWarrant(1), level: { code: 'F', raw: 'F' }, suretyBond: true });
    expect(await light('surety-not-entered')).toEqual([1, 'red']);
  });

  it('count answers that are overdue', async () => {
    world.intake.misbehave('half-open');
    await world.add(1);
    await world.run({ policy: { patienceMs: 0 } });
    world.clock.advance(2 * 3_600_000);
    expect(await light('answers-overdue')).toEqual([1, 'amber']);
  });

  it('name the certificates that end soon', async () => {
    const soon = [{ name: 'client', notAfter: '2026-01-20T00:00:00.000Z', daysLeft: 5 }];
    const clocks = await readClocks(world.store.db, { ...time(), expiring: soon });
    expect(clocks.find((clock) => clock.key === 'certificates-expiring')).toMatchObject({
      light: 'red',
      message: expect.stringContaining('client (2026-01-20)'),
    });
  });
});
