import { OFF_FILE_STATES } from '../domain/index.ts';
import { getWarrant, type SubmissionRow, takeToAsk } from '../store/index.ts';
import type { TransmitRun } from './context.ts';
import { CONCURRENCY, RESEND_WINDOW_MS } from './parameters.ts';
import { isRemoval } from './removal.ts';
import { readReply } from './reply.ts';
import { askPause } from './retry.ts';
import { conclude, type Sender, unlessTaken } from './send.ts';

const ASK_BATCH = 64;

/** A message that stays unsettled past the window is a person's alarm; it is still asked about, slowly. */
async function alarmIfOld(run: TransmitRun, sub: SubmissionRow): Promise<void> {
  const age = run.clock.now().getTime() - Date.parse(sub.built_at);
  if (age < RESEND_WINDOW_MS) return;
  const hours = Math.round(age / 3_600_000);
  const message = `The destination has not said for ${hours} hours what became of message ${sub.message_id}. Ask it by telephone.`;
  await run.ports.alert?.(`unsettled:${sub.message_id}`, 'red', message);
}

async function askOne(sender: Sender, sub: SubmissionRow): Promise<void> {
  const { run } = sender;
  await sender.lease.beat();
  await alarmIfOld(run, sub);
  const row = await getWarrant(run.store.db, sub.warrant_id);
  const close =
    row !== undefined && OFF_FILE_STATES.includes(row.state) && !isRemoval(sub) && sub.state === 'unsure';
  const attempt = await (close ? run.transport.close(sub.message_id) : run.transport.ask(sub.message_id));
  const answered = attempt.kind === 'answered' && readReply(run, attempt.bytes, sub).kind === 'answer';
  // Only a proper answer changes anything; the next question has its time already.
  if (!answered) return;
  await conclude(sender, sub, attempt);
}

/**
 * Asks what became of messages whose answer is outstanding: unsure ones, and those in the destination's queue.
 * Nothing is decided by guessing, and nothing is sent again before the destination has said it has not got it.
 * @returns how many were asked about
 */
export async function askDue(sender: Sender): Promise<number> {
  const { run } = sender;
  const rows = await run.store.transaction(run.actor, (unit) =>
    takeToAsk(unit, ASK_BATCH, (row) =>
      new Date(Date.parse(unit.at) + askPause(row.asked + 1, run.random())).toISOString(),
    ),
  );
  const concurrency = run.policy?.concurrency ?? CONCURRENCY;
  for (let i = 0; i < rows.length; i += concurrency) {
    await Promise.all(rows.slice(i, i + concurrency).map((row) => unlessTaken(askOne(sender, row))));
  }
  return rows.length;
}
