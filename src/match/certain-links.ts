import type { Booking, Warrant } from '../domain/index.ts';
import type { BookingRow } from '../store/index.ts';
import { identityAgreement } from './identity.ts';

/** The exact keys that lead to a booking, best first (domain brief D.9). */
export type CertainRule = 'tcn' | 'booking-number' | 'citation-number' | 'cii-arrest-date';

export type LookUp =
  | { readonly rule: 'tcn'; readonly tcn: string }
  | { readonly rule: 'booking-number'; readonly number: string; readonly agencyOri?: string }
  | { readonly rule: 'citation-number'; readonly number: string; readonly agencyOri?: string }
  | { readonly rule: 'cii-arrest-date'; readonly cii: string; readonly arrestDate: string };

/** The look-ups a warrant's own keys allow. */
export function lookUps(warrant: Warrant): LookUp[] {
  const { tcn, bookingNumber, bookingAgencyOri, citationNumber, arrestDate } = warrant.origin;
  const cii = warrant.person.ids.cii;
  const found: LookUp[] = [];
  if (tcn) found.push({ rule: 'tcn', tcn });
  const agency = bookingAgencyOri ? { agencyOri: bookingAgencyOri } : {};
  // A booking number is unique within its agency only; without the agency it may name several.
  if (bookingNumber) found.push({ rule: 'booking-number', number: bookingNumber, ...agency });
  if (citationNumber) found.push({ rule: 'citation-number', number: citationNumber });
  if (cii && arrestDate) found.push({ rule: 'cii-arrest-date', cii, arrestDate });
  return found;
}

export interface KeyHit {
  readonly rule: CertainRule;
  readonly row: BookingRow;
}

export type CertainLink =
  | { readonly kind: 'certain'; readonly rule: CertainRule; readonly row: BookingRow; readonly why: string }
  | { readonly kind: 'possible'; readonly rule: CertainRule; readonly row: BookingRow; readonly why: string }
  | { readonly kind: 'tied'; readonly rows: readonly BookingRow[]; readonly why: string }
  | { readonly kind: 'none' };

const RULE_NAMES: Readonly<Record<CertainRule, string>> = {
  tcn: 'livescan transaction control number (TCN)',
  'booking-number': 'booking number',
  'citation-number': 'citation number',
  'cii-arrest-date': 'CII number and arrest date',
};

/** An origin cannot come after what grew out of it. */
function comesAfter(booking: Booking, warrant: Warrant): boolean {
  const taken = booking.arrestDate ?? booking.bookedDate;
  const limit = warrant.missedAppearance?.date ?? warrant.issuedDate;
  return taken !== undefined && limit !== undefined && taken > limit;
}

/**
 * Decides on bookings found by exact keys. A key alone is not enough: a mistyped number leads to a stranger,
 * so the person must agree and the dates must be possible, else a clerk chooses.
 */
export function decideCertain(warrant: Warrant, hits: readonly KeyHit[]): CertainLink {
  const [first] = hits;
  if (!first) return { kind: 'none' };
  const ids = new Set(hits.map((hit) => hit.row.id));
  if (ids.size > 1) {
    const rows = [...new Map(hits.map((hit) => [hit.row.id, hit.row])).values()];
    return { kind: 'tied', rows, why: `The warrant's keys lead to ${ids.size} different bookings.` };
  }
  const { rule, row } = first;
  const booking = JSON.parse(row.facts) as Booking;
  const key = `The ${RULE_NAMES[rule]} is the same`;
  if (comesAfter(booking, warrant)) {
    return {
      kind: 'possible',
      rule,
      row,
      why: `${key}, but this ${booking.kind} is later than the missed appearance.`,
    };
  }
  switch (identityAgreement(warrant.person, booking.person)) {
    case 'agrees':
      return { kind: 'certain', rule, row, why: `${key}, and name and birth date agree.` };
    case 'unclear':
      return { kind: 'possible', rule, row, why: `${key}, but name or birth date is not clearly the same.` };
    case 'contradicts':
      return {
        kind: 'possible',
        rule,
        row,
        why: `${key}, but name, birth date, sex or number contradict it.`,
      };
  }
}
