import { isPostgres } from './database.ts';
import { row, updateRows } from './statement.ts';
import type { Unit } from './unit.ts';

/** Throttle, breaker and notice position of one destination, shared by every worker and kept over restarts. */
export interface DestinationRow {
  name: string;
  tokens: number;
  tokens_at: string;
  failures: number;
  open_until: string | null;
  notices_after: number;
}

/** Reads a destination's row for update, making it with a full bucket if it is new. */
export async function lockDestination(unit: Unit, name: string, tokens: number): Promise<DestinationRow> {
  const lock = isPostgres(unit.trx) ? ' for update' : '';
  const found = await row<DestinationRow>(unit.trx, `select * from destinations where name = ?${lock}`, [
    name,
  ]);
  if (found) return found;
  const fresh: DestinationRow = {
    name,
    tokens,
    tokens_at: unit.at,
    failures: 0,
    open_until: null,
    notices_after: 0,
  };
  await unit.trx('destinations').insert(fresh).onConflict('name').ignore();
  return fresh;
}

export async function saveDestination(
  unit: Unit,
  name: string,
  set: Partial<Omit<DestinationRow, 'name'>>,
): Promise<void> {
  await updateRows(unit.trx, 'destinations', set, { name });
}
