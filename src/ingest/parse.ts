import type { CourtRecord, ExtraField, Problem } from '../domain/index.ts';
import { FEED_FORMATS, feedFormats } from './bookings/index.ts';
import { type PrintLibrary, type ShownFeedRecord, showPrints } from './bookings/show-prints.ts';
import type { AnyFeedRecord } from './bookings/store-batch.ts';
import { checkRecord } from './check/index.ts';
import type { ByteSource, FeedKind, FileFacts, InputFormat, ParseContext } from './courts/format.ts';
import { COURT_FORMATS } from './courts/index.ts';
import { DEFAULT_LIMITS, HEAD_BYTES } from './parameters.ts';
import { headOf, sniff, whyNone } from './sniff.ts';

export type AnyRecord = CourtRecord | AnyFeedRecord;

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
  /** Reads print files: with it ANSI/NIST files and pictures can be read, and each print says what it is. */
  readonly prints?: PrintLibrary;
}

/** One record with all that is wrong with it. */
export interface ParsedAny {
  readonly record: CourtRecord | ShownFeedRecord;
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

/** Every input format there is, court and feed; those that need the print library only with it. */
export function allFormats(prints?: Pick<PrintLibrary, 'read'>): readonly InputFormat<AnyRecord>[] {
  const feeds = Object.values(prints ? feedFormats(prints.read) : FEED_FORMATS).flat();
  return [...COURT_FORMATS, ...(feeds as readonly InputFormat<AnyRecord>[])];
}

interface Chosen {
  readonly format: InputFormat<AnyRecord>;
  /** What the file itself does not say and was taken for granted. */
  readonly doubt?: Problem;
}

/** The feed a print file is shown as when the file alone cannot tell: its source decides in a run. */
const SHOWN_AS = /^booking-(an2|image)$/;

/** Print files fit a booking, a citation and a prior record alike; their bytes are the same. */
function amongPrintFiles(
  candidates: readonly string[],
  formats: readonly InputFormat<AnyRecord>[],
): Chosen | undefined {
  const suffix = SHOWN_AS.exec(candidates.find((name) => SHOWN_AS.test(name)) ?? '')?.[1];
  if (!suffix || !candidates.every((name) => name.endsWith(`-${suffix}`))) return undefined;
  const format = formats.find(({ name }) => name === `booking-${suffix}`)!;
  const others = candidates.filter((name) => name !== format.name).join(' or ');
  const message = `A print file does not say what it belongs to: shown as ${format.name}. In a run its source decides; here name ${others} with --format.`;
  return { format, doubt: { code: 'SRC-FORMAT', severity: 'warning', message } };
}

function choose(head: Uint8Array, options: ParseOptions): Chosen | Problem {
  const formats = allFormats(options.prints);
  const known = formats.map((format) => format.name).join(', ');
  if (options.format !== undefined) {
    const named = formats.find((format) => format.name === options.format);
    return named
      ? { format: named }
      : problem('SRC-FORMAT', `There is no format "${options.format}"; known are ${known}.`);
  }
  if (head.length === 0) return problem('SRC-EMPTY', 'The file has 0 bytes.');
  const seen = headOf(head, options.name);
  const found = sniff(formats, seen);
  if ('format' in found) return found;
  const printFile = amongPrintFiles(found.candidates, formats);
  if (printFile) return printFile;
  return problem(
    'SRC-FORMAT',
    `The format is not clear (${whyNone(found.candidates, seen)}). Name it with --format; known are ${known}.`,
  );
}

function problem(code: Problem['code'], message: string): Problem {
  return { code, severity: 'error', message };
}

function isCourtRecord(record: AnyRecord): record is CourtRecord {
  return 'warrant' in record;
}

/** The facts of a file, said in parts, as one. */
export function joinFacts(parts: readonly FileFacts[]): FileFacts {
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
  const chosen = choose(head, options);
  if ('code' in chosen) {
    yield { kind: 'problem', problem: chosen };
    return;
  }
  const { format, doubt } = chosen;
  yield { kind: 'format', format };
  if (doubt) yield { kind: 'problem', problem: doubt };
  const source = options.name ?? 'file';
  const { zone, today, limits = DEFAULT_LIMITS, codes = {}, prints } = options;
  // Images alone say whose they are by their name.
  const settings = { ...options.options, ...(options.name ? { fileName: options.name } : {}) };
  for await (const item of format.parse(input, { source, zone, today, limits, codes, options: settings })) {
    if (item.kind !== 'record') yield item;
    else if (!isCourtRecord(item.record))
      yield prints ? await showPrints(item.record, item.problems, prints) : item;
    else if (options.check)
      yield { ...item, problems: checkRecord(item.record, item.problems, { source, today }) };
    else yield item;
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
