import { COUNTRIES, ETN, EXL, EYE, HAI, RAC, SEX, SKN, SMT } from '../../domain/codes/index.ts';
import type { Person, Vehicle, Warrant } from '../../domain/index.ts';
import { cautionCodes } from './caution.ts';
import { codeFor, ISSUERS, PLACES } from './codes.ts';
import { miscellaneous } from './miscellaneous.ts';
import type { RecordFacts } from './model.ts';
import { ncicName } from './name.ts';
import { FAILURE_TO_APPEAR, originalOffence } from './offences.ts';
import { provedNumbers } from './print.ts';

/** One field of a wanted-person record in NCIC's own form. */
export interface Field {
  /** NCIC field code. */
  readonly code: string;
  readonly value: string;
  /** Where it comes from: canonical path. */
  readonly path: string;
}

/** Where the value of a field comes from: the canonical path a person corrects. */
export const FIELD_PATHS: ReadonlyMap<string, string> = new Map([
  ['ORI', 'agencyOri'],
  ['CTI', 'courtOri'],
  ['NAM', 'person.name.surname'],
  ['SEX', 'person.sex'],
  ['RAC', 'person.race'],
  ['DOB', 'person.birthDate'],
  ['HGT', 'person.heightInches'],
  ['WGT', 'person.weightPounds'],
  ['EYE', 'person.eyes'],
  ['HAI', 'person.hair'],
  ['SOC', 'person.ids.ssn'],
  ['MNU', 'person.ids.mnu'],
  ['OLN', 'person.ids.licence.number'],
  ['OLS', 'person.ids.licence.state'],
  ['OLY', 'person.ids.licence.expiryYear'],
  ['DOW', 'issuedDate'],
  ['OCA', 'oca'],
  ['WNO', 'number'],
  ['EXL', 'extradition.limit'],
  ['MIS', 'charge'],
  ['OFF', 'charge'],
]);

/** NCIC height of whole inches: 70 is 510, five feet ten. Broken inches stay as they are and fail the edit. */
export function ncicHeight(inches: number): string {
  if (!Number.isInteger(inches)) return String(inches);
  return `${Math.floor(inches / 12)}${String(inches % 12).padStart(2, '0')}`;
}

/** NCIC weight: three digits of pounds. */
export function ncicWeight(pounds: number): string {
  return String(pounds).padStart(3, '0');
}

/** NCIC date, YYYYMMDD. */
export function ncicDate(iso: string): string {
  return iso.replaceAll('-', '');
}

type Found = [code: string, value: string | undefined, path: string];

function identifiers(person: Person, facts: RecordFacts): Found[] {
  const proved = provedNumbers(facts.disposition);
  const licence = person.ids.licence;
  return [
    ['FBI', proved.fbi, 'disposition.fbi'],
    ['SID', proved.cii, 'disposition.cii'],
    ...person.ids.mnu.map((value): Found => ['MNU', value, 'person.ids.mnu']),
    ['SOC', person.ids.ssn, 'person.ids.ssn'],
    ['OLN', licence?.number, 'person.ids.licence.number'],
    ['OLS', codeFor(ISSUERS, licence?.state) ?? licence?.state, 'person.ids.licence.state'],
    ['OLY', licence?.expiryYear, 'person.ids.licence.expiryYear'],
  ];
}

function descriptors(person: Person): Found[] {
  const { heightInches, weightPounds, birthDate } = person;
  return [
    ['NAM', ncicName(person.name), 'person.name'],
    ['SEX', codeFor(SEX, person.sex) ?? person.sex, 'person.sex'],
    ['RAC', codeFor(RAC, person.race) ?? person.race, 'person.race'],
    ['ETN', codeFor(ETN, person.ethnicity) ?? person.ethnicity, 'person.ethnicity'],
    ['POB', codeFor(PLACES, person.birthPlace) ?? person.birthPlace, 'person.birthPlace'],
    ['DOB', birthDate && ncicDate(birthDate), 'person.birthDate'],
    ['HGT', heightInches === undefined ? undefined : ncicHeight(heightInches), 'person.heightInches'],
    ['WGT', weightPounds === undefined ? undefined : ncicWeight(weightPounds), 'person.weightPounds'],
    ['EYE', codeFor(EYE, person.eyes) ?? person.eyes, 'person.eyes'],
    ['HAI', codeFor(HAI, person.hair) ?? person.hair, 'person.hair'],
    ['SKN', codeFor(SKN, person.skin) ?? person.skin, 'person.skin'],
    ['CTZ', codeFor(COUNTRIES, person.citizenship) ?? person.citizenship, 'person.citizenship'],
    ...person.smt.map((value): Found => ['SMT', codeFor(SMT, value) ?? value, 'person.smt']),
    ...cautionCodes(person.cautions).map((value): Found => ['CMC', value, 'person.cautions']),
  ];
}

function warrantFields(warrant: Warrant, facts: RecordFacts): Found[] {
  const limit = warrant.extradition?.limit;
  return [
    ['ORI', warrant.agencyOri, 'agencyOri'],
    ['OFF', FAILURE_TO_APPEAR, 'offences'],
    ['OOC', originalOffence(warrant), 'offences.ncic'],
    ['DOW', warrant.issuedDate && ncicDate(warrant.issuedDate), 'issuedDate'],
    ['OCA', warrant.oca, 'oca'],
    ['WNO', warrant.number, 'number'],
    ['CTI', warrant.courtOri, 'courtOri'],
    ['EXL', codeFor(EXL, limit) ?? limit, 'extradition.limit'],
    ['MIS', miscellaneous(facts), 'offences.description'],
  ];
}

function vehicleFields(vehicle: Vehicle): Found[] {
  const colours = [vehicle.colour, vehicle.secondColour].filter(Boolean).join('/');
  return [
    ['LIC', vehicle.plate, 'vehicles.plate'],
    ['LIS', codeFor(ISSUERS, vehicle.plateState) ?? vehicle.plateState, 'vehicles.plateState'],
    ['LIY', vehicle.plateExpires?.slice(0, 4), 'vehicles.plateExpires'],
    ['LIT', vehicle.plateType, 'vehicles.plateType'],
    ['VIN', vehicle.vin, 'vehicles.vin'],
    ['VYR', vehicle.year, 'vehicles.year'],
    ['VMA', vehicle.make, 'vehicles.make'],
    ['VMO', vehicle.model, 'vehicles.model'],
    ['VST', vehicle.style, 'vehicles.style'],
    ['VCO', colours || undefined, 'vehicles.colour'],
  ];
}

function present(found: readonly Found[]): readonly Field[] {
  return found.flatMap(([code, value, path]) => (value ? [{ code, value, path }] : []));
}

/** The fields of one vehicle, in NCIC order. */
export function fieldsOfVehicle(vehicle: Vehicle): readonly Field[] {
  return present(vehicleFields(vehicle));
}

/**
 * A record as NCIC fields, in the order of an entry; a field with several values appears several times. A value
 * that is no code of its table stays in the source's words, so that the edits can say so.
 */
export function fieldsOf(facts: RecordFacts): readonly Field[] {
  const { warrant } = facts;
  return present([
    ...warrantFields(warrant, facts).slice(0, 1),
    ...descriptors(warrant.person),
    ...identifiers(warrant.person, facts),
    ...warrantFields(warrant, facts).slice(1),
    ...warrant.vehicles.flatMap(vehicleFields),
  ]);
}
