import type { Person, PriorRecord, RecordPlace } from '../../domain/index.ts';
import type { PriorFeedRecord } from '../bookings/record.ts';
import type { InputFormat, ParseContext } from '../courts/format.ts';
import { embeddedPrints } from '../niem/embedded-prints.ts';
import { type FeedDraft, missingNumber, parseFeedDrop } from '../niem/feed-drop.ts';
import { personOf, type Report } from '../niem/report.ts';
import { present } from '../row-reader.ts';

/**
 * Rap sheets in NIEM XML (OJBC Criminal History): one prior record a sheet. The record number is the state number,
 * else the FBI number. What was asked for (the request's person) is no part of what is known.
 *
 * History
 * 2026-11-24  First version.
 * 2026-11-30  The older namespace (OJBC RapSheet 1.0); race and sex in words where there is no code.
 */

const NAME = 'criminal-history-xml';

/** Names of which nothing is left but blanks say nothing. */
function withoutBlankNames(person: Person): Person {
  return {
    ...person,
    aliases: person.aliases.filter((name) => Object.values(name).some((part) => part !== '')),
  };
}

function convert(report: Report, place: RecordPlace, context: ParseContext): FeedDraft<PriorFeedRecord> {
  const { take, root } = report;
  const subjects = take.elements(root, 'rap:RapSheetPerson', 'person');
  const subject = subjects[0];
  const read = withoutBlankNames(personOf(report, subject ?? root));
  const person = present<Person>({
    ...read,
    race: read.race ?? take.text(subject, 'rap:PersonRaceText', 'person.race'),
    sex: read.sex ?? take.text(subject, 'rap:PersonSexText', 'person.sex'),
    eyes: read.eyes ?? take.text(subject, 'rap:PersonEyeColorText', 'person.eyes'),
    hair: read.hair ?? take.text(subject, 'rap:PersonHairColorText', 'person.hair'),
  });
  const { cii, fbi } = person.ids;
  const number = cii ?? fbi;
  const problems = [
    ...(number === undefined ? [missingNumber(root, 'state number or FBI number')] : []),
    ...(subjects.length > 1 ? [missingNumber(root, 'single person: it describes several')] : []),
  ];
  const prior = present<PriorRecord>({ system: context.source, number: number ?? '', cii, fbi, person });
  const prints = embeddedPrints(root, 'prior-record');
  return { record: { format: NAME, place, prior, prints, extra: take.leftovers([root]) }, problems };
}

export const criminalHistoryXml: InputFormat<PriorFeedRecord> = {
  name: NAME,
  feed: 'prior-record',
  title: 'Rap sheets in NIEM XML',
  history: [
    { date: '2026-11-24', change: 'First version.' },
    { date: '2026-11-30', change: 'The older namespace; race and sex in words.' },
  ],
  delta: 'events',
  sniff: ({ root }) =>
    root?.local === 'CriminalHistory' && root.namespace.startsWith('http://ojbc.org/') ? 'certain' : 'no',
  parse: (input, context) =>
    parseFeedDrop(
      ['ch:RapSheet', 'rap:RapSheet'],
      (report, place) => convert(report, place, context),
      input,
      context,
    ),
};
