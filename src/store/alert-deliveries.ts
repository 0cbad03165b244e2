import type { Reader } from './database.ts';
import type { Unit } from './unit.ts';

export type AlertPhase = 'start' | 'end';

export interface UntoldAlert {
  id: number;
  key: string;
  severity: 'amber' | 'red';
  message: string;
  opened_at: string;
  closed_at: string | null;
}

const COLUMNS = ['id', 'key', 'severity', 'message', 'opened_at', 'closed_at'] as const;

/** Alerts of which a channel has not told one phase yet: open ones, and those opened since an instant. */
export async function untoldAlerts(
  db: Reader,
  channel: string,
  phase: AlertPhase,
  severities: readonly string[],
  since: string,
): Promise<UntoldAlert[]> {
  const rows = db('alerts')
    .whereIn('severity', severities)
    .where((q) => q.whereNull('closed_at').orWhere('opened_at', '>=', since))
    .whereNotExists(
      db('alert_deliveries')
        .select('alert_id')
        .where({ channel, phase })
        .whereNotNull('delivered_at')
        .whereRaw('alert_deliveries.alert_id = alerts.id'),
    )
    .orderBy('id')
    .select(...COLUMNS);
  if (phase === 'end') rows.whereNotNull('closed_at');
  return rows;
}

/** Notes an attempt to tell; `error` is absent where it was told. */
export async function noteDelivery(
  unit: Unit,
  delivery: { readonly alertId: number; readonly phase: AlertPhase; readonly channel: string },
  error?: string,
): Promise<void> {
  const { alertId, phase, channel } = delivery;
  const told = error === undefined ? unit.at : null;
  await unit
    .trx('alert_deliveries')
    .insert({ alert_id: alertId, phase, channel, attempts: 0, delivered_at: told, last_error: error ?? null })
    .onConflict(['alert_id', 'phase', 'channel'])
    .merge(['delivered_at', 'last_error']);
  await unit.trx('alert_deliveries').where({ alert_id: alertId, phase, channel }).increment('attempts', 1);
}
