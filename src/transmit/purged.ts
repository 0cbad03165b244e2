import {
  dropHolding,
  getWarrant,
  type HoldingRow,
  history,
  move,
  openReview,
  type Unit,
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

/** The destination removed a record nobody validated: it is gone there, and a clerk decides on its re-entry. */
export async function purged(unit: Unit, holding: HoldingRow): Promise<void> {
  await dropHolding(unit, holding.warrant_id, 'purged');
  await withdrawReviewsOf(unit, [holding.warrant_id], 'RCL-REFUSED');
  const row = await getWarrant(unit.trx, holding.warrant_id);
  if (row?.state !== 'entered') return;
  await move(unit, { id: row.id, from: 'entered', to: 'purged', code: 'DST-PURGED' });
  await openReview(unit, {
    warrantId: row.id,
    version: row.version,
    stage: 'transmit',
    code: 'DST-PURGED',
    sentence: `The destination purged record ${holding.fcn} because it was not validated in time. Consult the court, then send the warrant round again to re-enter it.`,
  });
}
