import type { Person, PersonName, Warrant } from '../../domain/index.ts';
import { writeXml, type XmlNode } from './xml.ts';

const NS = {
  nc: 'http://release.niem.gov/niem/niem-core/3.0/',
  j: 'http://release.niem.gov/niem/domains/jxdm/5.1/',
  scr: 'http://release.niem.gov/niem/domains/screening/3.1/',
  structures: 'http://release.niem.gov/niem/structures/3.0/',
  ext: 'http://ojbc.org/IEPD/Extensions/WarrantIssuedReportingExtension/1.0',
} as const;

const id = (value: string | undefined): XmlNode | undefined =>
  value === undefined ? undefined : { 'nc:IdentificationID': value };
const date = (value: string | undefined): XmlNode | undefined =>
  value === undefined ? undefined : { 'nc:Date': value };
const ori = (value: string | undefined): XmlNode | undefined =>
  value === undefined
    ? undefined
    : {
        'j:OrganizationAugmentation': { 'j:OrganizationORIIdentification': { 'nc:IdentificationID': value } },
      };

function name(n: PersonName): XmlNode {
  return {
    'nc:PersonGivenName': n.given,
    'nc:PersonMiddleName': n.middle,
    'nc:PersonSurName': n.surname,
    'nc:PersonNameSuffixText': n.suffix,
  };
}

function measure(value: number | undefined, unit: string): XmlNode | undefined {
  return value === undefined
    ? undefined
    : { 'nc:MeasureValueText': String(value), 'nc:MeasureUnitText': unit };
}

function person(p: Person): XmlNode {
  const { licence, fbi } = p.ids;
  return {
    '@': { 'structures:id': 'Person_01' },
    'nc:PersonBirthDate': date(p.birthDate),
    'nc:PersonEyeColorText': p.eyes,
    'nc:PersonHairColorText': p.hair,
    'nc:PersonHeightMeasure': measure(p.heightInches, 'inches'),
    'nc:PersonName': name(p.name),
    'nc:PersonRaceText': p.race,
    'nc:PersonSexText': p.sex,
    'nc:PersonSSNIdentification': id(p.ids.ssn),
    'nc:PersonWeightMeasure': measure(p.weightPounds, 'lbs'),
    'j:PersonAugmentation': {
      'j:DriverLicense': licence && {
        'j:DriverLicenseIdentification': {
          'nc:IdentificationID': licence.number,
          'nc:IdentificationJurisdiction': licence.state
            ? { 'j:JurisdictionNCICLISCode': licence.state }
            : undefined,
        },
      },
      'j:PersonFBIIdentification': id(fbi),
    },
  };
}

function dollars(cents: number): string {
  return `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

function root(kind: string): XmlNode {
  return {
    '@': {
      'xmlns:doc': `http://ojbc.org/IEPD/Exchange/${kind}/1.0`,
      'xmlns:nc': NS.nc,
      'xmlns:j': NS.j,
      'xmlns:scr': NS.scr,
      'xmlns:structures': NS.structures,
      'xmlns:ext': NS.ext,
    },
  };
}

/** EXL by offence level: in-state pick-up only, as California forwards them. */
const EXL = { F: '4', M: 'D', I: 'D' } as const;

/** A Warrant Issued report of the OJBC kind (NIEM 3.1): one warrant, person joined by reference. */
export function writeIssued(w: Warrant): string {
  const offence = w.offences[0];
  return writeXml('doc:WarrantIssuedReport', {
    ...root('WarrantIssuedReport'),
    'nc:Case': {
      '@': { 'structures:id': 'Case_01' },
      'nc:ActivityIdentification': id(w.case.number),
      'nc:CaseDocketID': w.case.docket,
      'j:CaseAugmentation': {
        'j:CaseCharge': {
          'ext:GeneralOffenseCharacterDescriptionText': offence?.description,
          'ext:ChargeCodeText': offence?.chargeCode,
          'ext:ProsecutionChargeCodeText':
            offence?.statuteSection && `${offence.statuteCode} ${offence.statuteSection}`,
        },
      },
    },
    'j:Warrant': {
      '@': { 'structures:id': 'Warrant_01' },
      'nc:ActivityIdentification': id(w.number),
      'j:CourtOrderDesignatedSubject': { 'nc:RoleOfPerson': { '@': { 'structures:ref': 'Person_01' } } },
      'j:CourtOrderEnforcementAgency': { ...ori(w.agencyOri), 'ext:AgencyRecordIdentification': id(w.oca) },
      'j:CourtOrderIssuingCourt': ori(w.courtOri),
      'j:CourtOrderIssuingDate': date(w.issuedDate),
      'j:WarrantAppearanceBail':
        w.bail?.cents === undefined
          ? undefined
          : { 'j:BailSetAmount': { 'nc:Amount': dollars(w.bail.cents) } },
      'ext:WarrantAugmentation': {
        'ext:ExtraditionLimitCodeText': w.level?.code && EXL[w.level.code],
        'scr:TransactionControlNumberIdentification': id(w.origin.tcn),
        'ext:WarrantCommentText': `FAILED TO APPEAR ${w.missedAppearance?.date ?? ''}`.trim(),
        'ext:WarrantEntryCategoryCodeText': w.level?.code,
      },
    },
    'nc:Person': person(w.person),
  });
}

/** A Warrant Cancelled report: found again by the agency's case number. */
export function writeCancelled(w: Warrant): string {
  return writeXml('doc:WarrantCancelledReport', {
    ...root('WarrantCancelledReport'),
    'j:Warrant': {
      '@': { 'structures:id': 'Warrant_01' },
      'j:CourtOrderDesignatedSubject': { 'nc:RoleOfPerson': { '@': { 'structures:ref': 'Person_01' } } },
      'j:CourtOrderEnforcementAgency': { ...ori(w.agencyOri), 'ext:AgencyRecordIdentification': id(w.oca) },
    },
    'nc:Person': {
      '@': { 'structures:id': 'Person_01' },
      'nc:PersonBirthDate': date(w.person.birthDate),
      'nc:PersonName': name(w.person.name),
    },
  });
}
