import { closeAlert, openAlert } from './alerts.ts';
import type { Config } from './config.ts';
import { BenchlinkError } from './errors.ts';
import { type ForwardReport, forwardCitations } from './ingest/bookings/forward.ts';
import { openOutbox } from './ingest/transports/outbox.ts';
import type { Logger } from './log.ts';
import { citationTransaction } from './ports/citation-transaction.ts';
import { readSecret } from './ports/source-transport.ts';
import type { Store } from './store/index.ts';

export interface ForwardSummary extends ForwardReport {
  /** Why it stopped before its end, if it did; the next run goes on from there. */
  readonly stopped?: string;
}

const ALERT = 'repository-stopped';

/**
 * Forwards new citation thumbprints to the configured repository; nothing where there is none. A repository that
 * cannot be reached is told of and tried again by the next run: it holds up no warrant.
 */
export async function forwardAll({
  config,
  store,
  log,
  actor,
}: {
  config: Config;
  store: Store;
  log: Logger;
  actor: string;
}): Promise<ForwardSummary | undefined> {
  const { repository } = config;
  if (!repository) return undefined;
  const { transactionType, agency, domain } = repository;
  const build = citationTransaction({ transactionType, agency, ...(domain ? { domain } : {}) });
  const outbox = openOutbox(repository.transport, readSecret, store.clock);
  try {
    const report = await forwardCitations({ store, actor, build, outbox });
    await closeAlert(store, actor, ALERT);
    return report;
  } catch (error) {
    if (!(error instanceof BenchlinkError) || error.kind !== 'retry') throw error;
    log.warn({ code: error.code, reason: error.message }, 'citation prints could not be forwarded');
    const message = `Citation thumbprints could not be forwarded: ${error.message} The next run tries again.`;
    await openAlert(store, actor, { key: ALERT, severity: 'amber', message });
    const withheld = { broken: 0, disposed: 0, 'no-ori': 0 };
    return { forwarded: 0, withheld, stopped: error.code };
  } finally {
    await outbox.close();
  }
}
