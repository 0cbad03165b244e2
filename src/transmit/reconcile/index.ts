import { createHash } from 'node:crypto';
import {
  closeDifferences,
  type DifferenceRow,
  dropHolding,
  getWarrant,
  move,
  type Unit,
} from '../../store/index.ts';
import type { TransmitRun } from '../context.ts';
import { adopt } from './adopt.ts';
import { ToldRemovals } from './by-word.ts';
import { type Act, compareCase, type Difference, type DifferenceCode } from './compare.ts';
import { courtList, ourList, theirList } from './lists.ts';
import { type MergeCounts, mergeLists } from './merge.ts';

export { type Act, DIFFERENCES, type Difference, type DifferenceCode } from './compare.ts';

/**
 * Which repairs are made without asking. By default only the one that cannot wait: a stale record of a warrant the
 * court has ended is cancelled at once.
 */
export const DEFAULT_ACTS: readonly Act[] = ['cancel'];

export interface ReconcileOptions {
  readonly acts?: readonly Act[];
  /** Only compare; write and repair nothing. */
  readonly dryRun?: boolean;
  readonly onDifference?: (difference: Difference) => void;
  readonly onProgress?: (cases: number) => void;
}

export interface ReconcileResult {
  readonly counts: MergeCounts;
  readonly differences: Readonly<Partial<Record<DifferenceCode, number>>>;
  /** Repairs begun; cancels and entries go out with the next sending. */
  readonly acted: number;
}

/** Begins a repair: the ordinary sending carries it out, with all its care. */
async function begin(unit: Unit, run: TransmitRun, found: Difference): Promise<void> {
  const id = found.warrantId;
  if (!id) return;
  if (found.act === 'cancel') return adopt(unit, run, found, id);
  const row = await getWarrant(unit.trx, id);
  if (found.act === 'adopt') {
    await adopt(unit, run, found, id);
    if (row?.state === 'entered' || row?.state === 'rejected') {
      await move(unit, { id, from: row.state, to: 'verified', code: 'REC-DRIFT' });
    }
  }
  if (found.act === 'enter' && row?.state === 'entered') {
    await dropHolding(unit, id, 'missing at the destination');
    await move(unit, { id, from: 'entered', to: 'verified', code: 'REC-DRIFT' });
  }
}

function idOf(found: Difference): string {
  const key = JSON.stringify([found.code, found.ori, found.oca, found.warrantId ?? '', found.fcn ?? '']);
  return `d_${createHash('sha256').update(key).digest('hex').slice(0, 24)}`;
}

async function note(unit: Unit, run: TransmitRun, found: Difference, done: boolean): Promise<void> {
  const row = {
    id: idOf(found),
    run_id: run.runId ?? '',
    code: found.code,
    ori: found.ori,
    oca: found.oca,
    warrant_id: found.warrantId ?? null,
    fcn: found.fcn ?? null,
    act: found.act,
    state: done ? 'done' : 'proposed',
    found_at: unit.at,
    acted_at: done ? unit.at : null,
  };
  const before = (await unit.trx('differences').where({ id: row.id }).first()) as DifferenceRow | undefined;
  await unit.trx('differences').insert(row).onConflict('id').merge();
  // What was proposed the night before and still is needs no new entry.
  if (before?.state === row.state && !done) return;
  unit.audit({
    action: 'reconcile.difference',
    objectType: found.warrantId ? 'warrant' : 'record',
    objectId: found.warrantId ?? found.fcn ?? '',
    code: 'REC-DRIFT',
    detail: { difference: found.code, act: found.act, done },
  });
}

/** Cases between two reports of progress. */
const PROGRESS = 10_000;
/** Differences written and begun in one transaction. */
const BATCH = 200;

/**
 * Compares the court's list, ours and the destination's, three ways, and begins the repairs that policy allows;
 * every other difference is kept as a proposal. The lists may have millions of rows: a page of each is in memory.
 * @throws when a list cannot be read to its end: nothing is concluded from half a list
 */
export async function reconcile(run: TransmitRun, options: ReconcileOptions = {}): Promise<ReconcileResult> {
  const acts = options.acts ?? DEFAULT_ACTS;
  const differences: Partial<Record<DifferenceCode, number>> = {};
  const found: Difference[] = [];
  const lists = {
    court: courtList(run.store.db),
    ours: ourList(run.store.db),
    theirs: theirList(run.transport),
  };
  const told = await ToldRemovals.of(run);
  let cases = 0;
  const counts = await mergeLists(lists, (one) => {
    cases += 1;
    told.see(one.theirs);
    if (cases % PROGRESS === 0) options.onProgress?.(cases);
    for (const each of compareCase(one)) {
      differences[each.code] = (differences[each.code] ?? 0) + 1;
      options.onDifference?.(each);
      if (!options.dryRun) found.push(each);
    }
  });
  // Repairs begin only after every list was read to its end.
  if (!options.dryRun) await told.settle();
  let acted = 0;
  for (let i = 0; i < found.length; i += BATCH) {
    await run.store.transaction(run.actor, async (unit) => {
      for (const each of found.slice(i, i + BATCH)) {
        const act = acts.includes(each.act) && each.warrantId !== undefined;
        if (act) await begin(unit, run, each);
        await note(unit, run, each, act);
        acted += act ? 1 : 0;
      }
    });
  }
  if (!options.dryRun) {
    await run.store.transaction(run.actor, (unit) => closeDifferences(unit, run.runId ?? ''));
  }
  return { counts, differences, acted };
}
