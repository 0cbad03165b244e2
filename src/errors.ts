/**
 * The few kinds of error this system knows. The kind decides what happens next, the code says which rule,
 * the message tells a person what to do. Nothing ever searches a message.
 */
export type ErrorKind =
  /** The data is wrong: somebody must fix it; a retry cannot help. */
  | 'reject'
  /** The world is wrong for now: try later. */
  | 'retry'
  /** Sent, but no answer: ask before doing anything else. */
  | 'unsure'
  /** The command or configuration is wrong. */
  | 'usage'
  /** Our own bug or a damaged store. */
  | 'fault';

/** Base of every typed error. `code` is stable and upper-case; `details` never holds personal data. */
export class BenchlinkError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly details: Readonly<Record<string, string | number | boolean>>;

  constructor(
    kind: ErrorKind,
    code: string,
    message: string,
    details: Record<string, string | number | boolean> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'BenchlinkError';
    this.kind = kind;
    this.code = code;
    this.details = details;
  }
}

/** Exit codes of every command. */
export const EXIT = { done: 0, someFailed: 1, usage: 2, couldNotRun: 3 } as const;

/** The text of anything thrown, for a log line or a stored reason. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
