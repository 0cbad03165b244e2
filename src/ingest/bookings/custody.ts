import type { Booking, RecordPlace } from '../../domain/index.ts';
import type { InputFormat, ParseContext } from '../courts/format.ts';
import { embeddedPrints } from '../niem/embedded-prints.ts';
import { type FeedDraft, missingNumber, parseFeedDrop } from '../niem/feed-drop.ts';
import { niemDate } from '../niem/person.ts';
import { onlyPerson, personOf, type Report } from '../niem/report.ts';
import { present } from '../row-reader.ts';
import type { XmlElement } from '../xml/element.ts';
import type { BookingFeedRecord } from './record.ts';

/**
 * Custody results and booking reports in NIEM XML (OJBC Custody Query Results, Booking Report): booking, subject,
 * arrests and charges of a jail. A report of a release or of a change in custody is no booking and is not read.
 *
 * History
 * 2026-11-24  First version. The booking number is the agency's record number of the booking.
 * 2026-11-30  Booking reports, each a booking of its own.
 */

const NAME = 'custody-xml';
const ID = 'nc:IdentificationID';

/** Statute and words of each charge, in document order. */
function chargesOf(report: Report): string[] {
  const charges = report.root.all('j:Charge').map((charge) => {
    const statute = report.take.text(
      charge,
      `j:ChargeStatute/j:StatuteCodeSectionIdentification/${ID}`,
      'charges',
    );
    const words = report.take.text(charge, 'j:ChargeDescriptionText', 'charges');
    return [statute, words].filter(Boolean).join(' ');
  });
  return charges.filter((charge) => charge !== '');
}

function caseNumbersOf(report: Report): string[] {
  return report.root
    .all('nc:Case')
    .flatMap((one) => [
      ...report.take.texts(one, `nc:ActivityIdentification/${ID}`, 'caseNumbers'),
      ...report.take.texts(one, 'nc:CaseDocketID', 'caseNumbers'),
    ]);
}

/** The person of the booking: by reference, or the only one there is. */
function subjectOf(report: Report, booking: XmlElement | undefined): XmlElement | undefined {
  const path = 'j:BookingSubject/nc:RoleOfPerson|nc:RoleOfPersonReference';
  const role = report.take.element(booking, path, 'person');
  return role ? report.resolve(role, 'person') : onlyPerson(report);
}

/** The earliest arrest, which the booking followed; the dates of others are kept beside the record. */
function arrestDateOf({ root, take }: Report): string | undefined {
  const arrests = root.all('j:Arrest').map((arrest) => {
    const text = take.peek(arrest, 'nc:ActivityDate/nc:Date|nc:DateTime', 'arrestDate');
    return { arrest, text, date: text === undefined ? undefined : take.dates(text) };
  });
  const [first] = arrests.flatMap(({ date }) => date ?? []).sort();
  const earliest = arrests.find(({ date }) => date !== undefined && date === first);
  // One that cannot be read is listed.
  const unread = arrests.filter(({ text, date }) => text !== undefined && date === undefined);
  for (const { arrest } of unread) niemDate(take, arrest, 'nc:ActivityDate', 'arrestDate');
  return earliest && niemDate(take, earliest.arrest, 'nc:ActivityDate', 'arrestDate');
}

function convert(report: Report, place: RecordPlace, context: ParseContext): FeedDraft<BookingFeedRecord> {
  const { take, root } = report;
  const at = take.element(root, 'j:Booking', 'number');
  const number = take.text(at, `j:BookingAgencyRecordIdentification/${ID}`, 'number');
  const subject = subjectOf(report, at);
  const inmate = take.text(at, `j:BookingSubject/j:SubjectIdentification/${ID}`, 'person.ids.local');
  const person = subject ? personOf(report, subject) : undefined;
  const problems = [
    ...(number === undefined ? [missingNumber(root, 'booking number')] : []),
    ...(person === undefined ? [missingNumber(root, 'person')] : []),
  ];
  const base = person ?? personOf(report, root);
  const local = inmate ? [...base.ids.local, { number: inmate, source: context.source }] : base.ids.local;
  const booking = present<Booking>({
    kind: 'booking',
    system: context.source,
    number: number ?? '',
    agencyOri:
      take.text(
        at,
        `j:BookingAgency/j:OrganizationAugmentation/j:OrganizationORIIdentification/${ID}`,
        'agencyOri',
      ) ?? context.options.agencyOri,
    arrestDate: arrestDateOf(report),
    bookedDate: niemDate(take, at, 'nc:ActivityDate', 'bookedDate'),
    caseNumbers: caseNumbersOf(report),
    charges: chargesOf(report),
    person: { ...base, ids: { ...base.ids, local } },
  });
  const prints = embeddedPrints(root, 'booking');
  return { record: { format: NAME, place, booking, prints, extra: take.leftovers([root]) }, problems };
}

/** Documents that are read, and the blocks in them that are a booking. */
const ROOTS: readonly string[] = ['CustodyQueryResults', 'BookingReport'];
const BLOCKS = ['cq:Custody', 'br-doc:BookingReport'];

export const custodyXml: InputFormat<BookingFeedRecord> = {
  name: NAME,
  feed: 'booking',
  title: 'Custody results and booking reports in NIEM XML',
  history: [
    { date: '2026-11-24', change: 'First version.' },
    { date: '2026-11-30', change: 'Booking reports.' },
  ],
  delta: 'events',
  sniff: ({ root }) =>
    ROOTS.includes(root?.local ?? '') && root!.namespace.startsWith('http://ojbc.org/') ? 'certain' : 'no',
  parse: (input, context) =>
    parseFeedDrop(BLOCKS, (report, place) => convert(report, place, context), input, context),
};
