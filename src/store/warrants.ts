import { createHash } from 'node:crypto';
import { canonicalJson, mayMove, type ReasonCode, type Warrant, type WarrantState } from '../domain/index.ts';
import { BenchlinkError } from '../errors.ts';
import type { Reader } from './database.ts';
import { insertMany, isPostgres } from './database.ts';
import { row, updateRows } from './statement.ts';
import type { Unit } from './unit.ts';

export interface WarrantRow {
  id: string;
  identity_key: string;
  source: string;
  county: string;
  number: string | null;
  oca: string | null;
  repository_id: string | null;
  court_ori: string | null;
  agency_ori: string | null;
  docket: string | null;
  level: string | null;
  issued_date: string | null;
  /** Last day in force, ISO. */
  expiration_date: string | null;
  surname: string | null;
  given: string | null;
  birth_date: string | null;
  state: WarrantState;
  reason: ReasonCode;
  state_at: string;
  /** Version of the facts; a changed fact is a new version. */
  version: number;
  /** Canonical JSON of the facts: a `Warrant`. */
  facts: string;
  facts_hash: string;
  /** Date of the newest court event applied, ISO. */
  event_date: string | null;
  suspect_since: string | null;
  fcn: string | null;
  nic: string | null;
  name_as_sent: string | null;
  first_sent_at: string | null;
  court_ended_at: string | null;
  created_at: string;
  updated_at: string;
}

/** A stable id from the identity key, so that the same warrant never gets two. */
export function warrantId(identityKey: string): string {
  return `w_${createHash('sha256').update(identityKey).digest('hex').slice(0, 24)}`;
}

export function factsOf(row: Pick<WarrantRow, 'facts'>): Warrant {
  return JSON.parse(row.facts) as Warrant;
}

/** Facts as they are kept, with their hash. */
export function sealFacts(facts: unknown): { facts: string; facts_hash: string } {
  const text = canonicalJson(facts);
  return { facts: text, facts_hash: createHash('sha256').update(text).digest('hex') };
}

/** The searchable columns that follow from the facts. */
export function columnsOf(facts: Warrant): Partial<WarrantRow> {
  return {
    number: facts.number ?? null,
    oca: facts.oca ?? null,
    repository_id: facts.repositoryId ?? null,
    court_ori: facts.courtOri ?? null,
    agency_ori: facts.agencyOri ?? null,
    docket: facts.case.docket ?? null,
    level: facts.level?.code ?? null,
    issued_date: facts.issuedDate ?? null,
    expiration_date: facts.expirationDate ?? null,
    surname: facts.person.name.surname ?? null,
    given: facts.person.name.given ?? null,
    birth_date: facts.person.birthDate ?? null,
  };
}

export interface NewWarrant {
  readonly identityKey: string;
  readonly source: string;
  readonly county: string;
  readonly facts: Warrant;
  readonly state: WarrantState;
  readonly reason: ReasonCode;
  readonly recordId: number | null;
  readonly eventDate?: string;
}

/** Inserts warrants that are new, each with version 1 and its audit entry. */
export async function insertWarrants(unit: Unit, warrants: readonly NewWarrant[]): Promise<string[]> {
  const rows = warrants.map((w) => ({
    id: warrantId(w.identityKey),
    identity_key: w.identityKey,
    source: w.source,
    county: w.county,
    ...columnsOf(w.facts),
    ...sealFacts(w.facts),
    state: w.state,
    reason: w.reason,
    state_at: unit.at,
    version: 1,
    event_date: w.eventDate ?? null,
    created_at: unit.at,
    updated_at: unit.at,
  }));
  await insertMany(unit.trx, 'warrants', rows);
  await insertMany(
    unit.trx,
    'warrant_versions',
    rows.map((row, i) => ({
      warrant_id: row.id,
      version: 1,
      record_id: warrants[i]!.recordId,
      facts: row.facts,
      facts_hash: row.facts_hash,
      created_by: unit.actor,
      created_at: unit.at,
    })),
  );
  for (const row of rows) {
    unit.audit({
      action: 'warrant.create',
      objectType: 'warrant',
      objectId: row.id,
      code: row.reason,
      detail: { to: row.state },
    });
  }
  return rows.map((row) => row.id);
}

export interface Move {
  readonly id: string;
  readonly from: WarrantState;
  readonly to: WarrantState;
  readonly code: ReasonCode;
  /** Small facts for the audit entry; never personal data. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
  /** Columns set in the same statement. */
  readonly set?: Partial<WarrantRow>;
}

/**
 * The one way a warrant changes state: the table must allow it and the row must still be in `from`
 * (compare-and-set), with its audit entry in the same transaction.
 * @throws BenchlinkError STATE-FORBIDDEN or STATE-CONFLICT
 */
export async function move(unit: Unit, step: Move): Promise<void> {
  if (!mayMove(step.from, step.to)) {
    throw new BenchlinkError(
      'fault',
      'STATE-FORBIDDEN',
      `Warrant ${step.id} may not move from ${step.from} to ${step.to}.`,
    );
  }
  const set = { ...step.set, state: step.to, reason: step.code, state_at: unit.at, updated_at: unit.at };
  const changed = await updateRows(unit.trx, 'warrants', set, { id: step.id, state: step.from });
  if (changed !== 1) {
    throw new BenchlinkError(
      'retry',
      'STATE-CONFLICT',
      `Warrant ${step.id} is no longer ${step.from}; somebody else moved it.`,
    );
  }
  unit.audit({
    action: 'warrant.move',
    objectType: 'warrant',
    objectId: step.id,
    code: step.code,
    detail: { from: step.from, to: step.to, ...step.detail },
  });
}

