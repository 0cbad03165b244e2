import { getWarrant, markDirty, move, packInto, submissionFacts, type Unit, unpack } from '../store/index.ts';

/** Ids of the warrants a message packs into its record. */
export async function ridersOf(unit: Unit, messageId: string): Promise<string[]> {
  const row = await submissionFacts(unit.trx, messageId);
  return JSON.parse(row?.packed ?? '[]') as string[];
}

/** Puts a verified warrant into the record another warrant of the person holds; the record is told so next. */
export async function ride(unit: Unit, warrantId: string, leadId: string): Promise<void> {
  await packInto(unit, leadId, [warrantId]);
  await markDirty(unit, leadId, 1);
  const code = 'DUP-LEAD';
  await move(unit, { id: warrantId, from: 'verified', to: 'packaged', code, detail: { lead: leadId } });
}

/** An entry that did not come about leaves its riders to stand for themselves. */
export async function releaseRiders(unit: Unit, messageId: string): Promise<void> {
  for (const id of await ridersOf(unit, messageId)) {
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

/** Warrants that ride in the record an accepted message made are entered with it. */
export async function ridersEntered(unit: Unit, leadId: string, messageId: string): Promise<void> {
  const ids = await ridersOf(unit, messageId);
  await packInto(unit, leadId, ids);
  await enterRiders(unit, leadId, ids);
}
