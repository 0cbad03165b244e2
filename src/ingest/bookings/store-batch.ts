import type { Problem } from '../../domain/index.ts';
import {
  addPrint,
  bookingId,
  bookingsByKey,
  priorId,
  type Reader,
  type Store,
  sha256,
  type Unit,
  upsertBookings,
  upsertPriors,
} from '../../store/index.ts';
import type { FoundPrint } from './prints.ts';
import { purgeDisposed } from './purge.ts';
import type { BookingFeedRecord, PrintFeedRecord, PriorFeedRecord } from './record.ts';

export type AnyFeedRecord = BookingFeedRecord | PriorFeedRecord | PrintFeedRecord;

/** A record that may be stored, with the prints that were found for it. */
export interface Loaded {
  readonly record: AnyFeedRecord;
  readonly prints: readonly FoundPrint[];
  /** Row id of the booking that prints alone belong to. */
  readonly ownerId?: string;
}

export interface BatchCounts {
  stored: number;
  prints: number;
  purged: number;
}

/** The one booking or citation a print that came alone belongs to, or why there is none. */
export async function ownerOf(db: Reader, record: PrintFeedRecord): Promise<string | Problem> {
  const { kind, number } = record.owner;
  const rows = await bookingsByKey(db, { kind, number });
  const [only] = rows;
  if (only && rows.length === 1) return only.id;
  const message = only
    ? `Several agencies have a ${kind} of the number in the file name; the print cannot be given to one of them.`
    : `No ${kind} of the number in the file name is known yet; the print waits for it.`;
  return { code: 'LNK-NONE', severity: 'error', field: 'prints', message };
}

function owner({ record, ownerId }: Loaded): { ownerKind: 'booking' | 'prior'; ownerId: string } {
  if ('booking' in record) return { ownerKind: 'booking', ownerId: bookingId(record.booking) };
  if ('prior' in record) return { ownerKind: 'prior', ownerId: priorId(record.prior) };
  return { ownerKind: 'booking', ownerId: ownerId ?? '' };
}

async function storePrints(unit: Unit, loaded: Loaded): Promise<number> {
  for (const print of loaded.prints) {
    await addPrint(unit, { ...print.facts, ...owner(loaded), imageSha256: sha256(print.bytes) });
  }
  return loaded.prints.length;
}

/** One transaction: rows, their prints, and the purge of what a disposition ends. */
export async function storeBatch(
  store: Store,
  actor: string,
  batch: readonly Loaded[],
  counts: BatchCounts,
): Promise<void> {
  for (const { prints } of batch) for (const print of prints) store.blobs.put(print.bytes);
  const { freed, prints } = await store.transaction(actor, async (unit) => {
    const bookings = batch.flatMap(({ record }) => ('booking' in record ? [record.booking] : []));
    const priors = batch.flatMap(({ record }) => ('prior' in record ? [record.prior] : []));
    await upsertBookings(unit, bookings);
    await upsertPriors(unit, priors);
    let stored = 0;
    for (const loaded of batch) stored += await storePrints(unit, loaded);
    return { prints: stored, freed: await purgeDisposed(unit, bookings) };
  });
  for (const hash of freed) store.blobs.remove(hash);
  counts.purged += freed.length;
  counts.prints += prints;
  counts.stored += batch.length;
}
