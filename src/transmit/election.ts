import type { Warrant, WarrantState } from '../domain/index.ts';
import {
  factsOf,
  getHolding,
  getWarrant,
  type HoldingRow,
  leadOf,
  openSubmission,
  type Reader,
  refusesRemoval,
  siblingIds,
  type WarrantRow,
} from '../store/index.ts';

/** What to do with a verified warrant whose person may have other warrants at the same agency. */
export type Election =
  /** Another message about the person is on its way: decide when it is settled. */
  | { readonly kind: 'wait' }
  /** It is the record; the others ride in it. */
  | { readonly kind: 'lead'; readonly riders: readonly string[] }
  /** It rides in the record the destination holds for another one. */
  | { readonly kind: 'ride'; readonly leadId: string }
  /** It is more serious than the one on record, which must give way first. */
  | { readonly kind: 'replace'; readonly holding: HoldingRow };

const LEVELS: Readonly<Record<string, number>> = { F: 0, M: 1, I: 2 };
/** States in which a sibling takes part: its record stands, or is about to. */
const STANDING: readonly WarrantState[] = ['verified', 'packaged', 'sent', 'entered'];

/**
 * Order of seriousness, most serious first: level, then no bail before bail and higher bail before lower, then the
 * older warrant; the id settles the rest, so that every worker elects the same.
 */
export function bySeriousness(
  a: { id: string; warrant: Warrant },
  b: { id: string; warrant: Warrant },
): number {
  const level = (w: Warrant) => LEVELS[w.level?.code ?? ''] ?? 3;
  const bail = (w: Warrant) =>
    w.bail?.kind?.code === 'NO_BAIL' ? Number.MAX_SAFE_INTEGER : (w.bail?.cents ?? 0);
  return (
    level(a.warrant) - level(b.warrant) ||
    bail(b.warrant) - bail(a.warrant) ||
    (a.warrant.issuedDate ?? '9999').localeCompare(b.warrant.issuedDate ?? '9999') ||
    a.id.localeCompare(b.id)
  );
}

interface Sibling {
  readonly row: WarrantRow;
  readonly holding: HoldingRow | undefined;
  readonly pending: boolean;
  readonly lead: string | undefined;
}

async function siblingsOf(db: Reader, row: WarrantRow): Promise<Sibling[]> {
  const ids = await siblingIds(db, row.id);
  const siblings: Sibling[] = [];
  for (const id of ids) {
    const sibling = await getWarrant(db, id);
    if (!sibling || sibling.agency_ori !== row.agency_ori) continue;
    const holding = await getHolding(db, id);
    if (!STANDING.includes(sibling.state) && !holding) continue;
    const pending = (await openSubmission(db, id)) !== undefined;
    siblings.push({ row: sibling, holding, pending, lead: await leadOf(db, id) });
  }
  return siblings;
}

function candidate(row: WarrantRow): { id: string; warrant: Warrant } {
  return { id: row.id, warrant: factsOf(row) };
}

/** The record a warrant of the same person leads: the one in which this one is to ride, or that it must heed. */
async function heldBefore(db: Reader, row: WarrantRow): Promise<WarrantRow | undefined> {
  if (row.state === 'packaged') {
    const lead = await leadOf(db, row.id);
    return lead === undefined ? undefined : getWarrant(db, lead);
  }
  return (await siblingsOf(db, row)).find(({ holding }) => holding)?.row;
}

/**
 * The record of a warrant's person that is neither settled nor gone, and the warrant that leads it: until it is,
 * nothing is sent of a verified one, and one that is to ride in it is not named there.
 */
export async function leadInTheWay(
  db: Reader,
  row: WarrantRow,
): Promise<{ readonly lead: WarrantRow; readonly holding: HoldingRow } | undefined> {
  const waits = row.state === 'verified' || row.state === 'packaged';
  if (!waits || (await getHolding(db, row.id))) return undefined;
  const lead = await heldBefore(db, row);
  const holding = lead && (await getHolding(db, lead.id));
  return holding && !STANDING.includes(lead.state) ? { lead, holding } : undefined;
}

/**
 * Elects the one lead record of a person at an agency (domain brief A.3): the most serious warrant is entered, the
 * others ride in it. The destination refuses a second record, so what is already there decides the way.
 */
export async function elect(db: Reader, row: WarrantRow): Promise<Election> {
  const siblings = await siblingsOf(db, row);
  if (siblings.some((sibling) => sibling.pending)) return { kind: 'wait' };
  const held = siblings.find((sibling) => sibling.holding);
  if (held?.holding) {
    const better = bySeriousness(candidate(row), candidate(held.row)) < 0;
    // A record whose warrant has ended is about to go; what stands is elected after that.
    if (!STANDING.includes(held.row.state)) return { kind: 'wait' };
    // A record the destination will not take off stays the person's one record.
    const replaceable = better && !(await refusesRemoval(db, held.row.id));
    if (replaceable) return { kind: 'replace', holding: held.holding };
    return { kind: 'ride', leadId: held.row.id };
  }
  const standing = siblings.filter((sibling) => sibling.row.state === 'verified').map((s) => s.row);
  const ranked = [row, ...standing].map(candidate).toSorted(bySeriousness);
  if (ranked[0]?.id !== row.id) return { kind: 'wait' };
  return { kind: 'lead', riders: ranked.slice(1).map((each) => each.id) };
}
