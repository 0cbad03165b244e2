import { describe, expect, test } from 'vitest';
import { openAlerts } from '../../src/alerts.ts';
import { type Booking, NO_PERSON, type Person, type Warrant } from '../../src/domain/index.ts';
import { defaultModel } from '../../src/match/link/index.ts';
import { BookingProposer } from '../../src/ports/link-bookings.ts';
import { watchLinkage } from '../../src/ports/link-drift.ts';
import {
  addLink,
  bookingId,
  finishRun,
  insertRun,
  insertWarrants,
  type Store,
  upsertBookings,
} from '../../src/store/index.ts';
import { gatherLinkageCounty } from '../../src/synth/linkage/index.ts';
import { bookingOf, personOf, soughtFor } from '../support/drawn-records.ts';
import { openTestStore } from '../support/store.ts';

/** A town of strangers, so that frequencies mean something. */
const strangers = gatherLinkageCounty({ seed: 'ports', people: 300, warrantShare: 0 }).bookings;

async function storeWith(bookings: readonly Booking[]): Promise<Store> {
  const { store } = await openTestStore();
  const town = strangers.map((one, n) => bookingOf(`S${n}`, personOf(one), one.arrestDate ?? '2024-01-01'));
  await store.transaction('test', (unit) => upsertBookings(unit, [...town, ...bookings]));
  return store;
}

const QUILL: Person = {
  ...NO_PERSON,
  name: { given: 'Robert', surname: 'Quillmane' },
  birthDate: '1958-03-14',
  sex: 'M',
  addresses: [{ street: '77 Elm Rd', city: 'Alder Falls', zip: '96101' }],
};
const BOOKED = bookingOf('B-1', { ...QUILL, ids: { ...QUILL.ids, ssn: '987111222' } }, '2026-01-05');

async function insert(store: Store, warrants: readonly Warrant[]): Promise<string[]> {
  return store.transaction('test', (unit) =>
    insertWarrants(
      unit,
      warrants.map((facts, n) => ({
        identityKey: `k${n}`,
        source: 'court',
        county: '',
        facts,
        state: 'checked',
        reason: 'SYS-OK',
        recordId: null,
      })),
    ),
  );
}

describe('the bookings a night proposes', () => {
  test('one that fits in person and day is attached, with the rows, the candidates and the model', async () => {
    const store = await storeWith([BOOKED]);
    const [id = ''] = await insert(store, [soughtFor(QUILL)]);
    const proposal = await new BookingProposer(store, defaultModel()).propose(id, soughtFor(QUILL));
    expect(proposal).toMatchObject({ kind: 'attach', bookingId: bookingId(BOOKED), rivals: [] });
    expect(proposal.explanation).toMatchObject({ model: 'synthetic county', reasons: [] });
    expect(proposal.explanation?.rows.length).toBeGreaterThan(4);
  });

  test('a booking after the missed appearance is none', async () => {
    const store = await storeWith([bookingOf('B-2', BOOKED.person, '2026-02-25')]);
    expect((await new BookingProposer(store, defaultModel()).propose('w', soughtFor(QUILL))).kind).toBe(
      'none',
    );
  });

  const numbered = (ssn: string): Person => ({ ...QUILL, ids: { ...QUILL.ids, ssn } });
  const right = soughtFor(numbered('987111222'));
  const other = soughtFor({
    ...numbered('987111222'),
    name: { given: 'Robert', surname: 'Quillmane', suffix: 'Jr' },
  });
  const senior = soughtFor({
    ...numbered('987111222'),
    name: { given: 'Robert', surname: 'Quillmane', suffix: 'Sr' },
  });

  test('two warrants of the night that are two people go to a clerk, both', async () => {
    const store = await storeWith([BOOKED]);
    const [a = '', b = ''] = await insert(store, [other, senior]);
    const proposer = new BookingProposer(store, defaultModel());
    for (const [id, warrant] of [
      [a, other],
      [b, senior],
    ] as const) {
      const proposal = await proposer.propose(id, warrant);
      expect(proposal).toMatchObject({ kind: 'review', bookingId: bookingId(BOOKED) });
      expect(proposal.why).toContain('differs in suffix');
    }
  });

  test('two warrants of one person may come out of one booking', async () => {
    const store = await storeWith([BOOKED]);
    const [a = ''] = await insert(store, [right, soughtFor(QUILL)]);
    expect((await new BookingProposer(store, defaultModel()).propose(a, right)).kind).toBe('attach');
  });

  test('a booking that an earlier night gave to somebody else is not given again', async () => {
    const store = await storeWith([BOOKED]);
    const [a = '', b = ''] = await insert(store, [other, senior]);
    await store.transaction('test', async (unit) => {
      await unit.trx('warrants').where({ id: a }).update({ state: 'entered' });
      await addLink(unit, {
        warrant_id: a,
        version: 1,
        booking_id: bookingId(BOOKED),
        kind: 'certain',
        rule: 'linkage',
        probability: 1,
        explanation: '{}',
        decided_by: 'match',
      });
    });
    const proposal = await new BookingProposer(store, defaultModel()).propose(b, senior);
    expect(proposal).toMatchObject({ kind: 'review' });
    expect(proposal.why).toContain(a);
  });
});

describe('drift after a run', { timeout: 240_000 }, () => {
  async function night(store: Store, id: string) {
    const proposer = new BookingProposer(store, defaultModel());
    await proposer.propose('w', soughtFor(QUILL));
    const linkage = await watchLinkage(store, 'test', proposer);
    await store.transaction('test', async (unit) => {
      await insertRun(unit, { id, kind: 'nightly', for_date: '2026-03-01', owner: 'test' });
      await finishRun(unit, id, 'done', { match: { linkage } });
    });
    return linkage;
  }
  const alerts = async (store: Store) =>
    (await openAlerts(store)).map(({ key }) => key).filter((key) => key.startsWith('link-drift:'));

  test('says nothing of bookings nobody asked for', async () => {
    const store = await storeWith([]);
    expect(await watchLinkage(store, 'test', new BookingProposer(store, defaultModel()))).toBeUndefined();
  });

  test('a feed that begins to fill birth dates with a default raises an alert until it stops', async () => {
    const store = await storeWith([]);
    await night(store, 'one');
    const before = await alerts(store);
    const filled = strangers
      .slice(0, 300)
      .map((one, n) =>
        bookingOf(`S${n}`, { ...personOf(one), birthDate: '1990-01-01' }, one.arrestDate ?? ''),
      );
    await store.transaction('test', (unit) => upsertBookings(unit, filled));
    const linkage = await night(store, 'two');
    expect(linkage?.strays.dob).toBe(1);
    expect(before).not.toContain('link-drift:dob');
    expect(await alerts(store)).toContain('link-drift:dob');
    const mended = strangers
      .slice(0, 300)
      .map((one, n) => bookingOf(`S${n}`, personOf(one), one.arrestDate ?? ''));
    await store.transaction('test', (unit) => upsertBookings(unit, mended));
    await night(store, 'three');
    expect(await alerts(store)).not.toContain('link-drift:dob');
  });
});
