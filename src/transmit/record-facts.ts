import { type Booking, canonicalJson, NO_WARRANT, type Warrant, type WarrantState } from '../domain/index.ts';
import {
  currentLink,
  currentPrintCheck,
  factsOf,
  getWarrant,
  type HoldingRow,
  type PrintCheckRow,
  type Reader,
  type WarrantRow,
} from '../store/index.ts';
import type { TransmitPorts } from './context.ts';
import { withDescriptors } from './package/descriptors.ts';
import type {
  MessageOrigin,
  PrintAttachment,
  PrintDisposition,
  PrintThreshold,
  RecordFacts,
} from './package/model.ts';

/** What a record says, with the print only by what identifies it: this is kept with every message. */
export type FactsSnapshot = Omit<RecordFacts, 'print'> & { readonly print?: Omit<PrintAttachment, 'bytes'> };

function originOf(booking: Booking): MessageOrigin {
  return {
    kind: booking.kind,
    number: booking.number,
    ...(booking.agencyOri ? { agencyOri: booking.agencyOri } : {}),
    ...(booking.tcn ? { tcn: booking.tcn } : {}),
    ...(booking.arrestDate ? { arrestDate: booking.arrestDate } : {}),
    ...(booking.bookedDate ? { bookedDate: booking.bookedDate } : {}),
  };
}

/** Thresholds are kept as a JSON object or list of named numbers. */
function thresholdsOf(json: string): PrintThreshold[] {
  const parsed = JSON.parse(json) as unknown;
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) return [];
  return Object.entries(parsed)
    .filter((entry): entry is [string, number] => typeof entry[1] === 'number')
    .map(([name, value]) => ({ name, value }));
}

function dispositionOf(check: PrintCheckRow | undefined): PrintDisposition {
  if (!check) return { verdict: 'none', thresholds: [] };
  return {
    verdict: check.verdict,
    sentence: check.sentence,
    thresholds: thresholdsOf(check.thresholds),
    ...(check.score === null ? {} : { score: check.score }),
    ...(check.algorithm ? { algorithm: check.algorithm } : {}),
    ...(check.cii ? { cii: check.cii } : {}),
    ...(check.fbi ? { fbi: check.fbi } : {}),
  };
}

async function linkedBooking(db: Reader, warrantId: string): Promise<Booking | undefined> {
  const link = await currentLink(db, warrantId);
  if (link?.kind !== 'certain' || !link.booking_id) return undefined;
  const row = (await db('bookings').where({ id: link.booking_id }).first()) as { facts: string } | undefined;
  return row ? (JSON.parse(row.facts) as Booking) : undefined;
}

function told(ports: TransmitPorts, row: WarrantRow): Warrant {
  const warrant = factsOf(row);
  return ports.prepare?.(warrant) ?? warrant;
}

/** Riders that are told as they stand today; of any other the record goes on saying what it says. */
const TOLD: readonly WarrantState[] = ['verified', 'packaged', 'entered'];

/** What is said of a warrant among those that ride in a record. */
function saidOf(row: WarrantRow, said: readonly Warrant[]): Warrant | undefined {
  return said.find(({ number, oca }) => (number ?? null) === row.number && (oca ?? null) === row.oca);
}

async function othersOf(
  db: Reader,
  ports: TransmitPorts,
  ids: readonly string[],
  said: readonly Warrant[],
): Promise<Warrant[]> {
  const rows = await Promise.all(ids.map((id) => getWarrant(db, id)));
  return rows
    .filter((row) => row !== undefined)
    .map((row) => (TOLD.includes(row.state) ? told(ports, row) : saidOf(row, said)))
    .filter((other) => other !== undefined);
}

/** What a record says of the warrants that ride in it. */
export function ridersTold(holding: HoldingRow | undefined): readonly Warrant[] {
  return holding ? (JSON.parse(holding.facts) as FactsSnapshot).others : [];
}

/** Who the person is not, by any of the warrants of the record; each once. */
async function exonerationsOf(
  ports: TransmitPorts,
  ids: readonly string[],
): Promise<RecordFacts['exonerations']> {
  const found = await Promise.all(ids.map(async (id) => (await ports.exonerations?.(id)) ?? []));
  const byText = new Map(found.flat().map((each) => [JSON.stringify(each), each]));
  return [...byText.values()];
}

/** The warrant as a record tells it, and the booking or citation that it certainly grew out of. */
export async function warrantFacts(
  db: Reader,
  ports: TransmitPorts,
  row: WarrantRow,
): Promise<Pick<RecordFacts, 'warrant' | 'origin'>> {
  const warrant = told(ports, row);
  const booking = await linkedBooking(db, row.id);
  return booking
    ? { warrant: withDescriptors(warrant, booking.person), origin: originOf(booking) }
    : { warrant };
}

/**
 * Everything a record should say about a warrant now: the court's facts, with the descriptors it does not state from
 * the booking or citation the warrant certainly grew out of; that booking or citation; the print and its verdict;
 * the person's other warrants packed into it; and who it is not.
 * @param others ids of the warrants to pack, most serious first
 * @param said what the record says of them now
 */
export async function recordFacts(
  db: Reader,
  ports: TransmitPorts,
  row: WarrantRow,
  others: readonly string[],
  said: readonly Warrant[] = [],
): Promise<RecordFacts> {
  const print = await ports.attachPrint(row.id);
  return {
    ...(await warrantFacts(db, ports, row)),
    ...(print ? { print } : {}),
    disposition: dispositionOf(await currentPrintCheck(db, row.id)),
    others: await othersOf(db, ports, others, said),
    exonerations: await exonerationsOf(ports, [row.id, ...others]),
  };
}

/** The part of the facts that is kept: canonical JSON, equal exactly when the records would be. */
export function snapshot(facts: RecordFacts): string {
  const { print, ...rest } = facts;
  if (!print) return canonicalJson(rest);
  const { bytes: _bytes, ...described } = print;
  return canonicalJson({ ...rest, print: described });
}

/** What is kept of a record of ours whose content is not known: a modification against it tells every field. */
export const UNKNOWN_FACTS = snapshot({
  warrant: NO_WARRANT,
  disposition: { verdict: 'none', thresholds: [] },
  others: [],
  exonerations: [],
});

/** The facts as they were told before; the print's bytes are those of today's print where it is the same one. */
export function restore(json: string, today: PrintAttachment | undefined): RecordFacts {
  const { print, ...rest } = JSON.parse(json) as FactsSnapshot;
  return print && today?.sha256 === print.sha256 ? { ...rest, print: today } : rest;
}

/** What a record says, without those that ride in it no longer; and ids of those it goes on naming. */
export async function withoutLeavers(
  db: Reader,
  holding: HoldingRow,
  riders: readonly string[],
): Promise<{ readonly facts: string; readonly named: readonly string[] }> {
  const said = JSON.parse(holding.facts) as FactsSnapshot;
  const staying = new Set<Warrant>();
  const named: string[] = [];
  for (const id of riders) {
    const row = await getWarrant(db, id);
    const other = row && saidOf(row, said.others);
    if (!other) continue;
    staying.add(other);
    named.push(id);
  }
  return {
    facts: canonicalJson({ ...said, others: said.others.filter((each) => staying.has(each)) }),
    named,
  };
}
