import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CourtRecord, Problem } from '../../../src/domain/index.ts';
import type { CourtFormat, FileFacts, ParseContext } from '../../../src/ingest/courts/format.ts';
import { COURT_FORMATS } from '../../../src/ingest/courts/index.ts';
import { DEFAULT_LIMITS } from '../../../src/ingest/parameters.ts';
import { headOf, sniff } from '../../../src/ingest/sniff.ts';

export const CONTEXT: ParseContext = {
  source: 'test-court',
  zone: 'America/Los_Angeles',
  today: '2026-11-23',
  limits: DEFAULT_LIMITS,
  codes: {},
  options: {},
};

export interface Read {
  readonly format: CourtFormat;
  readonly records: { readonly record: CourtRecord; readonly problems: readonly Problem[] }[];
  readonly problems: Problem[];
  readonly facts: FileFacts[];
}

/** Sniffs and reads bytes whole, as the pipeline would. */
export async function read(input: string | Uint8Array, context: Partial<ParseContext> = {}): Promise<Read> {
  const bytes = typeof input === 'string' ? Buffer.from(input) : input;
  const sniffed = sniff(COURT_FORMATS, headOf(bytes));
  if (!('format' in sniffed)) throw new Error(`not recognised: ${sniffed.candidates.join(', ')}`);
  return readAs(sniffed.format, [bytes], context);
}

export async function readAs(
  format: CourtFormat,
  input: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  context: Partial<ParseContext> = {},
): Promise<Read> {
  const result: Read = { format, records: [], problems: [], facts: [] };
  for await (const item of format.parse(input, { ...CONTEXT, ...context })) {
    if (item.kind === 'record') result.records.push({ record: item.record, problems: item.problems });
    if (item.kind === 'problem') result.problems.push(item.problem);
    if (item.kind === 'file') result.facts.push(item.facts);
  }
  return result;
}

const SHARED = join(import.meta.dirname, '../../../../shared');

/** Files of a folder of the shared material beside the checkout; none where it is absent. */
export function sharedFiles(folder: string, ending = '.xml'): string[] {
  const at = join(SHARED, folder);
  if (!existsSync(at)) return [];
  return readdirSync(at)
    .filter((name) => name.endsWith(ending))
    .map((name) => join(at, name));
}
