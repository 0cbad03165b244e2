import type { CourtRecord, Problem } from '../domain/index.ts';
import { BenchlinkError, errorText } from '../errors.ts';
import { FEED_FORMATS, type FeedKinds } from './bookings/index.ts';
import type { AnyFeedRecord } from './bookings/store-batch.ts';
import { withHead } from './bytes.ts';
import type { InputFormat, ParseContext } from './courts/format.ts';
import { COURT_FORMATS } from './courts/index.ts';
import { HEAD_BYTES } from './parameters.ts';
import { headOf, sniff } from './sniff.ts';
import type { Arrival, Transport } from './transports/transport.ts';

export type AnyFormat = InputFormat<CourtRecord> | InputFormat<AnyFeedRecord>;
export type SourceKind = 'court' | keyof FeedKinds;

/** One thing that was tried, and how it went. */
export interface SourceStep {
  readonly step: 'connect' | 'find an input' | 'read it' | 'recognise it' | 'read a record';
  readonly ok: boolean;
  /** What was found, or what is wrong and what to do; no personal data. */
  readonly words: string;
}

export interface SourceTest {
  readonly ok: boolean;
  readonly steps: readonly SourceStep[];
  /** All that is wrong with the first record and its file. */
  readonly problems: readonly Problem[];
}

class Steps {
  readonly list: SourceStep[] = [];

  pass(step: SourceStep['step'], words: string): void {
    this.list.push({ step, ok: true, words });
  }

  fail(step: SourceStep['step'], words: string, problems: readonly Problem[] = []): SourceTest {
    this.list.push({ step, ok: false, words });
    return { ok: false, steps: this.list, problems };
  }
}

/** The formats a source of a kind may carry. */
export function sourceFormats(kind: SourceKind, feeds: FeedKinds = FEED_FORMATS): readonly AnyFormat[] {
  return kind === 'court' ? COURT_FORMATS : (feeds[kind] as readonly AnyFormat[]);
}

/** The first input that is ready; the source is left in the middle of its list. */
async function firstArrival(transport: Transport): Promise<{ arrival?: Arrival; notices: string[] }> {
  const notices: string[] = [];
  for await (const item of transport.fetch()) {
    if (item.kind === 'arrival') return { arrival: item.arrival, notices };
    notices.push(`${item.notice.name}: ${item.notice.problem.message}`);
  }
  return { notices };
}

interface Recognised {
  readonly format?: AnyFormat;
  readonly words: string;
}

function recognise(
  formats: readonly AnyFormat[],
  head: Uint8Array,
  name: string,
  configured: string | undefined,
): Recognised {
  const known = formats.map((format) => format.name).join(', ');
  if (configured !== undefined) {
    const format = formats.find((candidate) => candidate.name === configured);
    if (!format)
      return { words: `The configured format "${configured}" does not exist; known are ${known}.` };
    const fits = format.sniff(headOf(head, name)) !== 'no';
    const doubt = fits ? '' : ' The file does not look like it; reading it may show why.';
    return { format, words: `As configured it is read as ${format.name} (${format.title}).${doubt}` };
  }
  const found = sniff(formats as readonly InputFormat<CourtRecord>[], headOf(head, name));
  if ('format' in found)
    return { format: found.format, words: `It is ${found.format.name} (${found.format.title}).` };
  const several =
    found.candidates.length > 0 ? `several formats fit (${found.candidates.join(', ')})` : 'no format fits';
  return {
    words: `The file is not recognised: ${several}. Name the source's format in the configuration; known are ${known}.`,
  };
}

/** The first record of an input with its problems, or the problems of the file. */
async function firstRecord(
  format: AnyFormat,
  arrival: Arrival,
  context: ParseContext,
): Promise<{ line?: number; found: boolean; problems: Problem[] }> {
  const problems: Problem[] = [];
  for await (const item of format.parse(arrival.read(), context)) {
    if (item.kind === 'problem') problems.push(item.problem);
    if (item.kind !== 'record') continue;
    const { line } = item.record.place;
    return {
      found: true,
      problems: [...problems, ...item.problems],
      ...(line === undefined ? {} : { line }),
    };
  }
  return { found: false, problems };
}

