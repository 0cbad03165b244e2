import type {
  Booking,
  ExtraField,
  OriginKind,
  PrintPurpose,
  PriorRecord,
  Problem,
  RecordPlace,
} from '../../domain/index.ts';

/** Where a feed's print comes from: a file beside the feed, or bytes inside it. */
export type PrintOrigin = { readonly file: string } | { readonly bytes: Uint8Array };

/** A print as a feed names it, before its file is read. */
export interface PrintClaim {
  readonly origin: PrintOrigin;
  readonly purpose: PrintPurpose;
  /** ANSI/NIST FGP and IMP where the feed states them. */
  readonly finger?: number;
  readonly impression?: number;
  readonly captureDate?: string;
}

interface FeedRecord {
  /** The format that read it. */
  readonly format: string;
  readonly place: RecordPlace;
  readonly prints: readonly PrintClaim[];
  /** Source values that no field carries. */
  readonly extra: readonly ExtraField[];
}

/** One booking or citation of a feed with its prints. */
export interface BookingFeedRecord extends FeedRecord {
  readonly booking: Booking;
}

/** One prior record of a feed with its prints. */
export interface PriorFeedRecord extends FeedRecord {
  readonly prior: PriorRecord;
}

/** Prints that came alone: they belong to a booking or citation that is known already. */
export interface PrintFeedRecord extends FeedRecord {
  readonly owner: { readonly kind: OriginKind; readonly number: string };
}

/** A booking as read, with all that is wrong with it. */
export interface ReadBooking {
  readonly record: BookingFeedRecord;
  readonly problems: readonly Problem[];
}
