import { BenchlinkError } from '../../errors.ts';
import { appearanceTree, bookingTree, caseTree, citationTree, vehicleTree } from './case.ts';
import { cautionCodes } from './caution.ts';
import { type RecordChange, recordChange } from './change.ts';
import type { RecordFacts, RecordReference, WarrantMessage } from './model.ts';
import { date, identification, organization } from './parts.ts';
import { supplementTree } from './person.ts';
import { dispositionTree, printFile } from './print.ts';
import { node, type Tree } from './tree.ts';
import { warrantTree } from './warrant.ts';

/** Root element of each kind of message. */
const ROOTS: Readonly<Record<WarrantMessage['kind'], string>> = {
  enter: 'fta:WarrantEntryRequest',
  modify: 'fta:WarrantModificationRequest',
  cancel: 'fta:WarrantCancellationRequest',
  clear: 'fta:WarrantClearanceRequest',
  supplemental: 'fta:WarrantSupplementRequest',
  validate: 'fta:WarrantValidationRequest',
};

const KEYS = { modify: 'MW', cancel: 'XW', clear: 'CW', supplemental: 'EN', validate: 'VL' } as const;

/** MKE. An entry with a caution or medical code has the key with the caution suffix (domain brief A.1). */
export function messageKey(message: WarrantMessage): string {
  if (message.kind !== 'enter') return KEYS[message.kind];
  return cautionCodes(message.facts.warrant.person.cautions).length > 0 ? 'EW-C' : 'EW';
}

/** Everything one record says, below the message's own header. */
export function factsTree(facts: RecordFacts): Tree {
  const tree = node({
    'j:Warrant': warrantTree(facts),
    'nc:Case': caseTree(facts.warrant.case, facts.warrant),
    'j:CourtAppearance': appearanceTree(facts.warrant),
    'j:Booking': bookingTree(facts.origin, facts.print?.captureDate),
    'j:Citation': citationTree(facts.origin),
    'nc:Vehicle': facts.warrant.vehicles.map(vehicleTree),
    'fta:PrintDisposition': dispositionTree(facts.disposition, facts.print),
    'fta:FingerprintTransactionFile': printFile(facts.print),
  });
  return tree ?? {};
}

function reference(record: RecordReference): Tree | undefined {
  return node({
    'fta:RecordOwnerAgency': organization(record.ori),
    'fta:FileControlNumberID': record.fcn,
    'fta:NCICNumberID': record.nic,
    'fta:AgencyCaseNumberID': record.oca,
    'fta:RecordNameText': record.nameAsSent,
  });
}

function header(message: WarrantMessage): Tree {
  const tree = node({
    'nc:DocumentCreationDate': node({ 'nc:DateTime': message.created }),
    'nc:DocumentIdentification': identification(message.messageId),
    'nc:DocumentSequenceID': String(message.version),
    'nc:DocumentSourceText': message.sourceSystem,
    'fta:MessageKeyCode': messageKey(message),
  });
  return tree ?? {};
}

/** Exonerations stay on the record for good: a modification adds to them and takes none away. */
function withAllExonerations(before: RecordFacts, after: RecordFacts): RecordFacts {
  const known = new Set(after.exonerations.map((each) => JSON.stringify(each)));
  const forgotten = before.exonerations.filter((each) => !known.has(JSON.stringify(each)));
  return { ...after, exonerations: [...forgotten, ...after.exonerations] };
}

/** What a modification from one state of the record to another changes and removes. */
export function changeBetween(before: RecordFacts, after: RecordFacts): RecordChange {
  return recordChange(factsTree(before), factsTree(withAllExonerations(before, after)));
}

function modification(before: RecordFacts, after: RecordFacts): Tree {
  const change = changeBetween(before, after);
  if (change.changed.length === 0 && change.removed.length === 0) {
    throw new BenchlinkError(
      'fault',
      'PACKAGE-NO-CHANGE',
      'A modification that changes nothing is not sent.',
    );
  }
  const named = node({
    'fta:RecordChange': node({
      'fta:ChangedFieldCode': change.changed,
      'fta:RemovedFieldCode': change.removed,
    }),
  });
  return { ...named, ...change.tree };
}

function body(message: WarrantMessage): Tree {
  switch (message.kind) {
    case 'enter':
      return factsTree(message.facts);
    case 'modify':
      return modification(message.before, message.facts);
    case 'supplemental':
      return node({ 'nc:Person': supplementTree(message.additions) }) ?? {};
    case 'validate':
      return (
        node({
          'fta:ValidatorName': message.validator,
          'fta:ValidationDate': date(message.date),
          'fta:ConsultedPartyText': message.consulted,
        }) ?? {}
      );
    default:
      return (
        node({
          'fta:RemovalReasonCode': message.reason,
          'fta:RemovalDate': date(message.date),
          'fta:RemovalReasonText': message.reasonText,
        }) ?? {}
      );
  }
}

/** A message as a tree: its root element's name and all below it. */
export function messageTree(message: WarrantMessage): { readonly root: string; readonly tree: Tree } {
  const record =
    message.kind === 'enter' ? undefined : node({ 'fta:RecordReference': reference(message.record) });
  return { root: ROOTS[message.kind], tree: { ...header(message), ...record, ...body(message) } };
}
