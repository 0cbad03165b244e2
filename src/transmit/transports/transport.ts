/** A message ready for the wire: the bytes are exactly those of the stored package. */
export interface Outgoing {
  readonly messageId: string;
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/**
 * What one attempt to reach a destination came to. The three are kept apart because each has its own next step:
 * an answer is read, `not-sent` may be sent again at once, `unsure` must be asked about first.
 */
export type Attempt =
  | { readonly kind: 'answered'; readonly status: number; readonly bytes: Uint8Array }
  /** Surely nothing of the message left: connection refused, name unknown, TLS handshake failed. */
  | { readonly kind: 'not-sent'; readonly why: string }
  /** Some of it may have arrived. */
  | { readonly kind: 'unsure'; readonly why: string };

/** One record of the destination's list of active records, in the order ORI, OCA, FCN. */
export interface ListedRecord {
  readonly fcn: string;
  readonly nic: string | null;
  readonly ori: string;
  readonly oca: string;
  readonly nam: string;
  readonly state: string;
  readonly changedBy: string;
}

/** An unsolicited message of the destination. */
export interface Notice {
  readonly seq: number;
  readonly kind: string;
  readonly fcn: string | null;
  readonly messageId: string | null;
  readonly at: string;
  readonly body: unknown;
}

/** How messages reach one destination and answers come back. Nothing in here retries. */
export interface Transport {
  send(message: Outgoing): Promise<Attempt>;
  /** Asks what became of a message id; the bytes are an answer about it. */
  ask(messageId: string): Promise<Attempt>;
  /** Asks, and if nothing came under the id, has the destination refuse it from now on. */
  close(messageId: string): Promise<Attempt>;
  /** One record as the destination holds it; absent where the way there cannot ask for one. */
  record?(fcn: string): Promise<Attempt>;
  /** Unsolicited messages after a sequence number; undefined when the destination cannot be reached. */
  notices(after: number): Promise<readonly Notice[] | undefined>;
  /** Answers a notice that asks for an answer (YR to a YQ); the same answer again changes nothing. */
  respond(seq: number, bytes: Uint8Array): Promise<Attempt>;
  /** Lists what the destination holds as active. @throws when it cannot be reached or the list is cut short */
  activeRecords(ori?: string): AsyncIterable<ListedRecord>;
  shut(): Promise<void>;
}
