import { openAlert } from '../alerts.ts';
import type { Clock } from '../clock.ts';
import type { DestinationConfig } from '../config.ts';
import { BenchlinkError } from '../errors.ts';
import type { Store } from '../store/index.ts';
import type { Packager, TransmitPolicy, TransmitPorts } from '../transmit/index.ts';
import { NIEM_6 } from '../transmit/package/niem6.ts';
import { packagerOf } from '../transmit/packager.ts';
import { HttpsTransport } from '../transmit/transports/https.ts';
import type { Transport } from '../transmit/transports/transport.ts';
import { attachPrint } from './attach-print.ts';
import { readSecret } from './source-transport.ts';

export interface OpenDestination {
  readonly transport: Transport;
  readonly packager: Packager;
  readonly policy: Partial<TransmitPolicy>;
  close(): Promise<void>;
}

/** The destination a configuration names: its transport, its message profile and its rate. */
export function openDestination(config: DestinationConfig, zone: string, clock: Clock): OpenDestination {
  if (config.profile !== 'niem-6') {
    throw new BenchlinkError(
      'usage',
      'CONFIG-INVALID',
      `destination.profile ${config.profile} cannot be sent yet; use niem-6.`,
    );
  }
  const transport = new HttpsTransport({
    url: config.url,
    ca: readSecret(config.caFile, 'destination.caFile'),
    cert: readSecret(config.certFile, 'destination.certFile'),
    key: readSecret(config.keyFile, 'destination.keyFile'),
    responseTimeoutMs: config.timeoutMs,
    connections: config.concurrency,
  });
  return {
    transport,
    packager: packagerOf({ profile: NIEM_6, clock, zone }),
    policy: {
      concurrency: config.concurrency,
      rate: { perSecond: config.perSecond, burst: Math.max(config.perSecond, config.concurrency) },
    },
    close: () => transport.shut(),
  };
}

/** What sending needs from the rest of the system. */
export function destinationPorts(
  store: Store,
  actor: string,
  ori: string,
  onSent: (sent: number) => void,
): TransmitPorts {
  return {
    attachPrint: (warrantId) => attachPrint(store, warrantId, ori),
    alert: async (key, severity, message) => {
      await openAlert(store, actor, { key, severity, message });
    },
    progress: ({ sent }) => onSent(sent),
  };
}
