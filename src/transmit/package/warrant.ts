import { EXL } from '../../domain/codes/index.ts';
import type { Bail, Warrant, WarrantKind } from '../../domain/index.ts';
import { codeFor } from './codes.ts';
import { miscellaneous } from './miscellaneous.ts';
import type { Exoneration, RecordFacts } from './model.ts';
import { FAILURE_TO_APPEAR, offenceText, originalOffence, underlying } from './offences.ts';
import { court, date, identification, organization } from './parts.ts';
import { nameTree, personTree } from './person.ts';
import { dollars, node, type Tree } from './tree.ts';

const KIND_WORDS: Readonly<Record<WarrantKind, string>> = {
  BENCH: 'BENCH WARRANT',
  ARREST: 'ARREST WARRANT',
  OTHER: 'OTHER WARRANT',
};

function amount(bail: Bail | undefined): Tree | undefined {
  // An amount beside "no bail" would be read as bail that can be posted.
  if (bail?.kind?.code === 'NO_BAIL') return undefined;
  return node({ 'nc:Amount': dollars(bail?.cents) });
}

function other(warrant: Warrant): Tree | undefined {
  return node({
    'fta:WarrantNumberID': warrant.number,
    'fta:AgencyCaseNumberID': warrant.oca,
    'fta:WarrantIssueDate': date(warrant.issuedDate),
    'fta:OffenseText': underlying(warrant).map(offenceText),
    'fta:BailKindCode': warrant.bail?.kind?.code,
    'fta:BailAmount': amount(warrant.bail),
  });
}

function exoneration(value: Exoneration): Tree | undefined {
  const number = node({
    'nc:IdentificationID': value.number?.value,
    'nc:IdentificationCategoryText': value.number?.kind,
  });
  return node({
    'nc:Person': node({
      'nc:PersonBirthDate': date(value.birthDate),
      'nc:PersonName': nameTree(value.name),
      'nc:PersonOtherIdentification': [number],
    }),
    'fta:ExonerationDate': date(value.date),
    'fta:ExonerationMethodText': value.method,
    'fta:ExonerationInformantText': value.informant,
  });
}

function augmentation(facts: RecordFacts): Tree | undefined {
  const { warrant } = facts;
  return node({
    'fta:AgencyCaseNumberID': warrant.oca,
    'fta:WarrantLevelCode': warrant.level?.code,
    'fta:BailKindCode': warrant.bail?.kind?.code,
    'fta:NightServiceIndicator': warrant.nightService,
    'fta:SuretyBondIndicator': warrant.suretyBond,
    'fta:WarrantOffenseCode': FAILURE_TO_APPEAR,
    'fta:OriginalOffenseCode': originalOffence(warrant),
    'fta:EntryCategoryText': warrant.entryCategory,
    'scr:TransactionControlNumberIdentification': identification(facts.origin?.tcn ?? warrant.origin.tcn),
    'fta:MiscellaneousText': miscellaneous(facts),
    'fta:OtherWarrant': facts.others.map(other),
    'fta:Exoneration': facts.exonerations.map(exoneration),
  });
}

function extradition(warrant: Warrant): Record<string, string | undefined> {
  const limit = warrant.extradition?.limit;
  const code = codeFor(EXL, limit);
  return code ? { 'fta:ExtraditionLimitationCode': code } : { 'j:WarrantExtraditionLimitationText': limit };
}

/** `j:WarrantType` with its subject (domain brief E.2, E.6). */
export function warrantTree(facts: RecordFacts): Tree | undefined {
  const { warrant } = facts;
  return node({
    'nc:ActivityIdentification': identification(warrant.number),
    'j:CourtOrderDesignatedSubject': node({
      'nc:EntityPerson': personTree(warrant.person, facts.disposition, facts.print),
    }),
    'j:CourtOrderEnforcementAgency': organization(warrant.agencyOri, warrant.agencyName),
    'j:CourtOrderIssuingCourt': court(warrant.courtOri, warrant.courtName),
    'j:CourtOrderIssuingDate': date(warrant.issuedDate),
    'j:CourtOrderIssuingJudicialOfficial': node({
      'nc:PersonName': node({ 'nc:PersonFullName': warrant.judge }),
    }),
    'j:CourtOrderJurisdiction': node({ 'nc:JurisdictionText': warrant.jurisdiction }),
    'j:WarrantAppearanceBail': node({ 'j:BailSetAmount': amount(warrant.bail) }),
    'j:WarrantCategoryText': warrant.kind?.code ? KIND_WORDS[warrant.kind.code] : warrant.kind?.raw,
    ...extradition(warrant),
    'j:WarrantLevelText': warrant.level?.raw,
    'fta:WarrantAugmentation': augmentation(facts),
  });
}
