import { OFF_FILE_STATES, type WarrantState } from '../domain/index.ts';
import {
  dropHolding,
  getWarrant,
  type HoldingRow,
  history,
  move,
  openReview,
  openReviews,
  type Reader,
  type Unit,
  type WarrantRow,
  withdrawReviewsOf,
} from '../store/index.ts';

/** Notes that the destination purged a record, ours or not known to be ours yet. Numbers are never used again. */
export function notePurge(unit: Unit, fcn: string): void {
  unit.audit({ action: 'record.purge', objectType: 'record', objectId: fcn, code: 'DST-PURGED' });
}

/** Whether a record is gone that a late answer speaks of as if it stood. */
export async function wasPurged(unit: Unit, fcn: string): Promise<boolean> {
  return (await history(unit.trx, 'record', fcn)).some((entry) => entry.action === 'record.purge');
}

/** Nothing is asked of these: they have ended, were asked about before, or are kept here. */
const UNASKED: readonly WarrantState[] = [...OFF_FILE_STATES, 'purged'];
/** What waits for nothing else: it waits for the clerk from now on. */
const READY: readonly WarrantState[] = ['entered', 'verified'];

/** The destination removed a record nobody validated: it is gone there, and a clerk decides on its re-entry. */
export async function purged(unit: Unit, holding: HoldingRow): Promise<void> {
  await dropHolding(unit, holding.warrant_id, 'purged');
  await withdrawReviewsOf(unit, [holding.warrant_id], 'RCL-REFUSED');
  const row = await getWarrant(unit.trx, holding.warrant_id);
  if (!row || UNASKED.includes(row.state)) return;
  if (READY.includes(row.state)) await toPurged(unit, row);
  await openReview(unit, {
    warrantId: row.id,
    version: row.version,
    stage: 'transmit',
    code: 'DST-PURGED',
    sentence: `The destination purged record ${holding.fcn} because it was not validated in time. Consult the court, then send the warrant round again to re-enter it.`,
  });
}

function toPurged(unit: Unit, { id, state: from }: WarrantRow): Promise<void> {
  return move(unit, { id, from, to: 'purged', code: 'DST-PURGED' });
}

/** Whether a verified warrant once had a record that was purged, and nobody has decided on its re-entry. */
export async function awaitsReentry(db: Reader, row: WarrantRow): Promise<boolean> {
  if (row.fcn === null) return false;
  return (await openReviews(db, { warrantId: row.id })).some(({ code }) => code === 'DST-PURGED');
}

/** Whatever brought it back so far was not that decision: it waits for it. */
export async function holdBack(unit: Unit, id: string): Promise<void> {
  const row = await getWarrant(unit.trx, id);
  if (row?.state === 'verified' && (await awaitsReentry(unit.trx, row))) await toPurged(unit, row);
}
