import { END_STATES, hasExpired, WARRANT_STATES } from '../domain/index.ts';
import { factsOf, lockWarrant, pastLastDay, type Store } from '../store/index.ts';
import { WarrantChange } from './apply/changes.ts';

const LIVE = WARRANT_STATES.filter((state) => !END_STATES.includes(state));
const PAGE = 200;

/**
 * Ends warrants whose own last day in force has passed, wherever they stand; what was sent of them is taken back as
 * after any other end. Purely a comparison of dates: one that the court has extended meanwhile stays.
 * @param today at the court, ISO
 * @returns how many
 */
export async function expireDue(
  { store, actor, signal }: { readonly store: Store; readonly actor: string; readonly signal?: AbortSignal },
  today: string,
): Promise<number> {
  let expired = 0;
  for (let after = ''; !signal?.aborted; ) {
    const ids = await pastLastDay(store.db, today, { states: LIVE, after, limit: PAGE });
    const last = ids.at(-1);
    if (last === undefined) break;
    expired += await store.transaction(actor, async (unit) => {
      let ended = 0;
      for (const id of ids) {
        // Read again: the court may have extended or ended it meanwhile.
        const row = await lockWarrant(unit, id);
        if (!row || END_STATES.includes(row.state) || !hasExpired(factsOf(row), today)) continue;
        await new WarrantChange(unit, row, null, undefined).expire();
        ended += 1;
      }
      return ended;
    });
    after = last;
  }
  return expired;
}
