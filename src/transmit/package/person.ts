import { COUNTRIES, type CodeTable, ETN, EYE, HAI, RAC, SEX, SKN, SMT } from '../../domain/codes/index.ts';
import type { Address, DriverLicence, LocalNumber, Person, PersonName } from '../../domain/index.ts';
import { cautionCodes, cautionWords } from './caution.ts';
import { codeFor, ISSUERS, PLACES } from './codes.ts';
import type { PrintAttachment, PrintDisposition, Supplement } from './model.ts';
import { ncicName } from './name.ts';
import { date, identification } from './parts.ts';
import { biometric, provedNumbers } from './print.ts';
import { node, type Tree } from './tree.ts';

/** UN/ECE Recommendation 20 common codes of inch and pound. */
const INCH = 'INH';
const POUND = 'LBR';

/** `nc:PersonNameType`: the parts as the court spells them, and NAM beside them. */
export function nameTree(name: PersonName): Tree | undefined {
  return node({
    'nc:PersonGivenName': name.given,
    'nc:PersonMiddleName': name.middle,
    'nc:PersonSurName': name.surname,
    'nc:PersonNameSuffixText': name.suffix,
    'nc:PersonFullName': ncicName(name) ?? name.full,
  });
}

/** A descriptor as a code of its table or, where no code says it, in the source's words. */
function described(table: CodeTable, value: string | undefined, code: string, text: string) {
  const found = codeFor(table, value);
  return found ? { [code]: found } : { [text]: value };
}

function measure(value: number | undefined, unit: string): Tree | undefined {
  if (value === undefined) return undefined;
  return node({ 'nc:MeasureIntegerValue': value, 'nc:MeasureUnitText': unit });
}

function localNumber(local: LocalNumber | undefined): Tree | undefined {
  return local && node({ 'nc:IdentificationID': local.number, 'nc:IdentificationIssuerText': local.source });
}

function miscellaneousNumber(value: string): Tree | undefined {
  const kind = /^([A-Z]{2})-/.exec(value)?.[1];
  return node({ 'nc:IdentificationID': value, 'nc:IdentificationCategoryText': kind });
}

function feature(value: string): Tree | undefined {
  const code = codeFor(SMT, value);
  return node(code ? { 'fta:PhysicalFeatureCode': code } : { 'nc:PhysicalFeatureDescriptionText': value });
}

function licence(value: DriverLicence | undefined): Tree | undefined {
  if (!value) return undefined;
  const year = /^\d{4}$/.test(value.expiryYear ?? '');
  const card = node({
    'nc:IdentificationID': value.number,
    'nc:IdentificationJurisdiction': node({
      'nc:JurisdictionText': codeFor(ISSUERS, value.state) ?? value.state,
    }),
    'nc:IdentificationExpirationDate': year ? node({ 'nc:YearDate': value.expiryYear }) : undefined,
    'fta:IdentificationAugmentation': year ? undefined : node({ 'fta:ExpirationYearText': value.expiryYear }),
  });
  return node({ 'j:DriverLicenseCardIdentification': card });
}

function address(value: Address): Tree | undefined {
  return node({
    'nc:AddressSecondaryUnitText': value.unit,
    'nc:AddressStreet': node({ 'nc:StreetNumberText': value.number, 'nc:StreetName': value.street }),
    'nc:AddressCityName': value.city,
    'nc:AddressCountyName': value.county,
    'nc:AddressState': node({ 'nc:StateName': value.state }),
    'nc:AddressPostalCode': value.zip,
    'nc:AddressCategoryText': value.kind,
  });
}

function citizenship(value: string | undefined): Tree | undefined {
  const country = node(described(COUNTRIES, value, 'fta:CitizenshipCode', 'nc:CountryName'));
  return node({ 'nc:PersonCitizenshipCountry': country });
}

