import type { Retained, RetentionStart } from '../domain/index.ts';
import type { Reader } from './database.ts';
import type { Unit } from './unit.ts';
import { sealFacts } from './warrants.ts';

/** Something whose time has come. */
export interface DueRow {
  readonly id: string;
  /** Blobs it names, to be removed once nothing else does. */
  readonly blobs: readonly string[];
}

export interface DueQuery {
  readonly after: RetentionStart;
  /** ISO date: what started on this day or before is due. */
  readonly until: string;
  /** Last id of the page before. */
  readonly from: string;
  readonly limit: number;
  readonly sources?: readonly string[];
}

const OPEN = ['built', 'claimed', 'on-the-wire', 'unsure', 'queued'];
const ENDED = ['recalled', 'served', 'expired', 'superseded'];
const PRINTS: Partial<Record<Retained, string>> = {
  'citation-print': 'citation',
  'booking-print': 'booking',
  'prior-print': 'prior-record',
};

interface PrintLine {
  id: string;
  image_sha256: string;
  template_sha256: string | null;
}

async function duePrints(db: Reader, purpose: string, query: DueQuery): Promise<DueRow[]> {
  const rows = db('prints as f')
    .where('f.purpose', purpose)
    .whereNull('f.purged_at')
    .where('f.id', '>', query.from)
    .orderBy('f.id')
    .limit(query.limit)
    .select('f.id', 'f.image_sha256', 'f.template_sha256');
  if (query.after === 'received') rows.whereRaw('substr(f.created_at, 1, 10) <= ?', [query.until]);
  else rows.join('bookings as b', 'b.id', 'f.owner_id').where('b.disposed_date', '<=', query.until);
  return ((await rows) as PrintLine[]).map((row) => ({
    id: row.id,
    blobs: [row.image_sha256, row.template_sha256].filter((hash) => hash !== null),
  }));
}

async function dueBookings(db: Reader, kind: string, query: DueQuery): Promise<DueRow[]> {
  const rows = db('bookings')
    .where({ kind })
    .where('id', '>', query.from)
    .orderBy('id')
    .limit(query.limit)
    .pluck('id');
  if (query.after === 'received') rows.whereRaw('substr(updated_at, 1, 10) <= ?', [query.until]);
  else rows.where('disposed_date', '<=', query.until);
  // What a standing warrant grew out of backs its record and stays.
  rows.whereNotExists(
    db('links as l')
      .join('holdings as h', 'h.warrant_id', 'l.warrant_id')
      .whereRaw('l.booking_id = bookings.id')
      .select(db.raw('1')),
  );
  return ((await rows) as string[]).map((id) => ({ id, blobs: [] }));
}

async function duePriors(db: Reader, query: DueQuery): Promise<DueRow[]> {
  const ids = (await db('prior_records')
    .where('id', '>', query.from)
    .whereRaw('substr(updated_at, 1, 10) <= ?', [query.until])
    .orderBy('id')
    .limit(query.limit)
    .pluck('id')) as string[];
  return ids.map((id) => ({ id, blobs: [] }));
}

/** Ended warrants of which the destination holds nothing and nothing is on its way. */
async function dueWarrants(db: Reader, query: DueQuery): Promise<DueRow[]> {
  const ids = (await db('warrants as w')
    .whereIn('w.state', ENDED)
    .where('w.id', '>', query.from)
    .whereRaw('substr(coalesce(w.court_ended_at, w.state_at), 1, 10) <= ?', [query.until])
    .whereNot('w.facts_hash', ERASED_FACTS.facts_hash)
    .whereNotExists(db('holdings as h').whereRaw('h.warrant_id = w.id').select(db.raw('1')))
    .whereNotExists(
      db('submissions as s').whereRaw('s.warrant_id = w.id').whereIn('s.state', OPEN).select(db.raw('1')),
    )
    .orderBy('w.id')
    .limit(query.limit)
    .pluck('w.id')) as string[];
  const due: DueRow[] = [];
  for (const id of ids) {
    const blobs = (await db('submissions').where({ warrant_id: id }).pluck('package_sha256')) as string[];
    due.push({ id, blobs });
  }
  return due;
}

/** Files read to their end of which no record waits for a person and no warrant has a record at the destination. */
async function dueInput(db: Reader, query: DueQuery): Promise<DueRow[]> {
  const rows = db('source_files as f')
    .whereIn('f.state', ['done', 'refused', 'duplicate'])
    .where('f.id', '>', Number(query.from) || 0)
    .whereRaw('substr(f.received_at, 1, 10) <= ?', [query.until])
    .whereNotExists(
      db('court_records as r')
        .whereRaw('r.file_id = f.id')
        .where('r.state', 'quarantined')
        .select(db.raw('1')),
    )
    .whereNotExists(
      db('court_records as r')
        .join('holdings as h', 'h.warrant_id', 'r.warrant_id')
        .whereRaw('r.file_id = f.id')
        .select(db.raw('1')),
    )
    .orderBy('f.id')
    .limit(query.limit)
    .select('f.id', 'f.sha256');
  if (query.sources) rows.whereIn('f.source', [...query.sources]);
  return ((await rows) as { id: number; sha256: string }[]).map((row) => ({
    id: String(row.id),
    blobs: [row.sha256],
  }));
}

