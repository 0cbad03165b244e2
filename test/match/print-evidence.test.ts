import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../src/match/identity.ts';
import { prepare } from '../../src/match/print/index.ts';
import {
  checkClaim,
  claimOf,
  leading,
  type ReadyPrint,
  searchEvidence,
} from '../../src/match/print-evidence.ts';
import { drawFingers } from './print/search/prints.ts';

const [RIGHT, LEFT, OTHER] = drawFingers(3, 'claim') as [Drawn, Drawn, Drawn];
type Drawn = ReturnType<typeof drawFingers>[number];

function ready(id: string, finger: number, template: Drawn['enrolled'], quality = 80): ReadyPrint {
  return { id, purpose: 'booking', finger, quality, template: prepare(template) };
}

describe('the prints of a booking against the record it claims', () => {
  it.each<[string, ReadyPrint[], ReadyPrint[], string]>([
    ['the same thumb', [ready('p', 1, RIGHT.later)], [ready('r', 11, RIGHT.enrolled)], 'match'],
    ['another thumb', [ready('p', 1, OTHER.later)], [ready('r', 1, RIGHT.enrolled)], 'non-match'],
    [
      'another thumb, one print poor: it proves little',
      [ready('p', 1, OTHER.later, 20)],
      [ready('r', 1, RIGHT.enrolled)],
      'between',
    ],
    [
      'only the other hand',
      [ready('p', 1, RIGHT.later)],
      [ready('r', 6, LEFT.enrolled)],
      'no-print-on-record',
    ],
    [
      'both thumbs agree',
      [ready('p1', 1, RIGHT.later), ready('p6', 6, LEFT.later)],
      [ready('r1', 1, RIGHT.enrolled), ready('r6', 6, LEFT.enrolled)],
      'match',
    ],
    [
      'one thumb agrees and the other, as good, does not: nobody has such a pair of hands',
      [ready('p1', 1, RIGHT.later), ready('p6', 6, OTHER.later)],
      [ready('r1', 1, RIGHT.enrolled), ready('r6', 6, LEFT.enrolled)],
      'between',
    ],
    [
      'one thumb agrees and another finger, nobody knows which, does not',
      [ready('p1', 1, RIGHT.later), ready('p0', 0, OTHER.later)],
      [ready('r1', 1, RIGHT.enrolled), ready('r6', 6, LEFT.enrolled)],
      'match',
    ],
  ])('%s', (_title, probes, records, evidence) => {
    expect(checkClaim(probes, records).evidence).toBe(evidence);
  });

  it.each<[Agreement, string]>([
    ['agrees', 'match'],
    ['unclear', 'match-unclear'],
    ['contradicts', 'match-stranger'],
  ])('a match is worth what the person on the record allows: %s', (agreement, evidence) => {
    const match = checkClaim([ready('p', 1, RIGHT.later)], [ready('r', 1, RIGHT.enrolled)]);
    expect(claimOf(match, agreement).evidence).toBe(evidence);
    const other = checkClaim([ready('p', 1, OTHER.later)], [ready('r', 1, RIGHT.enrolled)]);
    expect(claimOf(other, agreement)).toEqual(other);
  });
});

describe('of several strong candidates of a search', () => {
  const own = (score: number) => ({ agreement: 'agrees' as Agreement, score });
  const stranger = (score: number) => ({ agreement: 'contradicts' as Agreement, score });
  const says = (candidates: readonly ReturnType<typeof own>[], claimed: number | null) =>
    searchEvidence(leading(candidates, claimed).map(({ agreement }) => agreement));

  it('a stranger who matches better than the own record casts doubt', () => {
    expect(says([stranger(20), own(2)], null)).toBe('stranger');
    expect(says([stranger(20)], 15)).toBe('stranger');
  });

  it('a stranger who matches worse than the own record does not: one finger is one person', () => {
    expect(says([own(20), stranger(2)], null)).toBe('same-person');
    expect(says([stranger(2)], 15)).toBe('nothing');
  });

  it('a stranger who matches nearly as well is the same finger under another name', () => {
    expect(says([own(20), stranger(15)], null)).toBe('stranger');
    expect(says([stranger(15)], 20)).toBe('stranger');
  });

  it('a stranger alone casts doubt where nothing matches what is claimed', () => {
    expect(says([stranger(2)], null)).toBe('stranger');
  });

  it('another record of the same person counts only where it matches better than the claimed one', () => {
    expect(says([own(20)], 15)).toBe('same-person');
    expect(says([own(2)], 15)).toBe('nothing');
  });
});
