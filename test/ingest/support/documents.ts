/** Draws warrant reports and snapshots from plain data: the shapes of the exchanges, our own people. */

export interface PersonData {
  readonly id: string;
  readonly given: string;
  readonly surname: string;
  readonly birth?: string;
  readonly ssn?: string;
  readonly aliases?: readonly string[];
  readonly vehicles?: readonly string[];
}

export interface ReportData {
  readonly oca: string;
  readonly courtOri?: string;
  readonly agencyOri?: string;
  readonly issued?: string;
  readonly docket?: string;
  readonly bail?: string;
  readonly comment?: string;
  readonly repositoryId?: string;
  readonly person: PersonData;
}

export type ReportName = 'Issued' | 'Modification' | 'Cancelled' | 'Accepted' | 'Rejected';

/** Prefixes by namespace; documents of the same kind may use any. */
export interface Prefixes {
  readonly doc: string;
  readonly nc: string;
  readonly j: string;
  readonly ext: string;
  readonly s: string;
  readonly scr: string;
}

export const USUAL: Prefixes = { doc: 'doc', nc: 'nc', j: 'j', ext: 'wir-ext', s: 'structures', scr: 'scr' };

export function xmlText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');
}

const tag = (name: string, body: string, attributes = '') => `<${name}${attributes}>${body}</${name}>`;
const maybe = (value: string | undefined, draw: (value: string) => string) =>
  value === undefined ? '' : draw(value);

class Drawing {
  readonly p: Prefixes;
  constructor(p: Prefixes) {
    this.p = p;
  }
  nc = (name: string, body: string, attributes = '') => tag(`${this.p.nc}:${name}`, body, attributes);
  j = (name: string, body: string, attributes = '') => tag(`${this.p.j}:${name}`, body, attributes);
  ext = (name: string, body: string, attributes = '') => tag(`${this.p.ext}:${name}`, body, attributes);
  id = (value: string) => this.nc('IdentificationID', xmlText(value));
  date = (value: string) => this.nc('Date', value);
  own = (value: string) => ` ${this.p.s}:id="${value}"`;
  ref = (value: string) => ` ${this.p.s}:ref="${value}"`;
  ori = (value: string) =>
    this.j('OrganizationAugmentation', this.j('OrganizationORIIdentification', this.id(value)));
}

function warrant(d: Drawing, data: ReportData): string {
  const agency = d.j(
    'CourtOrderEnforcementAgency',
    maybe(data.agencyOri, d.ori) + d.ext('AgencyRecordIdentification', d.id(data.oca)),
  );
  const augmentation = d.ext(
    'WarrantAugmentation',
    maybe(data.repositoryId, (v) => d.ext('StateWarrantRepositoryIdentification', d.id(v))) +
      maybe(data.comment, (v) => d.ext('WarrantCommentText', `${xmlText(v)}\n\t\t\t`)),
  );
  return d.j(
    'Warrant',
    d.j('CourtOrderDesignatedSubject', `<${d.p.nc}:RoleOfPerson${d.ref(data.person.id)}/>`) +
      agency +
      maybe(data.courtOri, (v) => d.j('CourtOrderIssuingCourt', d.ori(v))) +
      maybe(data.issued, (v) => d.j('CourtOrderIssuingDate', d.date(v))) +
      maybe(data.bail, (v) => d.j('WarrantAppearanceBail', d.j('BailSetAmount', d.nc('Amount', v)))) +
      augmentation,
    d.own('W1'),
  );
}

function person(d: Drawing, data: PersonData): string {
  return d.nc(
    'Person',
    maybe(data.birth, (v) => d.nc('PersonBirthDate', d.date(v))) +
      d.nc(
        'PersonName',
        d.nc('PersonGivenName', xmlText(data.given)) + d.nc('PersonSurName', xmlText(data.surname)),
      ) +
      maybe(data.ssn, (v) => d.nc('PersonSSNIdentification', d.id(v))),
    d.own(data.id),
  );
}

function companions(d: Drawing, data: PersonData): string[] {
  const aliases = (data.aliases ?? []).flatMap((surname, i) => [
    d.nc(
      'Identity',
      d.nc('IdentityPersonRepresentation', d.nc('PersonName', d.nc('PersonSurName', xmlText(surname)))),
      d.own(`A${i}`),
    ),
    d.nc(
      'PersonAliasIdentityAssociation',
      `<${d.p.nc}:Person${d.ref(data.id)}/><${d.p.nc}:Identity${d.ref(`A${i}`)}/>`,
    ),
  ]);
  const vehicles = (data.vehicles ?? []).flatMap((vin, i) => [
    d.nc('Vehicle', d.nc('VehicleIdentification', d.id(vin)), d.own(`V${i}`)),
    d.j(
      'ConveyanceRegistration',
      d.j('ConveyanceRegistrationPlateIdentification', d.id(`P${vin}`)),
      d.own(`R${i}`),
    ),
    d.j(
      'ConveyanceRegistrationAssociation',
      `<${d.p.j}:ItemRegistration${d.ref(`R${i}`)}/><${d.p.nc}:Item${d.ref(`V${i}`)}/>`,
    ),
    d.nc(
      'PersonConveyanceAssociation',
      `<${d.p.nc}:Person${d.ref(data.id)}/><${d.p.nc}:Conveyance${d.ref(`V${i}`)}/>`,
    ),
  ]);
  return [...aliases, ...vehicles];
}

