import { priorRecordCsv } from '../records/csv.ts';
import { bookingCsv, citationCsv } from './csv.ts';
import type { FeedFormat } from './load.ts';

/** Every booking, citation and prior-record format by the kind of source that may carry it. */
export const FEED_FORMATS: Readonly<Record<'bookings' | 'citations' | 'records', readonly FeedFormat[]>> = {
  bookings: [bookingCsv],
  citations: [citationCsv],
  records: [priorRecordCsv],
};

export { type FeedCounts, type FeedOutcome, type FeedPorts, loadFeed } from './load.ts';
export type { PrintFile, ReadPrint, ReadPrintFile } from './print-port.ts';
export type { BookingFeedRecord, PriorFeedRecord } from './record.ts';
export { type FeedFileReport, type FeedSourceReport, loadFeedSource } from './source.ts';
