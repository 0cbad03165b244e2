import { CMC, EYE, HAI, OFF, RAC, SEX, SKN } from '../../domain/codes/index.ts';
import type { SubmissionKind } from '../../domain/index.ts';
import { errorText } from '../../errors.ts';
import { codeFor } from '../package/codes.ts';
import { ncicHeight, ncicWeight } from '../package/fields.ts';
import { ncicName } from '../package/name.ts';
import { wellFormed } from '../package/validate.ts';
import type { ReceivedMessage, RecordTarget } from './message.ts';
import type { ReadResult } from './read-message.ts';
import { all, first, readTree, type TreeNode, text } from './xml-tree.ts';

const KINDS: Readonly<Record<string, SubmissionKind>> = {
  WarrantIssuedReport: 'enter',
  WarrantModificationReport: 'modify',
  WarrantCancelledReport: 'cancel',
};

const EXCHANGE = /http:\/\/ojbc\.org\/IEPD\/Exchange\/(\w+)\/1\.0/;
const ID = 'nc:IdentificationID';
const ORI = `j:OrganizationORIIdentification/${ID}`;
const AGENCY = 'j:CourtOrderEnforcementAgency';

/** Whether the beginning of a document is that of an OJBC warrant report. */
export function isOjbcReport(head: string): boolean {
  return EXCHANGE.test(head);
}

/** Codes a modification can state: it carries the whole record, so what it does not state is gone. */
const STATED =
  'CTI WNO DOW EXL MIS DOB HGT WGT EYE HAI SKN SOC OLN OLS FBI SID VIN LIC BAIL MNU SMT CMC'.split(' ');

/** NAM: the format leaves its writing to the repository; a cancellation repeats the record's. */
function name(node: TreeNode | undefined): string | undefined {
  const part = (local: string) => text(node, `nc:Person${local}`);
  const parts = {
    given: part('GivenName'),
    middle: part('MiddleName'),
    surname: part('SurName'),
    suffix: part('NameSuffixText'),
    full: part('FullName'),
  };
  return ncicName(Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)));
}

function measured(node: TreeNode | undefined): number | undefined {
  const value = text(node, 'nc:MeasureValueText');
  return value === undefined ? undefined : Number(value);
}

function personFields(person: TreeNode | undefined): Record<string, string | undefined> {
  const [inches, pounds] = ['Height', 'Weight'].map((what) =>
    measured(first(person, `nc:Person${what}Measure`)),
  );
  const words = (path: string) => text(person, path);
  const licence = first(person, 'j:DriverLicense/j:DriverLicenseIdentification');
  return {
    NAM: name(first(person, 'nc:PersonName')),
    DOB: words('nc:PersonBirthDate/nc:Date')?.replaceAll('-', ''),
    SEX: codeFor(SEX, words('nc:PersonSexText')) ?? words('nc:PersonSexText'),
    RAC: codeFor(RAC, words('nc:PersonRaceText')) ?? words('nc:PersonRaceText'),
    HGT: inches === undefined ? undefined : ncicHeight(inches),
    WGT: pounds === undefined ? undefined : ncicWeight(pounds),
    // Text by this format: a word that is no code stays a word there and is not searched by.
    EYE: codeFor(EYE, words('nc:PersonEyeColorText')),
    HAI: codeFor(HAI, words('nc:PersonHairColorText')),
    SKN: codeFor(SKN, words('nc:PersonSkinToneText')),
    SOC: words(`nc:PersonSSNIdentification/${ID}`),
    SID: words(`nc:PersonStateIdentification/${ID}`),
    FBI: words(`j:PersonFBIIdentification/${ID}`),
    OLN: text(licence, ID),
    OLS: text(licence, 'nc:IdentificationJurisdiction/j:JurisdictionNCICLISCode'),
  };
}

/** Felony codes are digits, misdemeanour codes letters: the format states the level in no other way. */
function levelOf(limit: string | undefined): string | undefined {
  if (limit === undefined) return undefined;
  return /^\d/.test(limit) ? 'F' : 'M';
}

