import { type Booking, WARRANT_STATES, type Warrant, type WarrantState } from '../domain/index.ts';
import type { Proposal, Proposer } from '../match/index.ts';
import {
  createLinker,
  type LinkDecision,
  type Linker,
  type LinkModel,
  type LinkProfile,
  type LinkRecord,
  type LinkWarrant,
  Sharing,
} from '../match/link/index.ts';
import { factsOf, page, pageBookings, type Store, warrantsOnBooking } from '../store/index.ts';
import { bookingRecord, warrantRecord } from './link-records.ts';

/** Rows read at a time. */
const PAGE = 1000;

/** Every stored booking and citation. */
export async function* allBookings(store: Store): AsyncGenerator<LinkRecord> {
  for (let after = ''; ; ) {
    const rows = await pageBookings(store.db, after, PAGE);
    for (const row of rows) yield bookingRecord(row.id, JSON.parse(row.facts) as Booking);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.id;
  }
}

async function* warrantsIn(store: Store, states: readonly WarrantState[]): AsyncGenerator<LinkWarrant> {
  for (let after = ''; ; ) {
    const rows = await page(store.db, { states, after, limit: PAGE });
    for (const row of rows) yield warrantRecord(row.id, factsOf(row));
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.id;
  }
}

/** Every stored warrant, whatever became of it. */
export const allWarrants = (store: Store): AsyncGenerator<LinkWarrant> => warrantsIn(store, WARRANT_STATES);

function proposalOf(decision: LinkDecision, model: LinkModel): Proposal {
  const [first, ...others] = decision.candidates;
  const { sentence, rows } = decision.explain();
  return {
    kind: decision.kind,
    probability: decision.probability,
    ...(first && decision.kind !== 'none' ? { bookingId: first.id } : {}),
    rivals: decision.reasons.includes('LINK_TIED') ? others.map((other) => other.id) : [],
    why: sentence,
    explanation: {
      rows,
      reasons: decision.reasons,
      candidates: decision.candidates.map(({ id, probability }) => ({ id, probability })),
      model: model.name,
    },
  };
}

/** The linker with a night's bookings, and which warrants of the night lead where. */
interface Night {
  readonly linker: Linker;
  /** Warrants that would be attached to each booking, by its id. */
  readonly claims: ReadonlyMap<string, readonly LinkWarrant[]>;
  /** What was found for each waiting warrant, taken out once asked for. */
  readonly found: Map<string, Found>;
}

/** A proposal as text, which takes a third of the memory, with the record it was made for. */
interface Found {
  readonly record: string;
  readonly proposal: string;
}

/** The record linker behind the match stage's proposing part; its table of bookings is read when first asked. */
export class BookingProposer implements Proposer {
  readonly model: LinkModel;
  readonly #store: Store;
  readonly #sharing = new Sharing();
  #night: Promise<Night> | undefined;

  constructor(store: Store, model: LinkModel) {
    this.#store = store;
    this.model = model;
  }

  async propose(warrantId: string, warrant: Warrant): Promise<Proposal> {
    this.#night ??= this.#open();
    const { linker, claims, found } = await this.#night;
    const record = warrantRecord(warrantId, warrant);
    const known = found.get(warrantId);
    found.delete(warrantId);
    // A warrant that came or changed since the table was read is asked about anew.
    const proposal =
      known?.record === JSON.stringify(record)
        ? (JSON.parse(known.proposal) as Proposal)
        : proposalOf(linker.link(record), this.model);
    if (proposal.kind !== 'attach' || proposal.bookingId === undefined) return proposal;
    return this.#checked(proposal, record, claims.get(proposal.bookingId) ?? []);
  }

  /** What the bookings looked like; nothing where none had to be read. */
  async profile(): Promise<LinkProfile | undefined> {
    return (await this.#night)?.linker.profile();
  }

  async #open(): Promise<Night> {
    const linker = createLinker(this.model);
    await linker.index(allBookings(this.#store));
    const claims = new Map<string, LinkWarrant[]>();
    const found = new Map<string, Found>();
    for await (const warrant of warrantsIn(this.#store, ['checked'])) {
      const proposal = proposalOf(linker.link(warrant), this.model);
      found.set(warrant.id, { record: JSON.stringify(warrant), proposal: JSON.stringify(proposal) });
      const { kind, bookingId } = proposal;
      if (kind === 'attach' && bookingId !== undefined)
        claims.set(bookingId, [...(claims.get(bookingId) ?? []), warrant]);
    }
    return { linker, claims, found };
  }

  /** A booking two people's warrants lead to is at least one of theirs wrongly: a clerk sees both. */
  async #checked(proposal: Proposal, record: LinkRecord, tonight: readonly LinkWarrant[]): Promise<Proposal> {
    const earlier = await warrantsOnBooking(this.#store.db, proposal.bookingId ?? '');
    const others = [...tonight, ...earlier.map((row) => warrantRecord(row.id, factsOf(row)))];
    for (const other of others) {
      if (other.id === record.id) continue;
      const differing = this.#sharing.differences(record, other);
      if (differing.length === 0) continue;
      const why = `${proposal.why} But warrant ${other.id}, which differs in ${differing.join(', ')}, leads to the same booking.`;
      return { ...proposal, kind: 'review', why };
    }
    return proposal;
  }
}
