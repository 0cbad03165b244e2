import type { Problem, RecordPlace } from '../../domain/index.ts';
import type { ByteSource, ParseContext, ParseItem } from '../courts/format.ts';
import { datesIn } from '../moments.ts';
import { Refusal } from '../refusal.ts';
import type { NamespaceKeys, XmlElement } from '../xml/element.ts';
import { holdsInstead } from '../xml/holds.ts';
import { NIEM_KEYS } from '../xml/names.ts';
import { References, Scope } from '../xml/references.ts';
import { Taking } from '../xml/take.ts';
import { readXml } from '../xml.ts';
import { Report } from './report.ts';

const EXCHANGE = 'http://ojbc.org/IEPD/Exchange';
const EXTENSIONS = 'http://ojbc.org/IEPD/Extensions';

/** NIEM and the booking, custody and criminal-history exchanges built on it; the older namespace of a rap sheet too. */
export const FEED_KEYS: NamespaceKeys = {
  ...NIEM_KEYS,
  'http://nlets.org/niem2/rapsheet/1.0': 'rap',
  [`${EXTENSIONS}/RapSheet/1.0`]: 'rap',
  [`${EXCHANGE}/BookingReport/1.0`]: 'br-doc',
  [`${EXTENSIONS}/BookingReportExtension/1.0`]: 'br',
  [`${EXCHANGE}/CustodyQueryResults/1.0`]: 'cq-doc',
  [`${EXTENSIONS}/CustodyQueryResultsExtension/1.0`]: 'cq',
  [`${EXCHANGE}/CriminalHistory/1.0`]: 'ch-doc',
  [`${EXTENSIONS}/CriminalHistory/1.0`]: 'ch',
};

export interface FeedDraft<R> {
  readonly record: R;
  readonly problems: readonly Problem[];
}

/**
 * Cuts the blocks of the named kinds out of an XML document, each with its own references, in flat memory; a document
 * without any is a fault, as silence must never look like a quiet night.
 */
export async function* parseFeedDrop<R>(
  blocks: readonly string[],
  convert: (report: Report, place: RecordPlace) => FeedDraft<R>,
  input: ByteSource,
  context: ParseContext,
): AsyncGenerator<ParseItem<R>> {
  let ordinal = 0;
  let root: XmlElement | undefined;
  try {
    const reading = { keys: FEED_KEYS, limits: context.limits, cut: new Set(blocks) };
    for await (const part of readXml(input, reading)) {
      if (part.kind === 'root') root = part.element;
      if (part.kind !== 'record') continue;
      ordinal += 1;
      yield { kind: 'record', ...convertBlock(part.element, ordinal, convert, context.zone) };
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield { kind: 'problem', problem: error.problem() };
    return;
  }
  // What stands outside the blocks: the sender's document number and the like.
  const extra = root ? new Taking().leftovers([root]) : [];
  if (extra.length > 0) yield { kind: 'file', facts: { extra } };
  if (ordinal > 0) return;
  const message = `The document holds no ${blocks.join(' or ')}${holdsInstead(root)}; ask the source whether that is right.`;
  yield { kind: 'problem', problem: { code: 'SRC-EMPTY', severity: 'error', message } };
}

function convertBlock<R>(
  element: XmlElement,
  ordinal: number,
  convert: (report: Report, place: RecordPlace) => FeedDraft<R>,
  zone: string,
): FeedDraft<R> {
  const take = new Taking(datesIn(zone));
  const report = new Report(element, new Scope(element, new References()), take);
  const { record, problems } = convert(report, { ordinal, line: element.line });
  return { record, problems: [...problems, ...take.problems] };
}

/** A problem of a number the record cannot do without. */
export function missingNumber(root: XmlElement, what: string): Problem {
  return {
    code: 'FIELD-MISSING',
    severity: 'error',
    field: 'number',
    sourceField: root.path,
    line: root.line,
    message: `The record has no ${what}.`,
  };
}
