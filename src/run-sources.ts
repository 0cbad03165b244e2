import { closeAlert, openAlert } from './alerts.ts';
import type { Clock } from './clock.ts';
import type { Config, SourceConfig } from './config.ts';
import { BenchlinkError } from './errors.ts';
import { type FeedSourceReport, feedFormats, loadFeedSource } from './ingest/bookings/index.ts';
import type { FileProgress } from './ingest/court-file.ts';
import { type CourtSourceReport, loadCourtSource } from './ingest/court-source.ts';
import type { ParseContext } from './ingest/courts/format.ts';
import { DEFAULT_LIMITS } from './ingest/parameters.ts';
import { withSource } from './lease.ts';
import type { Logger } from './log.ts';
import { readPrintFile } from './ports/read-print-file.ts';
import { sourceTransport } from './ports/source-transport.ts';
import type { Store } from './store/index.ts';
import type { SourceLine } from './summary.ts';

export interface SourcesOptions {
  readonly config: Config;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly runId: string;
  /** This run among all processes: it holds the lease of the source it reads. */
  readonly owner: string;
  readonly actor: string;
  /** Today in the courts' zone, ISO. */
  readonly today: string;
  readonly signal: AbortSignal;
  readonly onProgress?: (source: string, records: number, of?: number) => void;
}

/** Which inputs are taken now. */
export interface Take {
  /** Only this source. */
  readonly source?: string;
  /** Only courts: what else came waits for the night. */
  readonly onlyCourts?: boolean;
  /** Wait for a source that the other lane is reading; else it is left to that one. */
  readonly wait?: boolean;
  /** Longer inputs of courts stay where they are for now, bytes. */
  readonly maxBytes?: number;
}

export function parseContextOf(
  source: SourceConfig,
  { config, today }: Pick<SourcesOptions, 'config' | 'today'>,
): ParseContext {
  const { name, codes, options } = source;
  return { source: name, zone: config.zone, today, limits: DEFAULT_LIMITS, codes, options };
}

async function report(
  options: SourcesOptions,
  source: SourceConfig,
  maxBytes: number | undefined,
): Promise<CourtSourceReport | FeedSourceReport> {
  const { store, config, clock, runId, actor, today } = options;
  // Whoever reads a source holds its lease, so whatever another run had claimed of it is a dead run's.
  const isAlive = (owner: string) => owner === runId;
  const transport = sourceTransport(source, { clock, data: config.data, owner: runId, isAlive });
  const context = parseContextOf(source, options);
  if (source.kind !== 'court') {
    const formats = feedFormats(readPrintFile)[source.kind];
    return loadFeedSource({ store, readPrintFile, actor, runId }, transport, formats, context, source.format);
  }
  const ports = {
    store,
    actor,
    runId,
    selection: { policy: config.policy, county: source.county || config.county, today },
    onProgress: ({ records, of }: FileProgress) => options.onProgress?.(source.name, records, of),
    ...(maxBytes === undefined ? {} : { maxBytes }),
  };
  return loadCourtSource(ports, transport, context, source.format);
}

async function takeSource(
  options: SourcesOptions,
  source: SourceConfig,
  maxBytes?: number,
): Promise<SourceLine> {
  const { store, log, actor } = options;
  const { name, kind } = source;
  const done = await report(options, source, maxBytes);
  const key = `source-stopped:${name}`;
  if (done.stopped) {
    log.warn({ source: name, code: done.stopped.code }, 'source stopped before its end');
    const message = `Source ${name} stopped: ${done.stopped.message} 'benchlink source test ${name}' says what is wrong.`;
    await openAlert(store, actor, { key, severity: 'amber', message });
  } else await closeAlert(store, actor, key);
  return { name, kind, report: done };
}

/** Feeds first: a warrant's booking should be known when the warrant is linked. */
const ORDER: readonly SourceConfig['kind'][] = ['records', 'bookings', 'citations', 'court'];

/** Takes what every source, or some of them, have ready. @throws BenchlinkError SOURCE-UNKNOWN */
export async function takeSources(options: SourcesOptions, take: Take): Promise<SourceLine[]> {
  const { config, signal } = options;
  const { source: only, onlyCourts, maxBytes } = take;
  const sources = config.sources.filter((source) => !only || source.name === only);
  if (only && sources.length === 0) {
    throw new BenchlinkError(
      'usage',
      'SOURCE-UNKNOWN',
      `No source is named "${only}"; known are ${config.sources.map((s) => s.name).join(', ') || 'none'}.`,
    );
  }
  const lines: SourceLine[] = [];
  for (const kind of onlyCourts ? (['court'] as const) : ORDER) {
    for (const source of sources.filter((s) => s.kind === kind)) {
      signal.throwIfAborted();
      const read = () => takeSource(options, source, maxBytes);
      const line = await withSource(options, source.name, take.wait ?? false, read);
      if (line) lines.push(line);
      else options.log.info({ source: source.name }, 'source is being read by the other lane');
    }
  }
  return lines;
}

/** Whether a line says anything: a fast pass that found nothing is no news. */
export function hasNews({ report: { files, notices, stopped } }: SourceLine): boolean {
  return files.length > 0 || notices.length > 0 || stopped !== undefined;
}
