import type { ReportKind } from './ojbc-report.ts';

const NAME = ['person.name', 'nc:Person/nc:PersonName'] as const;
const OCA = [
  'oca',
  'j:Warrant/j:CourtOrderEnforcementAgency/ojbc:AgencyRecordIdentification/nc:IdentificationID',
] as const;
const AGENCY = [
  'agencyOri',
  'j:Warrant/j:CourtOrderEnforcementAgency/j:OrganizationAugmentation/j:OrganizationORIIdentification/nc:IdentificationID',
] as const;
const COURT = [
  'courtOri',
  'j:Warrant/j:CourtOrderIssuingCourt/j:OrganizationAugmentation/j:OrganizationORIIdentification/nc:IdentificationID',
] as const;
const ISSUED = ['issuedDate', 'j:Warrant/j:CourtOrderIssuingDate/nc:Date'] as const;

/** The five reports by root element: what each says happened, and what it must carry to be acted on. */
export const REPORT_KINDS: Readonly<Record<string, ReportKind>> = {
  'wir:WarrantIssuedReport': {
    format: 'ojbc-warrant-issued',
    event: 'issued',
    status: 'ISSUED',
    mandatory: [NAME, OCA, AGENCY, COURT, ISSUED],
  },
  'wmr:WarrantModificationReport': {
    format: 'ojbc-warrant-modification',
    event: 'modified',
    status: 'ISSUED',
    mandatory: [NAME, OCA, AGENCY],
  },
  'wcr:WarrantCancelledReport': {
    format: 'ojbc-warrant-cancelled',
    event: 'recalled',
    status: 'RECALLED',
    mandatory: [NAME, OCA],
  },
  'war:WarrantAcceptedReport': {
    format: 'ojbc-warrant-accepted',
    event: 'accepted',
    status: 'UNKNOWN',
    mandatory: [NAME, OCA],
  },
  'wrr:WarrantRejectedReport': {
    format: 'ojbc-warrant-rejected',
    event: 'rejected',
    status: 'UNKNOWN',
    mandatory: [NAME],
  },
};
