import { createHash } from 'node:crypto';
import type { Problem, SubmissionKind } from '../../domain/index.ts';
import { errorText } from '../../errors.ts';
import type { Rejection } from '../answer-model.ts';
import { validateJson } from '../package/niem6-json.ts';
import { validatePackage } from '../package/validate.ts';
import type { PrintSummary, ReceivedMessage, RecordTarget } from './message.ts';
import type { ReadResult } from './read-message.ts';
import { personFields, personLists } from './read-person.ts';
import { all, first, readJsonTree, readTree, type TreeNode, text } from './xml-tree.ts';

const KINDS: Readonly<Record<string, SubmissionKind>> = {
  'fta:WarrantEntryRequest': 'enter',
  'fta:WarrantModificationRequest': 'modify',
  'fta:WarrantCancellationRequest': 'cancel',
  'fta:WarrantClearanceRequest': 'clear',
  'fta:WarrantSupplementRequest': 'supplemental',
  'fta:WarrantValidationRequest': 'validate',
};

const ORI = 'j:OrganizationORIIdentification/nc:IdentificationID';
const SUBJECT = 'j:CourtOrderDesignatedSubject/nc:EntityPerson';
const ISSUED = 'j:CourtOrderIssuingDate/nc:Date';
const EXTRADITION = 'fta:ExtraditionLimitationCode';

type Fields = Record<string, string | undefined>;

function defined(fields: Fields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function warrantFields(warrant: TreeNode | undefined): Fields {
  return {
    ORI: text(warrant, `j:CourtOrderEnforcementAgency/${ORI}`),
    CTI: text(warrant, `j:CourtOrderIssuingCourt/${ORI}`),
    WNO: text(warrant, 'nc:ActivityIdentification/nc:IdentificationID'),
    DOW: text(warrant, ISSUED)?.replaceAll('-', ''),
    EXL: text(warrant, EXTRADITION),
    OCA: text(warrant, 'fta:AgencyCaseNumberID'),
    LEVEL: text(warrant, 'fta:WarrantLevelCode'),
    OFF: text(warrant, 'fta:WarrantOffenseCode'),
    OOC: text(warrant, 'fta:OriginalOffenseCode'),
    MIS: text(warrant, 'fta:MiscellaneousText'),
    BAIL: text(warrant, 'j:WarrantAppearanceBail/j:BailSetAmount/nc:Amount'),
    BAILKIND: text(warrant, 'fta:BailKindCode'),
  };
}

function vehicleFields(vehicle: TreeNode | undefined): Fields {
  return {
    VIN: text(vehicle, 'nc:VehicleIdentification/nc:IdentificationID'),
    LIC: text(vehicle, 'fta:PlateNumberID'),
  };
}

function target(root: TreeNode): RecordTarget & { ori?: string } {
  const reference = first(root, 'fta:RecordReference');
  return defined({
    ori: text(reference, `fta:RecordOwnerAgency/${ORI}`),
    fcn: text(reference, 'fta:FileControlNumberID'),
    nic: text(reference, 'fta:NCICNumberID'),
    oca: text(reference, 'fta:AgencyCaseNumberID'),
    nam: text(reference, 'fta:RecordNameText'),
  });
}

function print(root: TreeNode): PrintSummary | undefined {
  const file = first(root, 'fta:FingerprintTransactionFile');
  const encoded = text(file, 'nc:Base64BinaryObject');
  if (!encoded) return undefined;
  const bytes = Buffer.from(encoded, 'base64');
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
    format: text(file, 'nc:BinaryFormatStandardName') ?? '',
  };
}

function printProblems(root: TreeNode, found: PrintSummary | undefined): Rejection[] {
  const stated = text(first(root, 'fta:FingerprintTransactionFile'), 'nc:BinaryHash/nc:BinaryHashCode');
  if (!found || !stated || stated.toLowerCase() === found.sha256) return [];
  return [
    { code: 'PRINT-HASH', text: 'The attached print does not have the hash it states', retryable: false },
  ];
}

/** Codes a modification says it changes; every code for the other kinds. */
function only<T>(root: TreeNode, kind: SubmissionKind, values: Record<string, T>): Record<string, T> {
  if (kind !== 'modify') return values;
  const changed = new Set(all(root, 'fta:RecordChange/fta:ChangedFieldCode').map((node) => node.text.trim()));
  return Object.fromEntries(Object.entries(values).filter(([code]) => changed.has(code)));
}

function understand(root: TreeNode, kind: SubmissionKind): ReceivedMessage {
  const warrant = first(root, 'j:Warrant');
  const person = first(warrant, SUBJECT) ?? first(root, 'nc:Person');
  const { ori, ...reference } = target(root);
  const fields = {
    ...warrantFields(warrant),
    ...personFields(person),
    ...vehicleFields(first(root, 'nc:Vehicle')),
    VLN: text(root, 'fta:ValidatorName'),
  };
  const attached = print(root);
  return {
    messageId: text(root, 'nc:DocumentIdentification/nc:IdentificationID') ?? '',
    kind,
    fields: { ...only(root, kind, defined(fields)), ...(ori ? { ORI: ori } : {}) },
    lists: only(root, kind, personLists(person)),
    removed: all(root, 'fta:RecordChange/fta:RemovedFieldCode').map((node) => node.text.trim()),
    target: reference,
    ...(attached ? { print: attached } : {}),
  };
}

function schemaProblems(found: readonly Problem[]): Rejection[] {
  return found.map((problem) => ({
    code: 'SCHEMA',
    text: problem.message.slice(0, 500) || 'The message is not valid against the schema',
    retryable: false,
  }));
}

function readWith(
  bytes: Uint8Array,
  validate: (bytes: Uint8Array) => readonly Problem[],
  parse: (text: string) => TreeNode,
): ReadResult {
  const problems = schemaProblems(validate(bytes));
  if (problems.length > 0) return { problems };
  try {
    const root = parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
    const kind = KINDS[root.name];
    if (!kind) return { problems: [{ code: 'MESSAGE-KEY', text: 'No such message', retryable: false }] };
    const message = understand(root, kind);
    return { message, problems: printProblems(root, message.print) };
  } catch (error) {
    return { problems: [{ code: 'FORMAT', text: errorText(error).slice(0, 200), retryable: false }] };
  }
}

/** Reads a NIEM message: valid against the schema first, then field by field in NCIC codes. */
export function readNiemMessage(bytes: Uint8Array): ReadResult {
  return readWith(bytes, validatePackage, readTree);
}

/** Reads a NIEM message in JSON: against the JSON Schema first, then as the same tree its XML would give. */
export function readNiemJsonMessage(bytes: Uint8Array): ReadResult {
  return readWith(bytes, validateJson, readJsonTree);
}