/** One report document. `reverse` puts its parts into the opposite order: only ids join them. */
export function report(
  name: ReportName,
  data: ReportData,
  options: { prefixes?: Prefixes; reverse?: boolean; declaration?: string; extra?: string } = {},
): string {
  const d = new Drawing(options.prefixes ?? USUAL);
  const courtCase = maybe(data.docket, (v) => d.nc('Case', d.nc('CaseDocketID', xmlText(v)), d.own('C1')));
  const link = data.docket
    ? d.j(
        'ActivityWarrantAssociation',
        `<${d.p.nc}:Activity${d.ref('C1')}/><${d.p.j}:Warrant${d.ref('W1')}/>`,
      )
    : '';
  const parts = [
    courtCase,
    warrant(d, data),
    person(d, data.person),
    ...companions(d, data.person),
    link,
    options.extra ?? '',
  ];
  const body = (options.reverse ? parts.reverse() : parts).join('\n');
  const p = d.p;
  const namespaces = [
    `xmlns:${p.doc}="http://ojbc.org/IEPD/Exchange/Warrant${name}Report/1.0"`,
    `xmlns:${p.ext}="http://ojbc.org/IEPD/Extensions/WarrantIssuedReportingExtension/1.0"`,
    `xmlns:${p.j}="http://release.niem.gov/niem/domains/jxdm/5.1/"`,
    `xmlns:${p.nc}="http://release.niem.gov/niem/niem-core/3.0/"`,
    `xmlns:${p.scr}="http://release.niem.gov/niem/domains/screening/3.1/"`,
    `xmlns:${p.s}="http://release.niem.gov/niem/structures/3.0/"`,
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  ].join(' ');
  return `${options.declaration ?? '<?xml version="1.0" encoding="UTF-8"?>\n'}<${p.doc}:Warrant${name}Report ${namespaces}>\n${body}\n</${p.doc}:Warrant${name}Report>`;
}

export interface ResultData {
  readonly number: string;
  readonly docket: string;
  readonly person: string;
  readonly status?: string;
  readonly level?: string;
  readonly issued?: string;
  readonly bail?: string;
  readonly notes?: readonly (readonly [category: string, text: string])[];
  readonly custody?: string;
}

export interface BlockData {
  readonly persons: readonly { id: string; surname: string; birth: string }[];
  readonly cities?: readonly string[];
  readonly results: readonly ResultData[];
}

function result(r: ResultData): string {
  const notes = (r.notes ?? []).map(
    ([category, text]) => tag('e:NoteCategory', xmlText(category)) + tag('e:Notes', xmlText(text)),
  );
  return tag(
    'e:eBWResult',
    notes.join('') +
      maybe(
        r.custody,
        (v) => tag('e:CheckedIn-OutStatus', 'Checked Out') + tag('e:CheckedIn-OutAgency', xmlText(v)),
      ) +
      tag('j:Case', tag('nc:CaseDocketID', xmlText(r.docket))) +
      tag('e:eBWWarrantStatus', xmlText(r.status ?? 'Active')) +
      maybe(r.bail, (v) => tag('j:Bail', tag('j:BailSetAmount', v))) +
      tag(
        'j:Warrant',
        tag('nc:ActivityIdentification', tag('nc:IdentificationID', xmlText(r.number))) +
          tag('j:CourtOrderDesignatedSubject', `<nc:RoleOfPersonReference s:ref="${r.person}"/>`) +
          tag('j:CourtOrderIssuingDate', tag('nc:Date', r.issued ?? '2026-03-02')) +
          maybe(r.level, (v) => tag('j:WarrantLevelText', xmlText(v))),
      ),
  );
}

/** A snapshot document of person blocks. */
export function snapshot(blocks: readonly BlockData[]): string {
  const drawn = blocks.map((block) =>
    tag(
      'e:eBWResults',
      block.persons
        .map((p) =>
          tag(
            'j:Person',
            tag('nc:PersonBirthDate', tag('nc:Date', p.birth)) +
              tag('nc:PersonName', tag('nc:PersonSurName', xmlText(p.surname))),
            ` s:id="${p.id}"`,
          ),
        )
        .join('') +
        (block.cities ?? [])
          .map((city) =>
            tag(
              'nc:Location',
              tag(
                'nc:LocationAddress',
                tag('nc:StructuredAddress', tag('nc:LocationCityName', xmlText(city))),
              ),
            ),
          )
          .join('') +
        block.results.map(result).join('\n'),
    ),
  );
  return `<w:Warrants xmlns:w="http://ojbc.org/IEPD/Exchange/Warrants/1.0" xmlns:e="http://ojbc.org/IEPD/Extensions/Warrants/1.0" xmlns:j="http://niem.gov/niem/domains/jxdm/4.1" xmlns:nc="http://niem.gov/niem/niem-core/2.0" xmlns:s="http://niem.gov/niem/structures/2.0">\n${drawn.join('\n')}\n</w:Warrants>`;
}
