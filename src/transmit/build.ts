import { OFF_FILE_STATES, type WarrantState } from '../domain/index.ts';
import { BenchlinkError } from '../errors.ts';
import {
  dirtyHoldings,
  factsOf,
  getHolding,
  getWarrant,
  type HoldingRow,
  move,
  openSubmission,
  packedIn,
  page,
  type SubmissionRow,
  setHolding,
  setPersonKeys,
  type Unit,
  type WarrantRow,
  withdrawReviewsOf,
} from '../store/index.ts';
import { type Composed, composeChange, composeEntry, composeLeaving, composeRemoval } from './compose.ts';
import type { TransmitCounts, TransmitRun } from './context.ts';
import { elect } from './election.ts';
import { nextAct } from './lifecycle.ts';
import { enqueue, type Packed, pack, packRiders, refuse } from './outbox.ts';
import { BUILD_PAGE } from './parameters.ts';
import { personKeys } from './person-keys.ts';
import { awaitsReentry, holdBack } from './purged.ts';
import { enterRiders, leaveRecord, ride } from './riders.ts';
import { withdraw } from './settle.ts';

/** What one warrant's next message comes to. */
interface Step {
  /** Kept when the bytes that the step names are durable. */
  readonly written?: Promise<string>;
  take(unit: Unit): Promise<void>;
}

export function standingOf(row: WarrantRow, open: SubmissionRow | undefined, held: boolean) {
  return {
    state: row.state,
    held,
    ...(open ? { open: { kind: open.kind, state: open.state, wired: open.wire_at !== null } } : {}),
  };
}

/** Writes under which keys each verified warrant would collide, so that the election sees all of them. */
export async function indexVerified(run: TransmitRun): Promise<void> {
  let after = '';
  for (;;) {
    const rows = await page(run.store.db, { states: ['verified'], after, limit: 500 });
    if (rows.length === 0) return;
    await run.store.transaction(run.actor, async (unit) => {
      for (const row of rows) {
        const warrant = factsOf(row);
        const nam = run.packager.nameOf(warrant) ?? '';
        await setPersonKeys(unit, row.id, row.agency_ori ?? '', personKeys(warrant, nam));
        // No other warrant of the person is to take it into its record either.
        if (row.fcn !== null) await holdBack(unit, row.id);
      }
    });
    after = rows.at(-1)?.id ?? '';
  }
}

/**
 * What was composed must still be so when it is written: another worker or the court may have changed the warrant,
 * or put another one into its record.
 */
async function assertSame(
  unit: Unit,
  {
    row,
    riders,
    message,
  }: Pick<Composed, 'row' | 'riders'> & { readonly message: { readonly kind: string } },
): Promise<void> {
  if (message.kind !== 'enter' && message.kind !== 'modify') return;
  const now = await getWarrant(unit.trx, row.id);
  const packed = message.kind === 'modify' ? await packedIn(unit.trx, row.id) : riders;
  if (now?.version === row.version && now.state === row.state && packed.join() === riders.join()) return;
  throw new BenchlinkError(
    'retry',
    'STATE-CONFLICT',
    `Warrant ${row.id} changed while its message was built.`,
  );
}

function stepFor(run: TransmitRun, composed: Composed, packed: Packed, counts: TransmitCounts): Step {
  const { row } = composed;
  if (packed.kind === 'refused' || packed.kind === 'invalid') {
    counts.refused += 1;
    return { take: (unit) => refuse(unit, composed, packed) };
  }
  if (packed.kind === 'unchanged') return unchanged(composed, counts);
  const written = run.store.blobs.write(packed.bytes);
  // Its failure is told when the step is taken, not as nobody's.
  written.catch(() => undefined);
  counts.built += 1;
  counts.packed += composed.message.kind === 'enter' ? composed.riders.length : 0;
  const take = async (unit: Unit) => {
    await assertSame(unit, composed);
    await enqueue(unit, run, composed, await written);
    // A record that gives way to a more serious one goes by a cancel; its warrant is decided anew after that.
    const telling = composed.message.kind === 'enter' || composed.message.kind === 'modify';
    if (row.state === 'verified' && telling) {
      await move(unit, { id: row.id, from: 'verified', to: 'packaged', code: 'SYS-OK' });
    }
    if (composed.message.kind === 'enter') await packRiders(unit, row.id, composed.riders);
    if (composed.message.kind === 'modify') await setHolding(unit, row.id, { dirty: 0 });
  };
  return { written, take };
}

/** The record already says what the warrant says: nothing is sent. */
function unchanged(same: Pick<Composed, 'row' | 'riders'>, counts: TransmitCounts): Step {
  const { row } = same;
  counts.unchanged += 1;
  const take = async (unit: Unit) => {
    await assertSame(unit, { ...same, message: { kind: 'modify' } });
    if (row.state === 'verified') {
      await move(unit, { id: row.id, from: 'verified', to: 'packaged', code: 'SYS-OK' });
      await move(unit, { id: row.id, from: 'packaged', to: 'entered', code: 'SYS-OK' });
      await withdrawReviewsOf(unit, [row.id], 'RCL-REFUSED');
    }
    await setHolding(unit, row.id, { dirty: 0 });
    await enterRiders(unit, row.id, await packedIn(unit.trx, row.id));
  };
  return { take };
}

