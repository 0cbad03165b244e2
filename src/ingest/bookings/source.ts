import type { Problem } from '../../domain/index.ts';
import { BenchlinkError } from '../../errors.ts';
import { withHead } from '../bytes.ts';
import type { InputFormat, ParseContext } from '../courts/format.ts';
import { HEAD_BYTES } from '../parameters.ts';
import { headOf, sniff, whyNone } from '../sniff.ts';
import type { Arrival, Notice, Transport } from '../transports/transport.ts';
import { type FeedFormat, type FeedOutcome, type FeedPorts, loadFeed } from './load.ts';
import { sweepPurged } from './purge.ts';
import type { AnyFeedRecord } from './store-batch.ts';

export interface FeedFileReport {
  readonly name: string;
  readonly recovered: boolean;
  readonly outcome: FeedOutcome | { readonly state: 'unread'; readonly problems: readonly Problem[] };
}

export interface FeedSourceReport {
  readonly files: readonly FeedFileReport[];
  readonly notices: readonly Notice[];
  /** Why the source stopped before its end, if it did; the next run goes on from here. */
  readonly stopped?: BenchlinkError;
}

async function headBytes(arrival: Arrival): Promise<Uint8Array> {
  for await (const chunk of withHead(arrival.read(), HEAD_BYTES)) return chunk;
  return new Uint8Array();
}

async function formatOf(
  arrival: Arrival,
  formats: readonly FeedFormat[],
  configured: string | undefined,
): Promise<FeedFormat | Problem> {
  const named = formats.find((format) => format.name === configured);
  if (named) return named;
  const head = headOf(await headBytes(arrival), arrival.name);
  const found = sniff(formats as readonly InputFormat<AnyFeedRecord>[], head);
  const chosen = 'format' in found ? formats.find((format) => format.name === found.format.name) : undefined;
  if (chosen) return chosen;
  const why = whyNone('candidates' in found ? found.candidates : [], head);
  const known = formats.map((format) => format.name).join(', ');
  return {
    code: 'SRC-FORMAT',
    severity: 'error',
    message: `No one format fits the file (${why}; known here: ${known}). Name the source's format in the configuration.`,
  };
}

/** What may lie on in `done/`: of a citation, no second copy of its print. */
function treatmentOf(format: FeedFormat): 'keep' | 'erase-beside' | 'erase' {
  if (format.feed !== 'citation') return 'keep';
  return format.holdsPrints ? 'erase' : 'erase-beside';
}

async function takeOne(
  ports: FeedPorts,
  arrival: Arrival,
  formats: readonly FeedFormat[],
  context: ParseContext,
  configured: string | undefined,
): Promise<FeedFileReport> {
  const format = await formatOf(arrival, formats, configured);
  const about = { name: arrival.name, recovered: arrival.recovered };
  if ('code' in format) {
    await arrival.refuse();
    return { ...about, outcome: { state: 'unread', problems: [format] } };
  }
  const outcome = await loadFeed(ports, arrival, format, context);
  if (outcome.state === 'refused') await arrival.refuse();
  else if (outcome.state === 'waiting') await (arrival.release ?? arrival.refuse)();
  else await arrival.done(treatmentOf(format));
  return { ...about, outcome };
}

/**
 * Takes everything a booking, citation or prior-record source has ready. A source that dies in the middle ends
 * the report with `stopped`: what was stored stays, what was claimed is found again by the next run.
 */
export async function loadFeedSource(
  ports: FeedPorts,
  transport: Transport,
  formats: readonly FeedFormat[],
  context: ParseContext,
  configured?: string,
): Promise<FeedSourceReport> {
  const files: FeedFileReport[] = [];
  const notices: Notice[] = [];
  try {
    await sweepPurged(ports.store);
    for await (const item of transport.fetch()) {
      if (item.kind === 'notice') notices.push(item.notice);
      else files.push(await takeOne(ports, item.arrival, formats, context, configured));
    }
  } catch (error) {
    if (!(error instanceof BenchlinkError && error.kind === 'retry')) throw error;
    return { files, notices, stopped: error };
  } finally {
    await transport.close();
  }
  return { files, notices };
}
