import { canonicalName } from '../xml/element.ts';
import type { CourtFormat, Fit, Head, HistoryLine } from './format.ts';
import { COURT_KEYS } from './namespaces.ts';
import { REPORT_KINDS } from './ojbc-kinds.ts';
import { convertReport } from './ojbc-report.ts';
import { parseXmlDrop, type XmlDrop } from './xml-drop.ts';

const CUT: ReadonlySet<string> = new Set(Object.keys(REPORT_KINDS));

/** Any mixture of the five reports: each is recognised by its own root element. */
const DROP: XmlDrop = {
  cut: CUT,
  convert: (element, scope, { zone }) => convertReport(REPORT_KINDS[element.name]!, element, scope, zone),
};

/** The canonical name of a head's root element. */
export function rootName(head: Head): string | undefined {
  return head.root && canonicalName(COURT_KEYS, head.root.namespace, head.root.local);
}

/** A format of the warrant-reporting family: how to tell it, everything else is common. */
export function reportFormat(format: {
  readonly name: string;
  readonly title: string;
  readonly history: readonly HistoryLine[];
  readonly sniff: (head: Head) => Fit;
}): CourtFormat {
  return {
    ...format,
    feed: 'court',
    delta: 'events',
    parse: (input, context) => parseXmlDrop(DROP, input, context),
  };
}
