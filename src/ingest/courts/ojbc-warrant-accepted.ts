import { reportFormat, rootName } from './ojbc-format.ts';

/** A repository took a warrant and gave it an id: evidence, it changes no warrant. */
export const ojbcWarrantAccepted = reportFormat({
  name: 'ojbc-warrant-accepted',
  title: 'OJBC Warrant Accepted Report, NIEM 3.1',
  history: [
    {
      date: '2026-11-23',
      change: 'First read; carries the repository id of the warrant.',
    },
  ],
  sniff: (head) => (rootName(head) === 'war:WarrantAcceptedReport' ? 'certain' : 'no'),
});
