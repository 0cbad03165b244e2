import { sameFinger } from '../domain/index.ts';
import type { Agreement } from './identity.ts';
import { QUALITY_GATE, QUALITY_GOOD } from './parameters.ts';
import { compare, type PreparedTemplate, THRESHOLDS } from './print/index.ts';
import type { ClaimEvidence, PrintEvidence, SearchEvidence } from './verdict.ts';

/** A print ready to be compared. */
export interface ReadyPrint {
  readonly id: string;
  readonly finger: number;
  readonly quality: number;
  readonly template: PreparedTemplate;
}

export interface ClaimResult {
  readonly evidence: ClaimEvidence;
  readonly score: number | null;
  readonly fmr: number | null;
  readonly log10LikelihoodRatio: number | null;
  readonly probeId: string | null;
  readonly recordPrintId: string | null;
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

function bestComparison(pairs: readonly Pair[]) {
  return pairs
    .map((pair) => ({ ...pair, result: compare(pair.probe.template, pair.record.template) }))
    .sort((a, b) => b.result.score - a.result.score)[0];
}

/**
 * 1:1 of the booking's prints against the prints of the record it claims. The best pair of the same finger
 * speaks; a non-match counts as such only where both prints of that pair are good.
 */
export function checkClaim(probes: readonly ReadyPrint[], records: readonly ReadyPrint[]): ClaimResult {
  const pairs = probes.flatMap((probe) =>
    records
      .filter(
        (r) =>
          r.quality >= QUALITY_GATE && probe.quality >= QUALITY_GATE && sameFinger(probe.finger, r.finger),
      )
      .map((record) => ({ probe, record })),
  );
  const best = bestComparison(pairs);
  if (!best) {
    return {
      evidence: 'no-print-on-record',
      score: null,
      fmr: null,
      log10LikelihoodRatio: null,
      probeId: null,
      recordPrintId: null,
    };
  }
  const { score, fmr, log10LikelihoodRatio } = best.result;
  const bothGood = best.probe.quality >= QUALITY_GOOD && best.record.quality >= QUALITY_GOOD;
  const evidence =
    score >= THRESHOLDS.fmr10000
      ? 'match'
      : score >= THRESHOLDS.fmr100 || !bothGood
        ? 'between'
        : 'non-match';
  return {
    evidence,
    score,
    fmr,
    log10LikelihoodRatio,
    probeId: best.probe.id,
    recordPrintId: best.record.id,
  };
}

/** What the strongest stranger-or-not of a search means. `candidates` are strong ones other than the claimed record. */
export function searchEvidence(agreements: readonly Agreement[]): SearchEvidence {
  if (agreements.includes('contradicts')) return 'stranger';
  if (agreements.includes('unclear')) return 'unclear';
  return agreements.length > 0 ? 'same-person' : 'nothing';
}
