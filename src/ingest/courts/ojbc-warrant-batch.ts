import { reportFormat, rootName } from './ojbc-format.ts';
import { REPORT_KINDS } from './ojbc-kinds.ts';

const REPORT_NAMESPACE = /http:\/\/ojbc\.org\/IEPD\/Exchange\/Warrant\w+Report\/1\.0/;

/** Many reports in one file under an envelope of the court's own: a night's drop. Each keeps its own meaning. */
export const ojbcWarrantBatch = reportFormat({
  name: 'ojbc-warrant-batch',
  title: 'Envelope of OJBC warrant reports, NIEM 3.1',
  history: [
    {
      date: '2026-11-23',
      change: 'First read: any root element around reports of the five kinds.',
    },
  ],
  sniff: (head) => {
    const root = rootName(head);
    if (root === undefined || Object.hasOwn(REPORT_KINDS, root)) return 'no';
    return REPORT_NAMESPACE.test(head.text) ? 'certain' : 'no';
  },
});