function alias(characteristics: Tree | undefined): Tree | undefined {
  return node({ 'nc:Identity': node({ 'nc:IdentityCharacteristics': characteristics }) });
}

function aliases(names: readonly PersonName[], birthDates: readonly string[]): (Tree | undefined)[] {
  return [
    ...names.map((name) => alias(node({ 'nc:PersonName': nameTree(name) }))),
    ...birthDates.map((birth) => alias(node({ 'nc:PersonBirthDate': date(birth) }))),
  ];
}

function justicePart(person: Person, disposition: PrintDisposition | undefined): Tree | undefined {
  const proved = disposition ? provedNumbers(disposition) : {};
  return node({
    'j:DriverLicense': licence(person.ids.licence),
    'j:PersonFBIIdentification': identification(proved.fbi),
    'j:PersonStateFingerprintIdentification': identification(proved.cii),
    'fta:CautionInformationCode': cautionCodes(person.cautions),
    'j:PersonCautionInformationText': cautionWords(person.cautions),
    'fta:BirthplaceCode': codeFor(PLACES, person.birthPlace),
  });
}

function ownPart(person: Person): Tree | undefined {
  return node({
    'nc:PersonAliasIdentityAssociation': aliases(person.aliases, person.otherBirthDates),
    'fta:PersonAddress': person.addresses.map(address),
    'fta:PersonLocalIdentification': person.ids.local.map(localNumber),
  });
}

/**
 * `nc:PersonType` of the wanted person. A CII or FBI number is sent only as the print proved it; one that a court
 * or jail merely claims stays with us. Telephone numbers are kept off the wire (domain brief B.1).
 */
export function personTree(
  person: Person,
  disposition?: PrintDisposition,
  print?: PrintAttachment,
): Tree | undefined {
  const place = codeFor(PLACES, person.birthPlace) ? undefined : person.birthPlace;
  return node({
    'nc:PersonBirthDate': date(person.birthDate),
    'nc:PersonBirthLocation': node({ 'nc:LocationDescriptionText': place }),
    'nc:PersonCitizenship': citizenship(person.citizenship),
    ...described(ETN, person.ethnicity, 'fta:EthnicityCode', 'nc:PersonEthnicityText'),
    ...described(EYE, person.eyes, 'fta:EyeColorCode', 'nc:PersonEyeColorText'),
    ...described(HAI, person.hair, 'fta:HairColorCode', 'nc:PersonHairColorText'),
    'nc:PersonHeightMeasure': measure(person.heightInches, INCH),
    'nc:PersonName': nameTree(person.name),
    'nc:PersonOtherIdentification': person.ids.mnu.map(miscellaneousNumber),
    'nc:PersonPhysicalFeature': person.smt.map(feature),
    ...described(RAC, person.race, 'fta:RaceCode', 'nc:PersonRaceText'),
    ...described(SEX, person.sex, 'fta:SexCode', 'nc:PersonSexText'),
    ...described(SKN, person.skin, 'fta:SkinToneCode', 'nc:PersonSkinToneText'),
    'nc:PersonSSNIdentification': identification(person.ids.ssn),
    'nc:PersonStateIdentification': localNumber(person.ids.stateCard),
    'nc:PersonWeightMeasure': measure(person.weightPounds, POUND),
    'j:PersonAugmentation': justicePart(person, disposition),
    'biom:PersonAugmentation': node({ 'biom:Biometric': biometric(print) }),
    'fta:PersonAugmentation': ownPart(person),
  });
}

/** `nc:PersonType` that carries only what is to be added to a record. */
export function supplementTree(additions: Supplement): Tree | undefined {
  return node({
    'nc:PersonOtherIdentification': additions.mnu.map(miscellaneousNumber),
    'nc:PersonPhysicalFeature': additions.smt.map(feature),
    'fta:PersonAugmentation': node({
      'nc:PersonAliasIdentityAssociation': aliases(additions.aliases, additions.birthDates),
    }),
  });
}
