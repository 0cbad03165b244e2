import type { Store } from './store/index.ts';

export type AlertSeverity = 'amber' | 'red';

export interface Alert {
  /** One condition, one key: while it is open it is not raised again. */
  readonly key: string;
  readonly severity: AlertSeverity;
  /** What is wrong and what to do; no personal data. */
  readonly message: string;
}

export interface AlertRow {
  id: number;
  key: string;
  severity: AlertSeverity;
  message: string;
  opened_at: string;
  closed_at: string | null;
  notified_at: string | null;
}

/** Opens an alert unless it is open; true if it is new, so that it is told once. */
export function openAlert(store: Store, actor: string, alert: Alert): Promise<boolean> {
  return store.transaction(actor, async (unit) => {
    const open = await unit.trx('alerts').where({ key: alert.key }).whereNull('closed_at').first();
    if (open) return false;
    await unit.trx('alerts').insert({ ...alert, opened_at: unit.at });
    unit.audit({
      action: 'alert.open',
      objectType: 'alert',
      objectId: alert.key,
      detail: { severity: alert.severity },
    });
    return true;
  });
}

/** Closes an alert whose condition has ended; true if it was open. */
export function closeAlert(store: Store, actor: string, key: string): Promise<boolean> {
  return store.transaction(actor, async (unit) => {
    const closed = await unit
      .trx('alerts')
      .where({ key })
      .whereNull('closed_at')
      .update({ closed_at: unit.at });
    if (closed > 0) unit.audit({ action: 'alert.close', objectType: 'alert', objectId: key });
    return closed > 0;
  });
}

export async function openAlerts(store: Store): Promise<AlertRow[]> {
  return store.db('alerts').whereNull('closed_at').orderBy('id');
}
