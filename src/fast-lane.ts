import type { Clock } from './clock.ts';

/** Between two looks for recalls while a night matches and sends, milliseconds. */
export const RECALL_EVERY_MS = 60_000;

/**
 * Something to be done now and then in the middle of long work, at a moment when that work stands still: calls of
 * the answer do it when `everyMs` have passed since it was last done.
 */
export function pulse(clock: Clock, everyMs: number, work: () => Promise<void>): () => Promise<void> {
  let last = clock.now().getTime();
  return async () => {
    if (clock.now().getTime() - last < everyMs) return;
    await work();
    last = clock.now().getTime();
  };
}
