import type { Reader } from './database.ts';
import type { PrintRow } from './evidence.ts';
import type { Unit } from './unit.ts';

/** Values of one `in (...)` list. */
const LIST = 500;

/** The gallery: prints of prior records that are still held. Citation prints never enter it (VC 40500(a)). */
function galleryOf(db: Reader) {
  return db('prints').where('prints.purpose', 'prior-record').whereNull('prints.purged_at');
}

export async function setIndexEntry(
  unit: Unit,
  printId: string,
  index: { readonly version: number; readonly entry: Uint8Array },
): Promise<void> {
  const row = { print_id: printId, version: index.version, entry: Buffer.from(index.entry) };
  await unit.trx('print_index').insert(row).onConflict('print_id').merge();
}

/** Gallery prints without a template of this extractor, or with one but without an entry of this index; in id order. */
export async function pageUnindexed(
  db: Reader,
  current: { readonly template: string; readonly index: number },
  after: string,
  limit: number,
): Promise<PrintRow[]> {
  return galleryOf(db)
    .leftJoin('print_index', 'print_index.print_id', 'prints.id')
    .where('prints.id', '>', after)
    .where((q) =>
      q
        .whereNull('prints.template_version')
        .orWhereNot('prints.template_version', current.template)
        .orWhere((stale) =>
          stale
            .whereNotNull('prints.template_sha256')
            .where((entry) =>
              entry.whereNull('print_index.version').orWhereNot('print_index.version', current.index),
            ),
        ),
    )
    .orderBy('prints.id')
    .limit(limit)
    .select('prints.*');
}

export interface IndexRow {
  readonly print_id: string;
  readonly finger: number;
  readonly entry: Uint8Array;
}

/** Index entries of the gallery, in id order. */
export async function pageIndex(
  db: Reader,
  current: { readonly template: string; readonly index: number },
  after: string,
  limit: number,
): Promise<IndexRow[]> {
  return galleryOf(db)
    .join('print_index', 'print_index.print_id', 'prints.id')
    .where('prints.id', '>', after)
    .where({ 'print_index.version': current.index, 'prints.template_version': current.template })
    .whereNotNull('prints.template_sha256')
    .orderBy('prints.id')
    .limit(limit)
    .select('prints.id as print_id', 'prints.finger', 'print_index.entry');
}

/** Those of the given prints that are in the gallery at this moment and can be compared. */
export async function galleryPrints(db: Reader, ids: readonly string[]): Promise<PrintRow[]> {
  const rows: PrintRow[] = [];
  for (let from = 0; from < ids.length; from += LIST) {
    const part = galleryOf(db)
      .whereIn('prints.id', ids.slice(from, from + LIST))
      .whereNotNull('prints.template_sha256');
    rows.push(...((await part) as PrintRow[]));
  }
  return rows;
}

/** Forgets the entries of prints that were purged: they are made of the print and have no other right to stay. */
export async function forgetPurgedEntries(unit: Unit): Promise<number> {
  const purged = unit.trx('prints').whereNotNull('purged_at').select('id');
  return unit.trx('print_index').whereIn('print_id', purged).delete();
}

export async function hasPurgedEntries(db: Reader): Promise<boolean> {
  const row: unknown = await db('print_index')
    .join('prints', 'prints.id', 'print_index.print_id')
    .whereNotNull('prints.purged_at')
    .first('prints.id');
  return row !== undefined;
}
