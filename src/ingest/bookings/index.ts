import { criminalHistoryXml } from '../records/criminal-history.ts';
import { priorRecordCsv } from '../records/csv.ts';
import { an2Feed } from './an2.ts';
import { bookingCsv, citationCsv } from './csv.ts';
import { custodyXml } from './custody.ts';
import { bookingImage, citationImage } from './image.ts';
import type { FeedFormat } from './load.ts';
import type { ReadPrintFile } from './print-port.ts';

export type FeedKinds = Readonly<Record<'bookings' | 'citations' | 'records', readonly FeedFormat[]>>;

/** Every booking, citation and prior-record format by the kind of source that may carry it. */
export const FEED_FORMATS: FeedKinds = {
  bookings: [bookingCsv, custodyXml, bookingImage],
  citations: [citationCsv, citationImage],
  records: [priorRecordCsv, criminalHistoryXml],
};

/** The same, with the formats that need the print library to be read. */
export function feedFormats(read: ReadPrintFile): FeedKinds {
  return {
    bookings: [...FEED_FORMATS.bookings, an2Feed('booking', read)],
    citations: [...FEED_FORMATS.citations, an2Feed('citation', read)],
    records: [...FEED_FORMATS.records, an2Feed('prior-record', read)],
  };
}

export { type FeedCounts, type FeedOutcome, type FeedPorts, loadFeed } from './load.ts';
export type { PrintFile, ReadPrint, ReadPrintFile } from './print-port.ts';
export type { BookingFeedRecord, PriorFeedRecord } from './record.ts';
export { type FeedFileReport, type FeedSourceReport, loadFeedSource } from './source.ts';
