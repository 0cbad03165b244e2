import type { Warrant } from '../domain/index.ts';
import { type BookingRow, bookingsByKey, currentLink, getBooking, type Reader } from '../store/index.ts';
import { type CertainLink, decideCertain, type KeyHit, type LookUp, lookUps } from './certain-links.ts';

/** What the statistical linker says of a warrant for which no exact key decided. */
export interface Proposal {
  readonly kind: 'attach' | 'review' | 'none';
  readonly probability: number;
  readonly bookingId?: string;
  /** Others that came close, best first. */
  readonly rivals: readonly string[];
  readonly why: string;
  readonly explanation?: LinkExplanation;
}

/** How the linker came to what it says; kept with the link. */
export interface LinkExplanation {
  /** Lines of the reasoning, as the linker draws them. */
  readonly rows: readonly unknown[];
  /** Why it does not attach by itself, if it does not. */
  readonly reasons: readonly string[];
  /** Bookings that came into question, best first. */
  readonly candidates: readonly { readonly id: string; readonly probability: number }[];
  /** Name of the model that weighed. */
  readonly model: string;
}

/** The proposing part, behind which the record linker stands. */
export interface Proposer {
  propose(warrantId: string, warrant: Warrant): Promise<Proposal>;
}

export interface WarrantLink {
  readonly kind: 'certain' | 'possible' | 'tied' | 'none';
  readonly rule: string;
  readonly probability: number | null;
  readonly booking?: BookingRow;
  readonly why: string;
  readonly explanation?: LinkExplanation;
}

function find(db: Reader, lookUp: LookUp): Promise<BookingRow[]> {
  switch (lookUp.rule) {
    case 'tcn':
      return bookingsByKey(db, { tcn: lookUp.tcn });
    case 'booking-number':
      return bookingsByKey(db, { kind: 'booking', ...lookUp });
    case 'citation-number':
      return bookingsByKey(db, { kind: 'citation', ...lookUp });
    case 'cii-arrest-date':
      return bookingsByKey(db, { cii: lookUp.cii, arrestDate: lookUp.arrestDate });
  }
}

async function certainLink(db: Reader, warrant: Warrant): Promise<CertainLink> {
  const hits: KeyHit[] = [];
  for (const lookUp of lookUps(warrant)) {
    for (const row of await find(db, lookUp)) hits.push({ rule: lookUp.rule, row });
  }
  return decideCertain(warrant, hits);
}

async function fromProposal(db: Reader, proposal: Proposal): Promise<WarrantLink> {
  const booking = proposal.bookingId ? await getBooking(db, proposal.bookingId) : undefined;
  const kind =
    proposal.kind === 'attach' && booking
      ? 'certain'
      : proposal.kind === 'none'
        ? 'none'
        : proposal.rivals.length > 0
          ? 'tied'
          : 'possible';
  return {
    kind,
    rule: 'linkage',
    probability: proposal.probability,
    ...(booking && kind !== 'none' ? { booking } : {}),
    why: proposal.why,
    ...(proposal.explanation ? { explanation: proposal.explanation } : {}),
  };
}

/** What a clerk once decided stands; it is not asked again when the warrant goes round again. */
async function decidedLink(db: Reader, warrantId: string): Promise<WarrantLink | undefined> {
  const link = await currentLink(db, warrantId);
  if (link?.rule !== 'decided') return undefined;
  const booking = link.booking_id ? await getBooking(db, link.booking_id) : undefined;
  if (link.booking_id && !booking) return undefined;
  const { why } = JSON.parse(link.explanation) as { why: string };
  return { kind: link.kind, rule: 'decided', probability: null, ...(booking ? { booking } : {}), why };
}

/**
 * Which booking or citation did this warrant grow out of? Exact keys first; where they lead nowhere, or to
 * somebody who is not clearly the same person, the linker is asked, and an exact key it contradicts goes to a clerk.
 */
export async function linkWarrant(
  db: Reader,
  warrantId: string,
  warrant: Warrant,
  proposer: Proposer,
): Promise<WarrantLink> {
  const decided = await decidedLink(db, warrantId);
  if (decided) return decided;
  const link = await certainLink(db, warrant);
  switch (link.kind) {
    case 'certain':
      return { kind: 'certain', rule: link.rule, probability: null, booking: link.row, why: link.why };
    case 'tied':
      return { kind: 'tied', rule: 'keys', probability: null, why: link.why };
    case 'possible': {
      const proposal = await proposer.propose(warrantId, warrant);
      const agrees = proposal.kind === 'attach' && proposal.bookingId === link.row.id;
      const why = agrees ? `${link.why} The other facts agree strongly: ${proposal.why}` : link.why;
      return {
        kind: agrees ? 'certain' : 'possible',
        rule: agrees ? `${link.rule}+linkage` : link.rule,
        probability: proposal.probability,
        booking: link.row,
        why,
        ...(proposal.explanation ? { explanation: proposal.explanation } : {}),
      };
    }
    case 'none':
      return fromProposal(db, await proposer.propose(warrantId, warrant));
  }
}
