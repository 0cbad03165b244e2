import type { Problem } from './problem.ts';
import type { CourtEvent, Warrant } from './warrant.ts';

export const COURT_RECORD_SCHEMA = 'benchlink.court-record/1';

/** A source value that no named field carries, kept so that nothing is lost: where it stood, and what it said. */
export interface ExtraField {
  readonly path: string;
  readonly value: string;
}

/** Where a record stood in its file, for messages to people. */
export interface RecordPlace {
  /** 1-based position among the file's records. */
  readonly ordinal: number;
  readonly line?: number;
}

/** One warrant as one court document or row states it: the canonical form every parser ends in. */
export interface CourtRecord {
  readonly schema: typeof COURT_RECORD_SCHEMA;
  /** The parser, e.g. `ojbc-warrant-issued`. */
  readonly format: string;
  readonly event: CourtEvent;
  readonly place: RecordPlace;
  /** When the source says the event happened or the extract was made, ISO date or instant; the later one holds. */
  readonly asOf?: string;
  readonly warrant: Warrant;
  /** Canonical field paths the source explicitly emptied (a modification's nil). */
  readonly cleared: readonly string[];
  readonly extra: readonly ExtraField[];
}

/** A record and all that is wrong with it. A record with an `error` problem is quarantined. */
export interface ParsedRecord {
  readonly record: CourtRecord;
  readonly problems: readonly Problem[];
}

/** What a whole file came to. `problems` are the file's own (truncated, trailer mismatch ...). */
export interface ParsedFile {
  readonly format: string;
  readonly records: readonly ParsedRecord[];
  /** Values of an envelope, header or trailer that belong to no one record. */
  readonly extra?: readonly ExtraField[];
  readonly problems: readonly Problem[];
}
