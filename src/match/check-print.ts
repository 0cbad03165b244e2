import { type Booking, mayCompare, type Person, type PriorRecord, type Warrant } from '../domain/index.ts';
import {
  type BookingRow,
  getPrior,
  type PriorRow,
  printsOf,
  priorsByNumber,
  type Reader,
} from '../store/index.ts';
import type { Gallery, GalleryHit, GallerySearch } from './gallery.ts';
import { type Agreement, identityAgreement } from './identity.ts';
import {
  type ClaimResult,
  checkClaim,
  claimOf,
  leading,
  printEvidence,
  type ReadyPrint,
  searchEvidence,
} from './print-evidence.ts';
import type { TemplateMaker } from './templates.ts';
import type { Evidence, LinkEvidence } from './verdict.ts';

export interface CheckedCandidate extends GalleryHit {
  readonly agreement: Agreement;
}

/** A print that was to be searched; without a search where its purpose forbids it. */
export interface PrintSearch {
  readonly probe: Pick<ReadyPrint, 'id' | 'purpose'>;
  readonly search?: GallerySearch;
}

/** Everything the verdict rests on, to be stored with it. */
export interface PrintCheck {
  readonly evidence: Evidence;
  readonly claim: ClaimResult;
  readonly claimed: PriorRow | undefined;
  readonly candidates: readonly CheckedCandidate[];
  readonly searches: readonly PrintSearch[];
  readonly quality: number | null;
  readonly probeId: string | null;
}

const NO_CLAIM: ClaimResult = {
  evidence: 'not-claimed',
  score: null,
  fmr: null,
  log10LikelihoodRatio: null,
  probeId: null,
  recordPrintId: null,
  compared: [],
};

/** The record the booking, or else the warrant, claims by its fingerprint-backed number. */
async function claimedRecord(
  db: Reader,
  warrant: Warrant,
  booking: Booking,
): Promise<PriorRow | 'unknown' | undefined> {
  const cii = booking.person.ids.cii ?? warrant.person.ids.cii;
  const fbi = booking.person.ids.fbi ?? warrant.person.ids.fbi;
  if (!cii && !fbi) return undefined;
  const rows = await priorsByNumber(db, { cii, fbi });
  return rows.length === 1 ? rows[0]! : 'unknown';
}

/** Whether a record can be the person of the warrant and of the booking: one who is not, speaks for both. */
function agreementOf(people: readonly Person[], row: PriorRow): Agreement {
  const prior = JSON.parse(row.facts) as PriorRecord;
  const agreements = people.map((person) => identityAgreement(person, prior.person));
  if (agreements.includes('contradicts')) return 'contradicts';
  return agreements.every((a) => a === 'agrees') ? 'agrees' : 'unclear';
}

async function candidateOf(
  db: Reader,
  people: readonly Person[],
  hit: GalleryHit,
): Promise<CheckedCandidate> {
  const row = await getPrior(db, hit.priorId);
  return { ...hit, agreement: row ? agreementOf(people, row) : 'unclear' };
}

/** The best candidates of all searches, one a record, without the record that is compared anyway. */
function hitsOf(searches: readonly PrintSearch[], exceptPriorId: string | undefined): GalleryHit[] {
  const best = new Map<string, GalleryHit>();
  for (const hit of searches.flatMap(({ search }) => search?.hits ?? [])) {
    const known = best.get(hit.priorId);
    if (hit.priorId !== exceptPriorId && (!known || hit.score > known.score)) best.set(hit.priorId, hit);
  }
  return [...best.values()].sort((a, b) => b.score - a.score);
}

/** Checks the prints of the linked booking against the claimed record and, where lawful, the gallery. */
export async function checkPrint(
  tools: { readonly db: Reader; readonly templates: TemplateMaker; readonly gallery: Gallery },
  link: LinkEvidence,
  warrant: Warrant,
  bookingRow: BookingRow | undefined,
): Promise<PrintCheck> {
  const none = {
    claim: NO_CLAIM,
    claimed: undefined,
    candidates: [],
    searches: [],
    quality: null,
    probeId: null,
  };
  if (!bookingRow)
    return { ...none, evidence: { link, print: 'none', claim: 'not-claimed', search: 'not-searched' } };
  const { db, templates, gallery } = tools;
  const booking = JSON.parse(bookingRow.facts) as Booking;
  const rows = await printsOf(db, bookingRow.id);
  const probes = (await templates.ready(rows)).sort((a, b) => b.quality - a.quality);
  const print = printEvidence(probes, rows.length);
  if (print === 'none' || print === 'unusable') {
    return {
      ...none,
      evidence: { link, print, claim: 'not-claimed', search: 'not-searched' },
      probeId: rows[0]?.id ?? null,
    };
  }
  const claimed = await claimedRecord(db, warrant, booking);
  const record = claimed === 'unknown' ? undefined : claimed;
  const people = [warrant.person, booking.person];
  const claim: ClaimResult = record
    ? claimOf(
        checkClaim(probes, await templates.ready(await printsOf(db, record.id))),
        agreementOf(people, record),
      )
    : { ...NO_CLAIM, evidence: claimed === 'unknown' ? 'no-print-on-record' : 'not-claimed' };
  // A citation print may only be held against its own arrestee's record: never searched.
  const maySearch = mayCompare(booking.kind, 'prior-record', false);
  const searches: PrintSearch[] = await Promise.all(
    probes.map(async (probe) => (maySearch ? { probe, search: await gallery.search(probe) } : { probe })),
  );
  const hits = hitsOf(searches, record?.id);
  const candidates = await Promise.all(hits.map((hit) => candidateOf(db, people, hit)));
  const matches = claim.evidence === 'match' || claim.evidence === 'match-unclear';
  const strong = leading(
    candidates.filter((candidate) => candidate.strong),
    matches ? claim.score : null,
  );
  return {
    evidence: {
      link,
      print,
      claim: claim.evidence,
      search: maySearch ? searchEvidence(strong.map((c) => c.agreement)) : 'not-searched',
    },
    claim,
    claimed: record,
    candidates,
    searches,
    quality: probes[0]?.quality ?? null,
    probeId: claim.probeId ?? probes[0]?.id ?? null,
  };
}
