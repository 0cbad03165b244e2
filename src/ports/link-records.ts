import type { Booking, Offence, Person, Warrant } from '../domain/index.ts';
import type { LinkRecord, LinkWarrant } from '../match/link/index.ts';

/** What linkage may know of a person. */
function personRecord(id: string, person: Person): LinkRecord {
  const address = person.addresses[0];
  return {
    id,
    given: person.name.given,
    middle: person.name.middle,
    surname: person.name.surname,
    suffix: person.name.suffix,
    dob: person.birthDate,
    sex: person.sex,
    race: person.race,
    heightInches: person.heightInches,
    weightPounds: person.weightPounds,
    ssn: person.ids.ssn,
    oln: person.ids.licence?.number,
    olnState: person.ids.licence?.state,
    cii: person.ids.cii,
    fbi: person.ids.fbi,
    phone: person.phones[0],
    street: address && [address.number, address.street].filter(Boolean).join(' '),
    city: address?.city,
    state: address?.state,
    zip: address?.zip,
    aliases: person.aliases,
  };
}

/** A booking with several charges does not say which one the warrant grew out of. */
const only = <T>(items: readonly T[]): T | undefined => (items.length === 1 ? items[0] : undefined);

const statute = (offence: Offence | undefined): string | undefined =>
  offence?.statuteSection ?? offence?.description;

/** A booking or citation as linkage sees it. */
export function bookingRecord(id: string, booking: Booking): LinkRecord {
  return {
    ...personRecord(id, booking.person),
    arrestDate: booking.arrestDate ?? booking.bookedDate,
    agency: booking.agencyOri,
    charge: only(booking.charges),
  };
}

/** A warrant as linkage sees it: the person sought and the event that brought the case to court. */
export function warrantRecord(id: string, warrant: Warrant): LinkWarrant {
  return {
    ...personRecord(id, warrant.person),
    arrestDate: warrant.origin.arrestDate,
    offenseDate: warrant.offences[0]?.offenceDate,
    agency: warrant.origin.bookingAgencyOri,
    charge: statute(only(warrant.offences)),
    failureToAppearDate: warrant.missedAppearance?.date ?? warrant.issuedDate,
  };
}
