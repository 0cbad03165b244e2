import type { WarrantState } from '../domain/index.ts';
import type { Reader } from './database.ts';
import { insertMany } from './database.ts';
import { change, insertRow, row, rows, updateRows } from './statement.ts';
import type { Unit } from './unit.ts';
import type { WarrantRow } from './warrants.ts';

/** A record the destination holds for one of our warrants, as its answers made us believe. */
export interface HoldingRow {
  warrant_id: string;
  destination: string;
  fcn: string;
  nic: string | null;
  ori: string;
  oca: string;
  /** NAM exactly as the destination has it: a cancel must repeat it letter by letter. */
  nam: string;
  /** Message that last changed the record. */
  message_id: string;
  /** Canonical JSON of what the record says. */
  facts: string;
  held_since: string;
  told_at: string;
  /** ISO date by which the record must be validated. */
  validate_by: string;
  located_at: string | null;
  /** 1 when the record must be told anew though its own warrant has not changed, 2 when it names one that has ended. */
  dirty: number;
}

export async function getHolding(db: Reader, warrantId: string): Promise<HoldingRow | undefined> {
  return row<HoldingRow>(db, 'select * from holdings where warrant_id = ?', [warrantId]);
}

export async function holdingByFcn(db: Reader, fcn: string): Promise<HoldingRow | undefined> {
  return row<HoldingRow>(db, 'select * from holdings where fcn = ?', [fcn]);
}

/**
 * Notes under which keys another warrant of the same person would collide at an agency: for warrants the
 * destination holds, and for those about to be sent.
 */
export async function setPersonKeys(
  unit: Unit,
  warrantId: string,
  ori: string,
  personKeys: readonly string[],
): Promise<void> {
  await change(unit.trx, 'delete from person_keys where warrant_id = ?', [warrantId]);
  const rows = [...new Set(personKeys)].map((key) => ({ ori, person_key: key, warrant_id: warrantId }));
  await insertMany(unit.trx, 'person_keys', rows);
}

/** Keys under which a warrant's person is found at its agency. */
export async function personKeysOf(db: Reader, warrantId: string): Promise<string[]> {
  const found = await rows<{ key: string }>(
    db,
    'select person_key as key from person_keys where warrant_id = ?',
    [warrantId],
  );
  return found.map(({ key }) => key);
}

/** Warrants at the same agency that share a person key with a warrant, in any state. */
export async function siblingIds(db: Reader, warrantId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    `select distinct theirs.warrant_id as id from person_keys as mine
     join person_keys as theirs on mine.ori = theirs.ori and mine.person_key = theirs.person_key
     where mine.warrant_id = ? and theirs.warrant_id <> ? order by id`,
    [warrantId, warrantId],
  );
  return found.map(({ id }) => id);
}

/** Warrants that may wait for a record of their person that another warrant leads, unsettled or over. */
export async function behindHeldRecords(db: Reader, limit: number): Promise<WarrantRow[]> {
  const leads = () =>
    db('warrants as lead')
      .join('holdings as h', 'h.warrant_id', 'lead.id')
      .whereNotIn('lead.state', ['verified', 'packaged', 'sent', 'entered']);
  const samePerson = leads()
    .join('person_keys as theirs', 'theirs.warrant_id', 'lead.id')
    .join('person_keys as mine', (on) =>
      on.on('mine.ori', 'theirs.ori').andOn('mine.person_key', 'theirs.person_key'),
    )
    .select('mine.warrant_id');
  const riding = leads().join('packed_warrants as p', 'p.lead_id', 'lead.id').select('p.warrant_id');
  return db('warrants as w')
    .where((q) =>
      q
        .where((v) => v.where('w.state', 'verified').whereIn('w.id', samePerson))
        .orWhere((p) => p.where('w.state', 'packaged').whereIn('w.id', riding)),
    )
    .orderBy('w.id')
    .limit(limit)
    .select('w.*');
}

/** Notes that the destination holds a record. */
export async function putHolding(unit: Unit, row: HoldingRow): Promise<void> {
  const merge = Object.keys(row).map((column) => `${column} = excluded.${column}`);
  await insertRow(unit.trx, 'holdings', row, `on conflict (warrant_id) do update set ${merge.join(', ')}`);
  unit.audit({
    action: 'holding.put',
    objectType: 'warrant',
    objectId: row.warrant_id,
    detail: { fcn: row.fcn, message: row.message_id },
  });
}

/** Notes that the destination holds nothing more for a warrant. */
export async function dropHolding(unit: Unit, warrantId: string, why: string): Promise<void> {
  await unit.trx('holdings').where({ warrant_id: warrantId }).delete();
  unit.audit({ action: 'holding.drop', objectType: 'warrant', objectId: warrantId, detail: { why } });
}

