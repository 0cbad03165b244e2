import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { BenchlinkError } from '../errors.ts';
import { isDeadWork } from '../lease.ts';
import type { Store } from '../store/index.ts';
import type { TransmitRun } from '../transmit/index.ts';
import { destinationPorts, openDestination } from './destination.ts';

export interface SendingParts {
  readonly config: Config;
  readonly store: Store;
  readonly clock: Clock;
  /** Who acts, for the audit trail. */
  readonly actor: string;
  /** This piece of work, unique over restarts. */
  readonly owner: string;
  readonly runId?: string;
  readonly onSent?: (sent: number) => void;
  readonly onlyRecalls?: boolean;
  readonly signal?: AbortSignal;
  /** Done now and then in the middle of long sending. */
  readonly between?: () => Promise<void>;
}

/**
 * Opens the configured destination for one piece of work and closes it whatever happens. Sending itself wants the
 * run's lease; what only reads or queues does not.
 * @throws BenchlinkError NO-DESTINATION when none is configured
 */
export async function withDestination<T>(
  parts: SendingParts,
  work: (sending: TransmitRun) => Promise<T>,
): Promise<T> {
  const { config, store, clock, actor, owner, runId, onSent, onlyRecalls, signal, between } = parts;
  if (!config.destination) {
    const text = 'No destination is configured; name one in benchlink.json (docs/configuration.md).';
    throw new BenchlinkError('usage', 'NO-DESTINATION', text);
  }
  const destination = openDestination(config.destination, config.zone, clock);
  try {
    return await work({
      store,
      transport: destination.transport,
      packager: destination.packager,
      ports: destinationPorts(store, actor, config.destination, (sent) => onSent?.(sent)),
      destination: config.destination.name,
      actor,
      owner,
      isDead: isDeadWork,
      clock,
      random: Math.random,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      zone: config.zone,
      policy: destination.policy,
      onlyRecalls: onlyRecalls ?? false,
      ...(runId ? { runId } : {}),
      ...(between ? { between } : {}),
      ...(signal ? { signal } : {}),
    });
  } finally {
    await destination.close();
  }
}
