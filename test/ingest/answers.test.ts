import { describe, expect, it } from 'vitest';
import { answerIngestReview } from '../../src/ingest/answers.ts';
import { openReviews } from '../../src/store/index.ts';
import { openTestStore } from '../support/store.ts';
import { take, warrants } from './support/arrivals.ts';
import { snapshot } from './support/documents.ts';

const people = [{ id: 'P', surname: 'Kahale', birth: '1990-01-01' }];
const list = (count: number, from = 0) =>
  snapshot([
    {
      persons: people,
      results: Array.from({ length: count - from }, (_, i) => ({
        number: `N${i + from}`,
        docket: `D${i + from}`,
        person: 'P',
      })),
    },
  ]);
const full = { options: { fullSnapshot: 'true' } };

async function vanished() {
  const { store } = await openTestStore();
  await take(store, list(20), full);
  await take(store, list(20, 1), full);
  const [review] = await openReviews(store.db);
  const gone = async () => (await warrants(store)).find((row) => row.id === review!.warrant_id)!;
  return { store, id: review!.id, gone };
}

describe('The answer to a vanished warrant', () => {
  it('that it stands clears the suspicion, and the warrant goes on', async () => {
    const { store, id, gone } = await vanished();
    expect(await answerIngestReview(store, 'clerk', id, 'stands', 'asked by phone')).toBe(true);
    expect(await gone()).toMatchObject({ state: 'checked', suspect_since: null });
    expect(await openReviews(store.db)).toEqual([]);
  });

  it.each(['recalled', 'served'] as const)('that it is %s ends it', async (answer) => {
    const { store, id, gone } = await vanished();
    await answerIngestReview(store, 'clerk', id, answer);
    expect(await gone()).toMatchObject({ state: answer, suspect_since: null });
  });

  it('counts once: the second clerk is told that somebody was quicker', async () => {
    const { store, id, gone } = await vanished();
    const both = await Promise.all([
      answerIngestReview(store, 'clerk.one', id, 'stands'),
      answerIngestReview(store, 'clerk.two', id, 'recalled'),
    ]);
    expect(both).toEqual([true, false]);
    expect((await gone()).state).toBe('checked');
  });

  it('is refused for a question that is not there', async () => {
    const { store } = await vanished();
    await expect(answerIngestReview(store, 'clerk', 999, 'stands')).rejects.toThrow('no question 999');
  });
});