export async function setHolding(
  unit: Unit,
  warrantId: string,
  set: Partial<Pick<HoldingRow, 'nam' | 'validate_by' | 'located_at' | 'message_id' | 'told_at' | 'dirty'>>,
): Promise<void> {
  await updateRows(unit.trx, 'holdings', set, { warrant_id: warrantId });
}

/** Notes that a record must be told anew: 1 with the next run, 2 at once, because a warrant in it has been recalled. */
export async function markDirty(unit: Unit, warrantId: string, urgency: 1 | 2): Promise<void> {
  await change(unit.trx, 'update holdings set dirty = ? where warrant_id = ? and dirty < ?', [
    urgency,
    warrantId,
    urgency,
  ]);
}

/** Puts warrants into the record of a lead: they ride in its miscellaneous text, beside those that ride already. */
export async function packInto(unit: Unit, leadId: string, warrantIds: readonly string[]): Promise<void> {
  for (const id of warrantIds) {
    await unit
      .trx('packed_warrants')
      .insert({ warrant_id: id, lead_id: leadId, since: unit.at })
      .onConflict('warrant_id')
      .merge(['lead_id']);
  }
}

export async function unpack(unit: Unit, warrantId: string): Promise<void> {
  await change(unit.trx, 'delete from packed_warrants where warrant_id = ?', [warrantId]);
}

/** Ids of the warrants that ride in a lead's record. */
export async function packedIn(db: Reader, leadId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    'select warrant_id as id from packed_warrants where lead_id = ? order by warrant_id',
    [leadId],
  );
  return found.map(({ id }) => id);
}

export async function leadOf(db: Reader, warrantId: string): Promise<string | undefined> {
  const found = await row<{ id: string }>(
    db,
    'select lead_id as id from packed_warrants where warrant_id = ?',
    [warrantId],
  );
  return found?.id;
}

/** Packed warrants whose lead no longer has a record: each must be entered or packed anew. */
export async function orphanedPacked(db: Reader, limit: number): Promise<string[]> {
  return db('packed_warrants as p')
    .whereNotExists(db('holdings as h').whereRaw('h.warrant_id = p.lead_id'))
    .whereNotExists(
      db('submissions as s')
        .whereRaw('s.warrant_id = p.lead_id')
        .whereIn('s.state', ['built', 'claimed', 'on-the-wire', 'unsure', 'queued']),
    )
    .orderBy('p.warrant_id')
    .limit(limit)
    .pluck('p.warrant_id');
}

/** Warrants that ride in a record though the court has ended them. */
export async function endedPacked(
  db: Reader,
  states: readonly string[],
  limit: number,
): Promise<{ warrant_id: string; lead_id: string }[]> {
  return db('packed_warrants as p')
    .join('warrants as w', 'w.id', 'p.warrant_id')
    .whereIn('w.state', states)
    .orderBy('p.warrant_id')
    .limit(limit)
    .select('p.warrant_id', 'p.lead_id');
}

/**
 * Holdings that must be told anew, of at least an urgency, and have no message on its way. One that names a warrant
 * that has ended does not wait until its own is decided.
 * @param over states whose records are about to go, or wait for an operator
 */
export async function dirtyHoldings(
  db: Reader,
  limit: number,
  { urgency, over }: { readonly urgency: 1 | 2; readonly over: readonly WarrantState[] },
): Promise<HoldingRow[]> {
  return db('holdings as h')
    .where('dirty', '>=', urgency)
    .whereExists(
      db('warrants as w')
        .whereRaw('w.id = h.warrant_id')
        .where((q) =>
          q.where('w.state', 'entered').orWhere((r) => r.where('h.dirty', 2).whereNotIn('w.state', over)),
        ),
    )
    .whereNotExists(
      db('submissions as s')
        .whereRaw('s.warrant_id = h.warrant_id')
        .whereIn('s.state', ['built', 'claimed', 'on-the-wire', 'unsure', 'queued']),
    )
    .orderBy([{ column: 'h.dirty', order: 'desc' }, { column: 'h.warrant_id' }])
    .limit(limit)
    .select('h.*');
}

/** A page of holdings in the order ORI, OCA, FCN. */
export async function holdingsPage(
  db: Reader,
  after: Pick<HoldingRow, 'ori' | 'oca' | 'fcn'> | undefined,
  limit: number,
): Promise<HoldingRow[]> {
  const query = db('holdings')
    .orderBy([{ column: 'ori' }, { column: 'oca' }, { column: 'fcn' }])
    .limit(limit);
  if (after) query.whereRaw('(ori, oca, fcn) > (?, ?, ?)', [after.ori, after.oca, after.fcn]);
  return query;
}
