import type { Reader } from './database.ts';
import type { Unit } from './unit.ts';

/** A record that, on somebody's word, is no longer at the destination. */
export interface ToldRemovalRow {
  readonly id: number;
  readonly review_id: number;
  readonly warrant_id: string;
  readonly destination: string;
  readonly fcn: string;
  /** Who at the destination said so, and when. */
  readonly told_by: string;
  readonly told_at: string;
  /** Who of ours asked, and when that was noted. */
  readonly noted_by: string;
  readonly noted_at: string;
  /** Whether a list of the destination, read later, has borne it out. */
  readonly state: 'believed' | 'confirmed' | 'refuted';
  readonly settled_at: string | null;
}

type NewToldRemoval = Pick<
  ToldRemovalRow,
  'review_id' | 'warrant_id' | 'destination' | 'fcn' | 'told_by' | 'told_at'
>;

/** Keeps somebody's word that a record was taken off; it is believed until a list says otherwise. */
export async function addToldRemoval(unit: Unit, told: NewToldRemoval): Promise<void> {
  const noted = { noted_by: unit.actor, noted_at: unit.at, state: 'believed' };
  await unit.trx('told_removals').insert({ ...told, ...noted });
  unit.audit({
    action: 'removal.told',
    objectType: 'warrant',
    objectId: told.warrant_id,
    code: 'RCL-REFUSED',
    detail: { fcn: told.fcn, by: told.told_by, at: told.told_at },
  });
}

/** Words no list has borne out or refuted yet. */
export async function believedRemovals(db: Reader, destination: string): Promise<ToldRemovalRow[]> {
  return db('told_removals').where({ state: 'believed', destination }).orderBy('id');
}

export async function toldRemovalsOf(db: Reader, warrantId: string): Promise<ToldRemovalRow[]> {
  return db('told_removals').where({ warrant_id: warrantId }).orderBy('id');
}

/** Notes what the destination's list says of such a word. */
export async function settleToldRemoval(
  unit: Unit,
  told: ToldRemovalRow,
  state: 'confirmed' | 'refuted',
): Promise<void> {
  await unit
    .trx('told_removals')
    .where({ id: told.id, state: 'believed' })
    .update({ state, settled_at: unit.at });
  unit.audit({
    action: `removal.${state}`,
    objectType: 'warrant',
    objectId: told.warrant_id,
    code: state === 'confirmed' ? 'SYS-OK' : 'REC-DRIFT',
    detail: { fcn: told.fcn },
  });
}
