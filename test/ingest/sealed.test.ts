import { describe, expect, it } from 'vitest';
import type { WarrantState } from '../../src/domain/index.ts';
import { answerIngestReview, type IngestAnswer } from '../../src/ingest/answers.ts';
import { history, move, openReviews, type Store } from '../../src/store/index.ts';
import { openTestStore } from '../support/store.ts';
import { COURTS, type Step } from './lifecycle/court-documents.ts';
import { take, warrants } from './support/arrivals.ts';

const COURT = COURTS['odyssey-csv']!;
const ISSUE: Step = { status: 'issued', issued: '2026-05-01', on: '2026-05-01', bail: 500 };

/** The court's file with a column more. */
function drawn(column: 'Sealed' | 'Juvenile', value: string, step: Step = ISSUE): string {
  const [head, row] = COURT.draw(step).trimEnd().split('\n');
  return `${head},${column}\n${row},${value}\n`;
}

const send = async (store: Store, text: string) =>
  (await take(store, text, { ...COURT.context, source: 'court' })).counts;

const only = async (store: Store) => (await warrants(store))[0]!;

/** A warrant of the court that has come so far. */
async function known(state: WarrantState = 'checked'): Promise<Store> {
  const { store } = await openTestStore();
  await send(store, drawn('Sealed', 'N'));
  const { id } = await only(store);
  const way: WarrantState[] = ['linked', 'verified', 'packaged', 'sent', 'entered'];
  let from: WarrantState = 'checked';
  for (const to of way.slice(0, way.indexOf(state) + 1)) {
    const step = { id, from, to, code: 'SYS-OK' } as const;
    await store.transaction('test', (unit) => move(unit, step));
    from = to;
  }
  return store;
}

describe('A warrant whose case turns out sealed or juvenile', () => {
  it.each(['checked', 'verified', 'packaged', 'sent', 'entered'] as const)(
    'is over at once when it is %s, asks nobody and is audited',
    async (state) => {
      const store = await known(state);
      expect(await send(store, drawn('Sealed', 'Y'))).toMatchObject({ stopped: 1 });
      const row = await only(store);
      expect(row).toMatchObject({ state: 'recalled', reason: 'WAR-SEALED' });
      expect(row.court_ended_at).not.toBeNull();
      expect(await openReviews(store.db)).toEqual([]);
      expect((await history(store.db, 'warrant', row.id)).at(-1)).toMatchObject({
        action: 'warrant.move',
        code: 'WAR-SEALED',
      });
    },
  );

  it('is over as well by the word that it is a juvenile case', async () => {
    const store = await known('entered');
    await send(store, drawn('Juvenile', 'Y'));
    expect(await only(store)).toMatchObject({ state: 'recalled', reason: 'WAR-SEALED' });
  });

  it('is over although the rest of the record is wrong', async () => {
    const store = await known('entered');
    const broken = drawn('Sealed', 'Y').replace('07/09/1988', '99/99/1988');
    expect(await send(store, broken)).toMatchObject({ stopped: 1, quarantined: 0 });
    expect((await only(store)).state).toBe('recalled');
  });

  it('stays over, whatever repeats that it is sealed', async () => {
    const store = await known('entered');
    await send(store, drawn('Sealed', 'Y'));
    await send(store, `${drawn('Sealed', 'Y')}\n`);
    await send(store, drawn('Sealed', 'Y', { ...ISSUE, bail: 900 }));
    expect((await only(store)).state).toBe('recalled');
    expect(await openReviews(store.db)).toEqual([]);
  });

  it('keeps nothing of the record that says so but its form', async () => {
    const store = await known('entered');
    await send(store, drawn('Sealed', 'Y'));
    const { canonical } = await store.db('court_records').where({ state: 'stopped' }).first();
    expect(canonical).not.toMatch(/Okafor|F1-W1|1988/i);
  });
});

describe('A sealed warrant that the court shows openly again', () => {
  async function shown(answer?: IngestAnswer): Promise<Store> {
    const store = await known('entered');
    await send(store, drawn('Sealed', 'Y'));
    await send(store, drawn('Sealed', 'N', { ...ISSUE, bail: 750 }));
    const [question] = await openReviews(store.db);
    expect(question).toMatchObject({ code: 'WAR-SEALED', stage: 'ingest' });
    if (answer) await answerIngestReview(store, 'clerk', question!.id, answer);
    return store;
  }

  it('does not come back by itself: the court is asked', async () => {
    expect((await only(await shown())).state).toBe('recalled');
  });

  it('comes back if the court says that it stands', async () => {
    const store = await shown('stands');
    expect(await only(store)).toMatchObject({ state: 'checked', court_ended_at: null });
  });

  it('is over again when it is sealed again by the same words', async () => {
    const store = await shown('stands');
    await send(store, `${drawn('Sealed', 'Y')}\n`);
    expect((await only(store)).state).toBe('recalled');
  });

  it('stays over if the court says so', async () => {
    expect(await only(await shown('recalled'))).toMatchObject({ state: 'recalled', reason: 'WAR-SEALED' });
  });
});
