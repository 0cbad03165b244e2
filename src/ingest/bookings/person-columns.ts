import {
  type Address,
  type DriverLicence,
  type LocalNumber,
  NO_PERSON,
  type Person,
  type PersonIdentifiers,
  type PersonName,
} from '../../domain/index.ts';
import type { RowReader } from '../row-reader.ts';
import { present } from '../row-reader.ts';
import type { Column } from '../table.ts';
import { readInches, readList, readPounds } from '../values.ts';
import { ssn } from '../xml/values.ts';

/** Columns that describe a person, shared by every delimited feed. */
export const PERSON_COLUMNS: readonly Column[] = [
  { name: 'last_name', aliases: ['surname', 'lname', 'last', 'lastnm', 'def last name'], meaning: 'Surname' },
  {
    name: 'first_name',
    aliases: ['given name', 'fname', 'first', 'firstnm', 'def first name'],
    meaning: 'Given name',
  },
  {
    name: 'middle_name',
    aliases: ['mname', 'middle', 'middle initial', 'mi', 'def middle name'],
    meaning: 'Middle name',
  },
  { name: 'suffix', aliases: ['name suffix', 'generation', 'def suffix'], meaning: 'Jr, Sr, III ...' },
  {
    name: 'full_name',
    aliases: ['name', 'defendant name', 'inmate name', 'party name', 'defendant'],
    meaning: 'Whole name, where there are no parts',
  },
  {
    name: 'aliases',
    aliases: ['aka', 'alias', 'alias names'],
    meaning: 'Other names as SURNAME, GIVEN MIDDLE; several divided by ;',
  },
  { name: 'dob', aliases: ['birth date', 'date of birth', 'birthdate', 'def dob'], meaning: 'Birth date' },
  {
    name: 'other_dobs',
    aliases: ['alias dob', 'other birth dates'],
    meaning: 'Further birth dates, divided by ;',
  },
  { name: 'birth_place', aliases: ['pob', 'place of birth'], meaning: 'Birth place, NCIC code or words' },
  { name: 'citizenship', aliases: ['ctz'], meaning: 'Citizenship' },
  { name: 'sex', aliases: ['gender'], meaning: 'Sex, NCIC code or words' },
  { name: 'race', meaning: 'Race, NCIC code or words' },
  { name: 'ethnicity', aliases: ['etn'], meaning: 'Ethnicity' },
  { name: 'eyes', aliases: ['eye', 'eye color', 'eye colour'], meaning: 'Eye colour' },
  { name: 'hair', aliases: ['hair color', 'hair colour'], meaning: 'Hair colour' },
  { name: 'skin', aliases: ['skin tone', 'complexion'], meaning: 'Skin tone' },
  { name: 'height', aliases: ['hgt'], meaning: 'Height: 510, 5\'10" or inches' },
  { name: 'weight', aliases: ['wgt'], meaning: 'Weight in pounds' },
  { name: 'ssn', aliases: ['soc', 'social security number'], meaning: 'Social security number' },
  {
    name: 'cii',
    aliases: ['sid', 'state id', 'state id number', 'cii number'],
    meaning: 'State number backed by fingerprints',
  },
  { name: 'fbi', aliases: ['ucn', 'fbi number', 'fbi ucn'], meaning: 'FBI number / UCN' },
  {
    name: 'oln',
    aliases: [
      'driver license',
      'dl',
      'dl number',
      'driver licence',
      'drivers license',
      'driver license number',
    ],
    meaning: 'Driver licence number',
  },
  { name: 'ols', aliases: ['dl state', 'driver license state'], meaning: 'Licence state' },
  {
    name: 'oly',
    aliases: ['dl expires', 'dl exp year', 'driver license expiry year'],
    meaning: 'Licence expiry year',
  },
  {
    name: 'local_number',
    aliases: ['local id', 'jail id', 'main number', 'inmate number', 'person number', 'party id'],
    meaning: "The system's own number of the person",
  },
  { name: 'local_number_source', aliases: ['local id source'], meaning: 'Who gave the local number' },
  { name: 'smt', aliases: ['scars marks tattoos', 'scars'], meaning: 'Scars, marks, tattoos, divided by ;' },
  { name: 'cautions', aliases: ['cmc', 'caution'], meaning: 'Caution and medical codes, divided by ;' },
  { name: 'street', aliases: ['address', 'address 1', 'street address'], meaning: 'Street with number' },
  { name: 'city', meaning: 'City' },
  { name: 'state', aliases: ['st', 'address state'], meaning: 'State' },
  { name: 'zip', aliases: ['zip code', 'postal code'], meaning: 'ZIP code' },
  { name: 'phone', aliases: ['phone number', 'telephone'], meaning: 'Telephone; several divided by ;' },
];

