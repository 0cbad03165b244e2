import { describe, expect, it } from 'vitest';
import type { EligibilityPolicy, WarrantState } from '../../src/domain/index.ts';
import { answerIngestReview } from '../../src/ingest/answers.ts';
import { decideMatchReview } from '../../src/review.ts';
import { move, openReviews, putHolding, type Store } from '../../src/store/index.ts';
import { openTestStore } from '../support/store.ts';
import { COURTS } from './lifecycle/court-documents.ts';
import { ports, take, warrants } from './support/arrivals.ts';

const COURT = COURTS['odyssey-csv']!;

/** A county that does not send what is bailed below a thousand dollars. */
const FLOOR: EligibilityPolicy = {
  version: 'floor',
  rules: [
    {
      name: 'low bail',
      from: '1900-01-01',
      bailBelowCents: 100_000,
      send: false,
      code: 'WAR-NOT-SELECTED',
      why: 'Standing order.',
    },
    { name: 'the rest', from: '1900-01-01', send: true, code: 'SYS-OK', why: 'All.' },
  ],
};

const only = async (store: Store) => (await warrants(store))[0]!;

/** The court's file says this bail, in dollars. */
async function says(store: Store, bail: number): Promise<void> {
  const selection = { ...ports(store).selection, policy: FLOOR };
  const text = COURT.draw({ status: 'issued', issued: '2026-05-01', on: '2026-05-01', bail });
  await take(store, text, { ...COURT.context, source: 'court' }, { selection });
}

/** A warrant the policy selected when it came. */
async function selected(): Promise<{ store: Store; id: string }> {
  const { store } = await openTestStore();
  await says(store, 5000);
  return { store, id: (await only(store)).id };
}

/** One whose record the destination has. */
async function onFile(): Promise<{ store: Store; id: string }> {
  const { store, id } = await selected();
  const way: readonly WarrantState[] = ['checked', 'linked', 'verified', 'packaged', 'sent', 'entered'];
  await store.transaction('test', async (unit) => {
    for (const [i, to] of way.slice(1).entries()) await move(unit, { id, from: way[i]!, to, code: 'SYS-OK' });
    await putHolding(unit, {
      warrant_id: id,
      destination: 'test',
      fcn: '1',
      nic: null,
      ori: 'CA0190000',
      oca: 'A1',
      nam: 'TEST, PAT',
      message_id: 'M1',
      facts: '{}',
      held_since: unit.at,
      told_at: unit.at,
      validate_by: '2027-01-01',
      located_at: null,
      dirty: 0,
    });
  });
  return { store, id };
}

describe('A warrant whose new facts the policy does not send', () => {
  it('stays here without a question when nothing of it is on file', async () => {
    const { store } = await selected();
    await says(store, 500);
    expect(await only(store)).toMatchObject({ state: 'not-selected', reason: 'WAR-NOT-SELECTED' });
    expect(await openReviews(store.db)).toEqual([]);
  });

  it('is a question while its record is on file, which says what either answer does', async () => {
    const { store } = await onFile();
    await says(store, 500);
    expect(await only(store)).toMatchObject({ state: 'review', reason: 'WAR-NOT-SELECTED' });
    const [question] = await openReviews(store.db);
    expect(question?.sentence).toContain('--keep takes its record back, --stands leaves it there');
  });

  it('is kept here by --keep', async () => {
    const { store } = await onFile();
    await says(store, 500);
    const [question] = await openReviews(store.db);
    await decideMatchReview(store, 'A. Clerk', question!.id, { kind: 'keep' });
    expect(await only(store)).toMatchObject({ state: 'not-selected', reason: 'SYS-DECISION' });
  });

  it('goes on by --stands', async () => {
    const { store } = await onFile();
    await says(store, 500);
    const [question] = await openReviews(store.db);
    await answerIngestReview(store, 'A. Clerk', question!.id, 'stands');
    expect(await only(store)).toMatchObject({ state: 'checked', reason: 'SYS-DECISION' });
  });
});
