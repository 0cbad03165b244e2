/** The namespace of answers; its schema is `intake/xsd/answer.xsd`. */
export const ANSWER_NAMESPACE = 'https://benchlink.example/warrant-answer/1.0/';

/** One thing the destination refuses in a message. */
export interface Rejection {
  /** The destination's own code, kept as it came. */
  readonly code: string;
  /** NCIC field code where the destination names one. */
  readonly field?: string;
  readonly text: string;
  /** Whether the destination says the same bytes could pass later. */
  readonly retryable: boolean;
}

/** A record as the destination holds it, in NCIC field codes. */
export interface RecordOnFile {
  readonly fcn: string;
  readonly nic?: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** What a destination can say about one message. */
export type AnswerBody =
  | {
      readonly kind: 'accepted';
      readonly fcn: string;
      readonly nic?: string;
      readonly warnings: readonly string[];
    }
  | { readonly kind: 'rejected'; readonly codes: readonly Rejection[] }
  | { readonly kind: 'on-file'; readonly record: RecordOnFile }
  /** Held in the destination's queue: a resend would double it (DST-DOWN-Q). */
  | { readonly kind: 'queued'; readonly retryAfterSeconds?: number }
  /** Surely not processed: the same bytes may go again later (DST-DOWN). */
  | { readonly kind: 'unavailable'; readonly retryAfterSeconds?: number }
  /** Asked about an id that never arrived. `closed`: and none of that id will be taken any more. */
  | { readonly kind: 'not-received'; readonly closed: boolean };

export interface WarrantAnswer {
  readonly messageId: string;
  /** SHA-256 of the bytes the destination received under the id. */
  readonly receivedSha256?: string;
  /** ISO instant. */
  readonly at: string;
  readonly body: AnswerBody;
}
