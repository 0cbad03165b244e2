import type { Rejection } from '../answer-model.ts';
import type { ReceivedMessage } from './message.ts';

/** What bytes at the counter come to: a message, or what is wrong with them. */
export interface ReadResult {
  readonly message?: ReceivedMessage;
  readonly problems: readonly Rejection[];
}

/** @param messageId the id the bytes came under, for formats that carry none */
export type MessageReader = (bytes: Uint8Array, messageId?: string) => ReadResult;
