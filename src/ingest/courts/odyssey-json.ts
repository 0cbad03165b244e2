import type { CourtRecord, Problem } from '../../domain/index.ts';
import { withHead } from '../bytes.ts';
import { isJsonLines, type JsonText, jsonLines, jsonObjects, parseExact } from '../json-records.ts';
import { HEAD_BYTES } from '../parameters.ts';
import { Refusal } from '../refusal.ts';
import { readerSettings } from '../row-reader.ts';
import { mergeMaps } from './code-map.ts';
import type { ByteSource, CourtFormat, ParseContext, ParseItem } from './format.ts';
import { isJson, readNestedWarrant } from './nested-warrant.ts';
import { ODYSSEY_CODES } from './odyssey-codes.ts';

/**
 * Odyssey-kind warrant export as JSON: an array of warrants, one in an envelope, or JSON Lines.
 *
 * History
 * 2026-11-23  First version: the columns of the delimited export as nested members; codes with their
 *             descriptions (`{"code": ..., "description": ...}`); charges as a list.
 */

const NAME = 'odyssey-json';
const REQUIRED = ['warrant_number', 'case_number', 'status'];

/** The texts of the records of a JSON input, whichever of its three layouts it has. @throws Refusal */
export async function* jsonRecords(input: ByteSource, context: ParseContext): AsyncGenerator<JsonText> {
  const chunks = withHead(input, HEAD_BYTES);
  const first = await chunks.next();
  const head = first.done ? new Uint8Array() : first.value;
  const whole = (async function* () {
    if (!first.done) yield first.value;
    yield* chunks;
  })();
  const lines = isJsonLines(
    Buffer.from(head.subarray(0, HEAD_BYTES))
      .toString('utf8')
      .replace(/^\uFEFF/, ''),
  );
  yield* lines ? jsonLines(whole, context.limits) : jsonObjects(whole, context.limits);
}

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
  const court = { format: NAME, context, codes, settings: readerSettings(context.options) };
  let ordinal = 0;
  try {
    for await (const { line, text } of jsonRecords(input, context)) {
      ordinal += 1;
      const record = parseExact(text);
      if (!isJson(record)) throw new SyntaxError('not an object');
      yield { kind: 'record', ...readNestedWarrant(record, { line, ordinal }, court, REQUIRED) };
    }
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
  history: [{ date: '2026-11-23', change: 'First version.' }],
  delta: 'events',
  sniff: (head) => {
    const text = head.text.trimStart();
    if (!text.startsWith('{') && !text.startsWith('[')) return 'no';
    return /"warrant_?number"\s*:/i.test(text) && !/"status_?history"\s*:/i.test(text) ? 'certain' : 'no';
  },
  parse,
};
