import type { Booking, Problem } from '../../domain/index.ts';
import { joinProblems } from '../problems.ts';
import type { ReadBooking } from './record.ts';

const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])];

/** Everything of a booking that must be the same on each of its rows. */
function identity(booking: Booking): string {
  return JSON.stringify({ ...booking, caseNumbers: [], charges: [] });
}

function disagreement(first: ReadBooking, next: ReadBooking): Problem {
  const { line } = next.record.place;
  return {
    code: 'FIELD-FORMAT',
    severity: 'error',
    ...(line === undefined ? {} : { line }),
    message: `This row has the number of the row before (line ${first.record.place.line ?? '?'}) but describes the person or the event differently. Ask the sender which is right.`,
  };
}

/**
 * Jail exports often write one row a charge. Rows of one booking that follow each other become one booking
 * with all charges and prints; where they contradict each other, nothing is chosen: the record waits.
 * @returns undefined when the rows are of different bookings
 */
export function joinRows(first: ReadBooking, next: ReadBooking): ReadBooking | undefined {
  const a = first.record.booking;
  const b = next.record.booking;
  if (a.number !== b.number || a.agencyOri !== b.agencyOri || a.number === '') return undefined;
  const conflict = identity(a) === identity(b) ? [] : [disagreement(first, next)];
  const prints = [...first.record.prints];
  for (const print of next.record.prints) {
    if (!prints.some((known) => JSON.stringify(known) === JSON.stringify(print))) prints.push(print);
  }
  return {
    record: {
      ...first.record,
      booking: {
        ...a,
        caseNumbers: union(a.caseNumbers, b.caseNumbers),
        charges: union(a.charges, b.charges),
      },
      prints,
      extra: [...first.record.extra, ...next.record.extra],
    },
    problems: [...joinProblems(first.problems, next.problems), ...conflict],
  };
}
