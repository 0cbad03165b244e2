import { reportFormat, rootName } from './ojbc-format.ts';

/** A court changes a warrant: what is stated holds, what is nil is removed, what is absent stays. */
export const ojbcWarrantModification = reportFormat({
  name: 'ojbc-warrant-modification',
  title: 'OJBC Warrant Modification Report, NIEM 3.1',
  history: [
    {
      date: '2026-11-23',
      change: 'First read; xsi:nil means that a value is removed.',
    },
  ],
  sniff: (head) => (rootName(head) === 'wmr:WarrantModificationReport' ? 'certain' : 'no'),
});