function warrantFields(root: TreeNode, warrant: TreeNode | undefined): Record<string, string | undefined> {
  const limit = text(warrant, 'wir-ext:ExtraditionLimitCodeText');
  const charges = all(root, 'nc:Case/j:CaseCharge/wir-ext:ChargeCodeText').map((node) => node.text.trim());
  return {
    ORI: text(warrant, `${AGENCY}/${ORI}`),
    OCA: text(warrant, `${AGENCY}/wir-ext:AgencyRecordIdentification/${ID}`),
    CTI: text(warrant, `j:CourtOrderIssuingCourt/${ORI}`),
    WNO: text(warrant, `nc:ActivityIdentification/${ID}`),
    DOW: text(warrant, 'j:CourtOrderIssuingDate/nc:Date')?.replaceAll('-', ''),
    OFF: charges.find((code) => OFF.has(code)),
    EXL: limit,
    LEVEL: levelOf(limit),
    MIS: text(warrant, 'wir-ext:WarrantCommentText'),
    BAIL: text(warrant, 'j:WarrantAppearanceBail/j:BailSetAmount/nc:Amount'),
    VIN: text(root, `nc:Vehicle/nc:VehicleIdentification/${ID}`),
    LIC: text(root, `j:ConveyanceRegistration/j:ConveyanceRegistrationPlateIdentification/${ID}`),
  };
}

function listsOf(root: TreeNode, person: TreeNode | undefined): Record<string, string[]> {
  const texts = (path: string) => all(person, path).map((node) => node.text.trim());
  const lists: Record<string, string[]> = {
    AKA: all(root, 'nc:Identity/nc:IdentityPersonRepresentation/nc:PersonName').flatMap(
      (node) => name(node) ?? [],
    ),
    SMT: texts('nc:PersonPhysicalFeature/nc:PhysicalFeatureDescriptionText'),
    CMC: texts('wir-ext:PersonCautionCodeText').filter((code) => CMC.has(code)),
    MNU: texts(`wir-ext:PersonMiscellaneousRecordIdentification/${ID}`),
  };
  return Object.fromEntries(Object.entries(lists).filter(([, values]) => values.length > 0));
}

function targetOf(kind: SubmissionKind, root: TreeNode, fields: Record<string, string>): RecordTarget {
  if (kind === 'enter') return {};
  const fcn = text(root, `j:Warrant/wir-ext:StateWarrantRepositoryIdentification/${ID}`);
  const { OCA, NAM } = fields;
  // A modification states the name as it shall be; the record it is about is named by its number alone.
  const nam = kind === 'cancel' && NAM ? { nam: NAM } : {};
  return { ...(fcn ? { fcn } : {}), ...(OCA ? { oca: OCA } : {}), ...nam };
}

function understand(root: TreeNode, kind: SubmissionKind, messageId: string): ReceivedMessage {
  const person = first(root, 'nc:Person');
  const found = { ...warrantFields(root, first(root, 'j:Warrant')), ...personFields(person) };
  const fields = Object.fromEntries(
    Object.entries(found).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const lists = listsOf(root, person);
  const gone = STATED.filter((code) => !(code in fields) && !(code in lists));
  return {
    messageId,
    kind,
    format: 'ojbc-3',
    fields,
    lists,
    removed: kind === 'modify' ? gone : [],
    target: targetOf(kind, root, fields),
  };
}

/**
 * Reads an OJBC warrant report. The format has no message id: the id is the one the bytes came under. Its schemas
 * are not ours to ship, so a report is held to be well-formed and then read field by field.
 */
export function readOjbcMessage(bytes: Uint8Array, messageId?: string): ReadResult {
  const broken = wellFormed(bytes).map(({ message }) => ({
    code: 'FORMAT',
    text: message,
    retryable: false,
  }));
  if (broken.length > 0) return { problems: broken };
  if (messageId === undefined) {
    return { problems: [{ code: 'MESSAGE-ID', text: 'Send the id as Message-Id', retryable: false }] };
  }
  try {
    const xml = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
    const kind = KINDS[EXCHANGE.exec(xml)?.[1] ?? ''];
    if (!kind) return { problems: [{ code: 'MESSAGE-KEY', text: 'No such message', retryable: false }] };
    return { message: understand(readTree(xml), kind, messageId), problems: [] };
  } catch (error) {
    return { problems: [{ code: 'FORMAT', text: errorText(error).slice(0, 200), retryable: false }] };
  }
}
