import { Comparer } from '../compare/comparer.ts';
import { datesAreOneSlip } from '../compare/dates.ts';
import { AT, FIELDS } from '../compare/fields.ts';
import type { LinkRecord } from '../record.ts';
import { RecordTable } from '../table/record-table.ts';
import { WordBook } from '../table/word-book.ts';
import { dayNumber } from '../text/dates.ts';

/** Fields in which two warrants of one person do not differ outright. */
const TELLING = [AT.given, AT.surname, AT.suffix, AT.dob, AT.sex, AT.ssn, AT.oln, AT.cii, AT.fbi];

/**
 * Two warrants that lead to one booking must be of one person and one arrest. Of twins, or of a father and a son,
 * one leads to the other's booking when the own one is not there; each alone looks right, both together do not.
 */
export class Sharing {
  private readonly pair = new RecordTable(new WordBook());
  private readonly comparer = new Comparer(this.pair.words);
  private readonly comparison = this.comparer.blank();

  /** Names of the fields that forbid the two to share a booking; empty where they may. */
  differences(a: LinkRecord, b: LinkRecord): readonly string[] {
    const { pair, comparison } = this;
    pair.put(0, a);
    pair.put(1, b);
    this.comparer.compare(pair, 0, pair, 1, comparison);
    const differing = TELLING.filter((at) => comparison.levels[at] === FIELDS[at]?.levels.length);
    const names = differing.map((at) => FIELDS[at]?.name ?? '');
    return this.arrestsDiffer() ? [...names, 'arrest date'] : names;
  }

  private arrestsDiffer(): boolean {
    const [a, b] = [this.pair.arrest.at(0), this.pair.arrest.at(1)];
    if (a === 0 || b === 0 || a === b) return false;
    return Math.abs(dayNumber(a) - dayNumber(b)) > 1 && !datesAreOneSlip(a, b);
  }
}
