import { reportFormat, rootName } from './ojbc-format.ts';

/** A repository refused a warrant: evidence, it changes no warrant. */
export const ojbcWarrantRejected = reportFormat({
  name: 'ojbc-warrant-rejected',
  title: 'OJBC Warrant Rejected Report, NIEM 3.1',
  history: [
    {
      date: '2026-11-23',
      change: 'First read; carries no reason code and no OCA.',
    },
  ],
  sniff: (head) => (rootName(head) === 'wrr:WarrantRejectedReport' ? 'certain' : 'no'),
});
