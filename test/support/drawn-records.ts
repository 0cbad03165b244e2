import { type Booking, NO_PERSON, type Person, type Warrant } from '../../src/domain/index.ts';
import type { LinkRecord, LinkWarrant } from '../../src/match/link/index.ts';
import { aWarrant } from './store.ts';

/** A drawn record as the domain's person. */
export function personOf(record: LinkRecord): Person {
  const { given, middle, surname, suffix } = record;
  const name = Object.entries({ given, middle, surname, suffix }).filter(([, part]) => part !== undefined);
  return {
    ...NO_PERSON,
    name: Object.fromEntries(name),
    ...(record.dob === undefined ? {} : { birthDate: record.dob }),
    ...(record.sex === undefined ? {} : { sex: record.sex }),
    ids: {
      mnu: [],
      local: [],
      ...(record.ssn === undefined ? {} : { ssn: record.ssn }),
      ...(record.oln === undefined ? {} : { licence: { number: record.oln, state: 'CA' } }),
    },
    addresses: [{ street: record.street ?? '', city: record.city ?? '', zip: record.zip ?? '' }],
  };
}

/** A booking of a jail, of a person. */
export const bookingOf = (number: string, person: Person, arrestDate: string): Booking => ({
  kind: 'booking',
  system: 'jail',
  number,
  agencyOri: 'CA0190000',
  arrestDate,
  caseNumbers: [],
  charges: [],
  person,
});

/** A warrant of a person, for not appearing on the charge of one day. */
export function soughtFor(person: Person, offenceDate = '2026-01-05', over: Partial<Warrant> = {}): Warrant {
  return aWarrant({ person, offences: [{ offenceDate }], missedAppearance: { date: '2026-02-20' }, ...over });
}

/** A drawn warrant of its own number. */
export function drawnWarrant(record: LinkWarrant): Warrant {
  return soughtFor(personOf(record), record.offenseDate, { number: record.id });
}
