import type { CourtEvent, CourtRecord, CourtStatus } from '../../domain/index.ts';

/** What a record comes to for its warrant, whether an event or a status word said so. */
export type Meaning = 'active' | 'stayed' | 'recalled' | 'served' | 'expired' | 'evidence' | 'unknown';

const BY_STATUS: Readonly<Record<CourtStatus, Meaning>> = {
  ORDERED: 'stayed',
  ISSUED: 'active',
  STAYED: 'stayed',
  RECALLED: 'recalled',
  QUASHED: 'recalled',
  SERVED: 'served',
  EXPIRED: 'expired',
  UNKNOWN: 'unknown',
};

const BY_EVENT: Partial<Readonly<Record<CourtEvent, Meaning>>> = {
  stayed: 'stayed',
  recalled: 'recalled',
  quashed: 'recalled',
  served: 'served',
  expired: 'expired',
  accepted: 'evidence',
  rejected: 'evidence',
};

/** Status words that end a warrant. */
export const ENDING: ReadonlySet<CourtStatus> = new Set(['RECALLED', 'QUASHED', 'SERVED', 'EXPIRED']);

/** An event's own word decides; where the event only says how things stand, the status does. */
export function meaningOf(record: CourtRecord): Meaning {
  const own = BY_EVENT[record.event];
  if (own) return own;
  const { code } = record.warrant.status;
  return code === undefined ? 'unknown' : BY_STATUS[code];
}

export type End = 'recalled' | 'served' | 'expired';

export function isEnd(meaning: Meaning): meaning is End {
  return meaning === 'recalled' || meaning === 'served' || meaning === 'expired';
}

/** The reason of each end. */
export const END_CODE = { recalled: 'WAR-RECALLED', served: 'WAR-SERVED', expired: 'WAR-EXPIRED' } as const;

/**
 * The date on which the source says this happened, ISO, for putting records in order; undefined where it says
 * none (a cancellation without a date), and then the order of arrival holds.
 */
export function eventDate(record: CourtRecord): string | undefined {
  const { warrant } = record;
  if (record.asOf !== undefined) return record.asOf.slice(0, 10);
  const meaning = meaningOf(record);
  const own =
    meaning === 'recalled'
      ? warrant.recallDate
      : meaning === 'served'
        ? warrant.servedDate
        : meaning === 'expired'
          ? warrant.expirationDate
          : undefined;
  return own ?? warrant.statusDate ?? (record.event === 'issued' ? warrant.issuedDate : undefined);
}
