import type { CourtRecord, ExtraField, Problem } from '../../domain/index.ts';
import { withHead } from '../bytes.ts';
import {
  type Envelope,
  isJsonLines,
  isRecordAlone,
  type JsonText,
  jsonLines,
  jsonObjects,
  parseExact,
} from '../json-records.ts';
import { twinProblems } from '../json-twins.ts';
import { HEAD_BYTES } from '../parameters.ts';
import { Refusal } from '../refusal.ts';
import { readerSettings } from '../row-reader.ts';
import { mergeMaps } from './code-map.ts';
import { leavesOf } from './flat.ts';
import type { ByteSource, CourtFormat, ParseContext, ParseItem } from './format.ts';
import { isJson, readNestedWarrant } from './nested-warrant.ts';
import { ODYSSEY_CODES } from './odyssey-codes.ts';

/**
 * Odyssey-kind warrant export as JSON: an array of warrants, one in an envelope, warrants one by one, or JSON Lines.
 *
 * History
 * 2026-11-23  First version: the columns of the delimited export as nested members; codes with their
 *             descriptions (`{"code": ..., "description": ...}`); charges as a list.
 * 2026-11-25  A warrant on its own over several lines; the envelope's own members are kept.
 */

const NAME = 'odyssey-json';
const REQUIRED = ['warrant_number', 'case_number', 'status'];

const WARRANT_NUMBER = /^"warrant_?number"/i;

/** The texts of the records of a JSON input, whichever of its four layouts it has. @throws Refusal */
async function* jsonRecords(
  input: ByteSource,
  context: ParseContext,
  envelope: Envelope,
): AsyncGenerator<JsonText> {
  const chunks = withHead(input, HEAD_BYTES);
  const first = await chunks.next();
  const head = first.done ? new Uint8Array() : first.value;
  const whole = (async function* () {
    if (!first.done) yield first.value;
    yield* chunks;
  })();
  const text = Buffer.from(head.subarray(0, HEAD_BYTES))
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  if (isJsonLines(text)) yield* jsonLines(whole, context.limits);
  else yield* jsonObjects(whole, context.limits, isRecordAlone(text, WARRANT_NUMBER), envelope);
}

/** The envelope's own members, each by its path; they belong to no one record. */
function envelopeFields({ text }: Envelope): ExtraField[] {
  const outer = text.trim() === '' ? undefined : parseExact(text);
  return isJson(outer)
    ? leavesOf(outer).flatMap(({ path, value }) => (value === '' ? [] : [{ path: path.join('.'), value }]))
    : [];
}

/** Silence must never look like a quiet night. */
const NO_WARRANT: Problem = {
  code: 'SRC-EMPTY',
  severity: 'warning',
  message: 'The file is JSON but holds no warrant; ask the source whether that is right.',
};

function brokenJson(line: number): Problem {
  return {
    code: 'SRC-UNREADABLE',
    severity: 'error',
    line,
    message: 'This record is not JSON. Ask the sender for the file again.',
  };
}

async function* parse(input: ByteSource, context: ParseContext): AsyncGenerator<ParseItem<CourtRecord>> {
  const codes = mergeMaps(context.codes, ODYSSEY_CODES);
  const court = { format: NAME, context, codes, settings: readerSettings(context.options, context.zone) };
  let ordinal = 0;
  try {
    const envelope: Envelope = { text: '' };
    for await (const { line, text } of jsonRecords(input, context, envelope)) {
      ordinal += 1;
      const record = parseExact(text);
      if (!isJson(record)) throw new SyntaxError('not an object');
      const read = readNestedWarrant(record, { line, ordinal }, court, REQUIRED);
      const problems = [...twinProblems(text, record, line), ...read.problems];
      yield { kind: 'record', record: read.record, problems };
    }
    const extra = envelopeFields(envelope);
    if (extra.length > 0) yield { kind: 'file', facts: { extra } };
    if (ordinal === 0) yield { kind: 'problem', problem: NO_WARRANT };
  } catch (error) {
    if (error instanceof Refusal) yield { kind: 'problem', problem: error.problem() };
    else if (error instanceof SyntaxError) yield { kind: 'problem', problem: brokenJson(ordinal) };
    else throw error;
  }
}

export const odysseyJson: CourtFormat = {
  name: NAME,
  feed: 'court',
  title: 'Odyssey-kind warrant export, JSON',
  history: [
    { date: '2026-11-23', change: 'First version.' },
    { date: '2026-11-25', change: 'A warrant on its own; the envelope is kept.' },
  ],
  delta: 'events',
  sniff: (head) => {
    const text = head.text.trimStart();
    if (!text.startsWith('{') && !text.startsWith('[')) return 'no';
    return /"warrant_?number"\s*:/i.test(text) && !/"status_?history"\s*:/i.test(text) ? 'certain' : 'no';
  },
  parse,
};
