import type { Warrant } from '../../../src/domain/index.ts';
import {
  changeFacts,
  factsOf,
  getWarrant,
  move,
  type Store,
  type Unit,
  type WarrantRow,
} from '../../../src/store/index.ts';

/** The way through checking and matching, which is not what is tested here. */
export async function throughMatch(unit: Unit, { id, state }: WarrantRow): Promise<void> {
  if (state !== 'checked') await move(unit, { id, from: state, to: 'checked', code: 'SYS-OK' });
  await move(unit, { id, from: 'checked', to: 'linked', code: 'SYS-OK' });
  await move(unit, { id, from: 'linked', to: 'verified', code: 'SYS-OK' });
}

/** Gives a warrant new facts, in the caller's transaction, and takes it through matching again. */
export async function changed(unit: Unit, row: WarrantRow, over: Partial<Warrant>): Promise<void> {
  const facts = { ...factsOf(row), ...over };
  const changes = Object.keys(over);
  await changeFacts(unit, { id: row.id, fromVersion: row.version, facts, changes, recordId: null });
  await throughMatch(unit, row);
}

/** The court, or a clerk, changes a warrant, and it goes through matching again. */
export async function roundAgain(store: Store, id: string, over: Partial<Warrant>): Promise<void> {
  await store.transaction('court', async (unit) => {
    const row = await getWarrant(unit.trx, id);
    if (row) await changed(unit, row, over);
  });
}
