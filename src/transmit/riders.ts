import type { ReasonCode } from '../domain/index.ts';
import {
  getHolding,
  getWarrant,
  leadOf,
  markDirty,
  move,
  openReview,
  packedIn,
  packInto,
  ridersOf,
  type Unit,
  unpack,
  withdrawReviewsOf,
} from '../store/index.ts';

/** A warrant that is to stand elsewhere than in the record in which it rode: that record is told so. */
export async function leaveRecord(unit: Unit, warrantId: string, unless?: string): Promise<void> {
  const lead = await leadOf(unit.trx, warrantId);
  if (lead === undefined || lead === unless) return;
  await unpack(unit, warrantId);
  await markDirty(unit, lead, 1);
}

/** Puts a verified warrant into the record another warrant of the person holds; the record is told so next. */
export async function ride(unit: Unit, warrantId: string, leadId: string): Promise<void> {
  await leaveRecord(unit, warrantId, leadId);
  await packInto(unit, leadId, [warrantId]);
  await markDirty(unit, leadId, 1);
  const code = 'DUP-LEAD';
  await move(unit, { id: warrantId, from: 'verified', to: 'packaged', code, detail: { lead: leadId } });
}

/** An entry that did not come about leaves its riders to stand for themselves. */
export async function releaseRiders(unit: Unit, messageId: string): Promise<void> {
  for (const id of await ridersOf(unit.trx, messageId)) {
    await unpack(unit, id);
    const row = await getWarrant(unit.trx, id);
    if (row?.state === 'packaged')
      await move(unit, { id, from: 'packaged', to: 'verified', code: 'DUP-LEAD' });
  }
}

/** Riders that waited for the record to name them are entered. */
export async function enterRiders(unit: Unit, leadId: string, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const row = await getWarrant(unit.trx, id);
    if (row?.state === 'packaged') {
      await move(unit, { id, from: 'packaged', to: 'entered', code: 'DUP-LEAD', detail: { lead: leadId } });
    }
  }
}

const REFUSED = `This warrant is to ride in the record of another warrant of the same person, and the change of that record was refused: the record does not say it. Where the words are about this warrant, correct it: benchlink resubmit. Where they are about the other one, its next change that is accepted takes this one in, and if its record goes, this one is entered by itself.`;

/**
 * Riders that a record was to take in by a change that is refused: each is on its clerk's list with the reason, and
 * stays bound to the record, so that it goes on with it.
 * @param said what was refused, in words
 * @returns how many wait
 */
export async function refuseRiders(
  unit: Unit,
  lead: { readonly id: string; readonly riders: readonly string[] },
  code: ReasonCode,
  said: string,
): Promise<number> {
  const fcn = (await getHolding(unit.trx, lead.id))?.fcn ?? 'unknown';
  let refused = 0;
  for (const id of lead.riders) {
    const row = await getWarrant(unit.trx, id);
    if (row?.state !== 'packaged') continue;
    refused += 1;
    await move(unit, { id, from: 'packaged', to: 'rejected', code, detail: { lead: lead.id } });
    await openReview(unit, {
      warrantId: id,
      version: row.version,
      stage: 'transmit',
      code,
      sentence: `${REFUSED} Warrant ${lead.id}, record ${fcn}. ${said}`.slice(0, 2000),
    });
  }
  return refused;
}

/** Refused riders may be sent again: with a record that takes changes again, or as warrants of their own. */
export async function takeUpRefused(unit: Unit, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const row = await getWarrant(unit.trx, id);
    if (row?.state !== 'rejected') continue;
    await withdrawReviewsOf(unit, [id], row.reason);
    await move(unit, { id, from: 'rejected', to: 'verified', code: 'DUP-LEAD' });
  }
}

/** A rider whose record no longer is, or no longer names it, stands for itself again. */
export async function standAlone(unit: Unit, id: string): Promise<void> {
  await unpack(unit, id);
  await takeUpRefused(unit, [id]);
  const row = await getWarrant(unit.trx, id);
  if (row?.state === 'entered' || row?.state === 'packaged')
    await move(unit, { id, from: row.state, to: 'verified', code: 'DUP-LEAD' });
}

/**
 * Warrants that ride in the record an accepted message made are entered with it; refused ones are tried again; those
 * it leaves out, because its person is not theirs, stand for themselves.
 */
export async function ridersEntered(unit: Unit, leadId: string, messageId: string): Promise<void> {
  const ids = await ridersOf(unit.trx, messageId);
  await packInto(unit, leadId, ids);
  await enterRiders(unit, leadId, ids);
  await takeUpRefused(unit, ids);
  for (const id of await packedIn(unit.trx, leadId)) {
    const row = ids.includes(id) ? undefined : await getWarrant(unit.trx, id);
    if (row?.state === 'entered' || row?.state === 'packaged') await standAlone(unit, id);
  }
}
