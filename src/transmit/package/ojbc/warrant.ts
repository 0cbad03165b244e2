import type { CourtCase, Offence, Warrant } from '../../../domain/index.ts';
import { miscellaneous } from '../miscellaneous.ts';
import type { RecordFacts, RecordReference } from '../model.ts';
import { identification, oriOf } from '../parts.ts';
import { dollars, node, type Tree } from '../tree.ts';

/** Elements of the warrant, in schema order. */
export const WARRANT_ORDER = [
  '@structures:id',
  'nc:ActivityIdentification',
  'j:CourtOrderDesignatedSubject',
  'j:CourtOrderEnforcementAgency',
  'j:CourtOrderIssuingCourt',
  'j:CourtOrderIssuingDate',
  'j:CourtOrderRequestEntity',
  'j:WarrantAppearanceBail',
  'wir-ext:WarrantAugmentation',
] as const;

export const WARRANT_AUGMENTATION_ORDER = [
  'wir-ext:StateWarrantRepositoryIdentification',
  'nc:ExpirationDate',
  'wir-ext:ExtraditionIndicator',
  'wir-ext:ExtraditionLimitCodeText',
  'wir-ext:SubjectPickupRadiusCodeText',
  'wir-ext:WarrantBroadcastCodeText',
  'scr:TransactionControlNumberIdentification',
  'wir-ext:WarrantCommentText',
  'wir-ext:WarrantEntryCategoryCodeText',
] as const;

function charge(offence: Offence): Tree | undefined {
  const statute = [offence.statuteCode, offence.statuteSection].filter(Boolean).join(' ');
  return node({
    'wir-ext:GeneralOffenseCharacterDescriptionText': offence.description,
    'wir-ext:ChargeCodeText': offence.ncic ?? offence.chargeCode,
    'wir-ext:OriginalOffenseCodeText': offence.originalOffenceCode,
    'wir-ext:ProsecutionChargeCodeText': offence.prosecutionCode ?? (statute || undefined),
  });
}

export function caseTree(courtCase: CourtCase, warrant: Warrant, id: string): Tree | undefined {
  return node({
    '@structures:id': id,
    'nc:ActivityIdentification': identification(courtCase.number),
    'nc:CaseDocketID': courtCase.docket,
    'wir-ext:CriminalTrackingNumber': courtCase.trackingNumber,
    'j:CaseAugmentation': node({ 'j:CaseCharge': warrant.offences.map(charge) }),
  });
}

export function agencyTree(ori: string | undefined, oca: string | undefined): Tree | undefined {
  return node({
    'j:OrganizationAugmentation': oriOf(ori),
    'wir-ext:AgencyRecordIdentification': identification(oca),
  });
}

function augmentation(facts: RecordFacts, record: RecordReference | undefined): Tree | undefined {
  const { warrant } = facts;
  return node({
    'wir-ext:StateWarrantRepositoryIdentification': identification(record?.fcn),
    'nc:ExpirationDate': node({ 'nc:Date': warrant.expirationDate }),
    'wir-ext:ExtraditionIndicator': warrant.extradition?.indicator,
    'wir-ext:ExtraditionLimitCodeText': warrant.extradition?.limit,
    'wir-ext:SubjectPickupRadiusCodeText': warrant.extradition?.pickupRadius,
    'wir-ext:WarrantBroadcastCodeText': warrant.extradition?.broadcast,
    'scr:TransactionControlNumberIdentification': identification(facts.origin?.tcn ?? warrant.origin.tcn),
    'wir-ext:WarrantCommentText': miscellaneous(facts),
    'wir-ext:WarrantEntryCategoryCodeText': warrant.entryCategory,
  });
}

function requester(warrant: Warrant): Tree | undefined {
  const employee = node({ 'wir-ext:PersonEmployeeIdentification': identification(warrant.requestedBy) });
  return node({ 'nc:EntityPerson': employee });
}

export function warrantTree(
  facts: RecordFacts,
  record: RecordReference | undefined,
  ids: { readonly warrant: string; readonly person: string },
): Tree | undefined {
  const { warrant } = facts;
  const bail = warrant.bail?.kind?.code === 'NO_BAIL' ? undefined : dollars(warrant.bail?.cents);
  return node({
    '@structures:id': ids.warrant,
    'nc:ActivityIdentification': identification(warrant.number),
    'j:CourtOrderDesignatedSubject': node({ 'nc:RoleOfPerson': node({ '@structures:ref': ids.person }) }),
    'j:CourtOrderEnforcementAgency': agencyTree(warrant.agencyOri, warrant.oca),
    'j:CourtOrderIssuingCourt': node({ 'j:OrganizationAugmentation': oriOf(warrant.courtOri) }),
    'j:CourtOrderIssuingDate': node({ 'nc:Date': warrant.issuedDate }),
    'j:CourtOrderRequestEntity': requester(warrant),
    'j:WarrantAppearanceBail': node({ 'j:BailSetAmount': node({ 'nc:Amount': bail }) }),
    'wir-ext:WarrantAugmentation': augmentation(facts, record),
  });
}
