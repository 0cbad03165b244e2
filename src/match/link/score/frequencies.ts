import { PLACE } from '../compare/address.ts';
import type { Comparison } from '../compare/comparer.ts';
import { AT, FIELDS, type FieldSpec } from '../compare/fields.ts';
import { fieldModel } from '../model/start.ts';
import type { LinkModel } from '../model/types.ts';
import { OWN_NUMBER_RECORDS } from '../parameters.ts';
import type { RecordTable } from '../table/record-table.ts';
import { countCodes, countDates, countWords, type ValueCounts } from './counts.ts';
import { Spread } from './spread.ts';

interface FieldFrequency {
  readonly counts: ValueCounts;
  readonly spread: Spread;
}

/**
 * How common each value of the table is: agreement on a rare surname says more than on a common one. Computed from
 * the table itself, as Splink does, not from a census.
 */
export class Frequencies {
  private readonly byField: (FieldFrequency | undefined)[] = [];
  private readonly towns: FieldFrequency;
  private readonly rows: number;
  private readonly own: number;
  private readonly knownIdentifier: readonly number[];

  /** `own`: records of the table that are expected to hold a value because they are the person's own (1, or 2 within one file). */
  constructor(table: RecordTable, fields: readonly FieldSpec[], model: LinkModel, own: number) {
    this.rows = Math.max(1, table.size);
    this.own = own;
    this.knownIdentifier = fields.map((spec) => fieldModel(model, spec).u[0] ?? 1);
    const columns = columnCounts(table, fields);
    const frequency = (counts: ValueCounts, spec: FieldSpec, level = 0): FieldFrequency => ({
      counts,
      spread: new Spread(counts.sums(own), fieldModel(model, spec).u[level] ?? 1),
    });
    fields.forEach((spec, i) => {
      const counts = columns[i];
      this.byField[i] = counts === undefined ? undefined : frequency(counts, spec);
    });
    const place = FIELDS[AT.place] as FieldSpec;
    this.towns = frequency(countWords([table.city], table.size, table.words.size), place, PLACE.city - 1);
  }

  /**
   * The chance that a stranger has the value that field `at` agrees on (exact level), or `undefined` where the model's
   * own u stands.
   */
  chance(at: number, comparison: Comparison, spec: FieldSpec): number | undefined {
    if (spec.frequency === undefined) return undefined;
    const value = comparison.values[at] as number;
    if (spec.frequency === 'identifier') return this.identifierChance(at, value);
    const swapped = comparison.values[AT.naming] === 1;
    const role = !swapped ? at : at === AT.given ? AT.surname : at === AT.surname ? AT.given : at;
    const isTown = at === AT.place && comparison.levels[at] === PLACE.city;
    const found = isTown ? this.towns : this.byField[role];
    return found?.spread.chance(found.counts.count(value) - this.own);
  }

  /** How many records hold the value. */
  count(at: number, value: number): number {
    return this.byField[at]?.counts.count(value) ?? 0;
  }

  private identifierChance(at: number, value: number): number {
    const shared = Math.max(0, this.count(at, value) - this.own - OWN_NUMBER_RECORDS);
    return Math.min(1, (this.knownIdentifier[at] as number) + shared / this.rows);
  }
}

function columnCounts(table: RecordTable, fields: readonly FieldSpec[]): (ValueCounts | undefined)[] {
  const { size, words } = table;
  const word = (column: Parameters<typeof countWords>[0][number]) => countWords([column], size, words.size);
  const fixed: Readonly<Record<string, () => ValueCounts>> = {
    given: () => word(table.given),
    surname: () => word(table.surname),
    middle: () => word(table.middle),
    sex: () => word(table.sex),
    race: () => word(table.race),
    agency: () => word(table.agency),
    charge: () => word(table.charge),
    place: () => word(table.zip),
    dob: () => countDates(table.dob, size),
    ssn: () => countCodes(table.ssn, size),
    oln: () => countCodes(table.oln, size),
    cii: () => countCodes(table.cii, size),
    fbi: () => countCodes(table.fbi, size),
    phone: () => countCodes(table.phone, size),
  };
  return fields.map(({ name }) =>
    name.startsWith('other:') ? word(table.other.get(name.slice('other:'.length))) : fixed[name]?.(),
  );
}
