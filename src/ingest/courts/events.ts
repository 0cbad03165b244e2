import type { CourtEvent, CourtStatus } from '../../domain/index.ts';

const STATUSES: Readonly<Record<CourtStatus, true>> = {
  ORDERED: true,
  ISSUED: true,
  STAYED: true,
  RECALLED: true,
  QUASHED: true,
  SERVED: true,
  EXPIRED: true,
  UNKNOWN: true,
};

export const COURT_STATUSES = Object.keys(STATUSES) as readonly CourtStatus[];

const EVENT_OF: Partial<Readonly<Record<CourtStatus, CourtEvent>>> = {
  STAYED: 'stayed',
  RECALLED: 'recalled',
  QUASHED: 'quashed',
  SERVED: 'served',
  EXPIRED: 'expired',
};

/**
 * What a row that only carries a status says happened. A row issued on its own status date speaks of the issue;
 * any other row of an issued warrant says how things stand, which never brings a recalled warrant back.
 */
export function eventOf(status: CourtStatus | undefined, issued?: string, statusDate?: string): CourtEvent {
  if (status === 'ISSUED')
    return issued !== undefined && (statusDate ?? issued) === issued ? 'issued' : 'snapshot';
  return (status && EVENT_OF[status]) ?? 'snapshot';
}
