import { describe, expect, it } from 'vitest';
import { read } from '../support/context.ts';
import { type ReportData, report, snapshot } from '../support/documents.ts';
import { lost } from '../support/leaves.ts';

const WARRANT: ReportData = {
  oca: '0012345',
  courtOri: 'CA033015J',
  agencyOri: 'CA0330000',
  issued: '2026-03-02',
  docket: '0007-26',
  bail: '2500.50',
  person: { id: 'P1', given: 'Marisol', surname: 'Ibarra', birth: '1988-02-29', ssn: '900-12-3456' },
};
const XML = report('Issued', WARRANT);
const number = (value: string) => `<nc:IdentificationID>${value}</nc:IdentificationID>`;
const errorsOf = async (xml: string) => {
  const result = await read(xml);
  expect(lost(xml, result)).toEqual([]);
  return result.records[0]!.problems.filter(({ severity }) => severity === 'error').map(({ field }) => field);
};

describe('A value that can be only one and stands several times', () => {
  it.each([
    ['bail', '<nc:Amount>2500.50</nc:Amount>', '<nc:Amount>250050</nc:Amount>'],
    [
      'bail',
      '</j:WarrantAppearanceBail>',
      '<j:WarrantAppearanceBail><j:BailSetAmount><nc:Amount>9</nc:Amount></j:BailSetAmount></j:WarrantAppearanceBail>',
    ],
    ['oca', number('0012345'), number('0012346')],
    ['agencyOri', number('CA0330000'), number('CA0190000')],
    [
      'issuedDate',
      '</j:CourtOrderIssuingDate>',
      '<j:CourtOrderIssuingDate><nc:Date>2025-01-01</nc:Date></j:CourtOrderIssuingDate>',
    ],
    [
      'person.name.surname',
      '<nc:PersonSurName>Ibarra</nc:PersonSurName>',
      '<nc:PersonSurName>Diaz</nc:PersonSurName>',
    ],
    ['person.ids.ssn', number('900-12-3456'), number('900-65-4321')],
  ])('stops the warrant where it decides: %s after %s', async (field, after, second) => {
    expect(await errorsOf(XML.replace(after, `${after}${second}`))).toEqual([field]);
    // The same said twice is no contradiction.
    if (after.startsWith('<nc:')) expect(await errorsOf(XML.replace(after, `${after}${after}`))).toEqual([]);
  });

  it('stops a warrant whose two elements for the state number differ', async () => {
    const second = (value: string) =>
      `<nc:PersonStateIdentification>${number('A0000001')}</nc:PersonStateIdentification><j:PersonAugmentation><j:PersonStateFingerprintIdentification>${number(value)}</j:PersonStateFingerprintIdentification></j:PersonAugmentation></nc:Person>`;
    expect(await errorsOf(XML.replace('</nc:Person>', second('A0000002')))).toEqual(['person.ids.cii']);
    expect(await errorsOf(XML.replace('</nc:Person>', second('A0000001')))).toEqual([]);
  });

  it('stops a warrant of two persons, and keeps the number of the one apart from the other', async () => {
    const other =
      '<nc:Person structures:id="P2"><nc:PersonName><nc:PersonSurName>Other</nc:PersonSurName></nc:PersonName></nc:Person>';
    const subject = (id: string, corrections: string) =>
      `<j:CourtOrderDesignatedSubject><nc:RoleOfPerson structures:ref="${id}"/><j:SubjectCorrectionsIdentification>${number(corrections)}</j:SubjectCorrectionsIdentification></j:CourtOrderDesignatedSubject>`;
    const xml = report('Issued', WARRANT, { extra: other }).replace(
      /<j:CourtOrderDesignatedSubject>.*?<\/j:CourtOrderDesignatedSubject>/,
      subject('P1', 'PN1') + subject('P2', 'PN2'),
    );
    const result = await read(xml);
    expect(result.records[0]!.record.warrant.person.ids.local).toEqual([
      { number: 'PN1', source: 'corrections' },
    ]);
    expect(await errorsOf(xml)).toEqual(['person']);
  });

  it('is only listed where it describes: the first is used', async () => {
    const xml = XML.replace(
      '</nc:Person>',
      '<nc:PersonEyeColorText>BRO</nc:PersonEyeColorText><nc:PersonEyeColorText>GRN</nc:PersonEyeColorText></nc:Person>',
    );
    const { records } = await read(xml);
    expect(records[0]!.record.warrant.person.eyes).toBe('BRO');
    expect(records[0]!.problems).toMatchObject([{ severity: 'warning', field: 'person.eyes' }]);
  });
});

describe('An eBench result', () => {
  const one = snapshot([
    {
      persons: [{ id: 'P1', surname: 'Kahale', birth: '1990-01-01' }],
      results: [{ number: '00077', docket: '0001', person: 'P1', bail: '1,250.00' }],
    },
  ]);

  it.each([
    [
      'number',
      '</j:Warrant>',
      '<j:Warrant><nc:ActivityIdentification><nc:IdentificationID>00099</nc:IdentificationID></nc:ActivityIdentification></j:Warrant>',
    ],
    ['bail', '</j:Bail>', '<j:Bail><j:BailSetAmount>99.00</j:BailSetAmount></j:Bail>'],
    ['case', '</j:Case>', '<j:Case><nc:CaseDocketID>0002</nc:CaseDocketID></j:Case>'],
  ])('with a second, different %s is stopped', async (field, after, second) => {
    expect(await errorsOf(one)).toEqual([]);
    expect(await errorsOf(one.replace(after, `${after}${second}`))).toEqual([field]);
  });
});
