import type { SubmissionKind } from '../../domain/index.ts';

/** Formats whose destinations answer in the format itself. */
export type AnswerFormat = 'ojbc-3' | 'ncic-text';

/** One message as the intake understands it: NCIC field codes, whatever the format it came in. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly kind: SubmissionKind;
  /** The format it came in, where that has answers of its own. */
  readonly format?: AnswerFormat;
  /** Single-valued fields by NCIC code, e.g. `NAM`, `DOB` (YYYYMMDD), `HGT` (feet and inches). */
  readonly fields: Readonly<Record<string, string>>;
  /** Repeated fields: `AKA`, `MNU`, `SMT`, `CMC`, further `DOB`. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  /** Modify: codes the sender wants removed. */
  readonly removed: readonly string[];
  /** Which record a change is about. */
  readonly target: RecordTarget;
  readonly print?: PrintSummary;
}

/** A change names a record by the name as entered and one of these (domain brief A.1, XW). */
export interface RecordTarget {
  readonly fcn?: string;
  readonly nic?: string;
  readonly oca?: string;
  readonly nam?: string;
}

/** What is kept of an attached print: that it came, and which. */
export interface PrintSummary {
  readonly sha256: string;
  readonly bytes: number;
  readonly format: string;
}

/** Whose record a message was about: what answers in the sender's own format repeat. */
export interface Subject {
  readonly ori: string;
  readonly oca: string;
  readonly nam: string;
}