async function entryStep(
  run: TransmitRun,
  row: WarrantRow,
  counts: TransmitCounts,
): Promise<Step | undefined> {
  if (await awaitsReentry(run.store.db, row)) return { take: (unit) => holdBack(unit, row.id) };
  const election = await elect(run.store.db, row);
  switch (election.kind) {
    case 'wait':
      return undefined;
    case 'ride':
      counts.packed += 1;
      return { take: (unit) => ride(unit, row.id, election.leadId) };
    case 'replace': {
      const lead = await getWarrant(run.store.db, election.holding.warrant_id);
      if (!lead) return undefined;
      const what = { act: 'cancel', reason: 'SUPERSEDED' } as const;
      const composed = await composeRemoval(run, lead, election.holding, what);
      return stepFor(run, composed, pack(run, composed), counts);
    }
    case 'lead': {
      const composed = await composeEntry(run, row, election.riders);
      const step = stepFor(run, composed, pack(run, composed), counts);
      const take = async (unit: Unit) => {
        await leaveRecord(unit, row.id);
        await step.take(unit);
      };
      return { ...step, take };
    }
  }
}

/** A record that names an ended warrant, and a change of it that cannot be built. */
async function alertUnbuilt(run: TransmitRun, { row, urgent }: Composed, { kind }: Packed): Promise<void> {
  if (!urgent || kind === 'bytes' || kind === 'unchanged') return;
  const message = `The record of warrant ${row.id} names a warrant that has ended, and the change that takes it out cannot be built. Have it taken out by telephone: see benchlink status ${row.id}.`;
  await run.ports.alert?.(`removal:${row.id}`, 'red', message);
}

async function changeStep(
  run: TransmitRun,
  row: WarrantRow,
  counts: TransmitCounts,
): Promise<Step | undefined> {
  const holding = await getHolding(run.store.db, row.id);
  if (!holding) return undefined;
  // Read before the facts: a rider that comes later makes the two differ.
  const riders = await packedIn(run.store.db, row.id);
  const composed = await composeChange(run, row, holding);
  if (!composed) return unchanged({ row, riders }, counts);
  const packed = pack(run, composed);
  await alertUnbuilt(run, composed, packed);
  return stepFor(run, composed, packed, counts);
}

/** Takes ended riders out of a record whose own warrant is not decided; what else there is to tell comes after that. */
async function leavingStep(
  run: TransmitRun,
  row: WarrantRow,
  holding: HoldingRow,
  counts: TransmitCounts,
): Promise<Step> {
  const riders = await packedIn(run.store.db, row.id);
  const composed = await composeLeaving(run, row, holding);
  const packed = composed && pack(run, composed);
  if (composed && packed) await alertUnbuilt(run, composed, packed);
  const told = composed && packed && packed.kind !== 'unchanged';
  const step = told ? stepFor(run, composed, packed, counts) : undefined;
  const take = async (unit: Unit) => {
    await assertSame(unit, { row, riders, message: { kind: 'modify' } });
    await step?.take(unit);
    await setHolding(unit, row.id, { dirty: 1 });
  };
  return { ...step, take };
}

async function stepOf(run: TransmitRun, row: WarrantRow, counts: TransmitCounts): Promise<Step | undefined> {
  const { db } = run.store;
  const open = await openSubmission(db, row.id);
  const held = (await getHolding(db, row.id)) !== undefined;
  const { act } = nextAct(standingOf(row, open, held));
  if (act === 'enter') return entryStep(run, row, counts);
  if (act === 'modify') return changeStep(run, row, counts);
  if (act === 'withdraw' && open) return { take: (unit) => withdraw(unit, open, 'SYS-REPROCESS') };
  return undefined;
}

async function commit(run: TransmitRun, steps: readonly Step[]): Promise<void> {
  if (steps.length === 0) return;
  // The bytes are durable before the row that names them, and no transaction waits for the disk.
  await Promise.all(steps.map((step) => step.written));
  const together = (some: readonly Step[]) =>
    run.store.transaction(run.actor, async (unit) => {
      for (const step of some) await step.take(unit);
    });
  try {
    await together(steps);
  } catch (error) {
    // A row that somebody moved meanwhile fails alone; it is looked at again in the next round.
    if (steps.length === 1) return conflictOnly(error);
    for (const step of steps) await together([step]).catch(conflictOnly);
  }
}

function conflictOnly(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code !== 'STATE-CONFLICT' && !code.startsWith('SQLITE_CONSTRAINT') && code !== '23505') throw error;
}

/**
 * Builds messages for one page of verified warrants; the fast lane only for those whose lead record has gone.
 * @returns the last id looked at, or undefined at the end
 */
export async function buildPage(
  run: TransmitRun,
  after: string,
  counts: TransmitCounts,
): Promise<string | undefined> {
  const rows = await page(run.store.db, {
    states: ['verified'],
    after,
    limit: BUILD_PAGE,
    ...(run.onlyRecalls ? { code: 'DUP-LEAD' } : {}),
  });
  const steps: Step[] = [];
  for (const row of rows) {
    const step = await stepOf(run, row, counts);
    if (step) steps.push(step);
    // A turn of the event loop: packages built before are written meanwhile, answers taken.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await commit(run, steps);
  return rows.at(-1)?.id;
}

/** A record of these goes with its own warrant, or its message waits for an operator. */
const UNDECIDABLE: readonly WarrantState[] = [...OFF_FILE_STATES, 'packaged', 'sent'];

/** Tells the destination anew about records whose riders changed; the fast lane only of those that were recalled. */
export async function buildDirty(run: TransmitRun, counts: TransmitCounts): Promise<number> {
  const query = { urgency: run.onlyRecalls ? 2 : 1, over: UNDECIDABLE } as const;
  const holdings = await dirtyHoldings(run.store.db, BUILD_PAGE, query);
  const steps: Step[] = [];
  for (const holding of holdings) {
    const row = await getWarrant(run.store.db, holding.warrant_id);
    if (!row) continue;
    const decided = row.state === 'entered' || row.state === 'verified';
    const step = await (decided ? changeStep(run, row, counts) : leavingStep(run, row, holding, counts));
    if (step) steps.push(step);
  }
  await commit(run, steps);
  return steps.length;
}
