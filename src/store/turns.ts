import { setImmediate as eventLoopTurn } from 'node:timers/promises';

/** How long statements follow one another before everything else that waits has its turn, milliseconds. */
const TURN_MS = 50;
let turnedAt = 0;

/**
 * better-sqlite3 answers at once, so a loop of queries alone never lets the event loop turn: no heartbeat of the
 * lease, no signal to stop, no drawing of the progress, and what native code has to free piles up. Awaited before a
 * statement.
 */
export async function takeTurns(): Promise<void> {
  if (performance.now() - turnedAt < TURN_MS) return;
  await eventLoopTurn();
  turnedAt = performance.now();
}