/** What the worst problems of a record are about, in words. */
function adviceOn(problems: readonly Problem[]): string {
  const errors = problems.filter((problem) => problem.severity === 'error');
  const about = (code: Problem['code']) => errors.some((problem) => problem.code === code);
  if (about('SRC-ENCODING')) return 'The encoding is wrong. ';
  if (about('SRC-UNMAPPED')) return "The code map lacks the court's words. ";
  if (about('SRC-FORMAT')) return 'The columns do not fit. ';
  return '';
}

async function headBytes(arrival: Arrival): Promise<Uint8Array> {
  for await (const chunk of withHead(arrival.read(), HEAD_BYTES)) return chunk;
  return new Uint8Array();
}

async function read(
  steps: Steps,
  formats: readonly AnyFormat[],
  arrival: Arrival,
  head: Uint8Array,
  context: ParseContext,
  configured: string | undefined,
): Promise<SourceTest> {
  steps.pass('read it', `Its first ${head.length} bytes were read.`);
  const { format, words } = recognise(formats, head, arrival.name, configured);
  if (!format) return steps.fail('recognise it', words);
  steps.pass('recognise it', words);
  const options = { ...context.options, fileName: arrival.name };
  const { found, line, problems } = await firstRecord(format, arrival, { ...context, options });
  const errors = problems.filter((problem) => problem.severity === 'error');
  const list = problems.map((problem) => `${problem.code}: ${problem.message}`).join(' ');
  if (errors.length > 0) return steps.fail('read a record', `${adviceOn(problems)}${list}`, problems);
  if (!found) return steps.fail('read a record', `The file holds no record. ${list}`.trim(), problems);
  steps.pass(
    'read a record',
    `The first record${line ? ` (line ${line})` : ''} was read${problems.length > 0 ? ` with warnings: ${list}` : ' without a problem'}.`,
  );
  return { ok: true, steps: steps.list, problems };
}

/**
 * Connects to a source, reads one record, and says in plain words what is wrong: host, host key, credentials,
 * permissions, a folder that is not there, encoding, format, mapping. What it claims it gives back.
 * @param formats what the source may carry (`sourceFormats`)
 * @param transport opened with `isAlive: () => true`, so that no run's claims are taken over, and with a `MemoryCursor`
 */
export async function testSource(
  formats: readonly AnyFormat[],
  transport: Transport,
  context: ParseContext,
  configured?: string,
): Promise<SourceTest> {
  const steps = new Steps();
  let at: SourceStep['step'] = 'connect';
  let arrival: Arrival | undefined;
  try {
    const first = await firstArrival(transport);
    arrival = first.arrival;
    // A database or a list of changes is first spoken to when something of it is read.
    const unproven = arrival && arrival.bytes === undefined ? await headBytes(arrival) : undefined;
    steps.pass('connect', 'The source answers and lets us in.');
    if (!arrival) {
      const { notices } = first;
      const seen = notices.length > 0 ? ` Seen but not ready: ${notices.join(' ')}` : '';
      return steps.fail(
        'find an input',
        `There is nothing to read now.${seen} Check the folder and the pattern of names.`,
      );
    }
    steps.pass(
      'find an input',
      `${arrival.name}${arrival.bytes === undefined ? '' : `, ${arrival.bytes} bytes`}.`,
    );
    at = 'read it';
    return await read(steps, formats, arrival, unproven ?? (await headBytes(arrival)), context, configured);
  } catch (error) {
    if (!(error instanceof BenchlinkError)) throw error;
    return steps.fail(at, errorText(error));
  } finally {
    await arrival?.release?.();
    await transport.close();
  }
}
