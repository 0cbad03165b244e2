import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failures } from '../src/cli/failures.ts';
import type { Output } from '../src/cli/output.ts';
import { explainWarrant } from '../src/explain.ts';
import { linkModel } from '../src/ports/link-model.ts';
import { getHolding, getWarrant, move } from '../src/store/index.ts';
import { allWaiting, waitingFor } from '../src/waiting.ts';
import { forged } from './transmit/support/forged.ts';
import { FELONY, ONE_PERSON } from './transmit/support/one-person.ts';
import { roundAgain } from './transmit/support/round-again.ts';
import { testWarrant } from './transmit/support/warrants.ts';
import { openWorld, type World } from './transmit/support/world.ts';

const NEVER = { kind: 'rejected', codes: [{ code: 'ORI', text: 'NOT YOURS', retryable: false }] } as const;

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const why = async (id: string) => {
  const row = await getWarrant(world.store.db, id);
  return row && (await waitingFor(world.store.db, row))?.sentence;
};

/** What `benchlink failures` lists. */
async function listed(): Promise<readonly { id: string; code: string; sentence: string }[]> {
  const told: unknown[] = [];
  const out: Output = { json: true, data: (value) => void told.push(value), line: () => undefined };
  await failures(world.store, out);
  return told[0] as { id: string; code: string; sentence: string }[];
}

/** Somebody's lead record, the lead brought into a state, and a new warrant of the same person after it. */
async function behind(unsettle: (lead: string) => Promise<void>): Promise<{ lead: string; late: string }> {
  const lead = await world.add(1, { person: ONE_PERSON, ...FELONY });
  await world.run();
  await unsettle(lead);
  const late = await world.add(2, { person: ONE_PERSON });
  await world.run({ transport: fixed() });
  return { lead, late };
}

/** A destination that takes no changes. */
const fixed = () => forged(world.transport, (kind) => (kind === 'modify' ? NEVER : undefined));

async function rejected(lead: string): Promise<void> {
  await roundAgain(world.store, lead, { issuedDate: '2026-01-13' });
  await world.run({ transport: fixed() });
}

const inReview = (lead: string) =>
  world.store.transaction('match', async (unit) => {
    await move(unit, { id: lead, from: 'entered', to: 'review', code: 'PRT-MISMATCH' });
  });

describe('A new warrant of a person whose lead record is not settled', () => {
  it.each([
    ['rejected', rejected, /W000001.*is rejected \(DST-REJECT.*benchlink resubmit W000001/],
    ['in review', inReview, /W000001.*is review \(PRT-MISMATCH.*[Aa]nswer the question/],
  ])(
    'is not sent while the lead is %s, and says which warrant it waits for and what to do',
    async (_state, unsettle, words) => {
      const { lead, late } = await behind(unsettle);
      expect(await world.state(late)).toBe('verified');
      expect(await why(late)).toMatch(words);
      expect(await why(late)).toContain((await getHolding(world.store.db, lead))!.fcn);
      expect(await listed()).toContainEqual(
        expect.objectContaining({ id: late, code: 'DUP-WAIT', sentence: await why(late) }),
      );
      const row = (await getWarrant(world.store.db, late))!;
      expect((await explainWarrant(world.store, row, linkModel(undefined))).waiting).toBe(await why(late));
    },
  );

  it('says so too if it was to ride in the record when the lead fell', async () => {
    const { lead, late } = await behind(async (id) => {
      await roundAgain(world.store, id, { issuedDate: '2026-01-13' });
    });
    expect([await world.state(lead), await world.state(late)]).toEqual(['rejected', 'packaged']);
    expect((await listed()).find(({ id }) => id === late)).toMatchObject({ code: 'DUP-WAIT' });
    await roundAgain(world.store, lead, { issuedDate: '2026-01-12' });
    await world.run();
    expect([await world.state(late), await why(late)]).toEqual(['entered', undefined]);
  });

  it('goes on by itself once the lead is put right', async () => {
    const { lead, late } = await behind(rejected);
    await roundAgain(world.store, lead, { issuedDate: '2026-01-12' });
    await world.run();
    expect([await world.state(lead), await world.state(late)]).toEqual(['entered', 'entered']);
    expect(await allWaiting(world.store.db, 10)).toEqual([]);
  });

  it('goes on by itself once the lead is recalled and its record gone', async () => {
    const { lead, late } = await behind(inReview);
    await world.court(lead, 'recalled');
    await world.run();
    expect(await world.messages(late)).toEqual(['enter accepted']);
    expect(await why(late)).toBeUndefined();
  });

  it('waits, and says so, while the record of a recalled lead will not leave', async () => {
    const { late } = await behind(async (lead) => {
      await world.court(lead, 'recalled');
      await world.run({
        transport: forged(world.transport, (kind) => (kind === 'cancel' ? NEVER : undefined)),
      });
    });
    expect(await why(late)).toMatch(/is recalled .*must leave the destination first/);
  });
});

it('A warrant that nothing is in the way of waits for nobody', async () => {
  const id = await world.add(1, testWarrant(1));
  expect(await why(id)).toBeUndefined();
  await world.run();
  expect(await why(id)).toBeUndefined();
  expect(await listed()).toEqual([]);
});
