import { OFF_FILE_STATES, type ReasonCode } from '../domain/index.ts';
import {
  endedPacked,
  endedWithWork,
  getHolding,
  markDirty,
  moveSubmission,
  openSubmission,
  orphanedPacked,
  type SubmissionRow,
  type Unit,
  unpack,
  type WarrantRow,
} from '../store/index.ts';
import { standingOf } from './build.ts';
import { askForRemoval } from './by-telephone.ts';
import { composeRemoval } from './compose.ts';
import type { TransmitCounts, TransmitRun } from './context.ts';
import { nextAct } from './lifecycle.ts';
import { enqueue, pack } from './outbox.ts';
import { standAlone } from './riders.ts';
import { withdraw } from './settle.ts';

const PAGE = 200;

/** A message that may have reached the destination before is asked about, and closed there, before it is forgotten. */
async function askAgain(unit: Unit, sub: SubmissionRow, code: ReasonCode): Promise<void> {
  const { message_id: id } = sub;
  await moveSubmission(unit, { id, from: 'built', to: 'claimed', code, set: { claimed_at: unit.at } });
  await moveSubmission(unit, { id, from: 'claimed', to: 'on-the-wire', code });
  await moveSubmission(unit, { id, from: 'on-the-wire', to: 'unsure', code, set: { next_at: unit.at } });
}

async function removal(
  run: TransmitRun,
  row: WarrantRow,
  act: Extract<ReturnType<typeof nextAct>, { act: 'cancel' | 'clear' }>,
  counts: TransmitCounts,
): Promise<void> {
  const holding = await getHolding(run.store.db, row.id);
  if (!holding) return;
  const composed = await composeRemoval(run, row, holding, act);
  const packed = pack(run, composed);
  if (packed.kind !== 'bytes') {
    const why = `The record of warrant ${row.id} must leave the destination, but its ${act.act} cannot be built.`;
    await run.store.transaction(run.actor, (unit) => askForRemoval(unit, row, why));
    await run.ports.alert?.(`removal:${row.id}`, 'red', `${why} Cancel it by telephone: benchlink review.`);
    return;
  }
  const sha = run.store.blobs.put(packed.bytes);
  await run.store.transaction(run.actor, (unit) => enqueue(unit, run, composed, sha));
  counts.built += 1;
}

async function follow(run: TransmitRun, row: WarrantRow, counts: TransmitCounts): Promise<void> {
  const open = await openSubmission(run.store.db, row.id);
  const held = (await getHolding(run.store.db, row.id)) !== undefined;
  const next = nextAct(standingOf(row, open, held));
  if (next.act === 'withdraw' && open) {
    await run.store.transaction(run.actor, (unit) => withdraw(unit, open, row.reason));
    counts.withdrawn += 1;
  } else if (next.act === 'close' && open?.state === 'built') {
    await run.store.transaction(run.actor, (unit) => askAgain(unit, open, row.reason));
  } else if (next.act === 'cancel' || next.act === 'clear') {
    await removal(run, row, next, counts);
  }
}

function isConflict(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === 'STATE-CONFLICT' || code.startsWith('SQLITE_CONSTRAINT') || code === '23505';
}

/**
 * Follows what the court has ended, and what policy or a person keeps here: a message never sent is taken back, one that may have arrived is asked about,
 * a record at the destination gets its cancel or clear, which overtakes every entry.
 */
export async function followEnds(run: TransmitRun, counts: TransmitCounts): Promise<void> {
  let after = '';
  for (;;) {
    const rows = await endedWithWork(run.store.db, OFF_FILE_STATES, { after, limit: PAGE });
    for (const row of rows) {
      try {
        await follow(run, row, counts);
      } catch (error) {
        // Another worker followed it first.
        if (!isConflict(error)) throw error;
      }
    }
    after = rows.at(-1)?.id ?? '';
    if (rows.length < PAGE) return;
  }
}

/** Keeps the riders right: ended ones leave their record, those whose lead is gone stand for themselves again. */
export async function followRiders(run: TransmitRun): Promise<number> {
  const { db } = run.store;
  if ((await endedPacked(db, OFF_FILE_STATES, 1)).length + (await orphanedPacked(db, 1)).length === 0)
    return 0;
  return run.store.transaction(run.actor, async (unit) => {
    // Read here, because another worker may just have packed them anew.
    const ended = await endedPacked(unit.trx, OFF_FILE_STATES, PAGE);
    const orphans = await orphanedPacked(unit.trx, PAGE);
    for (const { warrant_id: id, lead_id: lead } of ended) {
      await unpack(unit, id);
      await markDirty(unit, lead, 2);
    }
    for (const id of orphans) await standAlone(unit, id);
    return ended.length + orphans.length;
  });
}
