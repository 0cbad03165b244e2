import { errorText } from '../errors.ts';
import type { Logger } from '../log.ts';
import { type AlertPhase, noteDelivery, type Store, type UntoldAlert, untoldAlerts } from '../store/index.ts';
import type { AlertChannel, AlertNews } from './channel.ts';

export interface DeliverPorts {
  readonly store: Store;
  readonly actor: string;
  readonly log: Logger;
  readonly county: string;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export interface Delivered {
  readonly told: number;
  readonly untold: number;
}

/** Tries of one delivery now, and the pauses between them; what fails then is tried again at the next run or minute. */
const PAUSES_MS = [1000, 4000];
/** An alert that began and ended longer ago is told no more: a channel set up today needs no history. */
const OLDEST_MS = 7 * 86_400_000;

function newsOf(alert: UntoldAlert, phase: AlertPhase, county: string): AlertNews {
  return {
    id: `alert-${alert.id}-${phase}`,
    phase,
    key: alert.key,
    severity: alert.severity,
    message: alert.message,
    openedAt: alert.opened_at,
    ...(alert.closed_at && phase === 'end' ? { closedAt: alert.closed_at } : {}),
    county,
  };
}

async function tell(
  ports: DeliverPorts,
  channel: AlertChannel,
  news: AlertNews,
): Promise<string | undefined> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await channel.tell(news);
      return undefined;
    } catch (error) {
      const pause = PAUSES_MS[attempt];
      if (pause === undefined) return errorText(error);
      await ports.sleep(pause);
    }
  }
}

/**
 * Tells each channel of every alert that began or ended since it was last told: once at the beginning and once at
 * the end. A channel that cannot be reached stops here until the next call; it never stops the work.
 */
export async function deliverAlerts(
  ports: DeliverPorts,
  channels: readonly AlertChannel[],
): Promise<Delivered> {
  const { store, actor, log } = ports;
  const since = new Date(store.clock.now().getTime() - OLDEST_MS).toISOString();
  let told = 0;
  let untold = 0;
  for (const channel of channels) {
    const severities = channel.severity === 'red' ? ['red'] : ['amber', 'red'];
    const news: [UntoldAlert, AlertPhase][] = [];
    for (const phase of ['start', 'end'] as const) {
      const alerts = await untoldAlerts(store.db, channel.name, phase, severities, since);
      news.push(...alerts.map((alert): [UntoldAlert, AlertPhase] => [alert, phase]));
    }
    for (const [alert, phase] of news) {
      const error = await tell(ports, channel, newsOf(alert, phase, ports.county));
      const delivery = { alertId: alert.id, phase, channel: channel.name };
      await store.transaction(actor, (unit) => noteDelivery(unit, delivery, error));
      if (error === undefined) told += 1;
      else {
        untold += 1;
        log.error({ channel: channel.name, alert: alert.key, reason: error }, 'alert could not be told');
        break;
      }
    }
  }
  return { told, untold };
}
