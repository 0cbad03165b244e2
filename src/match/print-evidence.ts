import { type PrintPurpose, sameFinger } from '../domain/index.ts';
import type { Agreement } from './identity.ts';
import { CHANCE_SHARE, QUALITY_GATE, QUALITY_GOOD } from './parameters.ts';
import { compare, type PreparedTemplate, THRESHOLDS } from './print/index.ts';
import type { ClaimEvidence, PrintEvidence, SearchEvidence } from './verdict.ts';

/** A print ready to be compared. */
export interface ReadyPrint {
  readonly id: string;
  readonly purpose: PrintPurpose;
  readonly finger: number;
  readonly quality: number;
  readonly template: PreparedTemplate;
}

/** One comparison that was made, for the audit trail. */
export interface ComparedPair {
  readonly probe: Pick<ReadyPrint, 'id' | 'purpose'>;
  readonly record: Pick<ReadyPrint, 'id' | 'purpose'>;
  readonly score: number;
}

export interface ClaimResult {
  readonly evidence: ClaimEvidence;
  readonly score: number | null;
  readonly fmr: number | null;
  readonly log10LikelihoodRatio: number | null;
  readonly probeId: string | null;
  readonly recordPrintId: string | null;
  readonly compared: readonly ComparedPair[];
}

export function printEvidence(prints: readonly ReadyPrint[], had: number): PrintEvidence {
  if (had === 0) return 'none';
  const best = Math.max(-1, ...prints.map((print) => print.quality));
  if (best < QUALITY_GATE) return 'unusable';
  return best < QUALITY_GOOD ? 'poor' : 'good';
}

interface Pair {
  readonly probe: ReadyPrint;
  readonly record: ReadyPrint;
}

/** Whether both prints of a pair are good enough for their disagreement to mean something. */
function bothGood({ probe, record }: Pair): boolean {
  return probe.quality >= QUALITY_GOOD && record.quality >= QUALITY_GOOD;
}

function judgePair(pair: Pair & { readonly score: number }): 'match' | 'between' | 'non-match' {
  if (pair.score >= THRESHOLDS.fmr10000) return 'match';
  return pair.score >= THRESHOLDS.fmr100 || !bothGood(pair) ? 'between' : 'non-match';
}

/** A hand has one record: a good pair of known fingers that disagrees casts doubt on another that agrees. */
function contradicted(pairs: readonly (Pair & { readonly score: number })[]): boolean {
  return pairs.some((pair) => pair.probe.finger && pair.record.finger && judgePair(pair) === 'non-match');
}

/**
 * 1:1 of the booking's prints against the prints of the record it claims. The best pair of the same finger
 * speaks; a non-match counts as such only where both prints of that pair are good, and a match only where no other
 * good pair of the same two hands disagrees.
 */
export function checkClaim(probes: readonly ReadyPrint[], records: readonly ReadyPrint[]): ClaimResult {
  const pairs = probes
    .flatMap((probe) =>
      records
        .filter(
          (r) =>
            r.quality >= QUALITY_GATE && probe.quality >= QUALITY_GATE && sameFinger(probe.finger, r.finger),
        )
        .map((record) => ({ probe, record, ...compare(probe.template, record.template) })),
    )
    .sort((a, b) => b.score - a.score);
  const [best, ...others] = pairs;
  if (!best) {
    return {
      evidence: 'no-print-on-record',
      score: null,
      fmr: null,
      log10LikelihoodRatio: null,
      probeId: null,
      recordPrintId: null,
      compared: [],
    };
  }
  const judged = judgePair(best);
  return {
    evidence: judged === 'match' && contradicted(others) ? 'between' : judged,
    score: best.score,
    fmr: best.fmr,
    log10LikelihoodRatio: best.log10LikelihoodRatio,
    probeId: best.probe.id,
    recordPrintId: best.record.id,
    compared: pairs,
  };
}

/** What a print that matches the claimed record means, given whether the record's person agrees with the warrant's. */
export function claimOf(result: ClaimResult, agreement: Agreement): ClaimResult {
  if (result.evidence !== 'match' || agreement === 'agrees') return result;
  return { ...result, evidence: agreement === 'contradicts' ? 'match-stranger' : 'match-unclear' };
}

/**
 * The strong candidates that speak. One finger is one person's: where the claimed record matches, or a record whose
 * name and birth date agree is a strong candidate, a stranger who matches far worse is chance. One who matches nearly
 * as well is the same finger on record under another name, and speaks.
 * @param claimed score of the claimed record where it matches
 */
export function leading<C extends { readonly agreement: Agreement; readonly score: number }>(
  strong: readonly C[],
  claimed: number | null,
): C[] {
  const own = strong.filter(({ agreement }) => agreement === 'agrees').map(({ score }) => score);
  const best = Math.max(claimed ?? Number.NEGATIVE_INFINITY, ...own);
  return strong.filter(({ agreement, score }) =>
    agreement === 'agrees' ? score > (claimed ?? Number.NEGATIVE_INFINITY) : score > best * CHANCE_SHARE,
  );
}

/** What the strongest stranger-or-not of a search means. `candidates` are strong ones other than the claimed record. */
export function searchEvidence(agreements: readonly Agreement[]): SearchEvidence {
  if (agreements.includes('contradicts')) return 'stranger';
  if (agreements.includes('unclear')) return 'unclear';
  return agreements.length > 0 ? 'same-person' : 'nothing';
}
