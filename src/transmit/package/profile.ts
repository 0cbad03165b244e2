import type { Problem, Warrant } from '../../domain/index.ts';
import type { AnswerBody } from '../answer-model.ts';
import type { WarrantMessage } from './model.ts';

/** What bytes that came back say about one message of ours. */
export type ProfileReading =
  | { readonly kind: 'answer'; readonly body: AnswerBody }
  /** An answer about something else. */
  | { readonly kind: 'foreign'; readonly why: string }
  | { readonly kind: 'malformed'; readonly why: string };

/** The message an answer should be about. */
export interface SentMessage {
  readonly messageId: string;
  /** The package as it was sent. */
  readonly bytes: Uint8Array;
}

/** A way of writing messages: the destination's format. The same model goes in, whatever the format. */
export interface Profile {
  readonly name: 'niem-6' | 'niem-6-json' | 'ojbc-3' | 'ncic-text';
  readonly contentType: string;
  build(message: WarrantMessage): Uint8Array;
  /** Against the schema of the format. */
  validate(bytes: Uint8Array): readonly Problem[];
  /** NAM as this format writes it; undefined where the name cannot be written without guessing. */
  nameOf(warrant: Warrant): string | undefined;
  /** Reads an answer in the format's own form; absent where answers come as `WarrantAnswer` documents. */
  read?(bytes: Uint8Array, sent: SentMessage): ProfileReading;
}
