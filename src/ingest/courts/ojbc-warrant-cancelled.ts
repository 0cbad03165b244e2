import { reportFormat, rootName } from './ojbc-format.ts';

/** A court recalls a warrant, named by OCA and repository id, never by warrant number. */
export const ojbcWarrantCancelled = reportFormat({
  name: 'ojbc-warrant-cancelled',
  title: 'OJBC Warrant Cancelled Report, NIEM 3.1',
  history: [
    {
      date: '2026-11-23',
      change: 'First read; carries no warrant number, no date and no reason.',
    },
  ],
  sniff: (head) => (rootName(head) === 'wcr:WarrantCancelledReport' ? 'certain' : 'no'),
});
