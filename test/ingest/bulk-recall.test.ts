import { describe, expect, it } from 'vitest';
import {
  approveBulkRecall,
  bulkProgress,
  previewBulkRecall,
  proposeBulkRecall,
} from '../../src/ingest/bulk-recall.ts';
import { runBulkRecall, undoBulkRecall } from '../../src/ingest/bulk-recall-run.ts';
import {
  addSubmission,
  insertWarrants,
  moveSubmission,
  type Store,
  verifyAudit,
  warrantId,
} from '../../src/store/index.ts';
import { aWarrant, openTestStore } from '../support/store.ts';
import { warrants } from './support/arrivals.ts';

async function county(count: number): Promise<Store> {
  const { store } = await openTestStore();
  await store.transaction('test', async (unit) => {
    await insertWarrants(
      unit,
      Array.from({ length: count }, (_, i) => ({
        identityKey: `w${i}`,
        source: i % 2 === 0 ? 'even' : 'odd',
        county: 'Test',
        facts: aWarrant({ number: `N${i}`, oca: `O${i}`, issuedDate: i < 10 ? '2019-01-01' : '2026-01-01' }),
        state: 'checked' as const,
        reason: 'SYS-OK' as const,
        recordId: null,
      })),
    );
  });
  return store;
}

const PROPOSAL = { title: 'Old infractions', authority: 'Standing order 26-14', perMinute: 100_000 };
const list = (...numbers: string[]) => ({ kind: 'numbers', numbers }) as const;
const quick = (store: Store) => ({ store, actor: 'operator', sleep: () => Promise.resolve() });
const states = async (store: Store) => Object.groupBy(await warrants(store), (row) => row.state);

describe('A bulk recall', () => {
  it('shows first what it would do, and touches nothing', async () => {
    const store = await county(20);
    const preview = await previewBulkRecall(store, list('N1', ' O2 ', 'N1', 'nothing', warrantId('w3')));
    expect(preview).toEqual({
      total: 3,
      byState: { checked: 3 },
      sent: 0,
      unknown: ['nothing'],
      ambiguous: [],
      over: 0,
    });
    expect((await states(store)).recalled).toBeUndefined();
  });

  it('takes a rule: source, court, level and issue date must all hold; an empty rule is refused', async () => {
    const store = await county(20);
    const rule = { source: 'odd', courtOri: 'CA001015J', level: 'M', issuedBefore: '2020-01-01' };
    expect(await previewBulkRecall(store, { kind: 'rule', rule })).toMatchObject({ total: 5 });
    await expect(previewBulkRecall(store, { kind: 'rule', rule: {} })).rejects.toThrow('every warrant');
  });

  it('leaves out a number that names several warrants', async () => {
    const store = await county(2);
    await store.db('warrants').update({ oca: 'SAME' });
    expect(await previewBulkRecall(store, list('SAME', 'N0'))).toMatchObject({
      total: 1,
      ambiguous: ['SAME'],
    });
  });

  it('needs two persons', async () => {
    const store = await county(3);
    const { id } = await proposeBulkRecall(store, 'clerk.one', { ...PROPOSAL, selection: list('N1') });
    await expect(runBulkRecall(quick(store), id)).rejects.toThrow('only an approved one');
    await expect(approveBulkRecall(store, 'clerk.one', id)).rejects.toThrow('another person');
    await approveBulkRecall(store, 'clerk.two', id);
    await expect(approveBulkRecall(store, 'clerk.three', id)).rejects.toThrow('approved, not proposed');
    expect(await runBulkRecall(quick(store), id)).toMatchObject({ state: 'done', recalled: 1 });
  });

  it('recalls what was seen when it was proposed, not what came later', async () => {
    const store = await county(6);
    const rule = { issuedBefore: '2020-01-01' };
    const { id } = await proposeBulkRecall(store, 'clerk.one', {
      ...PROPOSAL,
      selection: { kind: 'rule', rule },
    });
    await store.transaction('t', (unit) =>
      insertWarrants(unit, [
        {
          identityKey: 'late',
          source: 's',
          county: '',
          facts: aWarrant({ issuedDate: '2018-01-01' }),
          state: 'checked',
          reason: 'SYS-OK',
          recordId: null,
        },
      ]),
    );
    await approveBulkRecall(store, 'clerk.two', id);
    await runBulkRecall(quick(store), id);
    const byState = await states(store);
    expect(byState.recalled).toHaveLength(6);
    expect(byState.checked?.map((row) => row.id)).toEqual([warrantId('late')]);
    expect(await verifyAudit(store.db)).toMatchObject({ ok: true });
  });

  it('keeps its pace, stops when told, and goes on where it was', async () => {
    const store = await county(30);
    const rule = { issuedBefore: '2027-01-01' };
    const { id } = await proposeBulkRecall(store, 'clerk.one', {
      ...PROPOSAL,
      perMinute: 10,
      selection: { kind: 'rule', rule },
    });
    await approveBulkRecall(store, 'clerk.two', id);
    const pauses: number[] = [];
    let batches = 0;
    const first = await runBulkRecall(
      { ...quick(store), sleep: async (ms) => void pauses.push(ms), shouldStop: () => ++batches > 2 },
      id,
    );
    expect(first).toMatchObject({ state: 'running', recalled: 20, planned: 10 });
    expect(pauses).toEqual([60_000, 60_000]);
    const seen: number[] = [];
    await runBulkRecall({ ...quick(store), onProgress: (done) => void seen.push(done) }, id);
    expect(seen).toEqual([30]);
    expect(await bulkProgress(store, id)).toEqual({
      state: 'done',
      total: 30,
      planned: 0,
      recalled: 30,
      skipped: 0,
      undone: 0,
    });
  });

  it('skips what ended meanwhile', async () => {
    const store = await county(3);
    const { id } = await proposeBulkRecall(store, 'clerk.one', { ...PROPOSAL, selection: list('N0', 'N1') });
    await store.db('warrants').where({ number: 'N0' }).update({ state: 'served' });
    await approveBulkRecall(store, 'clerk.two', id);
    expect(await runBulkRecall(quick(store), id)).toMatchObject({ recalled: 1, skipped: 1 });
  });

  it('can be undone until its cancellation is sent', async () => {
    const store = await county(3);
    const { id } = await proposeBulkRecall(store, 'clerk.one', {
      ...PROPOSAL,
      selection: list('N0', 'N1', 'N2'),
    });
    await approveBulkRecall(store, 'clerk.two', id);
    await runBulkRecall(quick(store), id);
    const cancel = (key: string) => ({
      warrantId: warrantId(key),
      version: 1,
      kind: 'cancel' as const,
      seq: 1,
      destination: 'd',
      packageSha256: 'x',
    });
    const [built, sent] = await store.transaction('t', async (unit) => [
      await addSubmission(unit, cancel('w0')),
      await addSubmission(unit, cancel('w1')),
    ]);
    await store.transaction('t', (unit) => moveSubmission(unit, { id: sent!, from: 'built', to: 'claimed' }));
    expect(await undoBulkRecall(store, 'clerk.one', id)).toEqual({ undone: 2, tooLate: 1 });
    const byState = await states(store);
    expect(byState.checked?.map((row) => row.number).sort()).toEqual(['N0', 'N2']);
    expect(await store.db('submissions').where({ message_id: built }).first()).toMatchObject({
      state: 'withdrawn',
    });
  });
});
