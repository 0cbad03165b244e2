import { closeAlert, openAlert } from './alerts.ts';
import type { Clock } from './clock.ts';
import type { Config, DestinationConfig } from './config.ts';
import { BenchlinkError, errorText } from './errors.ts';
import { newWork, withLease } from './lease.ts';
import type { Logger } from './log.ts';
import { probeDestination } from './ports/probe-destination.ts';
import { withDestination } from './ports/sending.ts';
import type { Store } from './store/index.ts';
import { type TransmitCounts, type TransmitRun, transmit } from './transmit/index.ts';
import {
  type Act,
  DIFFERENCES,
  type Difference,
  type ReconcileResult,
  reconcile,
} from './transmit/reconcile/index.ts';

/** What each code of a difference means. */
export const DIFFERENCE_TEXTS = DIFFERENCES;
export type FoundDifference = Difference;
/** Repairs that policy may allow; the rest a person looks at. */
export type RepairAct = Exclude<Act, 'look'>;

export interface ReconcileCommand {
  readonly config: Config;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly actor: string;
  /** Repairs to make without asking; the configuration's if absent. */
  readonly acts?: readonly Act[];
  /** Only compare; write, repair and send nothing. */
  readonly dryRun?: boolean;
  readonly onDifference?: (difference: Difference) => void;
  readonly onProgress?: (cases: number) => void;
  readonly signal?: AbortSignal;
}

export interface Reconciled extends ReconcileResult {
  readonly dryRun: boolean;
  /** What sending the repairs came to; null if there were none. */
  readonly sent: TransmitCounts | null;
}

/** Compares, begins the repairs that are allowed, and sends them at once: a stale record can cost somebody a night. */
async function compareAndSend(
  sending: TransmitRun,
  options: Pick<ReconcileCommand, 'acts' | 'dryRun' | 'onDifference' | 'onProgress'>,
): Promise<Reconciled> {
  const { dryRun = false } = options;
  const result = await reconcile(sending, options);
  const cancelsOnly = (options.acts ?? []).every((act) => act === 'cancel');
  const sent = result.acted > 0 ? await transmit({ ...sending, onlyRecalls: cancelsOnly }) : null;
  return { ...result, dryRun, sent };
}

/** @throws BenchlinkError DST-CONNECT in words an operator can act on */
async function assertReached(config: DestinationConfig, clock: Clock): Promise<void> {
  const trouble = await probeDestination(config, clock);
  if (trouble) throw new BenchlinkError('retry', trouble.code, trouble.message);
}

function actsOf(config: Config): readonly Act[] {
  return config.destination?.reconcile.acts ?? [];
}

/**
 * The court's list, ours and the destination's, three ways, on demand.
 * @throws BenchlinkError NO-DESTINATION, LEASE-HELD, DST-LIST (the list could not be read to its end)
 */
export async function reconcileNow(command: ReconcileCommand): Promise<Reconciled> {
  const { config, store, clock, actor, dryRun = false } = command;
  const { id: runId, owner } = newWork('rec', clock);
  const acts = command.acts ?? actsOf(config);
  if (config.destination) await assertReached(config.destination, clock);
  const work = (signal?: AbortSignal) =>
    withDestination({ config, store, clock, actor, owner, runId, ...(signal ? { signal } : {}) }, (sending) =>
      compareAndSend(sending, { ...command, acts }),
    );
  return dryRun ? work(command.signal) : withLease(command, owner, work);
}

const KEY = 'reconcile-failed';

/** The night's comparison. A list that cannot be read is an alert, not the end of the night. */
export async function reconcileNightly(
  sending: TransmitRun,
  config: Config,
  log: Logger,
): Promise<Reconciled | undefined> {
  const { store, actor } = sending;
  try {
    const result = await compareAndSend(sending, { acts: actsOf(config) });
    await closeAlert(store, actor, KEY);
    return result;
  } catch (error) {
    const code = error instanceof BenchlinkError ? error.code : 'SYS-FAULT';
    log.warn({ code, reason: errorText(error) }, 'the lists could not be compared');
    const message = `The destination's list could not be compared with ours (${code}). Records that should be gone may stand there: run benchlink reconcile.`;
    await openAlert(store, actor, { key: KEY, severity: 'amber', message });
    return undefined;
  }
}