/** A page of what is due, in the order of ids. */
export function dueForRetention(db: Reader, what: Retained, query: DueQuery): Promise<DueRow[]> {
  const purpose = PRINTS[what];
  if (purpose) return duePrints(db, purpose, query);
  switch (what) {
    case 'booking':
    case 'citation':
      return dueBookings(db, what, query);
    case 'prior-record':
      return duePriors(db, query);
    case 'warrant':
      return dueWarrants(db, query);
    default:
      return dueInput(db, query);
  }
}

/** What is left of a warrant: that there was one, and how it ended. */
const ERASED_FACTS = sealFacts({
  status: { raw: 'erased' },
  offences: [],
  case: {},
  origin: {},
  person: {
    name: {},
    aliases: [],
    otherBirthDates: [],
    ids: { mnu: [], local: [] },
    smt: [],
    cautions: [],
    addresses: [],
    phones: [],
  },
  vehicles: [],
  notes: [],
});

async function eraseWarrant({ trx, at }: Unit, id: string): Promise<void> {
  await trx('warrants')
    .where({ id })
    .update({
      ...ERASED_FACTS,
      surname: null,
      given: null,
      birth_date: null,
      docket: null,
      name_as_sent: null,
      updated_at: at,
    });
  await trx('warrant_versions')
    .where({ warrant_id: id })
    .update({ ...ERASED_FACTS, changes: '[]' });
  await trx('court_records')
    .where({ warrant_id: id })
    .whereNot({ state: 'quarantined' })
    .update({ canonical: '{}', problems: '[]' });
  const messages = trx('submissions').where({ warrant_id: id }).select('message_id');
  await trx('submission_facts').whereIn('message_id', messages).update({ facts: '{}', nam: null });
  await trx('submissions').where({ warrant_id: id }).update({ answer: '{}' });
  await trx('links').where({ warrant_id: id }).update({ explanation: '{"why":"erased"}' });
  await trx('print_checks').where({ warrant_id: id }).update({ candidates: '[]', cii: null, fbi: null });
  await trx('exonerations').where({ warrant_id: id }).delete();
  await trx('hits')
    .where({ warrant_id: id })
    .whereNot({ state: 'open' })
    .update({ request: '{}', response: null });
  await trx('person_keys').where({ warrant_id: id }).delete();
}

async function erasePrints({ trx, at }: Unit, where: Readonly<Record<string, string>>): Promise<string[]> {
  const held = (await trx('prints').where(where).whereNull('purged_at')) as PrintLine[];
  await trx('prints').where(where).whereNull('purged_at').update({ purged_at: at, template_sha256: null });
  for (const row of held) await trx('print_index').where({ print_id: row.id }).delete();
  return held.flatMap((row) => [row.image_sha256, row.template_sha256]).filter((hash) => hash !== null);
}

/**
 * Erases one thing whose time has come, with its audit entry, which stays as evidence that there was one.
 * @returns blobs it named besides those it was listed with
 */
export async function erase(
  unit: Unit,
  what: Retained,
  row: DueRow,
  why: { readonly rule: string; readonly policy: string },
): Promise<readonly string[]> {
  const freed: string[] = [];
  if (PRINTS[what]) await erasePrints(unit, { id: row.id });
  else if (what === 'warrant') await eraseWarrant(unit, row.id);
  else if (what === 'booking' || what === 'citation') {
    freed.push(...(await erasePrints(unit, { owner_id: row.id })));
    await unit.trx('bookings').where({ id: row.id }).delete();
  } else if (what === 'prior-record') {
    freed.push(...(await erasePrints(unit, { owner_id: row.id })));
    await unit.trx('prior_records').where({ id: row.id }).delete();
  }
  const objectType = PRINTS[what] ? 'print' : what === 'input' ? 'file' : what;
  unit.audit({
    action: PRINTS[what] ? 'print.purge' : `${objectType}.purge`,
    objectType,
    objectId: row.id,
    detail: { why: why.rule, policy: why.policy },
  });
  return freed;
}

/** Whether some row that has not been purged still names a blob. */
export async function blobNamed(db: Reader, hash: string): Promise<boolean> {
  const print: unknown = await db('prints')
    .whereNull('purged_at')
    .where((q) => q.where({ image_sha256: hash }).orWhere({ template_sha256: hash }))
    .first();
  if (print) return true;
  const message: unknown = await db('submissions as s')
    .join('warrants as w', 'w.id', 's.warrant_id')
    .where('s.package_sha256', hash)
    .whereNot('w.facts_hash', ERASED_FACTS.facts_hash)
    .first('s.message_id');
  return message !== undefined;
}

/** Whether the same bytes came in a file that is to be kept longer. */
export async function inputKept(db: Reader, hash: string, until: string): Promise<boolean> {
  const row: unknown = await db('source_files')
    .where({ sha256: hash })
    .whereRaw('substr(received_at, 1, 10) > ?', [until])
    .first('id');
  return row !== undefined;
}
