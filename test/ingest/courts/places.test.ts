import { describe, expect, it } from 'vitest';
import { read } from '../support/context.ts';
import { type ReportData, report } from '../support/documents.ts';
import { lost } from '../support/leaves.ts';

const WARRANT: ReportData = {
  oca: '0012345',
  courtOri: 'CA033015J',
  agencyOri: 'CA0330000',
  issued: '2026-03-02',
  person: { id: 'P1', given: 'Marisol', surname: 'Ibarra' },
};
const street = (name: string) =>
  `<nc:LocationStreet><nc:StreetFullText>${name}</nc:StreetFullText></nc:LocationStreet>`;
const old = (id: string, name: string) =>
  `<nc:Location${id}><nc:LocationAddress><nc:StructuredAddress>${street(name)}</nc:StructuredAddress></nc:LocationAddress></nc:Location>`;
const recent = (id: string, name: string) =>
  `<nc:Location${id}><nc:Address>${street(name)}</nc:Address></nc:Location>`;
const ID = ' structures:id="L1"';
const LIVES = '<nc:Person structures:ref="P1"/><nc:Location structures:ref="L1"/>';

describe('A place in a document of one person', () => {
  it.each([
    ['that nothing refers to is an address', old('', '1 Home St'), ['1 Home St']],
    ['with an id that nothing refers to is an address', old(ID, '1 Home St'), ['1 Home St']],
    [
      'where an arrest was is none',
      `${old(ID, '1 Jail Rd')}<j:Arrest><j:ArrestLocation structures:ref="L1"/></j:Arrest>`,
      [],
    ],
    ['of NIEM 3 that nobody is joined to is none', recent('', '2 Court Pl'), []],
    [
      'of NIEM 3 joined by a residence is an address',
      `${recent(ID, '3 Home St')}<nc:PersonResidenceAssociation>${LIVES}</nc:PersonResidenceAssociation>`,
      ['3 Home St'],
    ],
  ])('%s', async (_what, extra, streets) => {
    const xml = report('Issued', WARRANT, { extra });
    const result = await read(xml);
    const { person } = result.records[0]!.record.warrant;
    expect(person.addresses.map((address) => address.street)).toEqual(streets);
    expect(lost(xml, result)).toEqual([]);
  });
});
