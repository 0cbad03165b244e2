import { OFF } from '../../domain/codes/index.ts';
import {
  type CourtEvent,
  type CourtStatus,
  type ExtraField,
  NO_PERSON,
  type Note,
  type Offence,
  type Warrant,
} from '../../domain/index.ts';
import { type DateReader, datesIn } from '../moments.ts';
import { niemDate } from '../niem/person.ts';
import { caseFacts, caseOf, personOf, Report, subjectOf, vehiclesOf } from '../niem/report.ts';
import type { XmlElement } from '../xml/element.ts';
import type { Scope } from '../xml/references.ts';
import { Taking } from '../xml/take.ts';
import { cents, defined, definedOrNone, indicator } from '../xml/values.ts';
import type { DraftRecord } from './xml-drop.ts';

/** What a report's root element says happened, and what the report cannot do without. */
export interface ReportKind {
  readonly format: string;
  readonly event: CourtEvent;
  readonly status: CourtStatus;
  /** Canonical field and the source path a person should look at. */
  readonly mandatory: readonly (readonly [field: string, path: string])[];
}

const ID = 'nc:IdentificationID';
const ORI = `j:OrganizationAugmentation/j:OrganizationORIIdentification/${ID}`;
const AGENCY = 'j:CourtOrderEnforcementAgency';
const EXT = 'ojbc:WarrantAugmentation';
/** Paths put together once: a path is looked up by its text for every report. */
const NUMBER = `nc:ActivityIdentification/${ID}`;
const OCA = `${AGENCY}/ojbc:AgencyRecordIdentification/${ID}`;
const REPOSITORY_ID = `${EXT}/ojbc:StateWarrantRepositoryIdentification/${ID}`;
const EXPIRES = `${EXT}/nc:ExpirationDate`;
const COURT_ORI = `j:CourtOrderIssuingCourt/${ORI}`;
const AGENCY_ORI = `${AGENCY}/${ORI}`;
const REQUESTED_BY = `j:CourtOrderRequestEntity/nc:EntityPerson/ojbc:PersonEmployeeIdentification/${ID}`;
/** Courts spell it in three ways: the exchange's first version and one of its senders had their own. */
const EXTRADITION_LIMIT = `${EXT}/ojbc:ExtraditionLimitCodeText|ojbc:ExtraditionLimitsCodeText|ojbc:ExtradictionLimitCodeText`;
const ENTRY_CATEGORY = `${EXT}/ojbc:WarrantEntryCategoryCodeText`;

function offences(report: Report, courtCase: XmlElement | undefined): Offence[] {
  const { take } = report;
  return take.elements(courtCase, 'j:CaseAugmentation/j:CaseCharge', 'offences').flatMap((charge) => {
    const text = (path: string) => take.text(charge, path, 'offences');
    const chargeCode = text('ojbc:ChargeCodeText');
    return (
      definedOrNone<Offence>({
        ncic: chargeCode !== undefined && OFF.has(chargeCode) ? chargeCode : undefined,
        description: text('ojbc:GeneralOffenseCharacterDescriptionText|j:ChargeDescriptionText'),
        chargeCode,
        originalOffenceCode: text('ojbc:OriginalOffenseCodeText'),
        prosecutionCode: text('ojbc:ProsecutionChargeCodeText'),
      }) ?? []
    );
  });
}

function notes(report: Report, warrant: XmlElement): Note[] {
  return report.take.texts(warrant, `${EXT}/ojbc:WarrantCommentText`, 'notes').map((text) => ({ text }));
}

/** What the order itself says. */
function orderFacts(report: Report, warrant: XmlElement): Partial<Warrant> {
  const { take } = report;
  const text = (path: string, field: string) => take.text(warrant, path, field);
  return defined<Partial<Warrant>>({
    number: text(NUMBER, 'number'),
    oca: text(OCA, 'oca'),
    repositoryId: text(REPOSITORY_ID, 'repositoryId'),
    issuedDate: niemDate(take, warrant, 'j:CourtOrderIssuingDate', 'issuedDate'),
    expirationDate: niemDate(take, warrant, EXPIRES, 'expirationDate'),
    courtOri: text(COURT_ORI, 'courtOri'),
    agencyOri: text(AGENCY_ORI, 'agencyOri'),
    requestedBy: text(REQUESTED_BY, 'requestedBy'),
    bail: bailOf(report, warrant),
    extradition: extraditionOf(report, warrant),
    entryCategory: text(ENTRY_CATEGORY, 'entryCategory'),
  });
}

function bailOf(report: Report, warrant: XmlElement): Warrant['bail'] {
  const path = 'j:WarrantAppearanceBail/j:BailSetAmount/nc:Amount';
  return definedOrNone({
    cents: report.take.value(warrant, path, 'bail', cents, { expected: 'an amount in dollars and cents' }),
  });
}

