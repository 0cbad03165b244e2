import type { LinkRecord } from '../../match/link/record.ts';
import {
  drawAddress,
  drawPhone,
  misdate,
  misnumber,
  mistype,
  type SynthPerson,
  shortForm,
} from '../people/index.ts';
import type { Random } from '../random.ts';
import type { RecordQuality } from './parameters.ts';

/** The event a record is of. Dates ISO. */
export interface SynthEvent {
  readonly arrestDate: string;
  readonly offenseDate: string;
  readonly agency: string;
  readonly charge: string;
}

/** Writes one record with chances of mistakes. */
interface Clerk {
  readonly random: Random;
  readonly quality: RecordQuality;
}

/** Leading charges of failures to appear, commonest first. */
export const CHARGES: readonly string[] = [
  '23152(a) VC',
  '14601.1(a) VC',
  '11377(a) HS',
  '11364 HS',
  '484(a) PC',
  '459 PC',
  '242 PC',
  '273.5(a) PC',
  '647(f) PC',
  '12500(a) VC',
  '10851(a) VC',
  '594(a) PC',
  '148(a)(1) PC',
  '496(a) PC',
  '20002(a) VC',
];

/** Who a clerk puts down instead of the agency that made the arrest: the court's own bailiff. */
const OTHER_AGENCY = 'CA0010900';

/** A number as written: right, wrong by a slip, or not there. */
function written(clerk: Clerk, value: string | undefined, gone: number): string | undefined {
  if (value === undefined || clerk.random.chance(gone)) return undefined;
  return clerk.random.chance(clerk.quality.numberWrong) ? misnumber(clerk.random, value) : value;
}

function names(clerk: Clerk, person: SynthPerson): Partial<LinkRecord> {
  const { random, quality } = clerk;
  let { given, surname, middle } = person;
  if (random.chance(quality.shortForm)) given = shortForm(random, given);
  if (random.chance(quality.mistypedName)) given = mistype(random, given);
  if (random.chance(quality.mistypedName)) surname = mistype(random, surname);
  const parts = surname.split(/[ -]/);
  if (parts.length > 1 && random.chance(quality.halfSurname * 5)) surname = random.pick(parts);
  if (middle !== undefined && random.chance(quality.middleInitial)) middle = middle.slice(0, 1);
  if (middle !== undefined && random.chance(quality.middleGone)) middle = undefined;
  if (random.chance(quality.swappedNames)) [given, surname] = [surname, given];
  const suffix = random.chance(quality.suffixGone) ? undefined : person.suffix;
  return {
    given,
    surname,
    ...(middle === undefined ? {} : { middle }),
    ...(suffix === undefined ? {} : { suffix }),
  };
}

function looks(clerk: Clerk, person: SynthPerson): Partial<LinkRecord> {
  const { random, quality } = clerk;
  const race = random.chance(quality.otherRace) ? random.pick(['W', 'B', 'A', 'U']) : person.race;
  const sex = random.chance(quality.wrongSex) ? (person.sex === 'M' ? 'F' : 'M') : person.sex;
  if (random.chance(quality.looksGone)) return { sex, race };
  return {
    sex,
    race,
    heightInches: person.heightInches + random.weighted([2, 6, 2]) - 1,
    weightPounds: Math.round(person.weightPounds + random.normal(0, 12)),
  };
}

function whereabouts(clerk: Clerk, person: SynthPerson): Partial<LinkRecord> {
  const { random, quality } = clerk;
  const moved = random.chance(quality.moved);
  const phone = random.chance(quality.phoneGone) ? undefined : moved ? drawPhone(random) : person.phone;
  const address = moved ? drawAddress(random) : person.address;
  return {
    ...(phone === undefined ? {} : { phone }),
    ...(random.chance(quality.addressGone) ? {} : address),
  };
}

function dates(clerk: Clerk, person: SynthPerson, event: SynthEvent): Partial<LinkRecord> {
  const { random, quality } = clerk;
  const slip = (iso: string, chance: number) => (random.chance(chance) ? misdate(random, iso) : iso);
  const charge = random.chance(quality.otherCharge) ? random.pick(CHARGES) : event.charge;
  const agency = random.chance(quality.otherAgency) ? OTHER_AGENCY : event.agency;
  return {
    ...(random.chance(quality.dateGone) ? {} : { dob: slip(person.dob, quality.wrongDate) }),
    ...(random.chance(quality.arrestGone)
      ? {}
      : { arrestDate: slip(event.arrestDate, quality.wrongEventDate) }),
    ...(random.chance(quality.offenseGone)
      ? {}
      : { offenseDate: slip(event.offenseDate, quality.wrongEventDate) }),
    ...(random.chance(quality.agencyGone) ? {} : { agency }),
    ...(random.chance(quality.chargeGone) ? {} : { charge }),
  };
}

/** A person and an event as a clerk of the given quality writes them. */
export function writeRecord(
  random: Random,
  quality: RecordQuality,
  id: string,
  person: SynthPerson,
  event: SynthEvent,
): LinkRecord {
  const clerk: Clerk = { random, quality };
  const oln = written(clerk, person.oln, quality.olnGone);
  return {
    id,
    ...names(clerk, person),
    ...dates(clerk, person, event),
    ...looks(clerk, person),
    ...whereabouts(clerk, person),
    ssn: written(clerk, person.ssn, quality.ssnGone),
    oln,
    olnState: oln === undefined ? undefined : person.olnState,
    cii: written(clerk, person.cii, quality.ciiGone),
    fbi: written(clerk, person.fbi, quality.ciiGone),
  };
}
