import { Comparer } from './compare/comparer.ts';
import { AT, FIELDS } from './compare/fields.ts';
import { fieldModel } from './model/start.ts';
import type { LinkModel } from './model/types.ts';
import * as P from './parameters.ts';
import type { RecordTable } from './table/record-table.ts';
import { tallyLevels } from './train/random-pairs.ts';

/** What a set of records looks like: shares only, no value of anybody's. */
export interface LinkProfile {
  readonly records: number;
  readonly fields: Readonly<Record<string, FieldProfile>>;
}

export interface FieldProfile {
  /** Share of records that have a value. */
  readonly complete: number;
  /** Share of the values that are the commonest one. */
  readonly commonest: number;
  /** Share of the values that are a known stand-in (1 January, one letter for a name). */
  readonly standIn: number;
  /** Chance of each level among random pairs, where the field could be compared; best level first. */
  readonly u: readonly number[];
}

export interface DriftRow {
  readonly field: string;
  readonly complete: number;
  readonly commonest: number;
  readonly standIn: number;
  /** Bits by which exact agreement now weighs more (+) or less (-) than the model believes. */
  readonly weightShift: number;
  /** What to look at; empty where all is as it was. */
  readonly alarms: readonly DriftAlarm[];
}

export type DriftAlarm = 'LESS_COMPLETE' | 'DEFAULT_VALUE' | 'WEIGHT_SHIFT';

type Column = { at(row: number): number };

function columnsOf(table: RecordTable): Readonly<Record<string, Column>> {
  const { given, surname, middle, suffix, dob, sex, race, height, weight, ssn, oln, cii, fbi, phone } = table;
  const known = { given, surname, middle, suffix, dob, sex, race, height, weight, ssn, oln, cii, fbi, phone };
  const { arrest, offense, agency, charge, street, zip } = table;
  return { ...known, address: street, place: zip, event: arrest, sequence: offense, agency, charge };
}

/** Placeholders that survive normalising because they may also be true. */
function standsIn(field: string, value: number, table: RecordTable): boolean {
  if (field === 'dob') return value % 10_000 === 101;
  if (field !== 'given' && field !== 'surname') return false;
  return table.words.text(value).length === 1;
}

function profileColumn(field: string, column: Column, table: RecordTable): Omit<FieldProfile, 'u'> {
  const counts = new Map<number, number>();
  let [filled, standIns] = [0, 0];
  for (let row = 0; row < table.size; row += 1) {
    const value = column.at(row);
    if (value === 0) continue;
    filled += 1;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (standsIn(field, value, table)) standIns += 1;
  }
  let most = 0;
  for (const count of counts.values()) most = Math.max(most, count);
  const share = (n: number) => (filled === 0 ? 0 : n / filled);
  return { complete: filled / Math.max(1, table.size), commonest: share(most), standIn: share(standIns) };
}

/** One person's two bookings: among strangers no two of these agree together. */
function areOnePerson(levels: Uint8Array): boolean {
  const names = levels[AT.given] === 1 && levels[AT.surname] === 1;
  const alike = [AT.dob, AT.ssn, AT.oln, AT.cii, AT.fbi, AT.phone, AT.address].filter(
    (at) => levels[at] === 1,
  );
  return alike.length + Number(names) > 1;
}

/** Looks a table over: how complete it is, what its commonest values are, and how often strangers agree. */
export function profileTable(table: RecordTable, pairs: number = P.DRIFT_PAIRS): LinkProfile {
  const comparer = new Comparer(table.words);
  const { tallies } = tallyLevels(table, table, comparer, pairs, areOnePerson);
  const fields = Object.entries(columnsOf(table)).map(([field, column]): [string, FieldProfile] => {
    const tally = tallies[AT[field as keyof typeof AT]] ?? [];
    const total = tally.reduce((a, b) => a + b, 0);
    const u = total === 0 ? [] : tally.map((n) => n / total);
    return [field, { ...profileColumn(field, column, table), u }];
  });
  return { records: table.size, fields: Object.fromEntries(fields) };
}

/** Bits by which the weight of exact agreement has moved since `before`; 0 where random pairs are too few to tell. */
function weightShift(field: string, now: FieldProfile, before: number): number {
  const spec = FIELDS.find((one) => one.name === field);
  const chance = now.u[0] ?? 0;
  if (spec === undefined || spec.frequency === 'identifier') return 0;
  if (Math.max(chance, before) < P.TELLING_CHANCE || now.u.length === 0) return 0;
  return Math.log2(Math.max(before, P.TELLING_CHANCE) / Math.max(chance, P.TELLING_CHANCE));
}

function modelled(field: string, model: LinkModel): number {
  const spec = FIELDS.find((one) => one.name === field);
  return spec === undefined ? 1 : (fieldModel(model, spec).u[0] ?? 1);
}

/**
 * Compares tonight's records with the model and, where there is one, an earlier profile. A feed that stops filling a
 * field, fills it with a default, or takes up another spelling shows here before it shows in the links. A weight is
 * an alarm where it moved since the earlier profile, or without one where it is far from the model's: a county that
 * is unlike the model is told so once, not every night.
 */
export function driftReport(
  profile: LinkProfile,
  model: LinkModel,
  earlier?: LinkProfile,
): readonly DriftRow[] {
  return Object.entries(profile.fields).map(([field, now]) => {
    const before = earlier?.fields[field];
    const shift = weightShift(field, now, modelled(field, model));
    const moved = before === undefined ? shift : weightShift(field, now, before.u[0] ?? 0);
    const alarms: DriftAlarm[] = [];
    if (before !== undefined && before.complete - now.complete > P.DRIFT_COMPLETENESS)
      alarms.push('LESS_COMPLETE');
    if (hasDefault(field, now, before, profile.records)) alarms.push('DEFAULT_VALUE');
    if (profile.records >= P.DRIFT_RECORDS && Math.abs(moved) > P.DRIFT_BITS) alarms.push('WEIGHT_SHIFT');
    const { complete, commonest, standIn } = now;
    return { field, complete, commonest, standIn, weightShift: shift, alarms };
  });
}

/** A value far commoner than it was, or than nature makes birth dates and numbers; a handful of records proves nothing. */
function hasDefault(
  field: string,
  now: FieldProfile,
  before: FieldProfile | undefined,
  records: number,
): boolean {
  const many = (share: number) => share * now.complete * records >= P.DRIFT_VALUES;
  if (now.standIn > P.DRIFT_STAND_IN && many(now.standIn)) return true;
  if (!many(now.commonest)) return false;
  if (before !== undefined && now.commonest > before.commonest + P.DRIFT_COMPLETENESS) return true;
  return P.RARE_FIELDS.includes(field) && now.commonest > P.DRIFT_COMMONEST;
}
