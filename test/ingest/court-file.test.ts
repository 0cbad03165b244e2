import { describe, expect, it } from 'vitest';
import { balances, noCounts } from '../../src/ingest/apply/counts.ts';
import { factsOf, openReviews, pageRecords, verifyAudit } from '../../src/store/index.ts';
import { openTestStore } from '../support/store.ts';
import { ports, take, warrants } from './support/arrivals.ts';
import { type ReportData, report, snapshot } from './support/documents.ts';

const W: ReportData = {
  oca: '0012345',
  courtOri: 'CA033015J',
  agencyOri: 'CA0330000',
  issued: '2026-03-02',
  docket: '0007-26',
  repositoryId: 'SR1',
  person: { id: 'P1', given: 'Marisol', surname: 'Ibarra', birth: '1988-02-29' },
};
const bare = (data: ReportData): ReportData => ({
  oca: data.oca,
  repositoryId: data.repositoryId!,
  person: data.person,
});
const strip = (xml: string) => xml.replace(/^<\?xml[^>]*>\n/, '');
const batch = (...documents: string[]) => `<b xmlns="urn:x">${documents.map(strip).join('\n')}</b>`;

describe('A court file', () => {
  it('makes a warrant of a report, with its record, version and audit entries', async () => {
    const { store } = await openTestStore();
    const outcome = await take(store, report('Issued', W));
    expect(outcome).toMatchObject({
      state: 'done',
      format: 'ojbc-warrant-issued',
      counts: { received: 1, issued: 1 },
    });
    const [row, ...others] = await warrants(store);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ state: 'checked', oca: '0012345', version: 1, issued_date: '2026-03-02' });
    expect(await verifyAudit(store.db)).toMatchObject({ ok: true });
  });

  it('that arrives twice does nothing twice', async () => {
    const { store } = await openTestStore();
    await take(store, report('Issued', W));
    const before = await warrants(store);
    const again = await take(store, report('Issued', W));
    expect(again.state).toBe('duplicate');
    const spaced = await take(store, `${report('Issued', W)}\n<!-- sent again -->\n`);
    expect(spaced.counts).toMatchObject({ received: 1, duplicates: 1 });
    expect(await warrants(store)).toEqual(before);
  });

  it('with a bad record quarantines that one, and the rest takes effect', async () => {
    const { store } = await openTestStore();
    const bad = report('Issued', { ...W, oca: 'B2', issued: '2026-02-31' });
    const outcome = await take(store, batch(report('Issued', W), bad, report('Issued', { ...W, oca: 'B3' })));
    expect(outcome.counts).toMatchObject({ received: 3, issued: 2, quarantined: 1 });
    expect(balances(outcome.counts)).toBe(true);
    const [record] = await pageRecords(store.db, { state: 'quarantined', limit: 10 });
    expect(record).toMatchObject({ ordinal: 2, warrant_id: null });
    expect(record!.problems).toContain('issuedDate');
  });

  it('that is broken at its end leaves nothing of itself behind', async () => {
    const { store } = await openTestStore();
    const xml = batch(report('Issued', W), report('Issued', { ...W, oca: 'B2' }));
    const outcome = await take(store, xml.slice(0, -3));
    expect(outcome).toMatchObject({ state: 'refused', counts: noCounts() });
    expect(outcome.problems).toMatchObject([{ code: 'SRC-UNREADABLE', severity: 'error' }]);
    expect(await warrants(store)).toEqual([]);
    expect((await take(store, xml)).counts).toMatchObject({ issued: 2 });
  });

  it.each([
    ['', 'SRC-EMPTY'],
    ['hello', 'SRC-FORMAT'],
    ['<a/>', 'SRC-FORMAT'],
  ])('of content %j is refused as %s', async (content, code) => {
    const { store } = await openTestStore();
    const outcome = await take(store, content);
    expect(outcome).toMatchObject({ state: 'refused', problems: [{ code }] });
  });

  it('changes a known warrant field by field and keeps the earlier version', async () => {
    const { store } = await openTestStore();
    await take(store, report('Issued', { ...W, bail: '500' }));
    const outcome = await take(store, report('Modification', { ...W, bail: '750.25', comment: 'Moved' }));
    expect(outcome.counts).toMatchObject({ changed: 1 });
    const [row] = await warrants(store);
    expect(row).toMatchObject({ version: 2, state: 'checked' });
    expect(factsOf(row!)).toMatchObject({
      bail: { cents: 75025 },
      case: { docket: '0007-26' },
      notes: [{ text: 'Moved' }],
    });
    const versions = await store.db('warrant_versions').orderBy('version');
    expect(JSON.parse(versions[1].changes)).toEqual(['bail.cents', 'notes', 'status']);
  });

  it('recalls by OCA and repository id, without number, agency or date', async () => {
    const { store } = await openTestStore();
    await take(store, report('Issued', W));
    const outcome = await take(store, report('Cancelled', bare(W)));
    expect(outcome.counts).toMatchObject({ recalled: 1 });
    expect((await warrants(store))[0]).toMatchObject({ state: 'recalled', reason: 'WAR-RECALLED' });
    expect((await take(store, `${report('Cancelled', bare(W))}\n`)).counts).toMatchObject({ duplicates: 1 });
  });

  it('never recalls the warrant of another person who shares the OCA', async () => {
    const { store } = await openTestStore();
    await take(store, report('Issued', { ...W, repositoryId: undefined as never }));
    const stranger = {
      ...bare(W),
      repositoryId: undefined as never,
      person: { ...W.person, surname: 'Okafor', birth: '1971-01-01' },
    };
    const outcome = await take(store, report('Cancelled', stranger));
    expect(outcome.counts).toMatchObject({ unmatched: 1 });
    expect((await warrants(store))[0]!.state).toBe('checked');
  });

  it('quarantines a recall that names two warrants at once', async () => {
    const { store } = await openTestStore();
    const other = { ...W, agencyOri: 'CA0330100', repositoryId: undefined as never };
    await take(
      store,
      batch(report('Issued', { ...W, repositoryId: undefined as never }), report('Issued', other)),
    );
    const outcome = await take(store, report('Cancelled', { oca: W.oca, person: W.person }));
    expect(outcome.counts).toMatchObject({ quarantined: 1 });
    expect((await warrants(store)).map((row) => row.state)).toEqual(['checked', 'checked']);
  });

  it('applies a recall that came before its warrant as soon as the warrant comes', async () => {
    const { store } = await openTestStore();
    expect((await take(store, report('Cancelled', bare(W)))).counts).toMatchObject({ unmatched: 1 });
    await take(store, report('Issued', W));
    expect((await warrants(store))[0]!.state).toBe('recalled');
    expect(await pageRecords(store.db, { state: 'unmatched', limit: 5 })).toEqual([]);
  });

  it('does not apply a waiting recall to a warrant issued after it', async () => {
    const { store } = await openTestStore();
    const selection = { ...ports(store).selection, today: '2026-01-15' };
    await take(store, report('Cancelled', bare(W)), {}, { selection });
    await take(store, report('Issued', W));
    expect((await warrants(store))[0]!.state).toBe('checked');
  });

  it('brings a recalled warrant back only by a new issue', async () => {
    const { store } = await openTestStore();
    await take(store, report('Issued', W));
    await take(store, report('Cancelled', bare(W)));
    const asked = await take(store, report('Modification', { ...W, bail: '9' }));
    expect(asked.counts).toMatchObject({ asked: 1 });
    expect((await take(store, `${report('Issued', W)} `)).counts).toMatchObject({ duplicates: 1 });
    expect((await warrants(store))[0]!.state).toBe('recalled');
    expect(await openReviews(store.db)).toMatchObject([{ code: 'SRC-OUT-OF-ORDER' }]);
    const reissued = await take(store, report('Issued', { ...W, issued: '2026-04-01' }));
    expect(reissued.counts).toMatchObject({ reissued: 1 });
    expect((await warrants(store))[0]).toMatchObject({ state: 'checked', court_ended_at: null });
  });

  it('keeps accepted and rejected reports as evidence that changes nothing', async () => {
    const { store } = await openTestStore();
    await take(store, report('Issued', W));
    const before = await warrants(store);
    const outcome = await take(store, batch(report('Accepted', W), report('Rejected', W)));
    expect(outcome.counts).toMatchObject({ evidence: 2 });
    expect(await warrants(store)).toEqual(before);
  });

  it('handles issue, change and recall of one warrant within one file in their order', async () => {
    const { store } = await openTestStore();
    const xml = batch(
      report('Issued', W),
      report('Modification', { ...W, bail: '1' }),
      report('Cancelled', bare(W)),
    );
    const outcome = await take(store, xml);
    expect(outcome.counts).toMatchObject({ received: 3, issued: 1, changed: 1, recalled: 1 });
    expect((await warrants(store))[0]).toMatchObject({ state: 'recalled' });
  });

  it('recalls a warrant although other fields of the recall are bad', async () => {
    const { store } = await openTestStore();
    await take(store, report('Issued', W));
    const outcome = await take(
      store,
      report('Cancelled', { ...bare(W), person: { ...W.person, birth: '1988-02-30' } }),
    );
    expect(outcome.counts).toMatchObject({ recalled: 1 });
  });

  it('goes on where a dead run stopped, record for record', async () => {
    const { store } = await openTestStore();
    const many = Array.from({ length: 1200 }, (_, i) =>
      report('Issued', { ...W, oca: `N${i}`, repositoryId: `R${i}` }),
    );
    let batches = 0;
    const dying = take(
      store,
      batch(...many),
      {},
      {
        // Of what is stored it is known how much there is; of what is only read it is not.
        onProgress: ({ of }) => {
          if (of !== undefined) batches += 1;
          if (batches === 2) throw new Error('the process dies here');
        },
      },
    );
    await expect(dying).rejects.toThrow('dies');
    expect((await warrants(store)).length).toBe(1000);
    const outcome = await take(store, batch(...many));
    expect(outcome).toMatchObject({ state: 'done', counts: { received: 1200, issued: 1200, duplicates: 0 } });
    expect(await store.db('source_files').count({ n: '*' }).first()).toEqual({ n: 1 });
    expect((await warrants(store)).length).toBe(1200);
  });
});