function extraditionOf(report: Report, warrant: XmlElement): Warrant['extradition'] {
  const { take } = report;
  const text = (local: string, member: string) =>
    take.text(warrant, `${EXT}/ojbc:${local}`, `extradition.${member}`);
  return definedOrNone({
    limit: take.text(warrant, EXTRADITION_LIMIT, 'extradition.limit'),
    indicator: take.value(warrant, `${EXT}/ojbc:ExtraditionIndicator`, 'extradition.indicator', indicator, {
      expected: 'true or false',
    }),
    pickupRadius: text('SubjectPickupRadiusCodeText', 'pickupRadius'),
    broadcast: text('WarrantBroadcastCodeText', 'broadcast'),
  });
}

/** The subject with the corrections number that stands on the order, not on the person. */
function subject(report: Report, warrant: XmlElement, element: XmlElement | undefined): Warrant['person'] {
  const person = element ? personOf(report, element) : NO_PERSON;
  const role = report.take.element(warrant, 'j:CourtOrderDesignatedSubject', 'person');
  const corrections = report.take
    .texts(role, `j:SubjectCorrectionsIdentification/${ID}`, 'person.ids.local')
    .map((number) => ({ number, source: 'corrections' }));
  return { ...person, ids: { ...person.ids, local: [...person.ids.local, ...corrections] } };
}

function readWarrant(report: Report, kind: ReportKind, warrant: XmlElement): Warrant {
  const courtCase = caseOf(report, warrant);
  const person = subjectOf(report, warrant);
  const tcn = `${EXT}/scr:TransactionControlNumberIdentification/${ID}`;
  return defined<Warrant>({
    status: { code: kind.status, raw: report.root.name.slice(report.root.name.indexOf(':') + 1) },
    issuingAgencyOri: report.take.text(report.root, `ojbc:IssuingAgency/${ORI}`, 'issuingAgencyOri'),
    ...orderFacts(report, warrant),
    case: caseFacts(report, courtCase),
    offences: offences(report, courtCase),
    origin: defined({ tcn: report.take.text(warrant, tcn, 'origin.tcn') }),
    person: subject(report, warrant, person),
    vehicles: person ? vehiclesOf(report, person) : [],
    notes: notes(report, warrant),
  });
}

/** Whether a canonical path of a warrant holds a value. */
function has(warrant: Warrant, field: string): boolean {
  const value = field
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], warrant);
  return value !== undefined && (typeof value !== 'object' || Object.keys(value as object).length > 0);
}

function listMissing(report: Report, kind: ReportKind, warrant: Warrant, at: XmlElement): void {
  const listed = new Set(report.take.problems.map((problem) => problem.field));
  for (const [field, path] of kind.mandatory) {
    if (has(warrant, field) || listed.has(field)) continue;
    report.take.problems.push({
      code: 'FIELD-MISSING',
      severity: 'error',
      field,
      sourceField: `/${report.root.name}/${path}`,
      line: at.line,
      message: `${field} is missing; the report must carry ${path}.`,
    });
  }
}

/** A warrant of a report as it was read, before it is told what is left over. */
interface ReadReport {
  readonly report: Report;
  readonly warrant: Warrant;
  readonly line: number;
  /** The parts that are this warrant's and no other's. */
  readonly own: readonly XmlElement[];
}

function read(
  kind: ReportKind,
  element: XmlElement,
  scope: Scope,
  dates: DateReader,
  at: XmlElement | undefined,
): ReadReport {
  const report = new Report(element, scope, new Taking(dates));
  const warrant = readWarrant(report, kind, at ?? element);
  listMissing(report, kind, warrant, at ?? element);
  const parts = at ? [at, subjectOf(report, at), caseOf(report, at)] : [];
  return { report, warrant, line: at?.line ?? element.line, own: parts.flatMap((part) => part ?? []) };
}

function draft(kind: ReportKind, { report, warrant, line }: ReadReport, extra: ExtraField[]): DraftRecord {
  const record = {
    format: kind.format,
    event: kind.event,
    warrant,
    cleared: [...report.take.cleared],
    extra,
  };
  return { record, line, problems: report.take.problems };
}

/**
 * One draft for each warrant of a report; a report without one is a record with that problem, not silence. Of several
 * each keeps what is its own; what no warrant claims travels with the first, so that nothing is lost and nobody's
 * facts stand in another's record.
 */
export function convertReport(
  kind: ReportKind,
  element: XmlElement,
  scope: Scope,
  zone: string,
): DraftRecord[] {
  const dates = datesIn(zone);
  const warrants = element.all('j:Warrant');
  const all = (warrants.length > 0 ? warrants : [undefined]).map((at) =>
    read(kind, element, scope, dates, at),
  );
  if (all.length === 1) return all.map((one) => draft(kind, one, one.report.take.leftovers([element])));
  const readers = new Set(all.map(({ report }) => report.take));
  const claimed = new Set(all.flatMap(({ own }) => own));
  const unclaimed = element.children.filter((child) => !claimed.has(child));
  return all.map((one, i) => {
    const { take } = one.report;
    const rest = i === 0 ? Taking.leftoversOf(readers, unclaimed, element) : [];
    return draft(kind, one, [...take.leftovers(one.own), ...rest]);
  });
}
