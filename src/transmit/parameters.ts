/** Tunable numbers of sending. Times in milliseconds unless the name says otherwise. */

export const CONNECT_TIMEOUT_MS = 10_000;
/** From the request to the whole answer; beyond it the message is unsure and is asked about. */
export const RESPONSE_TIMEOUT_MS = 30_000;
/** Connections kept to one destination. */
export const MAX_CONNECTIONS = 8;
/** An answer is a few kilobytes. */
export const MAX_ANSWER_BYTES = 1_048_576;
