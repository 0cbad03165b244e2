import { closeAlert, openAlert } from './alerts.ts';
import type { Config, SourceConfig } from './config.ts';
import { errorText } from './errors.ts';
import {
  type ArrivalChange,
  type ArrivalState,
  arrivalState,
  type Expectation,
  watchArrivals,
} from './ingest/arrivals/index.ts';
import type { Logger } from './log.ts';
import { type Delivered, deliverAlerts, openChannels } from './notify/index.ts';
import { readSecret } from './ports/source-transport.ts';
import type { Store } from './store/index.ts';

export interface WatchOptions {
  readonly config: Config;
  readonly store: Store;
  readonly log: Logger;
  readonly actor: string;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** What a source's calendar expects; undefined where none is configured. */
export function expectationOf(source: SourceConfig, zone: string): Expectation | undefined {
  return source.arrivals && { source: source.name, zone, ...source.arrivals };
}

/** Judges the arrivals of every source that has a calendar; alerts begin and end with their faults. */
export async function judgeSources({ config, store, actor }: WatchOptions): Promise<ArrivalChange[]> {
  const sink = {
    open: (alert: Parameters<typeof openAlert>[2]) => openAlert(store, actor, alert),
    close: (key: string) => closeAlert(store, actor, key),
  };
  const changes: ArrivalChange[] = [];
  for (const source of config.sources) {
    const expectation = expectationOf(source, config.zone);
    if (expectation) changes.push(await watchArrivals(store, expectation, sink, store.clock.now()));
  }
  return changes;
}

/** Every source's calendar as it stands now; a source without one has only its name. */
export async function calendarOf(store: Store, config: Config): Promise<ArrivalState[]> {
  const states: ArrivalState[] = [];
  for (const source of config.sources) {
    const expectation = expectationOf(source, config.zone);
    states.push(
      expectation
        ? await arrivalState(store, expectation, store.clock.now())
        : { source: source.name, files: 0, records: 0, findings: [] },
    );
  }
  return states;
}

/** Sends a test message by every channel. */
export async function testChannels({
  config,
  store,
  log,
}: WatchOptions): Promise<{ channel: string; error?: string }[]> {
  const results: { channel: string; error?: string }[] = [];
  const openedAt = store.clock.now().toISOString();
  for (const channel of openChannels(config.alerts, log, readSecret)) {
    try {
      await channel.tell({
        id: `test-${openedAt.replaceAll(/\D/g, '')}`,
        phase: 'start',
        key: 'test',
        severity: 'red',
        message: 'This is a test of the alerts: nothing is wrong, and nothing need be done.',
        openedAt,
        county: config.county,
      });
      results.push({ channel: channel.name });
    } catch (error) {
      results.push({ channel: channel.name, error: errorText(error) });
    } finally {
      await channel.close();
    }
  }
  return results;
}

/** Proves before long work that what alerts need (secrets, certificates) can be read. @throws BenchlinkError usage */
export async function assertChannels({ config, log }: Pick<WatchOptions, 'config' | 'log'>): Promise<void> {
  for (const channel of openChannels(config.alerts, log, readSecret)) await channel.close();
}

/** Tells whom configuration names of every alert that began or ended and was not told yet. */
export async function tellAlerts(options: WatchOptions): Promise<Delivered> {
  const { config, store, log, actor, sleep } = options;
  const channels = openChannels(config.alerts, log, readSecret);
  try {
    return await deliverAlerts({ store, actor, log, county: config.county, sleep }, channels);
  } finally {
    for (const channel of channels) await channel.close();
  }
}

/** Looks at the calendars and tells what is new: at the end of every run and each minute between. */
export async function watch(options: WatchOptions): Promise<Delivered> {
  await judgeSources(options);
  return tellAlerts(options);
}
