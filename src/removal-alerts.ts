import { closeAlert, openAlerts } from './alerts.ts';
import { OFF_FILE_STATES } from './domain/index.ts';
import { getHolding, getWarrant, openReviews, type Store } from './store/index.ts';

const KEY = 'removal:';

/** Whether a record still stands that must go, or names a warrant it must not, as far as we know. */
async function stillWanted({ db }: Store, warrantId: string): Promise<boolean> {
  const row = await getWarrant(db, warrantId);
  if (!row || !(await getHolding(db, warrantId))) return false;
  if (OFF_FILE_STATES.includes(row.state)) return true;
  return (await openReviews(db, { warrantId })).some(({ stage }) => stage === 'transmit');
}

/** Closes the alerts about records that the destination would not take off, once those are gone or dealt with. */
export async function closeRemovalAlerts(store: Store, actor: string): Promise<void> {
  for (const { key } of await openAlerts(store)) {
    const about = key.startsWith(KEY) ? key.slice(KEY.length) : undefined;
    if (about !== undefined && !(await stillWanted(store, about))) await closeAlert(store, actor, key);
  }
}
