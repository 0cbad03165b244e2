import { describe, expect, it } from 'vitest';
import { scorecard, scorecards } from '../../src/ingest/scorecard/index.ts';
import { scorecardHtml, scorecardText } from '../../src/ingest/scorecard/render.ts';
import { openTestStore } from '../support/store.ts';
import { take } from './support/arrivals.ts';
import { type ReportData, report } from './support/documents.ts';

const SPAN = ['2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z', 'America/Los_Angeles'] as const;
const W: ReportData = {
  oca: '1',
  courtOri: 'CA033015J',
  agencyOri: 'CA0330000',
  issued: '2026-02-27',
  person: { id: 'P1', given: 'Marisol', surname: 'Ibarra', birth: '1988-02-29' },
};

async function filled() {
  // The store's clock stands at 2026-03-02T08:00Z, which is 2 March in Los Angeles.
  const { store } = await openTestStore();
  await take(store, report('Issued', W));
  await take(store, report('Issued', { ...W, oca: '2', issued: '2026-02-20' }));
  await take(store, report('Issued', { ...W, oca: '3', issued: '2026-02-30', courtOri: 'X' }));
  await take(store, '<broken');
  await take(store, report('Issued', W));
  await take(store, report('Issued', { ...W, oca: '9', person: { ...W.person, surname: '<b>Eve</b>' } }), {
    source: 'other',
  });
  return store;
}

describe('The scorecard of a court', () => {
  it('counts files, first-time-right records, completeness and codes with who fixes them', async () => {
    const card = await scorecard(await filled(), 'test-court', ...SPAN);
    expect(card.files).toEqual({ done: 3, refused: 1, duplicate: 1 });
    expect(card.refusals).toEqual({ 'SRC-FORMAT': 1 });
    expect(card.judged).toBe(3);
    expect(card.firstTimeRight).toBeCloseTo(2 / 3);
    const share = Object.fromEntries(card.completeness.map((line) => [line.field, line.share]));
    expect(share).toMatchObject({ birthDate: 1, level: 0, agencyOri: 1 });
    expect(share.issuedDate).toBeCloseTo(2 / 3);
    expect(card.problems[0]).toMatchObject({ code: 'FIELD-FORMAT', errors: 1, fix: 'court' });
    expect(card.problems.find((p) => p.code === 'ORI-INVALID')).toMatchObject({
      warnings: 1,
      fix: 'operator',
    });
  });

  it('measures lateness from issue to arrival in local days', async () => {
    const card = await scorecard(await filled(), 'test-court', ...SPAN);
    expect(card.lateness).toEqual({ median: 10, p90: 10, overThreeDays: 0.5 });
  });

  it('lists all sources, worst first, as text and as a page without any personal data', async () => {
    const cards = await scorecards(await filled(), ...SPAN);
    expect(cards.map((card) => card.source)).toEqual(['test-court', 'other']);
    const text = scorecardText(cards[0]!);
    expect(text).toContain('67 % of 3 records right the first time');
    const html = scorecardHtml(cards);
    expect(html).toContain('<h2>test-court</h2>');
    expect(html).not.toMatch(/Ibarra|Eve|1988/);
  });
});
