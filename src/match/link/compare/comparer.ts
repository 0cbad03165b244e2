import type { IntColumn } from '../table/growable.ts';
import type { RecordTable } from '../table/record-table.ts';
import type { WordBook } from '../table/word-book.ts';
import { addressLevel, PLACE, placeLevel } from './address.ts';
import { dobLevel, eventLevel, sequenceLevel } from './dates.ts';
import { AT, FIELDS, type FieldSpec, otherField } from './fields.ts';
import { NameLevels } from './names.ts';
import { bestReading, NAMING } from './naming.ts';
import { heightLevel, NUMBER, numberLevel, weightLevel } from './numbers.ts';

/** A comparison: a level for each field (0 not comparable, 1 best) and the value agreed on, where it has one. */
export interface Comparison {
  readonly levels: Uint8Array;
  /** Word number, packed date or identifier of the right-hand value, for its frequency. */
  readonly values: Float64Array;
}

const EVENT_FIELDS = [AT.event, AT.sequence, AT.agency, AT.charge];

const same = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a === b ? 1 : 2);
/** Suffixes: none on both sides says nothing; one alone says a little. */
const suffixLevel = (a: number, b: number): number =>
  a === 0 && b === 0 ? 0 : a === 0 || b === 0 ? 2 : a === b ? 1 : 3;

/** Compares rows of tables that share one word book. Holds scratch space: use one in each thread. */
export class Comparer {
  readonly fields: readonly FieldSpec[];
  readonly words: WordBook;
  private readonly names: NameLevels;
  private readonly others: readonly string[];

  /** `others` are the further columns to compare, in a fixed order. */
  constructor(words: WordBook, others: readonly string[] = []) {
    this.words = words;
    this.names = new NameLevels(words);
    this.others = others;
    this.fields = [...FIELDS, ...others.map(otherField)];
  }

  /** An empty comparison to write into. */
  blank(): Comparison {
    return { levels: new Uint8Array(this.fields.length), values: new Float64Array(this.fields.length) };
  }

  /** Compares row `i` of `a` with row `j` of `b`, into `out`. */
  compare(a: RecordTable, i: number, b: RecordTable, j: number, out: Comparison): Comparison {
    this.comparePeople(a, i, b, j, out);
    return this.compareEvents(a, i, b, j, out);
  }

  /** The fields that speak of who it is; those of the event are left as not comparable. */
  comparePeople(a: RecordTable, i: number, b: RecordTable, j: number, out: Comparison): Comparison {
    for (const at of EVENT_FIELDS) out.levels[at] = 0;
    this.compareNames(a, i, b, j, out);
    this.comparePerson(a, i, b, j, out);
    this.compareNumbers(a, i, b, j, out);
    this.compareWhere(a, i, b, j, out);
    for (let k = 0; k < this.others.length; k += 1) {
      const name = this.others[k] as string;
      this.compareOther(a.other.get(name), i, b.other.get(name), j, out, FIELDS.length + k);
    }
    return out;
  }

  /** The fields that speak of which event, added to a comparison of people. */
  compareEvents(a: RecordTable, i: number, b: RecordTable, j: number, out: Comparison): Comparison {
    const { levels, values } = out;
    const ours = { arrest: a.arrest.at(i), offense: a.offense.at(i), citation: a.citation.at(i) };
    const theirs = { arrest: b.arrest.at(j), offense: b.offense.at(j), citation: b.citation.at(j) };
    levels[AT.event] = eventLevel(ours, theirs);
    levels[AT.sequence] = levels[AT.event] === 0 ? sequenceLevel(ours, theirs) : 0;
    levels[AT.agency] = same(a.agency.at(i), b.agency.at(j));
    values[AT.agency] = b.agency.at(j);
    levels[AT.charge] = same(a.charge.at(i), b.charge.at(j));
    values[AT.charge] = b.charge.at(j);
    return out;
  }

  private compareNames(a: RecordTable, i: number, b: RecordTable, j: number, out: Comparison): void {
    const { levels, values } = out;
    const reading = bestReading(a, i, b, j, this.names);
    levels[AT.naming] = reading.naming;
    levels[AT.given] = reading.given;
    levels[AT.surname] = reading.surname;
    levels[AT.middle] = reading.middle;
    values[AT.naming] = reading.naming === NAMING.swapped ? 1 : 0;
    values[AT.given] = reading.givenWord;
    values[AT.surname] = reading.surnameWord;
    values[AT.middle] = reading.middleWord;
    levels[AT.suffix] = suffixLevel(a.suffix.at(i), b.suffix.at(j));
  }

  private comparePerson(a: RecordTable, i: number, b: RecordTable, j: number, out: Comparison): void {
    const { levels, values } = out;
    values[AT.dob] = b.dob.at(j);
    levels[AT.dob] = dobLevel(a.dob.at(i), b.dob.at(j));
    values[AT.sex] = b.sex.at(j);
    levels[AT.sex] = same(a.sex.at(i), b.sex.at(j));
    values[AT.race] = b.race.at(j);
    levels[AT.race] = same(a.race.at(i), b.race.at(j));
    levels[AT.height] = heightLevel(a.height.at(i), b.height.at(j));
    levels[AT.weight] = weightLevel(a.weight.at(i), b.weight.at(j));
  }

  private compareNumbers(a: RecordTable, i: number, b: RecordTable, j: number, out: Comparison): void {
    const { levels, values } = out;
    levels[AT.ssn] = numberLevel(a.ssn.at(i), b.ssn.at(j));
    levels[AT.oln] = this.licenceLevel(a, i, b, j);
    levels[AT.cii] = numberLevel(a.cii.at(i), b.cii.at(j));
    levels[AT.fbi] = numberLevel(a.fbi.at(i), b.fbi.at(j));
    levels[AT.phone] = numberLevel(a.phone.at(i), b.phone.at(j));
    values[AT.ssn] = b.ssn.at(j);
    values[AT.oln] = b.oln.at(j);
    values[AT.cii] = b.cii.at(j);
    values[AT.fbi] = b.fbi.at(j);
    values[AT.phone] = b.phone.at(j);
  }

  /** Licences of two states are two numbers of, perhaps, one person: they say nothing. */
  private licenceLevel(a: RecordTable, i: number, b: RecordTable, j: number): number {
    const level = numberLevel(a.oln.at(i), b.oln.at(j));
    const [ours, theirs] = [a.olnState.at(i), b.olnState.at(j)];
    if (ours === 0 || theirs === 0 || ours === theirs || level === 0) return level;
    return level === NUMBER.exact ? NUMBER.slip : 0;
  }

  private compareWhere(a: RecordTable, i: number, b: RecordTable, j: number, out: Comparison): void {
    const { levels, values } = out;
    levels[AT.address] = addressLevel(a, i, b, j, this.names);
    const place = levels[AT.address] === 0 ? placeLevel(a, i, b, j, this.names) : 0;
    levels[AT.place] = place;
    values[AT.place] = place === PLACE.zip ? b.zip.at(j) : place === PLACE.city ? b.city.at(j) : 0;
  }

  private compareOther(
    ours: IntColumn | undefined,
    i: number,
    theirs: IntColumn | undefined,
    j: number,
    out: Comparison,
    at: number,
  ): void {
    const value = theirs?.at(j) ?? 0;
    out.levels[at] = this.names.text(ours?.at(i) ?? 0, value);
    out.values[at] = value;
  }
}
