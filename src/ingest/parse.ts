import type { CourtRecord, ExtraField, Problem } from '../domain/index.ts';
import { FEED_FORMATS } from './bookings/index.ts';
import type { BookingFeedRecord, PriorFeedRecord } from './bookings/record.ts';
import { checkRecord } from './check/index.ts';
import type { ByteSource, FeedKind, FileFacts, InputFormat, ParseContext } from './courts/format.ts';
import { COURT_FORMATS } from './courts/index.ts';
import { DEFAULT_LIMITS, HEAD_BYTES } from './parameters.ts';
import { headOf, sniff } from './sniff.ts';

export type AnyRecord = CourtRecord | BookingFeedRecord | PriorFeedRecord;

export interface ParseOptions {
  /** The format by name; sniffed where absent. */
  readonly format?: string;
  /** File name, for sniffing and messages. */
  readonly name?: string;
  /** Today in the court's zone, ISO. */
  readonly today: string;
  readonly zone: string;
  readonly codes?: ParseContext['codes'];
  readonly options?: ParseContext['options'];
  readonly limits?: ParseContext['limits'];
  /** Also lists what the checks of a run would find (dates, codes, names), not only what the parser saw. */
  readonly check?: boolean;
}

/** One record with all that is wrong with it. */
export interface ParsedAny {
  readonly record: AnyRecord;
  readonly problems: readonly Problem[];
}

/** What a file came to. */
export interface ParsedInput {
  readonly file: string;
  /** Undefined where no format fits. */
  readonly format?: string;
  readonly feed?: FeedKind;
  readonly records: readonly ParsedAny[];
  /** The file's own problems; an error among them condemns the whole file. */
  readonly problems: readonly Problem[];
  /** What the file says of itself. */
  readonly facts: FileFacts;
}

/** Every input format there is, court and feed. */
export function allFormats(): readonly InputFormat<AnyRecord>[] {
  const feeds = Object.values(FEED_FORMATS).flat() as readonly InputFormat<AnyRecord>[];
  return [...COURT_FORMATS, ...feeds];
}

function choose(head: Uint8Array, options: ParseOptions): InputFormat<AnyRecord> | Problem {
  const formats = allFormats();
  const known = formats.map((format) => format.name).join(', ');
  if (options.format !== undefined) {
    const named = formats.find((format) => format.name === options.format);
    return named ?? problem('SRC-FORMAT', `There is no format "${options.format}"; known are ${known}.`);
  }
  if (head.length === 0) return problem('SRC-EMPTY', 'The file has 0 bytes.');
  const found = sniff(formats, headOf(head, options.name));
  if ('format' in found) return found.format;
  const which = found.candidates.length > 0 ? `several fit: ${found.candidates.join(', ')}` : 'none fits';
  return problem(
    'SRC-FORMAT',
    `The format is not clear (${which}). Name it with --format; known are ${known}.`,
  );
}

function problem(code: Problem['code'], message: string): Problem {
  return { code, severity: 'error', message };
}

function isCourtRecord(record: AnyRecord): record is CourtRecord {
  return 'warrant' in record;
}

/** The facts of a file, said in parts, as one. */
function joinFacts(parts: readonly FileFacts[]): FileFacts {
  const extra: ExtraField[] = parts.flatMap((part) => part.extra ?? []);
  return { ...Object.assign({}, ...parts), ...(extra.length > 0 ? { extra } : {}) };
}

/**
 * Reads any supported input as it would be ingested, touching nothing: canonical records with their problems,
 * in source order, as they come. Memory stays flat for inputs of any size.
 */
export async function* parseStream(
  head: Uint8Array,
  input: ByteSource,
  options: ParseOptions,
): AsyncGenerator<
  | { readonly kind: 'format'; readonly format: InputFormat<AnyRecord> }
  | ({ readonly kind: 'record' } & ParsedAny)
  | { readonly kind: 'file'; readonly facts: FileFacts }
  | { readonly kind: 'problem'; readonly problem: Problem }
> {
  const format = choose(head, options);
  if ('code' in format) {
    yield { kind: 'problem', problem: format };
    return;
  }
  yield { kind: 'format', format };
  const source = options.name ?? 'file';
  const { zone, today, limits = DEFAULT_LIMITS, codes = {}, options: settings = {} } = options;
  for await (const item of format.parse(input, { source, zone, today, limits, codes, options: settings })) {
    if (item.kind !== 'record' || !options.check || !isCourtRecord(item.record)) yield item;
    else yield { ...item, problems: checkRecord(item.record, item.problems, { source, today }) };
  }
}

/**
 * The same for a file held in memory: `benchlink parse`.
 * @example const { records, problems } = await parseFile(bytes, { name: 'drop.xml', today, zone });
 */
export async function parseFile(bytes: Uint8Array, options: ParseOptions): Promise<ParsedInput> {
  const records: ParsedAny[] = [];
  const problems: Problem[] = [];
  const facts: FileFacts[] = [];
  let format: InputFormat<AnyRecord> | undefined;
  for await (const item of parseStream(bytes.subarray(0, HEAD_BYTES), [bytes], options)) {
    if (item.kind === 'format') format = item.format;
    if (item.kind === 'record') records.push({ record: item.record, problems: item.problems });
    if (item.kind === 'problem') problems.push(item.problem);
    if (item.kind === 'file') facts.push(item.facts);
  }
  return {
    file: options.name ?? '',
    ...(format ? { format: format.name, feed: format.feed } : {}),
    records,
    problems,
    facts: joinFacts(facts),
  };
}
