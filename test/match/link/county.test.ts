import { beforeAll, describe, expect, test } from 'vitest';
import {
  createLinker,
  defaultModel,
  type JudgedDecision,
  thresholdTable,
} from '../../../src/match/link/index.ts';
import { gatherLinkageCounty } from '../../../src/synth/linkage/index.ts';

/** About 31,000 bookings and 10,400 warrants; one warrant in ten has no booking in the table. */
const county = gatherLinkageCounty({ seed: 'ten thousand', people: 20_000, warrantShare: 0.52 });

describe('ten thousand warrants in a county of twins, fathers and sons, namesakes and swapped names', () => {
  const judged: JudgedDecision[] = [];
  let absent = 0;
  beforeAll(async () => {
    const linker = createLinker(defaultModel());
    await linker.index(county.bookings);
    for (const { warrant, booking } of county.warrants) {
      const decision = linker.link(warrant);
      judged.push({ decision, right: decision.candidates[0]?.id === booking });
      if (booking === undefined) absent += 1;
    }
  }, 240_000);

  const share = (kind: string) =>
    judged.filter(({ decision }) => decision.kind === kind).length / judged.length;

  test('has its share of absent bookings', () => {
    expect(judged.length).toBeGreaterThan(10_000);
    expect(absent / judged.length).toBeGreaterThan(0.08);
  });
  test('attaches no wrong booking', () => {
    expect(judged.filter(({ decision, right }) => decision.kind === 'attach' && right !== true)).toEqual([]);
  });
  test('asks a person in fewer than one of twenty', () => {
    expect(share('review')).toBeLessThan(0.05);
  });
  test('attaches nearly all whose booking is there', () => {
    expect(share('attach')).toBeGreaterThan(0.85);
  });
  test('expects about as many false links as there are: its probabilities are honest', () => {
    for (const row of thresholdTable(judged, [0.5, 0.9, 0.99])) {
      const expected = (row.expectedFalsePer100k / 100_000) * judged.length;
      const found = ((row.observedFalsePer100k ?? 0) / 100_000) * judged.length;
      expect(found).toBeLessThan(3 * expected + 10);
    }
  });
});