/** `SURNAME, GIVEN MIDDLE` into parts; a name without a comma stays whole. */
export function readAlias(text: string): PersonName {
  const comma = text.indexOf(',');
  if (comma < 1) return { full: text };
  const [given, ...middle] = text
    .slice(comma + 1)
    .trim()
    .split(/\s+/);
  return present<PersonName>({
    surname: text.slice(0, comma).trim(),
    given: given || undefined,
    middle: middle.join(' ') || undefined,
  });
}

function readName(row: RowReader): PersonName {
  return present<PersonName>({
    surname: row.text('last_name'),
    given: row.text('first_name'),
    middle: row.text('middle_name'),
    suffix: row.text('suffix'),
    full: row.text('full_name'),
  });
}

function readIdentifiers(row: RowReader): PersonIdentifiers {
  const oln = row.text('oln');
  if (!oln && (row.text('ols') || row.text('oly'))) {
    row.problem(
      'PER-OLN-TRIPLE',
      'oln',
      'person.ids.licence',
      'A licence state or year stands without a licence number; they are not used.',
      'warning',
    );
  }
  const number = row.text('local_number');
  const number9 = row.text('ssn');
  return present<PersonIdentifiers>({
    ssn: number9 === undefined ? undefined : ssn(number9),
    licence: oln
      ? present<DriverLicence>({ number: oln, state: row.text('ols'), expiryYear: row.text('oly') })
      : undefined,
    cii: row.text('cii'),
    fbi: row.text('fbi'),
    mnu: [],
    local: number ? [present<LocalNumber>({ number, source: row.text('local_number_source') })] : [],
  });
}

function readAddresses(row: RowReader): Address[] {
  const address = present<Address>({
    street: row.text('street'),
    city: row.text('city'),
    state: row.text('state'),
    zip: row.text('zip'),
  });
  return Object.keys(address).length > 0 ? [address] : [];
}

/** The person a row describes; a measure that cannot be read is left out with a warning; what is wrong goes to the reader's problems. */
export function readPerson(row: RowReader): Person {
  return present<Person>({
    ...NO_PERSON,
    name: readName(row),
    aliases: readList(row.text('aliases')).map(readAlias),
    birthDate: row.birthDate('dob', 'person.birthDate'),
    otherBirthDates: row.birthDates('other_dobs', 'person.otherBirthDates'),
    birthPlace: row.text('birth_place'),
    citizenship: row.text('citizenship'),
    sex: row.text('sex'),
    race: row.text('race'),
    ethnicity: row.text('ethnicity'),
    eyes: row.text('eyes'),
    hair: row.text('hair'),
    skin: row.text('skin'),
    heightInches: row.value('height', 'person.heightInches', readInches, 'warning'),
    weightPounds: row.value('weight', 'person.weightPounds', readPounds, 'warning'),
    ids: readIdentifiers(row),
    smt: readList(row.text('smt')),
    cautions: readList(row.text('cautions')),
    addresses: readAddresses(row),
    phones: readList(row.text('phone')),
  });
}
