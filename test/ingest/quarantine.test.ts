import { describe, expect, it } from 'vitest';
import { correctRecord } from '../../src/ingest/quarantine.ts';
import { replayQuarantine } from '../../src/ingest/replay.ts';
import { factsOf, getRecord, history, pageRecords } from '../../src/store/index.ts';
import { openTestStore } from '../support/store.ts';
import { ports, take, warrants } from './support/arrivals.ts';
import { CONTEXT } from './support/context.ts';
import { type ReportData, report, snapshot } from './support/documents.ts';

const W: ReportData = {
  oca: '0012345',
  courtOri: 'CA033015J',
  agencyOri: 'CA0330000',
  issued: '2026-02-31',
  docket: '0007-26',
  person: { id: 'P1', given: 'Marisol', surname: 'Ibarra', birth: '1988-02-29' },
};

async function quarantined() {
  const { store } = await openTestStore();
  await take(store, report('Issued', W));
  const [record] = await pageRecords(store.db, { state: 'quarantined', limit: 5 });
  const { selection } = ports(store);
  return { store, id: record!.id, desk: { store, actor: 'clerk.one', selection } };
}

describe('A quarantined record', () => {
  it('that is corrected takes effect as a new version; the original stays as it came', async () => {
    const { store, id, desk } = await quarantined();
    const before = await getRecord(store.db, id);
    const replayed = await correctRecord(desk, id, [{ field: 'issuedDate', value: '2026-02-28' }]);
    expect(replayed).toEqual({ state: 'applied', outcome: 'issued', changed: ['issuedDate'] });
    const [row] = await warrants(store);
    expect(row).toMatchObject({ state: 'checked', issued_date: '2026-02-28' });
    expect(await getRecord(store.db, id)).toEqual({ ...before, state: 'replaced' });
    const [newer] = await pageRecords(store.db, { state: 'applied', limit: 5 });
    expect(newer).toMatchObject({ replaces: id, created_by: 'clerk.one', ordinal: 1 });
    const trail = await history(store.db, 'record', String(id));
    expect(trail.at(-1)).toMatchObject({ action: 'record.correct', actor: 'clerk.one' });
    expect(trail.at(-1)!.detail).toContain('issuedDate');
  });

  it('that is still wrong after the correction stays where it is, with all its problems', async () => {
    const { store, id, desk } = await quarantined();
    const future = await correctRecord(desk, id, [{ field: 'issuedDate', value: '2099-01-01' }]);
    expect(future).toMatchObject({ state: 'still-wrong', problems: [{ code: 'DOW-FUTURE' }] });
    expect((await getRecord(store.db, id))!.state).toBe('quarantined');
    expect(await warrants(store)).toEqual([]);
  });

  it('is corrected once only', async () => {
    const { store, id, desk } = await quarantined();
    const fix = [{ field: 'issuedDate', value: '2026-02-28' }];
    const both = await Promise.all([correctRecord(desk, id, fix), correctRecord(desk, id, fix)]);
    expect(both.map((r) => r.state).sort()).toEqual(['applied', 'gone']);
    expect(await warrants(store)).toHaveLength(1);
  });

  it('that arrives again uncorrected is known, and does not undo the correction', async () => {
    const { store, id, desk } = await quarantined();
    await correctRecord(desk, id, [{ field: 'issuedDate', value: '2026-02-28' }]);
    const outcome = await take(store, `${report('Issued', W)} `);
    expect(outcome.counts).toMatchObject({ duplicates: 1, quarantined: 0 });
    expect(factsOf((await warrants(store))[0]!).issuedDate).toBe('2026-02-28');
  });

  it.each([
    ['person.shoe', 'x', /not a field/],
    ['issuedDate', 'yesterday', /not a day of the calendar/],
    ['bail.cents', -5, /not a whole number/],
  ])('refuses the correction %s = %j', async (field, value, message) => {
    const { id, desk } = await quarantined();
    await expect(correctRecord(desk, id, [{ field, value }])).rejects.toThrow(message);
  });

  it('is read again from its raw file after a code map was put right', async () => {
    const { store } = await openTestStore();
    const xml = snapshot([
      {
        persons: [{ id: 'P', surname: 'Kahale', birth: '1990-01-01' }],
        results: ['1', '2'].map((number) => ({ number, docket: `D${number}`, person: 'P', status: 'Live' })),
      },
    ]);
    expect((await take(store, xml)).counts).toMatchObject({ quarantined: 2 });
    const desk = { store, actor: 'operator', selection: ports(store).selection };
    expect(await replayQuarantine(desk, CONTEXT)).toEqual({ tried: 2, applied: 0, stillWrong: 2 });
    const context = { ...CONTEXT, codes: { status: [{ raw: 'Live', code: 'ISSUED' }] } };
    expect(await replayQuarantine(desk, context, { code: 'SRC-UNMAPPED' })).toEqual({
      tried: 2,
      applied: 2,
      stillWrong: 0,
    });
    expect((await warrants(store)).map((row) => row.number).sort()).toEqual(['1', '2']);
    expect(await replayQuarantine(desk, context)).toEqual({ tried: 0, applied: 0, stillWrong: 0 });
  });
});
