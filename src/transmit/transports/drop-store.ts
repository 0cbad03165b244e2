/**
 * The few things a drop folder must be able to do, on a disk or on a server. Paths are relative, steps divided by
 * `/`. What cannot be done is thrown; a missing file is not a fault.
 */
export interface DropStore {
  /** Writes a file whole or not at all: under another name first, then renamed. Never replaces a file. */
  put(path: string, bytes: Uint8Array): Promise<void>;
  /** The bytes of a file, undefined where there is none. */
  get(path: string): Promise<Uint8Array | undefined>;
  /** False where there is no such file. Never replaces a file. */
  move(from: string, to: string): Promise<boolean>;
  close(): Promise<void>;
}

/** Folders of a drop, in the order a message passes through them. */
export const DROP = {
  /** Put there by the sender. */
  in: 'in',
  /** Moved there by the destination when it takes a message up; it stays there. */
  taken: 'taken',
  /** Acknowledgements, one a message, under its id. */
  ack: 'ack',
  /** Messages and ids the sender took back before they were taken up. */
  withdrawn: 'withdrawn',
  /** Answers to notices, by the number of the notice. */
  responses: 'responses',
  /** Lists the destination publishes: `active.ndjson`, `notices.ndjson`. */
  out: 'out',
} as const;

/** How a message file ends: after its format. */
export const DROP_SUFFIXES = ['.xml', '.json', '.txt'] as const;
export type DropSuffix = (typeof DROP_SUFFIXES)[number];

/** The ending for a content type. */
export function suffixFor(contentType: string): DropSuffix {
  if (contentType.includes('json')) return '.json';
  return contentType.startsWith('text/plain') ? '.txt' : '.xml';
}

export const ACTIVE_LIST = `${DROP.out}/active.ndjson`;
export const NOTICE_LIST = `${DROP.out}/notices.ndjson`;
