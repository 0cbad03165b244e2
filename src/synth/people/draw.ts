import { createRandom, type Random } from '../random.ts';
import {
  dateFromDays,
  daysFromDate,
  drawAddress,
  drawBirthDate,
  drawGiven,
  drawLooks,
  drawNumbers,
  drawPhone,
  drawSurname,
} from './attributes.ts';
import { FEMALE_GIVEN, MALE_GIVEN } from './names.ts';
import * as P from './parameters.ts';
import type { RelationShares, SynthPerson } from './person.ts';

export interface PeopleOptions {
  readonly seed: string | number;
  readonly count: number;
  readonly relations?: Partial<RelationShares>;
}

/** Serial counter and randomness of one draw. */
interface Drawing {
  readonly random: Random;
  serial: number;
}

const YEAR = 365.25;

function ordinary(drawing: Drawing): SynthPerson {
  const { random } = drawing;
  drawing.serial += 1;
  const sex = random.chance(0.74) ? 'M' : 'F';
  return {
    id: `P${String(drawing.serial).padStart(7, '0')}`,
    given: drawGiven(random, sex),
    ...(random.chance(P.MIDDLE_NAME_SHARE) ? { middle: drawGiven(random, sex) } : {}),
    surname: drawSurname(random),
    dob: drawBirthDate(random),
    sex,
    ...drawLooks(random, sex),
    ...drawNumbers(random, drawing.serial),
    phone: drawPhone(random),
    address: drawAddress(random),
  };
}

/** A given name other than `first`'s, beginning alike in half of all twins. */
function twinName(random: Random, first: SynthPerson, sex: 'M' | 'F'): string {
  const stock = (sex === 'M' ? MALE_GIVEN : FEMALE_GIVEN).filter((name) => name !== first.given);
  const alike = stock.filter((name) => name[0] === first.given[0]);
  return random.pick(alike.length > 0 && random.chance(P.ALIKE_TWIN_SHARE) ? alike : stock);
}

function twin(drawing: Drawing, of: SynthPerson): SynthPerson {
  const { random } = drawing;
  const other = ordinary(drawing);
  const { race, eye, hair } = of;
  const sex = random.chance(0.7) ? of.sex : other.sex;
  const height = of.heightInches + random.int(-1, 1);
  return {
    ...other,
    ...{ sex, race, eye, hair, surname: of.surname, dob: of.dob, heightInches: height },
    ...{ address: of.address, phone: random.chance(0.5) ? of.phone : other.phone },
    given: twinName(random, of, sex),
    relation: { kind: 'twin', of: of.id },
  };
}

/** A son or daughter; a son carries his father's name and `JR`. Parent and child are given as a pair. */
function parentAndChild(drawing: Drawing, one: SynthPerson): [SynthPerson, SynthPerson] {
  const { random } = drawing;
  const year = Math.min(Number(one.dob.slice(0, 4)), P.YOUNGEST_PARENT_BORN);
  const parent: SynthPerson = { ...one, dob: `${year}${one.dob.slice(4)}`.replace('-02-29', '-02-28') };
  const { suffix: _none, ...other } = ordinary(drawing);
  const born = dateFromDays(
    daysFromDate(parent.dob) + Math.round(random.int(18, 34) * YEAR) + random.int(-182, 182),
  );
  const named = parent.sex === 'M';
  const child: SynthPerson = {
    ...other,
    ...{ sex: parent.sex, race: parent.race, surname: parent.surname, address: parent.address },
    given: named ? parent.given : drawGiven(random, parent.sex),
    dob: born,
    ...(named ? { suffix: 'JR' } : {}),
    ...(named && parent.middle !== undefined ? { middle: parent.middle } : {}),
    relation: { kind: 'child', of: parent.id },
  };
  return [named && random.chance(0.5) ? { ...parent, suffix: 'SR' } : parent, child];
}

function sibling(drawing: Drawing, of: SynthPerson): SynthPerson {
  const { random } = drawing;
  const other = ordinary(drawing);
  const apart = Math.round(random.int(1, 8) * YEAR) + random.int(-150, 150);
  const dob = dateFromDays(daysFromDate(of.dob) + apart);
  const address = random.chance(0.7) ? of.address : other.address;
  return {
    ...other,
    surname: of.surname,
    race: of.race,
    dob,
    address,
    relation: { kind: 'sibling', of: of.id },
  };
}

function namesake(drawing: Drawing, of: SynthPerson): SynthPerson {
  const other = ordinary(drawing);
  const dob = drawing.random.chance(P.NAMESAKE_SAME_BIRTHDAY_SHARE) ? of.dob : other.dob;
  const names = { given: of.given, surname: of.surname, sex: of.sex };
  return { ...other, ...names, dob, relation: { kind: 'namesake', of: of.id } };
}

function reversedName(drawing: Drawing, of: SynthPerson): SynthPerson {
  const other = ordinary(drawing);
  return {
    ...other,
    given: of.surname,
    surname: of.given,
    sex: of.sex,
    relation: { kind: 'reversed-name', of: of.id },
  };
}

function household(drawing: Drawing, shares: RelationShares): readonly SynthPerson[] {
  const { random } = drawing;
  const one = ordinary(drawing);
  const { twin: t, child: c, sibling: s, namesake: n, reversedName: r } = shares;
  const which = random.weighted([t, c, s, n, r, Math.max(0, 1 - t - c - s - n - r)]);
  if (which === 1) return parentAndChild(drawing, one);
  const other = [twin, undefined, sibling, namesake, reversedName][which];
  return other === undefined ? [one] : [one, other(drawing, one)];
}

/**
 * Draws `count` people one after another, relatives beside each other. The same seed and shares give the same
 * people, and a longer draw begins with the shorter one. Memory does not grow with `count`.
 */
export function* drawPeople(options: PeopleOptions): Generator<SynthPerson, void, undefined> {
  const drawing: Drawing = { random: createRandom(`people/${options.seed}`), serial: 0 };
  const shares = { ...P.DEFAULT_RELATIONS, ...options.relations };
  let left = options.count;
  while (left > 0) {
    for (const person of household(drawing, shares)) {
      if (left === 0) return;
      left -= 1;
      yield person;
    }
  }
}
