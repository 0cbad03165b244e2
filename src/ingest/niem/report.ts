import type { Address, CourtCase, Person, PersonName, Vehicle } from '../../domain/index.ts';
import type { XmlElement } from '../xml/element.ts';
import { idOf, refOf, refsBelow, type Scope } from '../xml/references.ts';
import type { Taking } from '../xml/take.ts';
import { defined, definedOrNone, xsDate } from '../xml/values.ts';
import { niemAddress, niemName, niemPerson } from './person.ts';

const ID = 'nc:IdentificationID';
const VIN = `nc:VehicleIdentification/${ID}`;
const PLATE = `j:ConveyanceRegistrationPlateIdentification/${ID}`;
const CASE_NUMBER = `nc:ActivityIdentification/${ID}`;

/** A report document: its elements, and who is joined to whom by association elements, never by position. */
export class Report {
  readonly root: XmlElement;
  readonly take: Taking;
  readonly #scope: Scope;

  constructor(root: XmlElement, scope: Scope, take: Taking) {
    this.root = root;
    this.#scope = scope;
    this.take = take;
  }

  /** The element a reference names, or the element itself; a reference to nothing is listed. */
  resolve(reference: XmlElement, field: string): XmlElement | undefined {
    const target = this.#scope.resolve(reference);
    if (!target)
      this.take.problem(
        'FIELD-MISSING',
        field,
        reference,
        'refers to an id that is not there, or is there twice',
      );
    return target;
  }

