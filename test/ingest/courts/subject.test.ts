import { describe, expect, it } from 'vitest';
import { custodyXml } from '../../../src/ingest/bookings/custody.ts';
import type { BookingFeedRecord } from '../../../src/ingest/bookings/record.ts';
import { parseWhole } from '../../support/court-tests.ts';
import { read } from '../support/context.ts';
import { type ReportData, report } from '../support/documents.ts';

const WARRANT: ReportData = {
  oca: '0012345',
  courtOri: 'CA033015J',
  agencyOri: 'CA0330000',
  issued: '2026-03-02',
  person: { id: 'P1', given: 'Marisol', surname: 'Ibarra', aliases: ['Quintero'] },
};
const SUBJECT = /<j:CourtOrderDesignatedSubject>.*?<\/j:CourtOrderDesignatedSubject>/;

describe('The person of a warrant that does not say whose it is', () => {
  it('is the only one of the document, with what is joined to them', async () => {
    const { records } = await read(report('Issued', WARRANT).replace(SUBJECT, ''));
    expect(records[0]!.problems).toEqual([]);
    expect(records[0]!.record.warrant.person).toMatchObject({
      name: { surname: 'Ibarra' },
      aliases: [{ surname: 'Quintero' }],
    });
  });

  it('is not the judge or officer the document names as such', async () => {
    const judge =
      '<j:CourtOrderIssuingJudicialOfficial><nc:RoleOfPerson structures:ref="P1"/></j:CourtOrderIssuingJudicialOfficial>';
    const { records } = await read(report('Issued', WARRANT).replace(SUBJECT, judge));
    expect(records[0]!.record.warrant.person.name).toEqual({});
    expect(records[0]!.problems).toMatchObject([{ code: 'FIELD-MISSING', field: 'person.name' }]);
  });
});

const custody = (body: string) =>
  `<d:CustodyQueryResults xmlns:d="http://ojbc.org/IEPD/Exchange/CustodyQueryResults/1.0" xmlns:x="http://ojbc.org/IEPD/Extensions/CustodyQueryResultsExtension/1.0" xmlns:nc="http://release.niem.gov/niem/niem-core/3.0/" xmlns:j="http://release.niem.gov/niem/domains/jxdm/5.1/" xmlns:s="http://release.niem.gov/niem/structures/3.0/"><x:Custody>${body}</x:Custody></d:CustodyQueryResults>`;
const name = (surname: string) =>
  `<nc:PersonName><nc:PersonSurName>${surname}</nc:PersonSurName></nc:PersonName>`;
const booking = (subject: string) =>
  `<j:Booking><j:BookingAgencyRecordIdentification><nc:IdentificationID>001</nc:IdentificationID></j:BookingAgencyRecordIdentification>${subject}</j:Booking>`;
const OFFICER = `<nc:Person s:id="P2">${name('Officer')}</nc:Person>`;
const LOOSE = `<nc:Identity><nc:IdentityPersonRepresentation>${name('Whose')}</nc:IdentityPersonRepresentation></nc:Identity>`;

describe('The person of a booking', () => {
  const bookingOf = async (body: string) => {
    const { records } = await parseWhole(custodyXml, Buffer.from(custody(body)));
    const { record, problems } = records[0]!;
    return { booking: (record as BookingFeedRecord).booking, errors: problems.map(({ message }) => message) };
  };

  it('written inside the booking does not get an alias that may be another person’s', async () => {
    const inline = `<j:BookingSubject><nc:RoleOfPerson>${name('Inline')}</nc:RoleOfPerson></j:BookingSubject>`;
    const { booking: got, errors } = await bookingOf(booking(inline) + LOOSE + OFFICER);
    expect(got.person.name).toEqual({ surname: 'Inline' });
    expect(got.person.aliases).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('is not the officer who supervises, where the booking names nobody', async () => {
    const supervisor =
      '<j:Detention><nc:SupervisionSupervisor><nc:EntityPerson s:ref="P2"/></nc:SupervisionSupervisor></j:Detention>';
    const { booking: got, errors } = await bookingOf(booking('') + supervisor + OFFICER);
    expect(got.person.name).toEqual({});
    expect(errors).toEqual(['The record has no person.']);
  });

  it('is charged with what a charge says, and a charge that says nothing is none', async () => {
    const charges = '<j:Charge><j:ChargeDescriptionText>DUI</j:ChargeDescriptionText></j:Charge><j:Charge/>';
    const { booking: got } = await bookingOf(booking('') + charges + OFFICER);
    expect(got.charges).toEqual(['DUI']);
    expect(got.person.name).toEqual({ surname: 'Officer' });
  });
});
