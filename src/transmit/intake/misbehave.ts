/** Ways a destination can go wrong, each on command (docs/intake.md). */
export const MISBEHAVIOURS = {
  none: 'answers as it should',
  'drop-before': 'cuts the connection before it has read the message; nothing is recorded',
  'drop-after': 'records the message, then cuts the connection instead of answering',
  late: 'records the message and answers later than a sender waits',
  twice: 'sends the same answer two times on the connection',
  malformed: 'records the message and sends half an answer',
  '503': 'says 503 without a body and records nothing, as a proxy does when the destination is away',
  '503-after': 'records the message, then says 503 without a body',
  unavailable: 'says in a proper answer that it took nothing and to try later (DST-DOWN)',
  slow: 'records the message and sends the answer in small pieces with pauses',
  'wrong-id': 'records the message and answers about another message id',
  queued: 'takes the message into its queue and works on it later (DST-DOWN-Q)',
  'reject-then-accept':
    'says rejected for now, though it recorded the message, and corrects itself in a notice',
  'half-open': 'reads the message, records nothing, and holds the connection without a word',
  'half-open-after': 'records the message and holds the connection without a word',
  'arrive-late': 'cuts the connection and records the message only some time later',
} as const;
export type Misbehaviour = keyof typeof MISBEHAVIOURS;

export function isMisbehaviour(text: string): text is Misbehaviour {
  return Object.hasOwn(MISBEHAVIOURS, text);
}

/** Which misbehaviour is due next: for ever, for a number of messages, or from a list in turn. */
export class Mood {
  #mode: Misbehaviour = 'none';
  #left = 0;

  /** @param times how many messages are treated so; for ever if absent */
  set(mode: Misbehaviour, times = Number.POSITIVE_INFINITY): void {
    this.#mode = mode;
    this.#left = times;
  }

  next(): Misbehaviour {
    if (this.#mode === 'none') return 'none';
    if (this.#left <= 0) {
      this.#mode = 'none';
      return 'none';
    }
    this.#left -= 1;
    return this.#mode;
  }
}
