import { mayMoveSubmission, type WarrantState } from '../domain/index.ts';
import { BenchlinkError } from '../errors.ts';
import {
  type BulkItemRow,
  bulkItems,
  getBulkRecall,
  getWarrant,
  move,
  moveBulkRecall,
  moveSubmission,
  type Store,
  setBulkItem,
  submissionsOf,
  type Unit,
  withdrawReviews,
} from '../store/index.ts';
import { bulkProgress } from './bulk-recall.ts';
import { BULK_BATCH } from './parameters.ts';

export interface BulkRunPorts {
  readonly store: Store;
  readonly actor: string;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly shouldStop?: () => boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

const OVER: readonly WarrantState[] = ['recalled', 'served', 'expired', 'superseded'];
const MINUTE_MS = 60_000;

/** Recalls one warrant, or notes why not; the item and the warrant change in one transaction. */
async function recallOne(unit: Unit, item: BulkItemRow): Promise<void> {
  const row = await getWarrant(unit.trx, item.warrant_id);
  if (!row || OVER.includes(row.state)) {
    await setBulkItem(unit, item, { state: 'skipped', note: row ? `already ${row.state}` : 'gone' });
    return;
  }
  await withdrawReviews(unit, row.id);
  await move(unit, {
    id: row.id,
    from: row.state,
    to: 'recalled',
    code: 'WAR-RECALLED',
    detail: { bulk: item.bulk_id },
    set: { court_ended_at: unit.at },
  });
  await setBulkItem(unit, item, { state: 'recalled', from_state: row.state, from_reason: row.reason });
}

/**
 * Carries out an approved bulk recall, batch by batch at its own pace. It may be stopped or die at any moment
 * and is simply run again: each warrant and its item change together, so none is done twice.
 * @throws BenchlinkError NOT-FOUND, BULK-STATE when it is not approved
 */
export async function runBulkRecall(ports: BulkRunPorts, id: string) {
  const { store, actor } = ports;
  const bulk = await getBulkRecall(store.db, id);
  if (!bulk) throw new BenchlinkError('usage', 'NOT-FOUND', `There is no bulk recall ${id}.`);
  const started = await store.transaction(actor, (unit) =>
    moveBulkRecall(unit, id, ['approved', 'running'], 'running'),
  );
  if (!started)
    throw new BenchlinkError(
      'usage',
      'BULK-STATE',
      `The bulk recall is ${bulk.state}; only an approved one runs.`,
    );
  const size = Math.min(BULK_BATCH, bulk.per_minute);
  const pause = (size / bulk.per_minute) * MINUTE_MS;
  for (;;) {
    if (ports.shouldStop?.()) return bulkProgress(store, id);
    const began = store.clock.now().getTime();
    const items = await bulkItems(store.db, id, 'planned', size);
    if (items.length === 0) break;
    await store.transaction(actor, async (unit) => {
      for (const item of items) await recallOne(unit, item);
    });
    ports.onProgress?.(items.at(-1)!.ordinal, bulk.total);
    const rest = pause - (store.clock.now().getTime() - began);
    if (rest > 0 && items.length === size) await ports.sleep(rest);
  }
  await store.transaction(actor, (unit) =>
    moveBulkRecall(unit, id, ['running'], 'done', { finished_at: unit.at }),
  );
  return bulkProgress(store, id);
}

/** Takes one recall back if nothing of it has left: a cancellation on its way cannot be called back. */
async function undoOne(unit: Unit, item: BulkItemRow): Promise<boolean> {
  const row = await getWarrant(unit.trx, item.warrant_id);
  if (row?.state !== 'recalled') return false;
  const cancels = (await submissionsOf(unit.trx, row.id)).filter(
    (submission) =>
      submission.kind === 'cancel' &&
      row.court_ended_at !== null &&
      submission.built_at >= row.court_ended_at,
  );
  if (cancels.some((submission) => submission.state !== 'built' && submission.state !== 'withdrawn'))
    return false;
  for (const submission of cancels) {
    if (mayMoveSubmission(submission.state, 'withdrawn')) {
      await moveSubmission(unit, { id: submission.message_id, from: submission.state, to: 'withdrawn' });
    }
  }
  await move(unit, {
    id: row.id,
    from: 'recalled',
    to: 'checked',
    code: 'SYS-DECISION',
    detail: { bulk: item.bulk_id, undo: true },
    set: { court_ended_at: null },
  });
  await setBulkItem(unit, item, { state: 'undone' });
  return true;
}

/**
 * Undoes what of a bulk recall has not been sent yet; the rest is told. Warrants go round again from the check.
 * Items not recalled yet are not touched any more.
 */
export async function undoBulkRecall(
  store: Store,
  actor: string,
  id: string,
): Promise<{ undone: number; tooLate: number }> {
  const stopped = await store.transaction(actor, (unit) =>
    moveBulkRecall(unit, id, ['approved', 'running', 'done', 'undone'], 'undone'),
  );
  if (!stopped)
    throw new BenchlinkError('usage', 'BULK-STATE', `There is no bulk recall ${id} that could be undone.`);
  const result = { undone: 0, tooLate: 0 };
  let after = -1;
  for (;;) {
    const items = await bulkItems(store.db, id, 'recalled', BULK_BATCH, after);
    const last = items.at(-1);
    if (!last) return result;
    after = last.ordinal;
    await store.transaction(actor, async (unit) => {
      for (const item of items) {
        if (await undoOne(unit, item)) result.undone += 1;
        else result.tooLate += 1;
      }
    });
  }
}
