import type { Problem } from '../../domain/index.ts';
import {
  countLive,
  countVanished,
  openReview,
  pageVanished,
  type Store,
  setSuspect,
} from '../../store/index.ts';
import { BATCH_RECORDS, VANISHED_FEW, VANISHED_SHARE } from '../parameters.ts';

/**
 * Marks the live warrants a full snapshot did not show as suspect and asks about each; silence never recalls.
 * @returns a problem of the file where so many are missing that the snapshot itself is in doubt: none is marked
 */
export async function markVanished(
  store: Store,
  actor: string,
  source: string,
  fileId: number,
): Promise<Problem | undefined> {
  const missing = await countVanished(store.db, source, fileId);
  const live = await countLive(store.db, source);
  if (missing > VANISHED_FEW && missing > live * VANISHED_SHARE) {
    return {
      code: 'SRC-VANISHED',
      severity: 'warning',
      message: `The snapshot lacks ${missing} of ${live} live warrants of ${source}: too many to be true, so none was marked. Ask the court whether its extract was whole.`,
    };
  }
  let after = '';
  for (;;) {
    const page = await pageVanished(store.db, source, fileId, after, BATCH_RECORDS);
    const last = page.at(-1);
    if (!last) return undefined;
    const fresh = page.filter((row) => row.suspect_since === null);
    await store.transaction(actor, async (unit) => {
      await setSuspect(
        unit,
        fresh.map((row) => row.id),
        true,
      );
      for (const { id, version } of fresh) {
        const sentence =
          "The warrant is missing from the court's full list without a recall; ask the court whether it still stands.";
        await openReview(unit, { warrantId: id, version, stage: 'ingest', code: 'SRC-VANISHED', sentence });
      }
    });
    after = last.id;
  }
}
