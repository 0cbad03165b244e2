import type { NumberedName, RecordTable } from '../table/record-table.ts';
import { GIVEN, type NameLevels, SURNAME, TEXT } from './names.ts';

/** Levels of the `naming` field. */
export const NAMING = { straight: 1, swapped: 2, alias: 3 } as const;

/** Rough worth of each level, only to choose which reading of two names to compare by; the model does the weighing. */
const GIVEN_WORTH = [0, 7, 4, 4, 2, 1, -3];
const SURNAME_WORTH = [0, 8, 5, 4, 2, -4];
/** What another reading than the plain one must make up for. */
const READING_COST = 3;

/** One way of reading two names against each other, as levels. */
export interface Reading {
  naming: number;
  given: number;
  surname: number;
  middle: number;
  /** Word numbers of the right-hand values, for their frequency. */
  givenWord: number;
  surnameWord: number;
  middleWord: number;
}

function worth(reading: Reading): number {
  const names = (GIVEN_WORTH[reading.given] as number) + (SURNAME_WORTH[reading.surname] as number);
  const middle = reading.middle === GIVEN.exact ? 1 : 0;
  return names + middle - (reading.naming === NAMING.straight ? 0 : READING_COST);
}

/** The middle name against the middle name; an initial on either side is an initial. */
function straight(a: NumberedName, b: NumberedName, names: NameLevels, naming: number): Reading {
  const given = names.given(a.given, b.given);
  const surname = names.surname(a.surname, b.surname);
  return {
    naming: given + surname === 0 ? 0 : naming,
    given,
    surname,
    middle: a.middle === b.middle && a.middle !== 0 ? GIVEN.exact : names.given(a.middle, b.middle),
    givenWord: b.given,
    surnameWord: b.surname,
    middleWord: b.middle,
  };
}

/** Given name against surname and surname against given name. */
function swapped(a: NumberedName, b: NumberedName, names: NameLevels): Reading {
  const given = names.given(a.given, b.surname);
  const surname = names.surname(a.surname, b.given);
  return {
    naming: NAMING.swapped,
    given,
    surname,
    middle: names.given(a.middle, b.middle),
    givenWord: b.surname,
    surnameWord: b.given,
    middleWord: b.middle,
  };
}

/** Sounds alike, or begins alike and is a slip away: `ZACHARY` and `ZACHAKRY`. */
function mayCross(a: number, b: number, alike: boolean, names: NameLevels): boolean {
  return alike || (names.sameInitial(a, b) && names.text(a, b) === TEXT.close);
}

/** Worth a look only where both names cross, or one crosses and the other is missing. */
function maySwap(a: NumberedName, b: NumberedName, names: NameLevels): boolean {
  const one = names.alike(a.given, b.surname);
  const two = names.alike(a.surname, b.given);
  if (one && two) return true;
  if (mayCross(a.given, b.surname, one, names) && mayCross(a.surname, b.given, two, names)) return true;
  return (one && (a.surname === 0 || b.given === 0)) || (two && (a.given === 0 || b.surname === 0));
}

/** The best way to read the names of two rows against each other: as written, swapped, or by an alias. */
export function bestReading(
  a: RecordTable,
  i: number,
  b: RecordTable,
  j: number,
  names: NameLevels,
): Reading {
  const left = a.nameAt(i);
  const right = b.nameAt(j);
  let best = straight(left, right, names, NAMING.straight);
  if (best.given === GIVEN.exact && best.surname === SURNAME.exact) return best;
  const consider = (reading: Reading) => {
    if (worth(reading) > worth(best)) best = reading;
  };
  if (maySwap(left, right, names)) consider(swapped(left, right, names));
  for (const alias of b.aliases.get(j) ?? []) consider(straight(left, alias, names, NAMING.alias));
  for (const alias of a.aliases.get(i) ?? []) {
    consider(straight(alias, right, names, NAMING.alias));
    for (const other of b.aliases.get(j) ?? []) consider(straight(alias, other, names, NAMING.alias));
  }
  return best;
}
