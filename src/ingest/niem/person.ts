import type { Address, DriverLicence, LocalNumber, Person, PersonName } from '../../domain/index.ts';
import { readInches } from '../values.ts';
import type { XmlElement } from '../xml/element.ts';
import type { Taking } from '../xml/take.ts';
import { defined, definedOrNone, inches, pounds, ssn, xsDate } from '../xml/values.ts';

const ID = 'nc:IdentificationID';
const MEASURE = 'nc:MeasureValueText|nc:MeasurePointValue|nc:MeasureDecimalValue|nc:MeasureIntegerValue';
const ISSUER =
  'nc:IdentificationSourceText|nc:IdentificationJurisdictionText|nc:IdentificationJurisdictionNCICLISCode';
const ISSUER_STATE = 'j:JurisdictionNCICLISCode|nc:JurisdictionText|nc:JurisdictionUSPostalServiceCode';

const NAME_PARTS = [
  ['given', 'nc:PersonGivenName'],
  ['middle', 'nc:PersonMiddleName'],
  ['surname', 'nc:PersonSurName'],
  ['suffix', 'nc:PersonNameSuffixText'],
  ['full', 'nc:PersonFullName'],
] as const;

/** A name's parts, verbatim. */
export function niemName(take: Taking, name: XmlElement | undefined, field: string): PersonName {
  const parts: { -readonly [Part in keyof PersonName]: string } = {};
  for (const [member, path] of NAME_PARTS) {
    const text = take.text(name, path, `${field}.${member}`);
    if (text !== undefined) parts[member] = text;
  }
  return parts;
}

/** Paths put together once: a path is looked up by its text for every record. */
const datePaths = new Map<string, string>();

function datePath(path: string): string {
  let whole = datePaths.get(path);
  if (whole === undefined) {
    whole = `${path}/nc:Date|nc:DateTime`;
    datePaths.set(path, whole);
  }
  return whole;
}

/** The day of an event. NIEM writes a date as a wrapper with one representation; only whole days are dates here. */
export function niemDate(
  take: Taking,
  from: XmlElement | undefined,
  path: string,
  field: string,
): string | undefined {
  return take.value(from, datePath(path), field, take.dates, { expected: 'a real calendar date' });
}

/** A height without a unit element: it may say its unit itself (`5'11"`). */
function bareHeight(text: string): number | undefined {
  const read = readInches(text);
  return read.ok ? read.value : inches(text, undefined);
}

function heightOf(take: Taking, person: XmlElement): number | undefined {
  const measure = take.element(person, 'nc:PersonHeightMeasure', 'person.heightInches');
  const unit = take.peek(
    measure,
    'nc:MeasureUnitText|nc:LengthUnitCode|nc:MeasureUnitCode',
    'person.heightUnit',
  );
  const parse = (text: string) => (unit === undefined ? bareHeight(text) : inches(text, unit));
  return keptBeside(take, measure, unit, 'person.heightInches', parse);
}

function weightOf(take: Taking, person: XmlElement): number | undefined {
  const measure = take.element(person, 'nc:PersonWeightMeasure', 'person.weightPounds');
  const unit = take.peek(
    measure,
    'nc:MeasureUnitText|nc:WeightUnitCode|nc:MeasureUnitCode',
    'person.weightUnit',
  );
  return keptBeside(take, measure, unit, 'person.weightPounds', (text) => pounds(text, unit));
}

/** A descriptor that cannot be read does not stop a warrant: it is left out with a warning. */
function keptBeside(
  take: Taking,
  measure: XmlElement | undefined,
  unit: string | undefined,
  field: string,
  parse: (text: string) => number | undefined,
): number | undefined {
  const expected = `a measure in a unit known here${unit === undefined ? '' : ' (its unit is kept)'}`;
  return take.value(measure, MEASURE, field, parse, { expected, severity: 'warning' });
}

const LICENCE_ID =
  'j:PersonAugmentation/j:DriverLicense|nc:DriverLicense/j:DriverLicenseIdentification|nc:DriverLicenseIdentification';
const LICENCE_STATE = `nc:IdentificationJurisdiction/${ISSUER_STATE}`;

