import { reportFormat, rootName } from './ojbc-format.ts';

/** A court tells a state repository of a warrant it issued (NIEM 3.1, one document a warrant). */
export const ojbcWarrantIssued = reportFormat({
  name: 'ojbc-warrant-issued',
  title: 'OJBC Warrant Issued Report, NIEM 3.1',
  history: [
    {
      date: '2026-11-23',
      change: 'First read; case, warrant, person, aliases, vehicles and addresses joined by id.',
    },
  ],
  sniff: (head) => (rootName(head) === 'wir:WarrantIssuedReport' ? 'certain' : 'no'),
});
