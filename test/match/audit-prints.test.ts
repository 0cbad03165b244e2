import { describe, expect, it } from 'vitest';
import { auditComparisons } from '../../src/match/audit-prints.ts';
import type { PrintCheck } from '../../src/match/check-print.ts';
import { openTestStore } from '../support/store.ts';

const probe = { id: 'f_probe', purpose: 'booking' as const };

const CHECK: PrintCheck = {
  evidence: { link: 'certain', print: 'good', claim: 'match', search: 'nothing' },
  claim: {
    evidence: 'match',
    score: 9,
    fmr: 1e-4,
    log10LikelihoodRatio: 4,
    probeId: 'f_probe',
    recordPrintId: 'f_record',
    compared: [{ probe, record: { id: 'f_record', purpose: 'prior-record' }, score: 9 }],
  },
  claimed: undefined,
  candidates: [],
  searches: [
    { probe, search: { hits: [], searched: 1000, compared: 200 } },
    { probe: { id: 'f_citation', purpose: 'citation' } },
  ],
  quality: 70,
  probeId: 'f_probe',
};

describe('the audit trail of a print check', () => {
  it('holds every comparison and search with its purposes, and the search the law forbids as refused', async () => {
    const { store } = await openTestStore();
    await store.transaction('match', async (unit) => auditComparisons(unit, 'w_1', CHECK));
    const rows = await store.db('audit').where('action', 'like', 'print.%').orderBy('seq');
    expect(rows.map(({ action, object_id, outcome, code }) => [action, object_id, outcome, code])).toEqual([
      ['print.compare', 'f_probe', 'success', null],
      ['print.search', 'f_probe', 'success', null],
      ['print.search', 'f_citation', 'refused', 'PRT-PURPOSE'],
    ]);
    expect(JSON.parse(rows[0].detail)).toMatchObject({
      warrant: 'w_1',
      against: 'f_record',
      purpose: 'booking',
      againstPurpose: 'prior-record',
      score: 9,
    });
    expect(JSON.parse(rows[1].detail)).toMatchObject({
      purpose: 'booking',
      gallery: 'prior-record',
      searched: 1000,
      compared: 200,
    });
  });
});