function licenceOf(take: Taking, person: XmlElement): DriverLicence | undefined {
  const field = 'person.ids.licence';
  const given = take.element(person, LICENCE_ID, field);
  const number = take.text(given, ID, `${field}.number`);
  if (number === undefined) return undefined;
  const state =
    take.text(given, LICENCE_STATE, `${field}.state`) ?? take.text(given, ISSUER, `${field}.state`);
  const expires = take.element(given, 'nc:IdentificationExpirationDate', `${field}.expiryYear`);
  const expiryYear = take.value(
    expires,
    'nc:Date|nc:YearDate|nc:YearMonthDate',
    `${field}.expiryYear`,
    yearOf,
    {
      expected: 'a date with its year',
      severity: 'warning',
    },
  );
  return defined<DriverLicence>({ number, state, expiryYear });
}

function yearOf(text: string): string | undefined {
  return /^(\d{4})(-\d{2}(-\d{2})?)?$/.exec(text)?.[1];
}

const LOCAL_NUMBERS = 'nc:PersonOtherIdentification|nc:PersonLocalIdentification';

/** Numbers with who gave them; a number without a source names its element. */
function localNumbers(take: Taking, person: XmlElement): LocalNumber[] {
  const numbers: LocalNumber[] = [];
  for (const element of take.elements(person, LOCAL_NUMBERS, 'person.ids.local')) {
    const number = take.text(element, ID, 'person.ids.local');
    if (number === undefined) continue;
    const source = take.text(element, ISSUER, 'person.ids.local.source');
    numbers.push(source === undefined ? { number } : { number, source });
  }
  return numbers;
}

const SSN = `nc:PersonSSNIdentification/${ID}`;
const STATE_NUMBERS = [
  `j:PersonAugmentation/j:PersonStateFingerprintIdentification/${ID}`,
  `nc:PersonStateIdentification/${ID}`,
];
const FBI_NUMBER = `j:PersonAugmentation/j:PersonFBIIdentification/${ID}`;
const OTHER_NUMBERS = `ojbc:PersonMiscellaneousRecordIdentification/${ID}`;

function ids(take: Taking, person: XmlElement): Person['ids'] {
  return defined<Person['ids']>({
    ssn: take.value(person, SSN, 'person.ids.ssn', ssn, {
      expected: 'a number',
    }),
    licence: licenceOf(take, person),
    cii: take.textOf(person, STATE_NUMBERS, 'person.ids.cii'),
    fbi: take.text(person, FBI_NUMBER, 'person.ids.fbi'),
    mnu: take.texts(person, OTHER_NUMBERS, 'person.ids.mnu'),
    local: localNumbers(take, person),
  });
}

const MARK_PARTS = [
  'nc:PhysicalFeatureCategoryCode|nc:PhysicalFeatureCategoryCodeText|nc:PhysicalFeatureCategoryText',
  'nc:PhysicalFeatureDescriptionText',
  'nc:PhysicalFeatureLocationText',
];

/** "ART ARM", or category, description and place as one line where the source splits them (and keeps them). */
function marks(take: Taking, person: XmlElement): string[] {
  return take.elements(person, 'nc:PersonPhysicalFeature', 'person.smt').flatMap((feature) => {
    const parts = MARK_PARTS.flatMap((path) => take.elements(feature, path, 'person.smt')).filter(
      (part) => part.text !== '',
    );
    if (parts.length === 1) return [take.take(parts[0]!)];
    return parts.length > 1 ? [parts.map((part) => part.text).join(' ')] : [];
  });
}

const BIRTH_PLACES = [
  'nc:PersonBirthLocation/nc:LocationCategoryText|nc:LocationStateName|nc:LocationCityName|nc:LocationDescriptionText',
  'j:PersonAugmentation/j:PersonBirthplaceCode',
];
const DESCRIPTORS = {
  citizenship:
    'nc:PersonCitizenshipText|nc:PersonCitizenshipISO3166Alpha2Code|nc:PersonCitizenshipFIPS10-4Code',
  sex: 'nc:PersonSexText|nc:PersonSexCode|j:PersonSexCode',
  race: 'nc:PersonRaceText|nc:PersonRaceCode|j:PersonRaceCode',
  ethnicity: 'nc:PersonEthnicityText|nc:PersonEthnicityCode|j:PersonEthnicityCode',
  eyes: 'nc:PersonEyeColorText|nc:PersonEyeColorCode|j:PersonEyeColorCode',
  hair: 'nc:PersonHairColorText|nc:PersonHairColorCode|j:PersonHairColorCode',
  skin: 'nc:PersonSkinToneText|nc:PersonSkinToneCode|j:PersonSkinToneCode',
} as const;