export interface FactsChange {
  readonly id: string;
  readonly fromVersion: number;
  readonly facts: Warrant;
  /** Canonical paths that differ. */
  readonly changes: readonly string[];
  readonly recordId: number | null;
  readonly eventDate?: string;
}

/** A new version of the facts; earlier versions stay. The state is not touched. */
export async function changeFacts(unit: Unit, change: FactsChange): Promise<number> {
  const version = change.fromVersion + 1;
  const sealed = sealFacts(change.facts);
  const changed = await unit
    .trx('warrants')
    .where({ id: change.id, version: change.fromVersion })
    .update({
      ...columnsOf(change.facts),
      ...sealed,
      version,
      updated_at: unit.at,
      ...(change.eventDate ? { event_date: change.eventDate } : {}),
    });
  if (changed !== 1) {
    throw new BenchlinkError(
      'retry',
      'STATE-CONFLICT',
      `Warrant ${change.id} is no longer at version ${change.fromVersion}.`,
    );
  }
  await unit.trx('warrant_versions').insert({
    warrant_id: change.id,
    version,
    record_id: change.recordId,
    ...sealed,
    changes: JSON.stringify(change.changes),
    created_by: unit.actor,
    created_at: unit.at,
  });
  unit.audit({
    action: 'warrant.change',
    objectType: 'warrant',
    objectId: change.id,
    detail: { version, fields: change.changes.join(' ') },
  });
  return version;
}

export async function getWarrant(db: Reader, id: string): Promise<WarrantRow | undefined> {
  return row<WarrantRow>(db, 'select * from warrants where id = ?', [id]);
}

/** A warrant as it stands, which nobody else changes before the unit is over. */
export async function lockWarrant(unit: Unit, id: string): Promise<WarrantRow | undefined> {
  const lock = isPostgres(unit.trx) ? ' for update' : '';
  return row<WarrantRow>(unit.trx, `select * from warrants where id = ?${lock}`, [id]);
}

/** Ids of warrants in some states whose last day in force is before a day, ISO, in order. */
export async function pastLastDay(
  db: Reader,
  day: string,
  query: { readonly states: readonly WarrantState[]; readonly after: string; readonly limit: number },
): Promise<string[]> {
  return db('warrants')
    .whereIn('state', query.states)
    .where('expiration_date', '<', day)
    .where('id', '>', query.after)
    .orderBy('id')
    .limit(query.limit)
    .pluck('id');
}

export async function findByIdentity(db: Reader, keys: readonly string[]): Promise<WarrantRow[]> {
  if (keys.length === 0) return [];
  return db('warrants').whereIn('identity_key', keys);
}

/** A warrant by what a person types: our id, the warrant number, the OCA or the FCN. */
export async function findByAnyNumber(db: Reader, text: string): Promise<WarrantRow[]> {
  return db('warrants')
    .where({ id: text })
    .orWhere({ number: text })
    .orWhere({ oca: text })
    .orWhere({ fcn: text });
}

/** A page of warrants in some states, in id order, so that a long walk holds only a page. */
export async function page(
  db: Reader,
  query: { states: readonly WarrantState[]; after?: string; limit: number; code?: string; source?: string },
): Promise<WarrantRow[]> {
  const rows = db('warrants')
    .whereIn('state', query.states)
    .where('id', '>', query.after ?? '')
    .orderBy('id')
    .limit(query.limit);
  if (query.code) rows.where({ reason: query.code });
  if (query.source) rows.where({ source: query.source });
  return rows;
}

export async function countByState(db: Reader): Promise<Partial<Record<WarrantState, number>>> {
  const rows = (await db('warrants').select('state').count({ n: '*' }).groupBy('state')) as {
    state: WarrantState;
    n: number | string;
  }[];
  return Object.fromEntries(rows.map((row) => [row.state, Number(row.n)]));
}

export async function versions(
  db: Reader,
  id: string,
): Promise<{ version: number; facts: string; changes: string; created_by: string; created_at: string }[]> {
  return db('warrant_versions').where({ warrant_id: id }).orderBy('version');
}

/** How many warrants there are at one moment, and the newest audit entry of that moment. */
export interface Tally {
  readonly warrants: number;
  readonly seq: number;
}

/** One statement, so that both numbers are of the same moment whoever else writes. */
export async function tally(db: Reader): Promise<Tally> {
  const found = await row<Tally>(
    db,
    'select (select count(*) from warrants) as warrants, (select seq from audit_head where id = 1) as seq',
  );
  return { warrants: Number(found?.warrants ?? 0), seq: Number(found?.seq ?? 0) };
}

/** Warrants created between two moments, by the audit trail. */
export async function createdBetween(db: Reader, from: Tally, to: Tally): Promise<number> {
  const found = await row<{ n: number }>(
    db,
    "select count(*) as n from audit where seq > ? and seq <= ? and action = 'warrant.create'",
    [from.seq, to.seq],
  );
  return Number(found?.n ?? 0);
}
