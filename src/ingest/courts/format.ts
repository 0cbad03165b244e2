import type { CourtRecord, ExtraField, Problem } from '../../domain/index.ts';

/**
 * What every input format of this stage is: a name, its dated history, a sniffer and a streaming parser.
 * Court systems, booking and citation feeds and prior-record feeds all use it, each with its own record type.
 */

/** Ceilings on what one input may cost; defaults in `parameters.ts`. */
export interface ParseLimits {
  /** A whole input, bytes. */
  readonly fileBytes: number;
  /** One record (an element cut out of a drop, a row group), decoded characters. */
  readonly recordChars: number;
  /** One token (a tag with its attributes, a text, a field), decoded characters. */
  readonly tokenChars: number;
  /** Nesting of elements. */
  readonly depth: number;
  /** Elements in one record, or outside all of them. */
  readonly elements: number;
  /** Attributes on one element, or fields in one row. */
  readonly attributes: number;
}

/** One line of a court's code map: in force from `from` to `to`, both ISO dates and inclusive. */
export interface CodeMapEntry {
  readonly raw: string;
  readonly code: string;
  readonly from?: string;
  readonly to?: string;
}

/**
 * A court's code sets by name (`status`, `level`, `kind`, `bail`, ...), as configuration gives them. The same
 * word may mean two things in two sets, so a key is always (set, word).
 */
export type CodeMaps = Readonly<Record<string, readonly CodeMapEntry[]>>;

/** What a parser may know beside the bytes. No clock, no disk, no environment. */
export interface ParseContext {
  /** The configured source, e.g. `fresno-superior`. */
  readonly source: string;
  /** IANA zone of the court: dates are local, never UTC. */
  readonly zone: string;
  /** Today in that zone, ISO; for "in the future" and dated code maps without a date of their own. */
  readonly today: string;
  readonly limits: ParseLimits;
  readonly codes: CodeMaps;
  /** Settings of the format itself (delimiter, layout, fixed court ORI ...), checked by the format. */
  readonly options: Readonly<Record<string, string>>;
}

/** The first bytes of an input, for sniffing. */
export interface Head {
  /** At most `HEAD_BYTES` bytes. */
  readonly bytes: Uint8Array;
  /** The same, decoded by its byte order mark or XML declaration, leniently; only for sniffing. */
  readonly text: string;
  /** Qualified name of the XML root, where there is one. */
  readonly root?: { readonly namespace: string; readonly local: string };
  /** File or resource name, without folder. */
  readonly name?: string;
}

/** How surely a format is this one. `possible` loses against another's `certain`; two equals are refused. */
export type Fit = 'certain' | 'possible' | 'no';

/** What the file says of itself (header, trailer, envelope), at any point; parts of it may come one by one. */
export interface FileFacts {
  /** The moment or date the extract speaks of, ISO, as the file states it. */
  readonly asOf?: string;
  /** The sender's own running number. */
  readonly sequence?: string;
  /** Set by formats whose file is a full list: what is missing from it has vanished. */
  readonly fullSnapshot?: boolean;
  readonly issuingAgency?: string;
  /** Values of the header, trailer or envelope that belong to no one record. */
  readonly extra?: readonly ExtraField[];
}

/**
 * What a parser yields, in source order. A `problem` of severity `error` condemns the whole file (truncated,
 * trailer mismatch): nothing of it is stored. A bad record is a `record` whose own problems hold an error.
 */
export type ParseItem<R> =
  | { readonly kind: 'record'; readonly record: R; readonly problems: readonly Problem[] }
  | { readonly kind: 'file'; readonly facts: FileFacts }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Bytes in order. A whole file in memory is `[bytes]`. */
export type ByteSource = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

export type FeedKind = 'court' | 'booking' | 'citation' | 'prior-record';

/** One line of a format's life: when, what changed, why. */
export interface HistoryLine {
  /** ISO date. */
  readonly date: string;
  readonly change: string;
}

/** One shape of input. */
export interface InputFormat<R> {
  /** Stable, kebab-case; stored with every record. */
  readonly name: string;
  readonly feed: FeedKind;
  /** For people: whose shape this is. */
  readonly title: string;
  readonly history: readonly HistoryLine[];
  /** `events`: each record says what happened; `snapshot`: the file says how all things stand. */
  readonly delta: 'events' | 'snapshot';
  sniff(head: Head): Fit;
  /**
   * Reads the input once, in flat memory. Never throws for bad input: what is wrong is yielded as a problem,
   * and after a file-level error nothing more is yielded.
   */
  parse(input: ByteSource, context: ParseContext): AsyncIterable<ParseItem<R>>;
}

/** A court system's format: one file per court system in this folder. */
export type CourtFormat = InputFormat<CourtRecord>;
