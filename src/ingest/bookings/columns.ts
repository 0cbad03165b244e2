import type { Column } from '../table.ts';
import { PERSON_COLUMNS } from './person-columns.ts';
import { PRINT_COLUMNS } from './print-columns.ts';

const AGENCY: Column = {
  name: 'agency_ori',
  aliases: ['ori', 'booking agency ori', 'arresting agency ori', 'agency'],
  meaning: 'ORI of the agency that booked or cited',
};
const ARREST_DATE: Column = {
  name: 'arrest_date',
  aliases: ['date of arrest', 'doa', 'arrested'],
  meaning: 'Date of arrest',
};
const CASES: Column = {
  name: 'case_numbers',
  aliases: ['case number', 'case no', 'court case', 'court case number', 'docket'],
  meaning: 'Court case numbers, divided by ;',
};
const CHARGES: Column = {
  name: 'charges',
  aliases: ['charge', 'charge description', 'offense', 'offence', 'offense description'],
  meaning: 'Charges, divided by ;',
};

const STATUTES: Column = {
  name: 'statutes',
  aliases: ['statute', 'statute number', 'violation', 'violation code', 'charge statute'],
  meaning: 'Statutes charged, divided by ;',
};

/** Key columns: a feed is told from another by the key it has and the keys it has not. */
export const WARRANT_NUMBER: Column = {
  name: 'warrant_number',
  aliases: ['warrant no', 'warrant id'],
  meaning: 'Number of a warrant',
};
export const BOOKING_NUMBER: Column = {
  name: 'booking_number',
  aliases: ['booking no', 'booking', 'booking num', 'booking id', 'bkg number'],
  required: true,
  meaning: 'Number of the booking',
};
export const CITATION_NUMBER: Column = {
  name: 'citation_number',
  aliases: [
    'citation no',
    'citation',
    'ticket number',
    'ticket no',
    'notice to appear number',
    'cite number',
  ],
  required: true,
  meaning: 'Number of the citation or notice to appear',
};

/** Columns of a booking feed (docs/formats.md). */
export const BOOKING_COLUMNS: readonly Column[] = [
  BOOKING_NUMBER,
  AGENCY,
  {
    name: 'tcn',
    aliases: ['transaction control number', 'livescan tcn'],
    meaning: 'Livescan transaction control number',
  },
  ARREST_DATE,
  {
    name: 'booking_date',
    aliases: ['date of booking', 'booked', 'booked date', 'booking datetime'],
    meaning: 'Date of booking',
  },
  CASES,
  CHARGES,
  STATUTES,
  ...PERSON_COLUMNS,
  ...PRINT_COLUMNS,
];

/** Columns of a citation feed. A print here serves the arrestee's own identity only (VC 40500(a)). */
export const CITATION_COLUMNS: readonly Column[] = [
  CITATION_NUMBER,
  AGENCY,
  ARREST_DATE,
  {
    name: 'citation_date',
    aliases: ['violation date', 'issue date', 'date issued', 'offense date'],
    meaning: 'Date of the citation',
  },
  {
    name: 'disposed_date',
    aliases: ['disposition date', 'case disposed', 'disposed'],
    meaning: 'Date on which the case was disposed of: the print is purged',
  },
  CASES,
  CHARGES,
  STATUTES,
  ...PERSON_COLUMNS,
  ...PRINT_COLUMNS,
];

/** Columns of a prior-record feed. */
export const PRIOR_COLUMNS: readonly Column[] = [
  {
    name: 'record_number',
    aliases: ['record id', 'record no', 'criminal history number', 'main number'],
    required: true,
    meaning: "The record system's own number",
  },
  ...PERSON_COLUMNS,
  ...PRINT_COLUMNS,
];
