import type { Booking, Person, Warrant } from '../domain/index.ts';
import type { Proposal, Proposer } from '../match/index.ts';
import {
  createLinker,
  type LinkDecision,
  type Linker,
  type LinkModel,
  type LinkRecord,
  type LinkWarrant,
} from '../match/link/index.ts';
import { pageBookings, type Store } from '../store/index.ts';

const PAGE = 1000;

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

function bookingRecord(id: string, booking: Booking): LinkRecord {
  return { ...personRecord(id, booking.person), arrestDate: booking.arrestDate, agency: booking.agencyOri };
}

function warrantRecord(id: string, warrant: Warrant): LinkWarrant {
  return {
    ...personRecord(id, warrant.person),
    arrestDate: warrant.origin.arrestDate,
    offenseDate: warrant.offences[0]?.offenceDate,
    agency: warrant.origin.bookingAgencyOri,
    failureToAppearDate: warrant.missedAppearance?.date ?? warrant.issuedDate,
  };
}

async function* allBookings(store: Store): AsyncGenerator<LinkRecord> {
  for (let after = ''; ; ) {
    const rows = await pageBookings(store.db, after, PAGE);
    for (const row of rows) yield bookingRecord(row.id, JSON.parse(row.facts) as Booking);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.id;
  }
}

function proposalOf(decision: LinkDecision): Proposal {
  const [first, ...others] = decision.candidates;
  const { sentence, rows } = decision.explain();
  return {
    kind: decision.kind,
    probability: decision.probability,
    ...(first && decision.kind !== 'none' ? { bookingId: first.id } : {}),
    rivals: decision.reasons.includes('LINK_TIED') ? others.map((other) => other.id) : [],
    why: sentence,
    explanation: rows,
  };
}

/** The record linker behind the match stage's proposing part; its table of bookings is read when first asked. */
export class BookingProposer implements Proposer {
  readonly #store: Store;
  readonly #model: LinkModel;
  #linker: Promise<Linker> | undefined;

  constructor(store: Store, model: LinkModel) {
    this.#store = store;
    this.#model = model;
  }

  async propose(warrantId: string, warrant: Warrant): Promise<Proposal> {
    this.#linker ??= this.#load();
    return proposalOf((await this.#linker).link(warrantRecord(warrantId, warrant)));
  }

  async #load(): Promise<Linker> {
    const linker = createLinker(this.#model);
    await linker.index(allBookings(this.#store));
    return linker;
  }
}
