import type { AnswerBody } from './answer-model.ts';
import { ASK_BASE_MS, ASK_CAP_MS, BACKOFF_BASE_MS, BACKOFF_CAP_MS } from './parameters.ts';

/**
 * What an answer allows (after the Nlets status messages: will not forward / will forward / out of service):
 * `never` again as it is, `wait` because the destination holds it, `later` because it surely has not.
 */
export type RetryClass = 'settled' | 'never' | 'ask' | 'wait' | 'later';

/** The retry class of an answer. A rejection that calls itself retryable is asked about before it is believed. */
export function retryClass(body: AnswerBody): RetryClass {
  switch (body.kind) {
    case 'accepted':
    case 'on-file':
      return 'settled';
    case 'rejected':
      return body.codes.every((code) => code.retryable) ? 'ask' : 'never';
    case 'queued':
      return 'wait';
    case 'unavailable':
    case 'not-received':
      return 'later';
  }
}

/**
 * A capped exponential pause with full jitter in its upper half, so that many messages do not return together.
 * @param attempt 1 for the first pause
 * @param random in [0, 1)
 * @returns milliseconds
 */
export function pauseBefore(attempt: number, random: number, base: number, cap: number): number {
  const whole = Math.min(cap, base * 2 ** Math.min(30, Math.max(0, attempt - 1)));
  return Math.round(whole / 2 + (whole / 2) * random);
}

export function resendPause(attempt: number, random: number): number {
  return pauseBefore(attempt, random, BACKOFF_BASE_MS, BACKOFF_CAP_MS);
}

export function askPause(asked: number, random: number): number {
  return pauseBefore(asked, random, ASK_BASE_MS, ASK_CAP_MS);
}
