import { describe, expect, it } from 'vitest';
import {
  type ClaimEvidence,
  type Decision,
  decide,
  type Evidence,
  type LinkEvidence,
  type PrintEvidence,
  type SearchEvidence,
} from '../../src/match/verdict.ts';

const LINKS: LinkEvidence[] = ['certain', 'possible', 'tied', 'none'];
const PRINTS: PrintEvidence[] = ['none', 'unusable', 'poor', 'good'];
const CLAIMS: ClaimEvidence[] = [
  'match',
  'match-unclear',
  'match-stranger',
  'between',
  'non-match',
  'not-claimed',
  'no-print-on-record',
];
const SEARCHES: SearchEvidence[] = ['nothing', 'same-person', 'unclear', 'stranger', 'not-searched'];

const ALL: { evidence: Evidence; decision: Decision }[] = LINKS.flatMap((link) =>
  PRINTS.flatMap((print) =>
    CLAIMS.flatMap((claim) =>
      SEARCHES.map((search) => {
        const evidence = { link, print, claim, search };
        return { evidence, decision: decide(evidence) };
      }),
    ),
  ),
);

const where = (test: (e: Evidence) => boolean) => ALL.filter(({ evidence }) => test(evidence));
const comparable = (e: Evidence) => e.link !== 'none' && (e.print === 'good' || e.print === 'poor');

describe('the verdict table', () => {
  it.each<
    [LinkEvidence, PrintEvidence, ClaimEvidence, SearchEvidence, Decision['verdict'], Decision['action']]
  >([
    ['certain', 'good', 'match', 'nothing', 'verified', 'send'],
    ['certain', 'poor', 'match', 'nothing', 'verified', 'send'],
    ['certain', 'good', 'not-claimed', 'nothing', 'new', 'send'],
    ['certain', 'good', 'no-print-on-record', 'nothing', 'new', 'send'],
    ['certain', 'good', 'not-claimed', 'same-person', 'found', 'wait'],
    ['certain', 'good', 'not-claimed', 'unclear', 'review', 'wait'],
    ['certain', 'good', 'non-match', 'nothing', 'conflict', 'hold'],
    ['possible', 'good', 'non-match', 'nothing', 'conflict', 'hold'],
    ['tied', 'good', 'not-claimed', 'stranger', 'conflict', 'hold'],
    ['certain', 'good', 'match', 'stranger', 'conflict', 'hold'],
    ['certain', 'good', 'match-unclear', 'nothing', 'review', 'wait'],
    ['certain', 'good', 'match-stranger', 'nothing', 'conflict', 'hold'],
    ['certain', 'poor', 'match-stranger', 'nothing', 'conflict', 'hold'],
    ['possible', 'good', 'match-stranger', 'nothing', 'conflict', 'hold'],
    ['certain', 'poor', 'non-match', 'nothing', 'review', 'wait'],
    ['certain', 'good', 'between', 'nothing', 'review', 'wait'],
    ['certain', 'unusable', 'not-claimed', 'not-searched', 'unusable', 'send'],
    ['possible', 'good', 'match', 'nothing', 'review', 'hold'],
    ['tied', 'none', 'not-claimed', 'not-searched', 'review', 'hold'],
    ['none', 'none', 'not-claimed', 'not-searched', 'none', 'send'],
    ['certain', 'none', 'not-claimed', 'not-searched', 'none', 'send'],
  ])(
    'link %s, print %s, claimed record %s, search %s: %s, %s',
    (link, print, claim, search, verdict, action) => {
      expect(decide({ link, print, claim, search })).toMatchObject({ verdict, action });
    },
  );

  it('gives every combination of evidence one verdict, a reason code and a plain sentence', () => {
    expect(ALL).toHaveLength(4 * 4 * 7 * 5);
    for (const { decision } of ALL) {
      expect(decision.sentence).toMatch(/^[A-Z].*\.$/);
      expect(decision.code).toMatch(/^(PRT|LNK)-/);
    }
  });

  it('packs a number only on a certain link with a usable print that matches the claimed record and no better stranger', () => {
    for (const { evidence, decision } of ALL) {
      const allowed =
        evidence.link === 'certain' &&
        comparable(evidence) &&
        evidence.claim === 'match' &&
        evidence.search !== 'stranger';
      expect(decision.packNumber).toBe(allowed);
    }
  });

  it('never sends when a usable print points to somebody else', () => {
    for (const { decision } of where((e) => comparable(e) && e.search === 'stranger')) {
      expect(decision).toMatchObject({ verdict: 'conflict', action: 'hold', code: 'PRT-MISMATCH' });
    }
    for (const { decision } of where(
      (e) =>
        comparable(e) && (e.claim === 'match-stranger' || (e.print === 'good' && e.claim === 'non-match')),
    )) {
      expect(decision).toMatchObject({ verdict: 'conflict', action: 'hold', code: 'PRT-MISMATCH' });
    }
  });

  it('never attaches a print that the link does not make certain', () => {
    for (const { decision } of where((e) => e.link !== 'certain')) expect(decision.attachPrint).toBe(false);
  });

  it('treats a missing or unusable print as a normal state, not a failure', () => {
    for (const { decision } of where(
      (e) => e.link === 'certain' && (e.print === 'none' || e.print === 'unusable'),
    )) {
      expect(decision).toMatchObject({ action: 'send', attachPrint: false });
    }
  });
});
