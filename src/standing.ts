import { closeAlert, openAlert, openAlerts } from './alerts.ts';
import type { Clock } from './clock.ts';
import type { Config, DestinationConfig } from './config.ts';
import { endingCertificates } from './ports/destination-transport.ts';
import { probeDestination, type Trouble } from './ports/probe-destination.ts';
import type { Reader, Store } from './store/index.ts';
import { type ClockReading, readClocks } from './transmit/clocks.ts';

export type { ClockReading } from './transmit/clocks.ts';

const HOUR = 3_600_000;

/** Every clock of the sending side, with the limits of the configuration. */
export function readStanding(db: Reader, config: Config, clock: Clock): Promise<ClockReading[]> {
  const { destination, zone } = config;
  if (!destination) return readClocks(db, { now: clock.now(), zone });
  const { clocks } = destination;
  return readClocks(db, {
    now: clock.now(),
    zone,
    expiring: endingCertificates(destination, clock.now()),
    limits: {
      entryDays: clocks.entryDays,
      recallAmberMs: clocks.recallAmberHours * HOUR,
      recallRedMs: clocks.recallRedHours * HOUR,
      answerAmberMs: clocks.answerAmberHours * HOUR,
      answerRedMs: clocks.answerRedHours * HOUR,
      validateAheadDays: clocks.validateAheadDays,
    },
  });
}

const TROUBLE = 'destination-trouble';

/** Asks the destination whether it takes us; what is wrong is an alert, which closes when it is right again. */
export async function tellTrouble(
  store: Store,
  actor: string,
  config: DestinationConfig,
  clock: Clock,
): Promise<Trouble | undefined> {
  const trouble = await probeDestination(config, clock);
  const open = (await openAlerts(store)).some((alert) => alert.key === TROUBLE);
  if (trouble) {
    const message = `Nothing can be sent. ${trouble.message}`;
    await openAlert(store, actor, { key: TROUBLE, severity: 'red', message });
  } else if (open) await closeAlert(store, actor, TROUBLE);
  return trouble;
}

/** Opens an alert for each clock that is not green and closes those that have turned green again. */
export async function raiseClocks(
  store: Store,
  actor: string,
  readings: readonly ClockReading[],
): Promise<void> {
  const open = new Set((await openAlerts(store)).map((alert) => alert.key));
  for (const { key, light, message } of readings) {
    for (const severity of ['amber', 'red'] as const) {
      const alert = { key: `clock:${key}:${severity}`, severity, message };
      if (light === severity) await openAlert(store, actor, alert);
      else if (open.has(alert.key)) await closeAlert(store, actor, alert.key);
    }
  }
}
