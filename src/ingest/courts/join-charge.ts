import type { CourtRecord, ExtraField, Problem, Warrant } from '../../domain/index.ts';
import { chargesTogether, joinCharges, type ReadRecord } from './warrant-row.ts';

/** What the charges may say each for itself: which of several citations a case began with stops no warrant. */
const BESIDE: ReadonlySet<string> = new Set(['origin']);

/** The members of a warrant that two of its charges state differently, but for what belongs to a charge. */
function differing(one: Warrant, other: Warrant): string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)] as (keyof Warrant)[]);
  names.delete('offences');
  names.delete('level');
  return [...names].filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
}

function difference(field: string, { place: { line } }: CourtRecord): Problem {
  const severity = BESIDE.has(field) ? 'warning' : 'error';
  return {
    code: 'FIELD-FORMAT',
    severity,
    field,
    ...(line === undefined ? {} : { line }),
    message: `The charges of the warrant state ${field} differently; what the first says is shown, the others are kept beside it.`,
  };
}

/**
 * A further charge of a warrant that is known to be the same. No charge is lost: where it says something else of the
 * warrant than the first one, that is listed, and its values are kept.
 * @param given the values of the charge as they came, kept where they say something else
 */
export function joinCharge(first: ReadRecord, next: ReadRecord, given: readonly ExtraField[]): ReadRecord {
  const joined = joinCharges(first, next);
  if (joined) return joined;
  const together = chargesTogether(first, next);
  const fields = differing(first.record.warrant, next.record.warrant);
  return {
    record: { ...together.record, extra: [...together.record.extra, ...given] },
    problems: [...together.problems, ...fields.map((field) => difference(field, next.record))],
  };
}

/** Each value once: every charge brings what its warrant says anew. */
export function eachOnce(extra: readonly ExtraField[]): ExtraField[] {
  return [...new Map(extra.map((item) => [JSON.stringify(item), item])).values()];
}

/** Rows of one warrant at one moment: their court, case, status and its date are the same. */
export function sameMoment({ record: one }: ReadRecord, { record: other }: ReadRecord): boolean {
  const key = ({ event, warrant }: CourtRecord) =>
    JSON.stringify([
      event,
      warrant.number,
      warrant.case.number,
      warrant.courtOri,
      warrant.status,
      warrant.statusDate,
      warrant.issuedDate,
    ]);
  return one.warrant.number !== undefined && key(one) === key(other);
}
