import type { LinkPrior } from '../model/types.ts';
import type { Evidence } from './weigher.ts';

/**
 * Bits by which the evidence favours "this record, this event" over everything else a row can be: a stranger, a near
 * relative, or the same person booked for another event. The two last are rare (a few among `rows`) but look alike,
 * so they only count where the evidence for them is strong: then no amount of shared surname and address carries
 * a brother over the line.
 */
export function evidenceBits(evidence: Evidence, prior: LinkPrior, rows: number): number {
  const relatives = (prior.relatives / rows) * 2 ** evidence.relative;
  const otherEvents = evidence.hasEvent ? (prior.otherEvents / rows) * 2 ** evidence.person : 0;
  return evidence.person + evidence.event - Math.log2(1 + relatives + otherEvents);
}

/** Bits by which relatives and other events hold the evidence back (zero or negative). */
export function lookalikeBits(evidence: Evidence, prior: LinkPrior, rows: number): number {
  return evidenceBits(evidence, prior, rows) - evidence.person - evidence.event;
}
