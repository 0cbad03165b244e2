import type { LinkRecord, LinkWarrant } from '../../match/link/record.ts';
import {
  dateFromDays,
  daysFromDate,
  drawPeople,
  type RelationShares,
  type SynthPerson,
} from '../people/index.ts';
import { createRandom, type Random } from '../random.ts';
import { BOOKING_QUALITY, COUNTY, COURT_QUALITY } from './parameters.ts';
import { CHARGES, type SynthEvent, writeRecord } from './write.ts';

export interface LinkageCountyOptions {
  readonly seed: string | number;
  readonly people: number;
  /** Chance that a person has a warrant. */
  readonly warrantShare: number;
  readonly relations?: Partial<RelationShares>;
}

/** A warrant and the booking it comes from; none where that booking is not in the table. */
export interface TruthfulWarrant {
  readonly warrant: LinkWarrant;
  readonly booking: string | undefined;
  /** Everybody's records share this: the person the warrant is for. */
  readonly person: string;
}

/** What one person leaves in the county's files. */
export interface PersonFiles {
  readonly person: SynthPerson;
  readonly bookings: readonly LinkRecord[];
  readonly warrants: readonly TruthfulWarrant[];
}

const AGENCIES = ['CA0010000', 'CA0010100', 'CA0010200', 'CA0010300', 'CA0010400', 'CA0010500'];

function drawEvent(random: Random): SynthEvent {
  const { first, last } = COUNTY.arrests;
  const day = random.int(daysFromDate(first), daysFromDate(last));
  const before = random.chance(COUNTY.arrestedOnTheDay) ? 0 : random.int(1, 365);
  return {
    arrestDate: dateFromDays(day),
    offenseDate: dateFromDays(day - before),
    agency: AGENCIES[random.weighted([30, 25, 18, 12, 9, 6])] as string,
    charge: CHARGES[Math.min(random.int(0, CHARGES.length - 1), random.int(0, CHARGES.length - 1))] as string,
  };
}

function drawEvents(random: Random): readonly SynthEvent[] {
  const events = [drawEvent(random)];
  while (events.length < 12 && random.chance(COUNTY.bookedAgain)) events.push(drawEvent(random));
  return events;
}

/** A booking, one in thirty of them with a short form as an alias. */
function book(random: Random, person: SynthPerson, event: SynthEvent, n: number): LinkRecord {
  const record = writeRecord(random, BOOKING_QUALITY, `B${person.id.slice(1)}-${n}`, person, event);
  if (!random.chance(0.03)) return record;
  return { ...record, aliases: [{ given: person.middle ?? person.given, surname: person.surname }] };
}

function fail(random: Random, person: SynthPerson, event: SynthEvent): LinkWarrant {
  const { least, most } = COUNTY.untilHearing;
  const missed = dateFromDays(daysFromDate(event.arrestDate) + random.int(least, most));
  const record = writeRecord(random, COURT_QUALITY, `W${person.id.slice(1)}`, person, event);
  return { ...record, failureToAppearDate: missed };
}

/**
 * Draws a county person by person: bookings for one or more events, and for some a warrant out of one of them, a
 * tenth of which find no booking. The same options give the same county; memory does not grow with it.
 */
export function* drawLinkageCounty(options: LinkageCountyOptions): Generator<PersonFiles, void, undefined> {
  const random = createRandom(`linkage/${options.seed}`);
  const people = drawPeople({
    seed: options.seed,
    count: options.people,
    ...(options.relations === undefined ? {} : { relations: options.relations }),
  });
  for (const person of people) {
    const events = drawEvents(random);
    const origin = random.chance(options.warrantShare) ? random.pick(events) : undefined;
    const absent = origin !== undefined && random.chance(COUNTY.absent);
    const warrant = origin === undefined ? undefined : fail(random, person, origin);
    const bookings = events.map((event, n) => book(random, person, event, n));
    const at = origin === undefined ? -1 : events.indexOf(origin);
    const truth = absent ? undefined : bookings[at]?.id;
    yield {
      person,
      bookings: absent ? bookings.filter((_, n) => n !== at) : bookings,
      warrants: warrant === undefined ? [] : [{ warrant, booking: truth, person: person.id }],
    };
  }
}

/** The whole county in memory, for tests and training. */
export function gatherLinkageCounty(options: LinkageCountyOptions): {
  bookings: LinkRecord[];
  warrants: TruthfulWarrant[];
} {
  const bookings: LinkRecord[] = [];
  const warrants: TruthfulWarrant[] = [];
  for (const files of drawLinkageCounty(options)) {
    bookings.push(...files.bookings);
    warrants.push(...files.warrants);
  }
  return { bookings, warrants };
}