const AGE = `nc:PersonAgeMeasure/${MEASURE}`;

const BIRTH_DATE = { expected: 'a real calendar date', code: 'PER-DOB' } as const;

function birthDates(take: Taking, person: XmlElement): string[] {
  const dates: string[] = [];
  for (const wrapper of take.elements(person, 'nc:PersonBirthDate', 'person.birthDate')) {
    const date = take.value(wrapper, 'nc:Date|nc:DateTime', 'person.birthDate', xsDate, BIRTH_DATE);
    if (date !== undefined) dates.push(date);
  }
  return dates;
}

/**
 * A NIEM 2.x to 5.x person as court documents carry one. Every text goes verbatim to its field; measures and
 * dates are typed and keep their own spelling beside the record.
 */
export function niemPerson(
  take: Taking,
  person: XmlElement,
  addresses: readonly Address[],
  phones: readonly string[],
): Person {
  const [birthDate, ...otherBirthDates] = birthDates(take, person);
  const [name, ...more] = take.elements(person, 'nc:PersonName', 'person.name');
  const otherNames = [...more, ...take.elements(person, 'nc:PersonAlternateName', 'person.aliases')];
  const text = (member: keyof typeof DESCRIPTORS) =>
    take.text(person, DESCRIPTORS[member], `person.${member}`);
  return defined<Person>({
    name: niemName(take, name, 'person.name'),
    aliases: otherNames.map((other) => niemName(take, other, 'person.aliases')),
    birthDate,
    otherBirthDates,
    ageText:
      take.text(person, 'nc:PersonAgeDescriptionText', 'person.ageText') ??
      take.text(person, AGE, 'person.ageText'),
    birthPlace: take.textOf(person, BIRTH_PLACES, 'person.birthPlace'),
    citizenship: text('citizenship'),
    sex: text('sex'),
    race: text('race'),
    ethnicity: text('ethnicity'),
    eyes: text('eyes'),
    hair: text('hair'),
    skin: text('skin'),
    heightInches: heightOf(take, person),
    weightPounds: weightOf(take, person),
    ids: ids(take, person),
    smt: marks(take, person),
    cautions: take.texts(person, 'ojbc:PersonCautionCodeText|ojbc:PersonCautionText', 'person.cautions'),
    addresses,
    phones,
  });
}

const STREET_NUMBER = 'nc:LocationStreet/nc:StreetNumberText';
const STREET = 'nc:LocationStreet/nc:StreetFullText|nc:StreetName';
const STATE_CODES = [
  'nc:LocationStateNCICLSTACode',
  'nc:LocationStateNCICRESCode',
  'nc:LocationStateNCICLISCode',
  'j:LocationStateNCICLISCode',
  'nc:LocationStateUSPostalServiceCode',
  'nc:LocationStateFIPS5-2AlphaCode',
].join('|');

/** A structured or full-text address; undefined where it says nothing. */
export function niemAddress(take: Taking, at: XmlElement): Address | undefined {
  const field = 'person.addresses';
  const text = (path: string) => take.text(at, path, field);
  return definedOrNone<Address>({
    kind: text('ojbc:AddressCategoryText|nc:AddressCategoryText'),
    number: text(STREET_NUMBER),
    street: text(STREET) ?? text('nc:AddressFullText'),
    unit: text('nc:AddressSecondaryUnitText'),
    city: text('nc:LocationCityName'),
    state: text(STATE_CODES) ?? text('nc:LocationStateName'),
    zip: text('nc:LocationPostalCode'),
    county: text('nc:LocationCountyName|nc:LocationCountyCode'),
  });
}
