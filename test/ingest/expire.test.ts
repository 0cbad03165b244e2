import { describe, expect, it } from 'vitest';
import type { WarrantState } from '../../src/domain/index.ts';
import { expireDue } from '../../src/ingest/index.ts';
import { history, move, openReview, openReviews, type Store } from '../../src/store/index.ts';
import { openTestStore } from '../support/store.ts';
import { COURTS, type Step } from './lifecycle/court-documents.ts';
import { ports, take, warrants } from './support/arrivals.ts';

const COURT = COURTS['odyssey-csv']!;
const ISSUE: Step = { status: 'issued', issued: '2026-05-01', on: '2026-05-01', bail: 500 };

/** The court's file, on a day, with the last day in force. */
async function says(store: Store, last: string, step: Partial<Step> = {}, today = '2026-05-02') {
  const [head, row] = COURT.draw({ ...ISSUE, ...step })
    .trimEnd()
    .split('\n');
  const selection = { ...ports(store).selection, today };
  const context = { ...COURT.context, source: 'court' };
  return take(store, `${head},Expiry Date\n${row},${last}\n`, context, { selection });
}

const only = async (store: Store) => (await warrants(store))[0]!;
const sweep = (store: Store, today: string) => expireDue({ store, actor: 'run' }, today);

async function known(last: string, state: WarrantState = 'checked'): Promise<{ store: Store; id: string }> {
  const { store } = await openTestStore();
  await says(store, last);
  const { id } = await only(store);
  const way: WarrantState[] = ['checked', 'linked', 'verified', 'packaged', 'sent', 'entered'];
  const side: Partial<Record<WarrantState, WarrantState[]>> = {
    review: ['checked', 'review'],
    'not-selected': ['checked', 'not-selected'],
    rejected: ['checked', 'linked', 'verified', 'rejected'],
    purged: ['checked', 'linked', 'verified', 'purged'],
  };
  const steps = side[state] ?? way.slice(0, way.indexOf(state) + 1);
  await store.transaction('test', async (unit) => {
    for (const [i, to] of steps.slice(1).entries())
      await move(unit, { id, from: steps[i]!, to, code: 'SYS-OK' });
  });
  return { store, id };
}

describe('A warrant whose last day in force has passed', () => {
  it.each([
    'checked',
    'verified',
    'packaged',
    'sent',
    'entered',
    'review',
    'rejected',
    'purged',
    'not-selected',
  ] as const)('is over when it is %s, asks nothing more and is audited', async (state) => {
    const { store, id } = await known('2026-06-30', state);
    await store.transaction('test', (unit) =>
      openReview(unit, { warrantId: id, version: 1, stage: 'match', code: 'PRT-REVIEW', sentence: 'Look.' }),
    );
    expect(await sweep(store, '2026-07-01')).toBe(1);
    const row = await only(store);
    expect(row).toMatchObject({ state: 'expired', reason: 'WAR-EXPIRED' });
    expect(row.court_ended_at).not.toBeNull();
    expect(await openReviews(store.db)).toEqual([]);
    expect((await history(store.db, 'warrant', id)).at(-1)).toMatchObject({
      actor: 'run',
      action: 'warrant.move',
      code: 'WAR-EXPIRED',
    });
    expect(await sweep(store, '2026-07-02')).toBe(0);
  });

  it('stands to the end of that day', async () => {
    const { store } = await known('2026-06-30', 'entered');
    expect(await sweep(store, '2026-06-30')).toBe(0);
    expect(await only(store)).toMatchObject({ state: 'entered' });
  });

  it('never runs out by itself without such a day', async () => {
    const { store } = await known('', 'entered');
    expect(await sweep(store, '2099-01-01')).toBe(0);
  });

  it('that the court has extended before stays', async () => {
    const { store } = await known('2026-06-30', 'entered');
    await says(store, '2027-06-30', { on: '2026-06-29' }, '2026-06-29');
    expect(await sweep(store, '2026-07-01')).toBe(0);
    expect(await only(store)).toMatchObject({ state: 'checked', expiration_date: '2027-06-30' });
  });

  it('that has ended otherwise is left alone', async () => {
    const { store } = await known('2026-06-30');
    await says(store, '2026-06-30', { status: 'recalled', on: '2026-06-01' }, '2026-06-01');
    expect(await sweep(store, '2026-07-01')).toBe(0);
    expect(await only(store)).toMatchObject({ state: 'recalled' });
  });
});

describe('A warrant that had run out', () => {
  it('goes on when the court names a later last day, and asks nobody', async () => {
    const { store } = await known('2026-06-30', 'entered');
    await sweep(store, '2026-07-01');
    await says(store, '2027-06-30', { on: '2026-07-01' }, '2026-07-01');
    expect(await only(store)).toMatchObject({ state: 'checked', court_ended_at: null });
    expect(await openReviews(store.db)).toEqual([]);
  });

  it('stays over when that day has passed as well', async () => {
    const { store } = await known('2026-06-30', 'entered');
    await sweep(store, '2026-08-01');
    await says(store, '2026-07-15', { on: '2026-08-01' }, '2026-08-01');
    expect(await only(store)).toMatchObject({ state: 'expired', expiration_date: '2026-07-15' });
  });

  it('stays over when the court repeats what it said', async () => {
    const { store } = await known('2026-06-30', 'entered');
    await sweep(store, '2026-07-01');
    await says(store, '2026-06-30', {}, '2026-07-01');
    expect(await only(store)).toMatchObject({ state: 'expired' });
    expect(await openReviews(store.db)).toEqual([]);
  });
});
