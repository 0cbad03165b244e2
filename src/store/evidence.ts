import { createHash } from 'node:crypto';
import type { Booking, Print, PriorRecord } from '../domain/index.ts';
import type { Reader } from './database.ts';
import type { Unit } from './unit.ts';

export interface BookingRow {
  id: string;
  kind: 'booking' | 'citation';
  system: string;
  number: string;
  agency_ori: string | null;
  tcn: string | null;
  cii: string | null;
  arrest_date: string | null;
  surname: string | null;
  given: string | null;
  birth_date: string | null;
  disposed_date: string | null;
  facts: string;
  updated_at: string;
}

export interface PriorRow {
  id: string;
  system: string;
  number: string;
  cii: string | null;
  fbi: string | null;
  surname: string | null;
  given: string | null;
  birth_date: string | null;
  facts: string;
  updated_at: string;
}

export interface PrintRow {
  id: string;
  owner_kind: 'booking' | 'prior';
  owner_id: string;
  purpose: Print['purpose'];
  finger: number;
  impression: number;
  image_sha256: string;
  image_format: Print['imageFormat'];
  width: number;
  height: number;
  ppi: number;
  capture_date: string | null;
  problem: string | null;
  quality: number | null;
  template_sha256: string | null;
  template_version: string | null;
  retain_until: string | null;
  purged_at: string | null;
  created_at: string;
}

function shortHash(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
}

export function bookingId(booking: Pick<Booking, 'kind' | 'system' | 'number' | 'agencyOri'>): string {
  return `b_${shortHash(booking.kind, booking.system, booking.agencyOri ?? '', booking.number)}`;
}

export function priorId(prior: Pick<PriorRecord, 'system' | 'number'>): string {
  return `p_${shortHash(prior.system, prior.number)}`;
}

/** Inserts or updates bookings and citations by their id; a feed may repeat itself. */
export async function upsertBookings(unit: Unit, bookings: readonly Booking[]): Promise<void> {
  for (const booking of bookings) {
    const row = {
      id: bookingId(booking),
      kind: booking.kind,
      system: booking.system,
      number: booking.number,
      agency_ori: booking.agencyOri ?? null,
      tcn: booking.tcn ?? null,
      cii: booking.person.ids.cii ?? null,
      arrest_date: booking.arrestDate ?? null,
      surname: booking.person.name.surname ?? null,
      given: booking.person.name.given ?? null,
      birth_date: booking.person.birthDate ?? null,
      disposed_date: booking.disposedDate ?? null,
      facts: JSON.stringify(booking),
      updated_at: unit.at,
    };
    await unit.trx('bookings').insert(row).onConflict('id').merge();
  }
}

export async function upsertPriors(unit: Unit, priors: readonly PriorRecord[]): Promise<void> {
  for (const prior of priors) {
    const row = {
      id: priorId(prior),
      system: prior.system,
      number: prior.number,
      cii: prior.cii ?? null,
      fbi: prior.fbi ?? null,
      surname: prior.person.name.surname ?? null,
      given: prior.person.name.given ?? null,
      birth_date: prior.person.birthDate ?? null,
      facts: JSON.stringify(prior),
      updated_at: unit.at,
    };
    await unit.trx('prior_records').insert(row).onConflict('id').merge();
  }
}

/** Adds a print to its owner once: the same image of the same finger is the same print. */
export async function addPrint(
  unit: Unit,
  print: Print & {
    readonly ownerKind: PrintRow['owner_kind'];
    readonly problem?: string;
    readonly retainUntil?: string;
  },
): Promise<string> {
  const id = `f_${shortHash(print.ownerKind, print.ownerId, String(print.finger), print.imageSha256)}`;
  await unit
    .trx('prints')
    .insert({
      id,
      owner_kind: print.ownerKind,
      owner_id: print.ownerId,
      purpose: print.purpose,
      finger: print.finger,
      impression: print.impression,
      image_sha256: print.imageSha256,
      image_format: print.imageFormat,
      width: print.width,
      height: print.height,
      ppi: print.ppi,
      capture_date: print.captureDate ?? null,
      problem: print.problem ?? null,
      retain_until: print.retainUntil ?? null,
      created_at: unit.at,
    })
    .onConflict('id')
    .ignore();
  unit.audit({
    action: 'print.store',
    objectType: 'print',
    objectId: id,
    detail: { owner: print.ownerId, purpose: print.purpose, finger: print.finger },
  });
  return id;
}

export async function setTemplate(
  unit: Unit,
  id: string,
  result: {
    quality: number | null;
    templateSha256: string | null;
    templateVersion: string;
    problem?: string;
  },
): Promise<void> {
  await unit
    .trx('prints')
    .where({ id })
    .update({
      quality: result.quality,
      template_sha256: result.templateSha256,
      template_version: result.templateVersion,
      problem: result.problem ?? null,
    });
}

export async function printsOf(db: Reader, ownerId: string): Promise<PrintRow[]> {
  return db('prints').where({ owner_id: ownerId }).whereNull('purged_at').orderBy('id');
}

export async function getPrint(db: Reader, id: string): Promise<PrintRow | undefined> {
  return db('prints').where({ id }).first();
}

export async function getBooking(db: Reader, id: string): Promise<BookingRow | undefined> {
  return db('bookings').where({ id }).first();
}

export async function getPrior(db: Reader, id: string): Promise<PriorRow | undefined> {
  return db('prior_records').where({ id }).first();
}

export async function pageBookings(db: Reader, after: string, limit: number): Promise<BookingRow[]> {
  return db('bookings').where('id', '>', after).orderBy('id').limit(limit);
}

/** Bookings and citations that one exact key of a warrant names. */
export async function bookingsByKey(
  db: Reader,
  key:
    | { readonly tcn: string }
    | { readonly number: string; readonly kind: 'booking' | 'citation'; readonly agencyOri?: string }
    | { readonly cii: string; readonly arrestDate: string },
): Promise<BookingRow[]> {
  if ('tcn' in key) return db('bookings').where({ tcn: key.tcn });
  if ('cii' in key) return db('bookings').where({ cii: key.cii, arrest_date: key.arrestDate });
  const rows = db('bookings').where({ number: key.number, kind: key.kind });
  return key.agencyOri ? rows.where({ agency_ori: key.agencyOri }) : rows;
}

export async function priorsByNumber(
  db: Reader,
  ids: { cii?: string | undefined; fbi?: string | undefined },
): Promise<PriorRow[]> {
  if (ids.cii) {
    const rows = (await db('prior_records').where({ cii: ids.cii })) as PriorRow[];
    if (rows.length > 0) return rows;
  }
  return ids.fbi ? db('prior_records').where({ fbi: ids.fbi }) : [];
}