  /**
   * What an association joins to `owner`. Without any association of the kind, all of a kind belong to the
   * only possible owner, and to nobody where there are several.
   */
  joined(
    owner: XmlElement,
    rule: {
      association: string;
      owner: string;
      joined: string;
      all: readonly XmlElement[];
      sole: boolean;
      field: string;
    },
  ): XmlElement[] {
    const associations = this.take.elements(this.root, rule.association, rule.field);
    if (associations.length === 0) return rule.sole ? [...rule.all] : [];
    return associations.flatMap((association) => {
      const owners = this.take.elements(association, rule.owner, rule.field);
      if (!owners.some((reference) => this.#same(reference, owner))) return [];
      return this.take.elements(association, rule.joined, rule.field).flatMap((reference) => {
        const target = this.resolve(reference, rule.field);
        return target ? [target] : [];
      });
    });
  }

  #refs: ReadonlySet<string> | undefined;

  /**
   * The elements nothing refers to: a place that an arrest or a release names is theirs, and nobody's home for want
   * of another person in the document.
   */
  unclaimed(elements: readonly XmlElement[]): readonly XmlElement[] {
    return elements.filter((element) => {
      const id = idOf(element);
      if (id === undefined) return true;
      this.#refs ??= refsBelow(this.root);
      return !this.#refs.has(id);
    });
  }

  #same(reference: XmlElement, owner: XmlElement): boolean {
    return (
      reference === owner || (refOf(reference) !== undefined && this.#scope.resolve(reference) === owner)
    );
  }
}

/** Whether a person is the only one of the report: what is joined to nobody is then theirs. */
function isSole(report: Report, person: XmlElement): boolean {
  const [first, ...others] = personsOf(report);
  return first === person && others.length === 0;
}

/** The persons of a report; NIEM 2.x court exchanges put the element into the justice namespace. */
function personsOf(report: Report): readonly XmlElement[] {
  return report.take.elements(report.root, 'nc:Person|j:Person', 'person');
}

/**
 * The person a document is about where it does not say so: the only one there is, unless something gives them a part
 * of their own (a judge, an officer). To be joined to an alias or a vehicle is no such part.
 */
export function onlyPerson(report: Report): XmlElement | undefined {
  const [first, ...others] = personsOf(report);
  if (!first || others.length > 0) return undefined;
  const id = idOf(first);
  const hasPart = id !== undefined && refsBelow(report.root, /Association$/).has(id);
  return hasPart ? undefined : first;
}

/** The warrant's person: by reference, inline, or the only one there is. */
export function subjectOf(report: Report, warrant: XmlElement): XmlElement | undefined {
  const subject = report.take.element(warrant, 'j:CourtOrderDesignatedSubject', 'person');
  const role = report.take.element(subject, 'nc:RoleOfPerson|nc:RoleOfPersonReference', 'person');
  return role ? report.resolve(role, 'person') : onlyPerson(report);
}

interface Aliases {
  readonly names: readonly PersonName[];
  readonly births: readonly string[];
}

interface Contacts {
  readonly addresses: readonly Address[];
  readonly phones: readonly string[];
}

/** What a reader finds where nothing is joined; nearly every person has neither. */
const NO_ALIASES: Aliases = { names: [], births: [] };
const NO_CONTACTS: Contacts = { addresses: [], phones: [] };

function aliases(report: Report, person: XmlElement, sole: boolean): Aliases {
  const identities = report.joined(person, {
    association: 'nc:PersonAliasIdentityAssociation',
    owner: 'nc:Person|nc:PersonReference',
    joined: 'nc:Identity|nc:IdentityReference',
    all: report.root.all('nc:Identity'),
    sole,
    field: 'person.aliases',
  });
  if (identities.length === 0) return NO_ALIASES;
  const shown = identities.flatMap((identity) =>
    report.take.elements(identity, 'nc:IdentityPersonRepresentation', 'person.aliases'),
  );
  const names = shown.flatMap((at) => report.take.elements(at, 'nc:PersonName', 'person.aliases'));
  const births = shown.flatMap((at) =>
    report.take.elements(at, 'nc:PersonBirthDate/nc:Date', 'person.otherBirthDates'),
  );
  return {
    names: names.map((name) => niemName(report.take, name, 'person.aliases')),
    births: births.flatMap((at) => {
      const date = xsDate(at.text);
      if (date === undefined) {
        report.take.problem(
          'PER-DOB',
          'person.otherBirthDates',
          at,
          'is not a real calendar date',
          'warning',
        );
        return [];
      }
      return [date === at.text ? report.take.take(at) : date];
    }),
  };
}

/** Mailing addresses and phones of a person; the association may name the address or its whole contact block. */
function contacts(report: Report, person: XmlElement, sole: boolean): Contacts {
  const field = 'person.addresses';
  const joined = report.joined(person, {
    association: 'nc:ContactInformationAssociation',
    owner: 'nc:ContactEntity/nc:EntityPerson',
    joined: 'nc:ContactInformation',
    all: report.unclaimed(report.root.all('nc:ContactInformation')),
    sole,
    field,
  });
  if (joined.length === 0) return NO_CONTACTS;
  const means = joined.flatMap((block) => {
    const inner = block.children.filter((child) => MEANS.includes(child.name));
    return inner.flatMap((child) => report.resolve(child, field) ?? []);
  });
  const unique = [...new Set(means)];
  return {
    addresses: unique.flatMap((at) => niemAddress(report.take, at) ?? []),
    phones: unique.flatMap((at) => report.take.texts(at, PHONE, 'person.phones')),
  };
}

const RESIDENCE = 'nc:ResidenceAssociation|nc:PersonResidenceAssociation';

/** Addresses of locations: joined by a residence association; without one, NIEM 2.x ones of the only person. */
function residences(report: Report, person: XmlElement, sole: boolean): Address[] {
  const field = 'person.addresses';
  const { take } = report;
  const joined = take.elements(report.root, RESIDENCE, field).length > 0;
  const locations = report.joined(person, {
    association: RESIDENCE,
    owner: 'nc:PersonReference|nc:Person',
    joined: 'nc:LocationReference|nc:Location|nc:ResidenceReference',
    all: report.unclaimed(report.root.all('nc:Location')),
    sole,
    field,
  });
  const addresses: Address[] = [];
  for (const location of locations) {
    // NIEM 3 writes `nc:Address`, and lays any place there: without an association it is nobody's home.
    const path = joined ? 'nc:LocationAddress|nc:Address' : 'nc:LocationAddress';
    for (const outer of take.elements(location, path, field)) {
      const inner = take.elements(outer, 'nc:StructuredAddress', field);
      for (const at of inner.length > 0 ? inner : [outer]) {
        const address = niemAddress(take, at);
        if (address) addresses.push(address);
      }
    }
  }
  return addresses;
}

const MEANS = ['nc:ContactMailingAddress', 'nc:ContactTelephoneNumber'];
const PHONE = 'nc:FullTelephoneNumber/nc:TelephoneNumberFullID';

/** The person with aliases, addresses and phones joined to them. */
export function personOf(report: Report, element: XmlElement): Person {
  const sole = isSole(report, element);
  const { names, births } = aliases(report, element, sole);
  const { addresses, phones } = contacts(report, element, sole);
  const homes = residences(report, element, sole);
  const person = niemPerson(report.take, element, [...addresses, ...homes], phones);
  if (names.length + births.length === 0) return person;
  return {
    ...person,
    aliases: [...person.aliases, ...names],
    otherBirthDates: [...person.otherBirthDates, ...births],
  };
}

function vehicle(
  report: Report,
  element: XmlElement | undefined,
  registration: XmlElement | undefined,
): Vehicle | undefined {
  const text = (from: XmlElement | undefined, path: string) => report.take.text(from, path, 'vehicles');
  const expires = 'j:RegistrationExpirationDate/nc:YearMonthDate|nc:Date|nc:YearDate';
  return definedOrNone<Vehicle>({
    vin: text(element, VIN),
    year: text(element, 'nc:ItemModelYearDate'),
    make: text(element, 'nc:VehicleMakeCode|j:VehicleMakeCode|nc:ItemMakeName'),
    model: text(element, 'nc:VehicleModelCode|j:VehicleModelCode|nc:ItemModelName'),
    style: text(element, 'nc:VehicleStyleCode|j:VehicleStyleCode|nc:ItemStyleText'),
    colour: text(element, 'nc:ConveyanceColorPrimaryText|nc:ConveyanceColorPrimaryCode'),
    secondColour: text(element, 'nc:ConveyanceColorSecondaryText|nc:ConveyanceColorSecondaryCode'),
    plate: text(registration, PLATE),
    plateState: text(registration, 'j:JurisdictionNCICLISCode|nc:JurisdictionText'),
    plateType: text(
      registration,
      'j:ConveyanceRegistrationPlateCategoryText|j:ConveyanceRegistrationPlateCategoryCode',
    ),
    plateExpires: text(registration, expires),
  });
}

/** Vehicles of a person, each with the registration joined to it; a registration alone is a vehicle with only a plate. */
export function vehiclesOf(report: Report, person: XmlElement): Vehicle[] {
  const { root } = report;
  const sole = isSole(report, person);
  const elements = root.all('nc:Vehicle');
  const mine = report.joined(person, {
    association: 'nc:PersonConveyanceAssociation',
    owner: 'nc:Person',
    joined: 'nc:Conveyance',
    all: elements,
    sole,
    field: 'vehicles',
  });
  const registrations = root.all('j:ConveyanceRegistration');
  const used = new Set<XmlElement>();
  const vehicles = mine.flatMap((element) => {
    const own = report.joined(element, {
      association: 'j:ConveyanceRegistrationAssociation',
      owner: 'nc:Item',
      joined: 'j:ItemRegistration',
      all: registrations,
      sole: elements.length === 1 && registrations.length === 1,
      field: 'vehicles',
    });
    for (const registration of own) used.add(registration);
    return own.length > 0
      ? own.map((registration) => vehicle(report, element, registration))
      : [vehicle(report, element, undefined)];
  });
  const loose = sole && elements.length === 0 ? registrations : [];
  return [...vehicles, ...loose.map((registration) => vehicle(report, undefined, registration))].flatMap(
    (v) => v ?? [],
  );
}

/** The case of a warrant: by association, or the only one. */
export function caseOf(report: Report, warrant: XmlElement): XmlElement | undefined {
  const cases = report.root.all('nc:Case');
  const warrants = report.root.all('j:Warrant');
  const joined = report.joined(warrant, {
    association: 'j:ActivityWarrantAssociation',
    owner: 'j:Warrant',
    joined: 'nc:Activity',
    all: cases,
    sole: cases.length === 1 && warrants.length === 1,
    field: 'case',
  });
  const [first, ...others] = [...new Set(joined)].filter((element) => cases.includes(element));
  if (others.length > 0) {
    report.take.problem('FIELD-FORMAT', 'case', warrant, 'is joined to several cases');
  }
  return first ?? (cases.length === 1 ? cases[0] : undefined);
}

/** The case's own facts. */
export function caseFacts(report: Report, element: XmlElement | undefined): CourtCase {
  const text = (path: string, field: string) => report.take.text(element, path, field);
  return defined<CourtCase>({
    number: text(CASE_NUMBER, 'case.number'),
    docket: text('nc:CaseDocketID', 'case.docket'),
    trackingNumber: text('ojbc:CriminalTrackingNumber', 'case.trackingNumber'),
    status: text('nc:ActivityStatus/nc:StatusDescriptionText', 'case.status'),
  });
}
