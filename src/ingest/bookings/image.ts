import type { OriginKind, Problem } from '../../domain/index.ts';
import { atMost, readAll } from '../bytes.ts';
import type { ByteSource, Head, InputFormat, ParseContext, ParseItem } from '../courts/format.ts';
import { Refusal } from '../refusal.ts';
import { present } from '../row-reader.ts';
import type { Read } from '../values.ts';
import { readFinger, readImpression } from './print-columns.ts';
import type { PrintFeedRecord } from './record.ts';

/**
 * Pictures alone, named for whose they are: `NUMBER_FINGER.ext` or `NUMBER_FINGER_IMPRESSION.ext`, finger and
 * impression as ANSI/NIST codes or words, e.g. `2025-0098812_1_1.wsq`, `FR1009917_right-thumb.png`. They wait at the
 * source until their booking or citation is known.
 *
 * History
 * 2026-11-23  First version.
 */

const NAME = /^(.+?)_([A-Za-z0-9-]+)(?:_([A-Za-z0-9-]+))?\.(png|tiff?|jpe?g|jp2|bmp|wsq)$/i;

const SIGNATURES: readonly (readonly number[])[] = [
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x49, 0x49, 0x2a, 0x00],
  [0x4d, 0x4d, 0x00, 0x2a],
  [0x42, 0x4d],
  [0x00, 0x00, 0x00, 0x0c, 0x6a, 0x50],
  [0xff, 0x4f, 0xff, 0x51],
  [0xff, 0xa0],
];

function isPicture({ bytes }: Head): boolean {
  return SIGNATURES.some((signature) => signature.every((value, i) => bytes[i] === value));
}

function nameProblem(message: string): Problem {
  return { code: 'FIELD-FORMAT', severity: 'error', sourceField: 'file name', message };
}

function orProblem<T>(read: Read<T> | undefined, what: string, problems: Problem[]): T | undefined {
  if (!read || read.ok) return read?.value;
  problems.push(nameProblem(`The ${what} in the file name is wrong: ${read.why}.`));
  return undefined;
}

async function* parse(
  kind: OriginKind,
  input: ByteSource,
  context: ParseContext,
): AsyncGenerator<ParseItem<PrintFeedRecord>> {
  const [, number, fingerText, impressionText] = NAME.exec(context.options.fileName ?? '') ?? [];
  if (!number || !fingerText) {
    const message =
      'The file name does not say whose print it is; name it NUMBER_FINGER.ext, e.g. B1234_1.wsq.';
    yield { kind: 'problem', problem: nameProblem(message) };
    return;
  }
  try {
    const bytes = await readAll(atMost(input, context.limits.fileBytes));
    const problems: Problem[] = [];
    const finger = orProblem(readFinger(fingerText), 'finger', problems);
    const impression = orProblem(
      impressionText === undefined ? undefined : readImpression(impressionText),
      'impression',
      problems,
    );
    const print = present<PrintFeedRecord['prints'][number]>({
      origin: { bytes },
      purpose: kind,
      finger,
      impression,
    });
    const record = {
      format: `${kind}-image`,
      place: { ordinal: 1 },
      owner: { kind, number },
      prints: [print],
      extra: [],
    };
    yield { kind: 'record', record, problems };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield { kind: 'problem', problem: error.problem() };
  }
}

function imageFeed(kind: OriginKind): InputFormat<PrintFeedRecord> & { readonly holdsPrints: true } {
  return {
    name: `${kind}-image`,
    feed: kind,
    title: `Pictures alone, named for their ${kind}`,
    history: [{ date: '2026-11-23', change: 'First version.' }],
    delta: 'events',
    holdsPrints: true,
    sniff: (head) => (isPicture(head) ? 'certain' : 'no'),
    parse: (input, context) => parse(kind, input, context),
  };
}

export const bookingImage = imageFeed('booking');
export const citationImage = imageFeed('citation');
