import { BenchlinkError } from '../errors.ts';
import type { Reader } from './database.ts';
import type { Unit } from './unit.ts';

export interface RunRow {
  id: string;
  kind: 'nightly' | 'recalls' | 'demo';
  for_date: string;
  state: 'running' | 'done' | 'failed' | 'abandoned';
  owner: string;
  started_at: string;
  finished_at: string | null;
  summary: string;
}

export interface LeaseRow {
  name: string;
  owner: string;
  acquired_at: string;
  expires_at: string;
}

export interface ScheduleRow {
  name: string;
  known_since: string;
  last_due: string | null;
  last_done: string | null;
}

/** The lease of the nightly lane: one run of a lane at a time. */
export const RUN_LEASE = 'run';

function plus(at: string, seconds: number): string {
  return new Date(Date.parse(at) + seconds * 1000).toISOString();
}

/**
 * Takes a named lease, or takes over one whose holder has missed its heartbeats or is known to be dead.
 * @throws BenchlinkError LEASE-HELD with the holder's name
 */
export async function acquireLease(
  unit: Unit,
  name: string,
  owner: string,
  seconds: number,
  isDead: (owner: string) => boolean = () => false,
): Promise<void> {
  const held = (await unit.trx('leases').where({ name }).forUpdate().first()) as LeaseRow | undefined;
  // A lease that ends later than it may last was taken before the clock was put back: its holder renews it or is gone.
  const open = held && held.expires_at > unit.at && held.expires_at <= plus(unit.at, 2 * seconds);
  if (open && held.owner !== owner && !isDead(held.owner)) {
    throw new BenchlinkError(
      'retry',
      'LEASE-HELD',
      `Another run (${held.owner}) is at work since ${held.acquired_at}. It lets go at ${held.expires_at} if it has died; try again then.`,
      { owner: held.owner },
    );
  }
  const row = { name, owner, acquired_at: unit.at, expires_at: plus(unit.at, seconds) };
  await unit.trx('leases').insert(row).onConflict('name').merge();
  if (!held || held.owner === owner) return;
  unit.audit({
    action: 'lease.take-over',
    objectType: 'lease',
    objectId: name,
    detail: { owner, tookOver: held.owner },
  });
}

/** Extends a lease; false if it was lost meanwhile, and the holder must stop at once. */
export async function renewLease(unit: Unit, name: string, owner: string, seconds: number): Promise<boolean> {
  const changed = await unit
    .trx('leases')
    .where({ name, owner })
    .update({ expires_at: plus(unit.at, seconds) });
  return changed === 1;
}

export async function releaseLease(unit: Unit, name: string, owner: string): Promise<void> {
  await unit.trx('leases').where({ name, owner }).delete();
}

export async function insertRun(
  unit: Unit,
  run: Pick<RunRow, 'id' | 'kind' | 'for_date' | 'owner'>,
): Promise<void> {
  await unit
    .trx('runs')
    .where({ state: 'running', kind: run.kind })
    .update({ state: 'abandoned', finished_at: unit.at });
  await unit.trx('runs').insert({ ...run, state: 'running', started_at: unit.at });
  // The fast lane runs every minute: it is in the trail by its end, if it did anything.
  if (run.kind === 'recalls') return;
  unit.audit({
    action: 'run.start',
    objectType: 'run',
    objectId: run.id,
    detail: { kind: run.kind, forDate: run.for_date },
  });
}

/** Takes the row of a run away that found nothing to do. */
export async function forgetRun(unit: Unit, id: string): Promise<void> {
  await unit.trx('runs').where({ id, state: 'running' }).delete();
}

export async function finishRun(
  unit: Unit,
  id: string,
  state: 'done' | 'failed',
  summary: unknown,
): Promise<void> {
  await unit
    .trx('runs')
    .where({ id })
    .update({ state, finished_at: unit.at, summary: JSON.stringify(summary) });
  unit.audit({
    action: 'run.finish',
    objectType: 'run',
    objectId: id,
    outcome: state === 'done' ? 'success' : 'failed',
  });
}

export async function lastRuns(db: Reader, limit: number): Promise<RunRow[]> {
  return db('runs').orderBy('started_at', 'desc').limit(limit);
}

/** What the last run that read bookings said of its linkage, if one of the last runs did. */
export async function lastLinkage(db: Reader): Promise<unknown> {
  const rows = (await db('runs')
    .where({ state: 'done' })
    .whereNot({ kind: 'recalls' })
    .orderBy('started_at', 'desc')
    .limit(30)
    .select('summary')) as Pick<RunRow, 'summary'>[];
  const found = rows
    .map(({ summary }) => JSON.parse(summary) as { match?: { linkage?: unknown } | null })
    .find(({ match }) => match?.linkage);
  return found?.match?.linkage;
}

export async function getSchedule(db: Reader, name: string): Promise<ScheduleRow | undefined> {
  return db('schedules').where({ name }).first();
}

/** Makes a schedule known from now on; nights before that are never caught up. */
export async function knowSchedule(unit: Unit, name: string): Promise<void> {
  await unit.trx('schedules').insert({ name, known_since: unit.at }).onConflict('name').ignore();
}

/** Marks a due time as taken, only forward; false if another process took it. */
export async function takeDue(unit: Unit, name: string, due: string): Promise<boolean> {
  const changed = await unit
    .trx('schedules')
    .where({ name })
    .where((q) => q.whereNull('last_due').orWhere('last_due', '<', due))
    .update({ last_due: due });
  return changed === 1;
}

/** Marks a taken night as ended. */
export async function finishDue(unit: Unit, name: string, due: string): Promise<void> {
  await unit.trx('schedules').where({ name, last_due: due }).update({ last_done: due });
}

/** Whether somebody alive holds a lease. */
export async function leaseHeld(db: Reader, name: string, at: string): Promise<boolean> {
  const row = (await db('leases').where({ name }).first()) as LeaseRow | undefined;
  return row !== undefined && row.expires_at > at;
}
