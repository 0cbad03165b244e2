import { beforeAll, describe, expect, test } from 'vitest';
import { createLinker, defaultModel, type LinkDecision } from '../../../src/match/link/index.ts';
import { gatherLinkageCounty } from '../../../src/synth/linkage/index.ts';

const county = gatherLinkageCounty({ seed: 'explain', people: 1_500, warrantShare: 0.5 });

describe('an explanation', () => {
  const decisions: LinkDecision[] = [];
  beforeAll(async () => {
    const linker = createLinker(defaultModel());
    await linker.index(county.bookings);
    for (const { warrant } of county.warrants) decisions.push(linker.link(warrant));
  });

  test('adds up: each total is the last one and this weight, and the last is the log odds', () => {
    for (const decision of decisions.filter(({ candidates }) => candidates.length > 0)) {
      const { rows, probability } = decision.explain();
      let total = 0;
      for (const row of rows) {
        total += row.weight;
        expect(row.total).toBeCloseTo(total, 9);
      }
      expect(probability).toBe(decision.probability);
      expect(1 / (1 + 2 ** -total)).toBeCloseTo(probability, 2);
    }
  });

  test('every field row shows both values, the level, m, u and a weight that follows from them', () => {
    const { rows } = (decisions.find(({ kind }) => kind === 'attach') as LinkDecision).explain();
    const surname = rows.find(({ field, level }) => field === 'surname' && level === 'exact');
    expect(surname?.left).toBe(surname?.right);
    const chance = surname?.frequency ?? 1;
    expect(surname?.weight).toBeCloseTo(Math.log2((surname?.m ?? 0) / chance), 6);
    expect(rows[0]?.field).toBe('prior');
  });

  test('a masked one holds no value of anybody, and the sentence never does', () => {
    const { warrant } = county.warrants[0] as (typeof county.warrants)[number];
    const text = JSON.stringify(decisions[0]?.explain({ mask: true }).rows).toUpperCase();
    for (const value of [warrant.surname, warrant.dob, warrant.oln]) {
      if (value !== undefined && value.length > 2) expect(text).not.toContain(value.toUpperCase());
    }
    for (const [n, decision] of decisions.entries()) {
      const { surname = '-' } = county.warrants[n]?.warrant ?? {};
      expect(decision.explain().sentence.includes(surname) && surname.length > 4).toBe(false);
    }
  });

  test('says plainly what speaks for the booking and how sure that leaves us', () => {
    const { sentence } = (decisions.find(({ kind }) => kind === 'attach') as LinkDecision).explain();
    expect(sentence).toMatch(/^For this booking: .+; .+; the chance that it is wrong is 1 in [\d,]+\.$/);
  });

  test('may be asked of another candidate', () => {
    const decision = decisions.find(({ candidates }) => candidates.length > 1) as LinkDecision;
    const second = decision.candidates[1]?.id ?? '';
    expect(decision.explain({ candidate: second }).rightId).toBe(second);
  });
});
