import { PERSON_COLUMNS } from '../bookings/person-columns.ts';
import type { Column } from '../table.ts';

/** Columns of a warrant row, shared by the courts that write rows. Each court names its own headers for them. */
export const WARRANT_COLUMNS: readonly Column[] = [
  {
    name: 'warrant_number',
    aliases: ['warrant no', 'warrant', 'warrant id', 'wrnt no'],
    required: true,
    meaning: 'Number of the warrant',
  },
  {
    name: 'case_number',
    aliases: ['case no', 'case nbr', 'case'],
    required: true,
    meaning: 'Court case number',
  },
  {
    name: 'status',
    aliases: ['warrant status', 'status code', 'warrant status code'],
    required: true,
    meaning: 'Status word (code set "status")',
  },
  {
    name: 'status_date',
    aliases: ['warrant status date', 'status changed'],
    meaning: 'Date from which the status holds',
  },
  {
    name: 'warrant_type',
    aliases: ['type', 'type code', 'warrant type code'],
    meaning: 'Kind of warrant (code set "type")',
  },
  {
    name: 'issue_date',
    aliases: ['issued', 'issued date', 'date issued', 'warrant date', 'date of warrant'],
    meaning: 'Date of issue',
  },
  {
    name: 'expiration_date',
    aliases: ['expires', 'expiry date', 'expire date'],
    meaning: 'Last day in force',
  },
  {
    name: 'recall_date',
    aliases: ['recalled', 'recalled date', 'date recalled'],
    meaning: 'Date of recall or quash',
  },
  { name: 'recall_reason', aliases: ['recall comment'], meaning: 'Why it was recalled' },
  { name: 'served_date', aliases: ['served', 'date served', 'executed date'], meaning: 'Date of service' },
  { name: 'court_ori', aliases: ['issuing court ori'], meaning: 'ORI of the issuing court' },
  { name: 'court_name', aliases: ['court', 'node', 'court location'], meaning: 'Name of the issuing court' },
  {
    name: 'agency_ori',
    aliases: ['enforcement agency ori', 'owner ori', 'ori'],
    meaning: 'ORI of the agency that owns the record',
  },
  {
    name: 'agency_name',
    aliases: ['enforcement agency', 'agency', 'arresting agency name'],
    meaning: 'Name of that agency',
  },
  {
    name: 'oca',
    aliases: ['agency case number', 'agency record number'],
    meaning: "The agency's own case number",
  },
  {
    name: 'judge',
    aliases: ['judge name', 'issuing judge', 'judicial officer', 'administrative owner'],
    meaning: 'Judge',
  },
  { name: 'requested_by', aliases: ['requested by id', 'clerk'], meaning: 'Who asked for the warrant' },
  {
    name: 'bond_type',
    aliases: ['bail type', 'bond type code', 'bail code'],
    meaning: 'Kind of bail (code set "bail")',
  },
  {
    name: 'bond_amount',
    aliases: ['bail', 'bail amount', 'bond', 'bond amt', 'bail amt'],
    meaning: 'Bail in dollars',
  },
  {
    name: 'level',
    aliases: ['degree', 'offense level', 'offence level', 'severity', 'case category', 'charge degree'],
    meaning: 'Offence level (code set "level")',
  },
  { name: 'count', aliases: ['count number', 'charge number', 'charge seq'], meaning: 'Number of the count' },
  {
    name: 'ncic_code',
    aliases: ['off', 'ncic', 'ncic offense code', 'ncic off'],
    meaning: 'NCIC offence code',
  },
  {
    name: 'statute',
    aliases: ['statutory cite', 'statutory cite 1', 'violation', 'charge', 'charge statute'],
    meaning: 'Statute, such as VC 40508(a)',
  },
  {
    name: 'offense',
    aliases: ['offense description', 'offence', 'charge description', 'offence description'],
    meaning: 'Offence in words',
  },
  { name: 'offense_code', aliases: ['offence code', 'charge code'], meaning: "The court's own offence code" },
  {
    name: 'offense_date',
    aliases: ['offence date', 'violation date', 'date of offense'],
    meaning: 'Date of the offence',
  },
  {
    name: 'fta_date',
    aliases: ['missed appearance date', 'failed to appear date', 'appearance date', 'hearing date'],
    meaning: 'Appearance that was missed',
  },
  {
    name: 'fta_reason',
    aliases: ['hearing result', 'missed appearance reason'],
    meaning: 'What the court wrote of it',
  },
  {
    name: 'citation_number',
    aliases: ['citation no', 'citation', 'ticket number'],
    meaning: 'Citation the case began with',
  },
  {
    name: 'booking_number',
    aliases: ['booking no', 'booking', 'booking num'],
    meaning: 'Booking the case began with',
  },
  {
    name: 'booking_agency_ori',
    aliases: ['arresting agency ori', 'booking ori'],
    meaning: 'ORI of the booking agency',
  },
  {
    name: 'tcn',
    aliases: ['livescan tcn', 'transaction control number'],
    meaning: 'Livescan transaction control number',
  },
  { name: 'arrest_date', aliases: ['date of arrest', 'doa'], meaning: 'Date of arrest' },
  { name: 'case_status', meaning: 'Status of the case' },
  {
    name: 'tracking_number',
    aliases: ['cti', 'criminal tracking number', 'cdtn'],
    meaning: 'Criminal tracking number',
  },
  { name: 'extradition', aliases: ['exl', 'extradition code', 'extradition limits'], meaning: 'NCIC EXL' },
  { name: 'night_service', aliases: ['night', 'nighttime service'], meaning: 'May be served at night (Y/N)' },
  {
    name: 'sealed',
    aliases: ['sealed flag', 'is sealed', 'confidential'],
    meaning: 'Sealed (Y/N): stops at the door',
  },
  {
    name: 'juvenile',
    aliases: ['juvenile flag', 'is juvenile'],
    meaning: 'Juvenile (Y/N): stops at the door',
  },
  { name: 'surety_bond', aliases: ['surety'], meaning: 'Private surety bond on the case (Y/N)' },
  {
    name: 'dmv_notice_open',
    aliases: ['dmv notice', 'dmv hold'],
    meaning: 'DMV notice open on the same offence (Y/N)',
  },
  { name: 'comment', aliases: ['comments', 'remarks', 'warrant comment', 'mis'], meaning: 'Remark' },
  ...PERSON_COLUMNS,
];
