import type { Address, DriverLicence, Person, PersonName, Vehicle } from '../../../domain/index.ts';
import { codeFor, ISSUERS } from '../codes.ts';
import type { PrintDisposition } from '../model.ts';
import { identification } from '../parts.ts';
import { provedNumbers } from '../print.ts';
import { node, type Tree } from '../tree.ts';

/** Elements of the person, in schema order; repeated ones included. */
export const PERSON_ORDER = [
  '@structures:id',
  'nc:PersonAgeDescriptionText',
  'nc:PersonBirthDate',
  'nc:PersonBirthLocation',
  'nc:PersonCitizenshipText',
  'nc:PersonEthnicityText',
  'nc:PersonEyeColorText',
  'nc:PersonHairColorText',
  'nc:PersonHeightMeasure',
  'nc:PersonName',
  'nc:PersonPhysicalFeature',
  'nc:PersonRaceText',
  'nc:PersonSexText',
  'nc:PersonSkinToneText',
  'nc:PersonSSNIdentification',
  'nc:PersonStateIdentification',
  'nc:PersonWeightMeasure',
  'j:PersonAugmentation',
  'wir-ext:PersonCautionCodeText',
  'wir-ext:PersonMiscellaneousRecordIdentification',
] as const;

export const PERSON_AUGMENTATION_ORDER = ['j:DriverLicense', 'j:PersonFBIIdentification'] as const;

export function nameTree(name: PersonName): Tree | undefined {
  return node({
    'nc:PersonGivenName': name.given,
    'nc:PersonMiddleName': name.middle,
    'nc:PersonSurName': name.surname,
    'nc:PersonNameSuffixText': name.suffix,
    'nc:PersonFullName': name.full,
  });
}

function measure(value: number | undefined, unit: string): Tree | undefined {
  if (value === undefined) return undefined;
  return node({ 'nc:MeasureValueText': String(value), 'nc:MeasureUnitText': unit });
}

/** A state as the format's code where it is one, else in words. */
function jurisdiction(state: string | undefined): Record<string, string | undefined> {
  const code = codeFor(ISSUERS, state);
  return code ? { 'j:JurisdictionNCICLISCode': code } : { 'nc:JurisdictionText': state };
}

function licence(value: DriverLicence | undefined): Tree | undefined {
  if (!value) return undefined;
  return node({
    'j:DriverLicenseIdentification': node({
      'nc:IdentificationID': value.number,
      'nc:IdentificationJurisdiction': node(jurisdiction(value.state)),
    }),
  });
}

/** The person with its descriptors; the format puts the fingerprint-backed SID into `PersonStateIdentification`. */
export function personTree(person: Person, disposition: PrintDisposition, id: string): Tree | undefined {
  const proved = provedNumbers(disposition);
  return node({
    '@structures:id': id,
    'nc:PersonAgeDescriptionText': person.ageText,
    'nc:PersonBirthDate': node({ 'nc:Date': person.birthDate }),
    'nc:PersonBirthLocation': node({ 'nc:LocationCategoryText': person.birthPlace }),
    'nc:PersonCitizenshipText': person.citizenship,
    'nc:PersonEthnicityText': person.ethnicity,
    'nc:PersonEyeColorText': person.eyes,
    'nc:PersonHairColorText': person.hair,
    'nc:PersonHeightMeasure': measure(person.heightInches, 'inches'),
    'nc:PersonName': nameTree(person.name),
    'nc:PersonPhysicalFeature': person.smt.map((mark) => node({ 'nc:PhysicalFeatureDescriptionText': mark })),
    'nc:PersonRaceText': person.race,
    'nc:PersonSexText': person.sex,
    'nc:PersonSkinToneText': person.skin,
    'nc:PersonSSNIdentification': identification(person.ids.ssn),
    'nc:PersonStateIdentification': identification(proved.cii),
    'nc:PersonWeightMeasure': measure(person.weightPounds, 'lbs'),
    'j:PersonAugmentation': node({
      'j:DriverLicense': licence(person.ids.licence),
      'j:PersonFBIIdentification': identification(proved.fbi),
    }),
    'wir-ext:PersonCautionCodeText': person.cautions,
    'wir-ext:PersonMiscellaneousRecordIdentification': person.ids.mnu.map(identification),
  });
}

export function aliasTree(name: PersonName, id: string): Tree | undefined {
  const representation = node({ 'nc:PersonName': nameTree(name) });
  return node({ '@structures:id': id, 'nc:IdentityPersonRepresentation': representation });
}

export function addressTree(address: Address, id: string): Tree | undefined {
  const street = node({ 'nc:StreetNumberText': address.number, 'nc:StreetName': address.street });
  return node({
    'nc:ContactMailingAddress': node({
      '@structures:id': id,
      'nc:LocationStreet': street,
      'nc:LocationCityName': address.city,
      'nc:LocationCountyName': address.county,
      'nc:LocationStateName': address.state,
      'nc:LocationPostalCode': address.zip,
      'wir-ext:AddressCategoryText': address.kind,
    }),
  });
}

export function vehicleTree(vehicle: Vehicle, id: string): Tree | undefined {
  return node({
    '@structures:id': id,
    'nc:ConveyanceColorPrimaryText': vehicle.colour,
    'nc:ConveyanceColorSecondaryText': vehicle.secondColour,
    'nc:ItemMakeName': vehicle.make,
    'nc:ItemModelName': vehicle.model,
    'nc:ItemModelYearDate': vehicle.year,
    'nc:ItemStyleText': vehicle.style,
    'nc:VehicleIdentification': identification(vehicle.vin),
  });
}

function expiry(value: string | undefined): Tree | undefined {
  if (/^\d{4}-\d\d$/.test(value ?? '')) return node({ 'nc:YearMonthDate': value });
  return /^\d{4}$/.test(value ?? '') ? node({ 'nc:YearDate': value }) : undefined;
}

/** The plate of a vehicle; undefined where there is none. */
export function registrationTree(vehicle: Vehicle, id: string): Tree | undefined {
  const { plate, plateState, plateType, plateExpires } = vehicle;
  if (!plate) return undefined;
  return node({
    '@structures:id': id,
    'j:RegistrationExpirationDate': expiry(plateExpires),
    ...jurisdiction(plateState),
    'j:ConveyanceRegistrationPlateIdentification': identification(plate),
    'j:ConveyanceRegistrationPlateCategoryText': plateType,
    'wir-ext:ConveyanceRegistrationNonExpiringIndicator': plateExpires === 'NX' ? true : undefined,
  });
}
