import {
  CMC,
  COUNTRIES,
  type CodeTable,
  ETN,
  EXL,
  EYE,
  HAI,
  LIT,
  OFF,
  RAC,
  SEX,
  SKN,
  SMT,
} from '../../domain/codes/index.ts';
import type { ReasonCode } from '../../domain/index.ts';
import { ISSUERS, PLACES } from '../package/codes.ts';

/** The rule of one field: NCIC's, as domain brief A.2-A.5 and B.4 have it. */
export interface FieldRule {
  readonly code: string;
  /** What a clerk calls it. */
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly pattern?: RegExp;
  readonly table?: CodeTable;
  /** How it must look, to finish the sentence "it must be ...". */
  readonly form: string;
  readonly reason: ReasonCode;
  /** A word outside the table travels as a word and stops nothing. */
  readonly wordsTravel?: true;
}

const UPPER = /^[A-Z0-9][A-Z0-9 -]*$/;
const ORI = /^[A-Z]{2}[A-Z0-9]{7}$/;
const LETTERS_DIGITS = /^[A-Z0-9]+$/;

function coded(code: string, name: string, table: CodeTable, most: number, travel = false): FieldRule {
  return {
    code,
    name,
    least: 1,
    most,
    table,
    form: `a code of the ${code} table`,
    reason: 'PER-CODE',
    ...(travel ? { wordsTravel: true as const } : {}),
  };
}

function plain(code: string, name: string, most: number, pattern: RegExp, form: string): FieldRule {
  return { code, name, least: 1, most, pattern, form, reason: 'EDT-FIELD' };
}

const CAPITALS = 'capital letters, digits, blanks and hyphens';

/** One row a field. Lengths are NCIC's ([R] unless the brief says otherwise). */
export const FIELD_TABLE: readonly FieldRule[] = [
  { ...plain('ORI', 'agency ORI', 9, ORI, 'nine characters, two of them a state'), reason: 'ORI-INVALID' },
  { ...plain('CTI', 'court ORI', 9, ORI, 'nine characters, two of them a state'), reason: 'ORI-INVALID' },
  {
    ...plain('NAM', 'name', 30, /^[A-Z][A-Z -]*, [A-Z][A-Z -]*$/, 'SURNAME, GIVEN MIDDLE SUFFIX in letters'),
    least: 3,
    reason: 'PER-NAME',
  },
  coded('SEX', 'sex', SEX, 1),
  coded('RAC', 'race', RAC, 1),
  coded('ETN', 'ethnicity', ETN, 1, true),
  coded('POB', 'place of birth', PLACES, 2, true),
  { ...plain('DOB', 'date of birth', 8, /^\d{8}$/, 'a full date'), reason: 'PER-DOB' },
  plain('HGT', 'height', 3, /^\d(0\d|1[01])$/, 'whole inches between 4 feet and 7 feet 11'),
  plain('WGT', 'weight', 3, /^\d{3}$/, 'whole pounds between 50 and 499'),
  coded('EYE', 'eye colour', EYE, 3, true),
  coded('HAI', 'hair colour', HAI, 3, true),
  coded('SKN', 'skin tone', SKN, 3, true),
  coded('CTZ', 'citizenship', COUNTRIES, 2, true),
  coded('SMT', 'scar, mark or tattoo', SMT, 10, true),
  coded('CMC', 'caution or medical code', CMC, 2),
  plain('FBI', 'FBI number', 9, LETTERS_DIGITS, 'capital letters and digits'),
  {
    ...plain('SID', 'state number (CII)', 10, LETTERS_DIGITS, 'three to ten capital letters and digits'),
    least: 3,
  },
  plain(
    'MNU',
    'miscellaneous number',
    15,
    /^[A-Z]{2}-[A-Z0-9]+$/,
    'two letters of its kind, a hyphen, then the number',
  ),
  plain(
    'SOC',
    'social security number',
    9,
    /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/,
    'nine digits that can have been issued',
  ),
  plain('OLN', 'driver licence number', 20, LETTERS_DIGITS, 'capital letters and digits'),
  { ...coded('OLS', 'driver licence state', ISSUERS, 2), reason: 'EDT-FIELD' },
  plain('OLY', 'driver licence expiry year', 4, /^((19|20)\d\d|NX)$/, 'a year, or NX if it does not expire'),
  { ...coded('OFF', 'offence code', OFF, 24), reason: 'EDT-FIELD' },
  { ...coded('OOC', 'original offence code', OFF, 24), reason: 'EDT-FIELD', wordsTravel: true },
  { ...plain('DOW', 'date of warrant', 8, /^\d{8}$/, 'a full date'), reason: 'DOW-FUTURE' },
  plain('OCA', 'agency case number', 20, UPPER, CAPITALS),
  plain('WNO', 'warrant number', 15, UPPER, CAPITALS),
  { ...coded('EXL', 'extradition limit', EXL, 1), reason: 'EDT-FIELD' },
  plain('LIC', 'licence plate', 10, LETTERS_DIGITS, 'capital letters and digits'),
  { ...coded('LIS', 'licence plate state', ISSUERS, 2), reason: 'EDT-FIELD' },
  plain('LIY', 'licence plate expiry year', 4, /^((19|20)\d\d|NX)$/, 'a year, or NX if it does not expire'),
  { ...coded('LIT', 'licence plate type', LIT, 2), reason: 'EDT-FIELD' },
  plain('VIN', 'vehicle number', 20, LETTERS_DIGITS, 'capital letters and digits'),
  plain('VYR', 'vehicle year', 4, /^(19|20)\d\d$/, 'a year'),
  { ...plain('VMA', 'vehicle make', 24, UPPER, CAPITALS), least: 2 },
  { ...plain('VMO', 'vehicle model', 3, UPPER, CAPITALS), least: 2 },
  { ...plain('VST', 'vehicle style', 2, UPPER, CAPITALS), least: 2 },
  { ...plain('VCO', 'vehicle colour', 7, /^[A-Z]{3}(\/[A-Z]{3})?$/, 'one or two colour codes'), least: 3 },
  plain('VLN', 'validator', 30, /^[A-Z0-9][A-Z0-9 .,'-]*$/, 'capital letters, digits, blanks and hyphens'),
];
