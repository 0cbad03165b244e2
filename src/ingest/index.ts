/** The stage's public functions: sources into the store, and any file into canonical records without one. */

export { FEED_FORMATS, type FeedSourceReport, loadFeedSource } from './bookings/index.ts';
export { type CourtOutcome, type CourtPorts, loadCourtFile } from './court-file.ts';
export { type CourtSourceReport, loadCourtSource, problemsOf } from './court-source.ts';
export { COURT_FORMATS, courtFormat } from './courts/index.ts';
export { expireDue } from './expire.ts';
export { type ParsedInput, type ParseOptions, parseFile, parseStream } from './parse.ts';
