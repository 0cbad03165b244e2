import { BenchlinkError } from '../../../errors.ts';
import type {
  ModifyMessage,
  RecordFacts,
  RecordReference,
  RemovalMessage,
  WarrantMessage,
} from '../model.ts';
import { identification } from '../parts.ts';
import { node, type Tree } from '../tree.ts';
import { ATTRIBUTE, writeXml } from '../write-xml.ts';
import { OJBC_NAMESPACES, reportNamespace } from './namespaces.ts';
import { withNil } from './nil.ts';
import {
  addressTree,
  aliasTree,
  PERSON_AUGMENTATION_ORDER,
  PERSON_ORDER,
  personTree,
  registrationTree,
  vehicleTree,
} from './person.ts';
import { agencyTree, caseTree, WARRANT_AUGMENTATION_ORDER, WARRANT_ORDER, warrantTree } from './warrant.ts';

const CASE = 'Case_01';
const PERSON = 'Person_01';
const WARRANT = 'Warrant_01';
const IDS = { warrant: WARRANT, person: PERSON } as const;

const ref = (id: string): Tree => ({ [`${ATTRIBUTE}structures:ref`]: id });
const numbered = (kind: string, at: number) => `${kind}_${String(at + 1).padStart(2, '0')}`;

/** Addresses with something in them, each with its id. */
function addresses(facts: RecordFacts) {
  const trees = facts.warrant.person.addresses.map((address, at) => {
    const id = numbered('Address', at);
    // An address of which nothing but the id is left says nothing.
    const filled = Object.values(address).some(Boolean);
    return { id, tree: filled ? addressTree(address, id) : undefined };
  });
  return trees.filter(({ tree }) => tree !== undefined);
}

function vehicles(facts: RecordFacts) {
  return facts.warrant.vehicles.map((vehicle, at) => {
    const id = numbered('Vehicle', at);
    const registration = numbered('Registration', at);
    const plate = registrationTree(vehicle, registration);
    return { id, tree: vehicleTree(vehicle, id), registration, plate };
  });
}

/** Everything after the person: vehicles, plates, addresses and who belongs to whom. */
function associated(facts: RecordFacts): Tree | undefined {
  const cars = vehicles(facts);
  const plated = cars.filter(({ plate }) => plate !== undefined);
  const places = addresses(facts);
  const person = node({ 'nc:EntityPerson': ref(PERSON) });
  return node({
    'nc:Vehicle': cars.map(({ tree }) => tree),
    'j:ConveyanceRegistration': plated.map(({ plate }) => plate),
    'nc:ContactInformation': places.map(({ tree }) => tree),
    'nc:ContactInformationAssociation': places.map(({ id }) =>
      node({
        'nc:ContactEntity': person,
        'nc:ContactInformation': node({ 'nc:ContactMailingAddress': ref(id) }),
      }),
    ),
    'j:ConveyanceRegistrationAssociation': plated.map(({ id, registration }) =>
      node({ 'j:ItemRegistration': ref(registration), 'nc:Item': ref(id) }),
    ),
    'nc:PersonConveyanceAssociation': cars.map(({ id }) =>
      node({ 'nc:Person': ref(PERSON), 'nc:Conveyance': ref(id) }),
    ),
    'j:ActivityWarrantAssociation': node({ 'nc:Activity': ref(CASE), 'j:Warrant': ref(WARRANT) }),
  });
}

function issued(facts: RecordFacts): Tree | undefined {
  const { warrant } = facts;
  const names = warrant.person.aliases.map((name, at) => ({ name, id: numbered('Alias', at) }));
  const issuer = warrant.issuingAgencyOri ? agencyTree(warrant.issuingAgencyOri, undefined) : undefined;
  return node({
    'wir-ext:IssuingAgency': issuer,
    'nc:Case': caseTree(warrant.case, warrant, CASE),
    'j:Warrant': warrantTree(facts, undefined, IDS),
    'nc:Person': personTree(warrant.person, facts.disposition, PERSON),
    'nc:Identity': names.map(({ name, id }) => aliasTree(name, id)),
    ...associated(facts),
    'nc:PersonAliasIdentityAssociation': names.map(({ id }) =>
      node({ 'nc:Person': ref(PERSON), 'nc:Identity': ref(id) }),
    ),
  });
}

function modified({ before, facts, record }: ModifyMessage): Tree | undefined {
  const { warrant } = facts;
  const person = (of: RecordFacts) => personTree(of.warrant.person, of.disposition, PERSON);
  const order = (of: RecordFacts) => warrantTree(of, record, IDS);
  return node({
    'nc:Case': caseTree(warrant.case, warrant, CASE),
    'j:Warrant': withNil(order(facts), order(before), WARRANT_ORDER, {
      'wir-ext:WarrantAugmentation': WARRANT_AUGMENTATION_ORDER,
    }),
    'nc:Person': withNil(person(facts), person(before), PERSON_ORDER, {
      'j:PersonAugmentation': PERSON_AUGMENTATION_ORDER,
    }),
    ...associated(facts),
  });
}

function reference(record: RecordReference): Tree | undefined {
  return node({ 'wir-ext:StateWarrantRepositoryIdentification': identification(record.fcn) });
}

/** The format knows one removal: a cancellation, whatever the reason. */
function cancelled({ record }: RemovalMessage): Tree | undefined {
  return node({
    'j:Warrant': node({
      '@structures:id': WARRANT,
      'j:CourtOrderDesignatedSubject': node({ 'nc:RoleOfPerson': ref(PERSON) }),
      'j:CourtOrderEnforcementAgency': agencyTree(record.ori, record.oca),
      'wir-ext:WarrantAugmentation': reference(record),
    }),
    'nc:Person': node({
      '@structures:id': PERSON,
      'nc:PersonName': node({ 'nc:PersonFullName': record.nameAsSent }),
    }),
  });
}

function write(report: string, tree: Tree | undefined): Uint8Array {
  return writeXml(`doc:${report}`, { doc: reportNamespace(report), ...OJBC_NAMESPACES }, tree ?? {});
}

/**
 * A message as an OJBC warrant report (NIEM 3.1): Warrant Issued, Modification or Cancelled. A modification carries
 * the whole record and marks what is gone as nil, as that format does. The format has no print, no message id, no
 * supplement and no validation; the print's verdict stays with us.
 * @throws BenchlinkError `PACKAGE-KIND` for a kind the format does not have
 */
export function toOjbcReport(message: WarrantMessage): Uint8Array {
  switch (message.kind) {
    case 'enter':
      return write('WarrantIssuedReport', issued(message.facts));
    case 'modify':
      return write('WarrantModificationReport', modified(message));
    case 'cancel':
    case 'clear':
      return write('WarrantCancelledReport', cancelled(message));
    default:
      throw new BenchlinkError(
        'reject',
        'PACKAGE-KIND',
        `OJBC reports have no message of kind ${message.kind}.`,
      );
  }
}
