import { openAlert } from '../alerts.ts';
import type { Clock } from '../clock.ts';
import type { DestinationConfig } from '../config.ts';
import type { Store } from '../store/index.ts';
import type { Packager, TransmitPolicy, TransmitPorts } from '../transmit/index.ts';
import { packagerOf } from '../transmit/packager.ts';
import type { Transport } from '../transmit/transports/transport.ts';
import { attachPrint } from './attach-print.ts';
import { openTransport } from './destination-transport.ts';
import { exonerations } from './exonerations.ts';
import { editRules, prepareWith, profileNamed } from './profiles.ts';

export interface OpenDestination {
  readonly transport: Transport;
  readonly packager: Packager;
  readonly policy: Partial<TransmitPolicy>;
  close(): Promise<void>;
}

/** The destination a configuration names: its transport, its message profile, its field rules and its rate. */
export function openDestination(config: DestinationConfig, zone: string, clock: Clock): OpenDestination {
  const profile = profileNamed(config.profile, config.receiverOri ?? config.ori);
  const transport = openTransport(config, profile.contentType, clock);
  return {
    transport,
    packager: packagerOf({ profile, clock, zone, rules: editRules(config) }),
    policy: {
      concurrency: config.concurrency,
      hitMinutes: { U: config.clocks.hitUrgentMinutes, R: config.clocks.hitRoutineMinutes },
      validateDays: config.clocks.validateDays,
      rate: { perSecond: config.perSecond, burst: Math.max(config.perSecond, config.concurrency) },
    },
    close: () => transport.shut(),
  };
}

/** What sending needs from the rest of the system. */
export function destinationPorts(
  store: Store,
  actor: string,
  config: DestinationConfig,
  onSent: (sent: number) => void,
): TransmitPorts {
  return {
    attachPrint: (warrantId) => attachPrint(store, warrantId, config.ori),
    prepare: prepareWith(config),
    exonerations: (warrantId) => exonerations(store.db, warrantId),
    alert: async (key, severity, message) => {
      await openAlert(store, actor, { key, severity, message });
    },
    progress: ({ sent }) => onSent(sent),
  };
}
