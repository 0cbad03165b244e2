import type { Booking } from '../../domain/index.ts';
import { bookingId, type Reader, type Store, type Unit } from '../../store/index.ts';

/**
 * Removes the prints of citations whose case is disposed of. The law lets a citation print serve the identity
 * of that arrestee only (VC 40500(a), 40504(a), PC 853.5(a)); with the case, its reason ends. The row stays, without
 * its image, as evidence that a print was held and when it went.
 * @returns SHA-256 of image and template blobs that no row names any more, to be removed after the commit
 */
export async function purgeDisposed(unit: Unit, bookings: readonly Booking[]): Promise<string[]> {
  const freed: string[] = [];
  for (const booking of bookings) {
    if (booking.kind !== 'citation' || booking.disposedDate === undefined) continue;
    const held: { id: string; image_sha256: string; template_sha256: string | null }[] = await unit
      .trx('prints')
      .where({ owner_id: bookingId(booking), purpose: 'citation' })
      .whereNull('purged_at')
      .select('id', 'image_sha256', 'template_sha256');
    for (const print of held) {
      await unit.trx('prints').where({ id: print.id }).update({ purged_at: unit.at, template_sha256: null });
      unit.audit({
        action: 'print.purge',
        objectType: 'print',
        objectId: print.id,
        detail: { why: 'disposed' },
      });
      const hashes = [print.image_sha256, ...(print.template_sha256 ? [print.template_sha256] : [])];
      for (const hash of hashes) if (!(await stillNamed(unit.trx, hash))) freed.push(hash);
    }
  }
  return freed;
}

async function stillNamed(db: Reader, hash: string): Promise<boolean> {
  const row: unknown = await db('prints')
    .whereNull('purged_at')
    .where((q) => q.where({ image_sha256: hash }).orWhere({ template_sha256: hash }))
    .first();
  return row !== undefined;
}

/** Purges of so many newest prints are looked after again. */
const SWEPT = 1000;

/** Removes images whose purge was committed by a run that died before it removed them. */
export async function sweepPurged(store: Store): Promise<void> {
  const rows: { image_sha256: string }[] = await store
    .db('prints')
    .whereNotNull('purged_at')
    .orderBy('purged_at', 'desc')
    .limit(SWEPT)
    .select('image_sha256');
  for (const { image_sha256: hash } of rows) {
    if (store.blobs.has(hash) && !(await stillNamed(store.db, hash))) store.blobs.remove(hash);
  }
}
