import type { Reader } from './database.ts';
import type { Unit } from './unit.ts';

/** A hit confirmation another agency asks of us (YQ), and what we answered (YR). */
export interface HitRow {
  id: number;
  destination: string;
  seq: number;
  warrant_id: string | null;
  fcn: string;
  by_ori: string;
  priority: 'U' | 'R';
  request: string;
  received_at: string;
  due_at: string;
  state: 'open' | 'answered' | 'sent';
  answer: 'Y' | 'N' | 'P' | null;
  response: string | null;
  answered_by: string | null;
  answered_at: string | null;
  sent_at: string | null;
}

type NewHit = Pick<
  HitRow,
  'destination' | 'seq' | 'warrant_id' | 'fcn' | 'by_ori' | 'priority' | 'request' | 'received_at' | 'due_at'
>;

/** Keeps a request; one taken before is left as it is. */
export async function addHit(unit: Unit, hit: NewHit): Promise<void> {
  await unit
    .trx('hits')
    .insert({ ...hit, state: 'open' })
    .onConflict(['destination', 'seq'])
    .ignore();
  unit.audit({
    action: 'hit.received',
    objectType: hit.warrant_id ? 'warrant' : 'record',
    objectId: hit.warrant_id ?? hit.fcn,
    detail: { seq: hit.seq, by: hit.by_ori, priority: hit.priority, due: hit.due_at },
  });
}

/** Requests without a final answer, most urgent first; "later" has said only when it will come. */
export async function openHits(db: Reader): Promise<HitRow[]> {
  return db('hits').where({ state: 'open' }).orWhere({ answer: 'P' }).orderBy(['due_at', 'id']);
}

export async function getHit(db: Reader, id: number): Promise<HitRow | undefined> {
  return db('hits').where({ id }).first();
}

/** Keeps a person's answer, once; false if somebody answered before. "Later" leaves the request open for the rest. */
export async function answerHit(
  unit: Unit,
  hit: HitRow,
  answer: { readonly answer: 'Y' | 'N' | 'P'; readonly response: string; readonly due_at: string },
): Promise<boolean> {
  const changed = await unit
    .trx('hits')
    .where({ id: hit.id, state: hit.state })
    .whereIn('state', hit.answer === 'P' ? ['open', 'answered', 'sent'] : ['open'])
    .update({ ...answer, state: 'answered', answered_by: unit.actor, answered_at: unit.at });
  unit.audit({
    action: 'hit.answer',
    objectType: hit.warrant_id ? 'warrant' : 'record',
    objectId: hit.warrant_id ?? hit.fcn,
    outcome: changed === 1 ? 'success' : 'refused',
    detail: { hit: hit.id, answer: answer.answer },
  });
  return changed === 1;
}

/** Answers that have not reached the destination yet. */
export async function unsentHits(db: Reader, destination: string): Promise<HitRow[]> {
  return db('hits').where({ state: 'answered', destination }).orderBy('id');
}

/** Notes that the destination has an answer: only the one that was sent. */
export async function hitSent(unit: Unit, hit: HitRow): Promise<void> {
  await unit
    .trx('hits')
    .where({ id: hit.id, state: 'answered', response: hit.response })
    .update({ state: 'sent', sent_at: unit.at });
  unit.audit({
    action: 'hit.sent',
    objectType: hit.warrant_id ? 'warrant' : 'record',
    objectId: hit.warrant_id ?? hit.fcn,
    detail: { hit: hit.id },
  });
}

export interface ExonerationRow {
  id: number;
  warrant_id: string;
  exoneration: string;
  created_by: string;
  created_at: string;
}

/** Keeps that somebody is not the one wanted; false if it was kept before. Nothing ever takes one away. */
export async function addExoneration(unit: Unit, warrantId: string, exoneration: string): Promise<boolean> {
  const row = {
    warrant_id: warrantId,
    exoneration,
    created_by: unit.actor,
    created_at: unit.at,
  };
  const inserted = await unit
    .trx('exonerations')
    .insert(row)
    .onConflict(['warrant_id', 'exoneration'])
    .ignore()
    .returning('id');
  if (inserted.length > 0)
    unit.audit({ action: 'warrant.exoneration', objectType: 'warrant', objectId: warrantId });
  return inserted.length > 0;
}

export async function exonerationsOf(db: Reader, warrantId: string): Promise<ExonerationRow[]> {
  return db('exonerations').where({ warrant_id: warrantId }).orderBy('id');
}

/** A difference between the lists of court, ours and destination. */
export interface DifferenceRow {
  id: string;
  run_id: string;
  code: string;
  ori: string;
  oca: string;
  warrant_id: string | null;
  fcn: string | null;
  act: string;
  state: 'proposed' | 'done' | 'gone';
  found_at: string;
  acted_at: string | null;
}

/** Differences that wait for a person, newest comparison first. */
export async function openDifferences(db: Reader, limit: number): Promise<DifferenceRow[]> {
  return db('differences').where({ state: 'proposed' }).orderBy(['code', 'ori', 'oca', 'id']).limit(limit);
}

export async function countDifferences(db: Reader): Promise<number> {
  const row = (await db('differences').where({ state: 'proposed' }).count({ n: '*' }).first()) as {
    n: number | string;
  };
  return Number(row.n);
}

/** What an earlier comparison proposed and this one no longer finds has settled itself. */
export async function closeDifferences(unit: Unit, runId: string): Promise<void> {
  await unit
    .trx('differences')
    .where({ state: 'proposed' })
    .whereNot({ run_id: runId })
    .update({ state: 'gone', acted_at: unit.at });
}
