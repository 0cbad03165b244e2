import type { LinkPrior } from '../model/types.ts';
import type { Evidence } from './weigher.ts';

/**
 * Bits by which the evidence favours "this record, this event" over everything else a row can be: a stranger, a near
 * relative, a namesake, or the same person booked for another event. The last three are rare (a few among `rows`) but look alike,
 * so they only count where the evidence for them is strong: then no amount of shared surname and address carries
 * a brother over the line. Where events are not in question, `prior.otherEvents` is 0.
 */
export function evidenceBits(evidence: Evidence, prior: LinkPrior, rows: number): number {
  const relatives = (prior.relatives / rows) * 2 ** evidence.relative;
  const namesakes = (prior.namesakes / rows) * 2 ** evidence.namesake;
  const otherEvents = (prior.otherEvents / rows) * 2 ** evidence.person;
  return evidence.person + evidence.event - Math.log2(1 + relatives + namesakes + otherEvents);
}

/** Bits by which relatives, namesakes and other events hold the evidence back (zero or negative). */
export function lookalikeBits(evidence: Evidence, prior: LinkPrior, rows: number): number {
  return evidenceBits(evidence, prior, rows) - evidence.person - evidence.event;
}

/** Bits for "the same person", whatever the event. */
export function personBits(evidence: Evidence, prior: LinkPrior, rows: number): number {
  return evidenceBits({ ...evidence, event: 0 }, { ...prior, otherEvents: 0 }, rows);
}

/**
 * Odds that a row is of the same person, by everything compared: the event too, for a booking of the right day is
 * hardly a stranger's.
 * @param coverageOdds odds that the record's own row is in the table at all
 */
export function personOdds(evidence: Evidence, prior: LinkPrior, rows: number, coverageOdds: number): number {
  const origin = (coverageOdds / rows) * 2 ** (evidence.person + evidence.event);
  const otherEvent = (prior.otherEvents / rows) * 2 ** evidence.person;
  const relative = (prior.relatives / rows) * 2 ** evidence.relative;
  const namesake = (prior.namesakes / rows) * 2 ** evidence.namesake;
  return (origin + otherEvent) / (1 + relative + namesake);
}
