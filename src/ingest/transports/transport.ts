import type { Problem } from '../../domain/index.ts';

/** What lies beside an arrival (a print file that a row names), or why it is not to be had. */
export type Beside =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly why: 'missing' | 'unsafe' | 'too-large' };

/**
 * One input of a source, claimed for this run: nobody else will read it. After its records are stored the
 * caller says `done`; until then a crash leaves it claimed, and the next run gets it again.
 */
export interface Arrival {
  /** As the source names it, without folder. */
  readonly name: string;
  /** Length where the source tells it before the reading. */
  readonly bytes?: number;
  /** It was claimed by a run that died. */
  readonly recovered: boolean;
  /** A finished input of the same name and bytes, by its present name. */
  readonly duplicateOf?: string;
  /** The bytes, exactly; may be called again. Throws a `retry` error when the source dies in the middle. */
  read(): AsyncIterable<Uint8Array>;
  beside(path: string): Promise<Beside>;
  /**
   * Its records are committed: take it out of the way, with what was read beside it. Where the law forbids a second
   * copy (citation prints), what lay beside it is erased, or the input too.
   */
  done(treatment?: 'keep' | 'erase-beside' | 'erase'): Promise<void>;
  /** It cannot be used: put it where a person finds it. */
  refuse(): Promise<void>;
  /** Gives it back unread, as if it had never been claimed; absent where a claim leaves no mark. */
  release?(): Promise<void>;
}

/** Something a person should know of that is no input: an empty, unfinished, unsafe or repeated file. */
export interface Notice {
  readonly name: string;
  readonly problem: Problem;
}

export type Fetched =
  | { readonly kind: 'arrival'; readonly arrival: Arrival }
  | { readonly kind: 'notice'; readonly notice: Notice };

/** How inputs of one source arrive. */
export interface Transport {
  /** Claims what is ready, one after another; what a dead run left comes first. */
  fetch(): AsyncIterable<Fetched>;
  close(): Promise<void>;
}

export function notice(
  name: string,
  code: Problem['code'],
  severity: Problem['severity'],
  message: string,
): Fetched {
  return { kind: 'notice', notice: { name, problem: { code, severity, message } } };
}