describe('A snapshot', () => {
  const people = [{ id: 'P', surname: 'Kahale', birth: '1990-01-01' }];
  const list = (numbers: readonly string[], status = 'Active') =>
    snapshot([
      {
        persons: people,
        results: numbers.map((n) => ({ number: n, docket: `D${n}`, person: 'P', level: 'Felony', status })),
      },
    ]);
  const full = { options: { fullSnapshot: 'true' } };
  const numbers = Array.from({ length: 30 }, (_, i) => String(i + 1));

  it('repeats itself without a trace', async () => {
    const { store } = await openTestStore();
    await take(store, list(numbers), full);
    const outcome = await take(store, `${list(numbers)}\n`, full);
    expect(outcome.counts).toMatchObject({ received: 30, duplicates: 30 });
    expect(await store.db('court_records').count({ n: '*' }).first()).toEqual({ n: 30 });
  });

  it('makes a missing warrant suspect and asks, but never recalls by silence; back again, the question goes', async () => {
    const { store } = await openTestStore();
    await take(store, list(numbers), full);
    const outcome = await take(store, list(numbers.slice(1)), full);
    expect(outcome.problems).toEqual([]);
    const gone = (await warrants(store)).filter((row) => row.suspect_since !== null);
    expect(gone.map((row) => [row.number, row.state])).toEqual([['1', 'checked']]);
    expect(await openReviews(store.db)).toMatchObject([{ code: 'SRC-VANISHED', warrant_id: gone[0]!.id }]);
    await take(store, `${list(numbers)}\n\n`, full);
    expect((await warrants(store)).filter((row) => row.suspect_since !== null)).toEqual([]);
    expect(await openReviews(store.db)).toEqual([]);
  });

  it('that lacks too many is doubted as a whole, and marks none', async () => {
    const { store } = await openTestStore();
    await take(store, list(numbers), full);
    const outcome = await take(store, list(numbers.slice(20)), full);
    expect(outcome.problems).toMatchObject([{ code: 'SRC-VANISHED', severity: 'warning' }]);
    expect((await warrants(store)).filter((row) => row.suspect_since !== null)).toEqual([]);
  });

  it('of one person only is no full list: what it lacks is not missing', async () => {
    const { store } = await openTestStore();
    await take(store, list(numbers));
    await take(store, list(['1']));
    expect(await openReviews(store.db)).toEqual([]);
  });

  it('keeps two warrants of one number apart by their dockets', async () => {
    const { store } = await openTestStore();
    const results = ['1DTA', '2BSD'].map((docket) => ({ number: 'X1', docket, person: 'P' }));
    const outcome = await take(store, snapshot([{ persons: people, results }]));
    expect(outcome.counts).toMatchObject({ issued: 2 });
  });

  it('moves status by status: active, stayed, active, recalled, still recalled', async () => {
    const { store } = await openTestStore();
    const states: string[] = [];
    for (const status of ['Active', 'Stayed', 'Active', 'Recalled', 'Active']) {
      await take(store, `${list(['1'], status)}${' '.repeat(states.length + 1)}`, full);
      states.push((await warrants(store))[0]!.state);
    }
    expect(states).toEqual(['checked', 'recalled', 'checked', 'recalled', 'recalled']);
    expect(await openReviews(store.db)).toMatchObject([{ code: 'SRC-OUT-OF-ORDER' }]);
  });
});
