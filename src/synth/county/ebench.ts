import type { Person, Warrant } from '../../domain/index.ts';
import { writeXml, type XmlNode } from './xml.ts';

const date = (value: string | undefined): XmlNode | undefined =>
  value === undefined ? undefined : { 'nc:Date': value };

function person(p: Person, ref: string): XmlNode {
  const { licence, ssn } = p.ids;
  return {
    '@': { 's:id': ref },
    'nc:PersonBirthDate': date(p.birthDate),
    'nc:PersonHeightMeasure':
      p.heightInches === undefined
        ? undefined
        : { 'nc:MeasurePointValue': String(p.heightInches), 'nc:LengthUnitCode': 'INH' },
    'nc:PersonName': {
      'nc:PersonGivenName': p.name.given,
      'nc:PersonMiddleName': p.name.middle,
      'nc:PersonSurName': p.name.surname,
      'nc:PersonNameSuffixText': p.name.suffix,
    },
    'nc:PersonRaceCode': p.race,
    'nc:PersonSexCode': p.sex,
    'nc:PersonSSNIdentification':
      ssn === undefined ? undefined : { 'nc:IdentificationID': ssn, 'nc:IdentificationSourceText': 'SSA' },
    'nc:PersonWeightMeasure':
      p.weightPounds === undefined
        ? undefined
        : { 'nc:MeasurePointValue': String(p.weightPounds), 'nc:WeightUnitCode': 'LBR' },
    'j:PersonAugmentation': licence && {
      'nc:DriverLicense': {
        'nc:DriverLicenseIdentification': {
          'nc:IdentificationID': licence.number,
          'nc:IdentificationSourceText': licence.state,
        },
      },
    },
  };
}

function results(w: Warrant, index: number): XmlNode {
  const ref = `P${index + 1}`;
  return {
    'ext:eBWResults': {
      'j:Person': person(w.person, ref),
      'ext:eBWResult': {
        'j:Case': {
          'nc:ActivityStatus': { 'nc:StatusDescriptionText': 'Open' },
          'nc:CaseDocketID': w.case.docket,
        },
        'ext:eBWWarrantStatus': 'Active',
        'j:Bail':
          w.bail?.cents === undefined ? undefined : { 'j:BailSetAmount': (w.bail.cents / 100).toFixed(2) },
        'j:Warrant': {
          'nc:ActivityIdentification': w.number ? { 'nc:IdentificationID': w.number } : undefined,
          'nc:ActivityStatus': { 'nc:StatusDescriptionText': 'Active' },
          'j:CourtOrderDesignatedSubject': { 'nc:RoleOfPersonReference': { '@': { 's:ref': ref } } },
          'j:CourtOrderIssuingDate': date(w.issuedDate),
          'j:CourtOrderJurisdiction': { 'nc:JurisdictionText': w.courtName },
          'j:CourtOrderStatus': { 'nc:StatusDescriptionText': 'Open' },
          'j:WarrantLevelText': w.level?.raw,
        },
      },
    },
  };
}

/** An eBench warrant snapshot (NIEM 2.1): every active warrant of the court in one document. */
export function writeSnapshot(warrants: readonly Warrant[]): string {
  return writeXml('doc:Warrants', {
    '@': {
      'xmlns:doc': 'http://ojbc.org/IEPD/Exchange/Warrants/1.0',
      'xmlns:ext': 'http://ojbc.org/IEPD/Extensions/Warrants/1.0',
      'xmlns:nc': 'http://niem.gov/niem/niem-core/2.0',
      'xmlns:j': 'http://niem.gov/niem/domains/jxdm/4.1',
      'xmlns:s': 'http://niem.gov/niem/structures/2.0',
    },
    'ext:eBWResults': warrants.map((w, i) => results(w, i)['ext:eBWResults'] as XmlNode),
  });
}
