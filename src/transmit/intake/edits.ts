import { CMC, EXL, EYE, HAI, MNU, OFF, RAC, SEX, SKN, STATES } from '../../domain/codes/index.ts';
import type { Rejection } from '../answer-model.ts';
import type { ReceivedMessage } from './message.ts';

/** One field rule of the destination: the NCIC wanted-person entry as the domain brief, A.2, has it. */
interface FieldEdit {
  readonly code: string;
  readonly mandatory?: boolean;
  /** Mandatory only for records that go on to NCIC (felonies). */
  readonly ncic?: boolean;
  readonly pattern?: RegExp;
  readonly table?: ReadonlySet<string>;
}

const set = (table: ReadonlyMap<string, string>) => new Set(table.keys());
const DATE = /^(18|19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/;

const FIELD_EDITS: readonly FieldEdit[] = [
  { code: 'ORI', mandatory: true, pattern: /^[A-Z]{2}[A-Z0-9]{7}$/ },
  { code: 'CTI', pattern: /^[A-Z]{2}[A-Z0-9]{7}$/ },
  { code: 'OCA', mandatory: true, pattern: /^[A-Z0-9 -]{1,20}$/ },
  { code: 'WNO', pattern: /^[A-Z0-9 -]{1,15}$/ },
  { code: 'NAM', mandatory: true, pattern: /^(?=.{3,30}$)[A-Z][A-Z' -]*,( )?[A-Z][A-Z' -]*$/ },
  { code: 'SEX', mandatory: true, table: set(SEX) },
  { code: 'RAC', mandatory: true, table: set(RAC) },
  { code: 'HGT', ncic: true, pattern: /^[4-7](0\d|1[01])$/ },
  { code: 'WGT', ncic: true, pattern: /^(0[5-9]\d|[1-4]\d\d)$/ },
  { code: 'HAI', ncic: true, table: set(HAI) },
  { code: 'EYE', table: set(EYE) },
  { code: 'SKN', table: set(SKN) },
  { code: 'DOB', pattern: DATE },
  { code: 'FBI', pattern: /^[A-Z0-9]{1,9}$/ },
  { code: 'SID', pattern: /^[A-Z0-9]{3,10}$/ },
  { code: 'SOC', pattern: /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/ },
  { code: 'OLN', pattern: /^[A-Z0-9*-]{1,20}$/ },
  { code: 'OLY', pattern: /^(\d{4}|NX)$/ },
  { code: 'OFF', mandatory: true, pattern: /^\d{4}.{0,20}$/ },
  { code: 'DOW', mandatory: true, pattern: DATE },
  { code: 'EXL', table: set(EXL) },
  { code: 'MIS', pattern: /^[\s\S]{1,500}$/ },
  { code: 'VLN', pattern: /^[A-Z0-9' ,.-]{1,30}$/ },
];

/** Offence codes whose text says "SEE MIS", and extradition codes that lean on it. */
const SEE_MIS = new Set([...OFF].filter(([, meaning]) => /SEE MIS/i.test(meaning)).map(([code]) => code));
const EXL_WITH_MIS = new Set(['2', '5', 'B', 'E']);
const IDENTIFIERS = ['DOB', 'FBI', 'SOC', 'OLN', 'LIC', 'VIN'];

/** The record's own offence code: OJBC reports state charges only. */
const UNSTATED_BY_OJBC = new Set(['OFF']);

function fieldError(code: string, text: string): Rejection {
  return {
    code: 'FIELD-ERROR',
    field: code,
    text: `REJECT - ${code} FIELD ERROR: ${text}`,
    retryable: false,
  };
}

function fieldRejections(message: ReceivedMessage, toNcic: boolean): Rejection[] {
  return FIELD_EDITS.flatMap((edit) => {
    const value = message.fields[edit.code];
    if (value === undefined || value === '') {
      const needed =
        message.kind === 'enter' &&
        (edit.mandatory || (edit.ncic && toNcic)) &&
        !(message.format === 'ojbc-3' && UNSTATED_BY_OJBC.has(edit.code));
      return needed ? [fieldError(edit.code, 'the field is mandatory')] : [];
    }
    if (edit.pattern && !edit.pattern.test(value)) return [fieldError(edit.code, 'the form is not allowed')];
    if (edit.table && !edit.table.has(value)) return [fieldError(edit.code, 'the code is not in the table')];
    return [];
  });
}

function listRejections(message: ReceivedMessage): Rejection[] {
  const cautions = (message.lists.CMC ?? []).filter((value) => !CMC.has(value));
  const numbers = (message.lists.MNU ?? []).filter((value) => !/^[A-Z]{2}-[A-Z0-9-]{1,12}$/.test(value));
  const kinds = (message.lists.MNU ?? []).filter((value) => !MNU.has(value.slice(0, 2)));
  return [
    ...(cautions.length > 0 ? [fieldError('CMC', 'the code is not in the table')] : []),
    ...(numbers.length > 0 || kinds.length > 0 ? [fieldError('MNU', 'the form is not XX-number')] : []),
  ];
}

function dateRejections(fields: Readonly<Record<string, string>>, today: string): Rejection[] {
  return ['DOB', 'DOW'].flatMap((code) => {
    const value = fields[code];
    return value && value > today ? [fieldError(code, 'the date is in the future')] : [];
  });
}

function groupRejections(message: ReceivedMessage): Rejection[] {
  const { fields } = message;
  const problems: Rejection[] = [];
  const licence = ['OLN', 'OLS', 'OLY'].filter((code) => fields[code]);
  if (licence.length > 0 && licence.length < 3 && message.format !== 'ojbc-3')
    problems.push(fieldError('OLN', 'OLN, OLS and OLY go together'));
  if (fields.OLS && !STATES.has(fields.OLS) && !/^[A-Z]{2}$/.test(fields.OLS)) {
    problems.push(fieldError('OLS', 'the code is not in the table'));
  }
  const offence = fields.OFF?.slice(0, 4) ?? '';
  if ((SEE_MIS.has(offence) || EXL_WITH_MIS.has(fields.EXL ?? '')) && !fields.MIS) {
    problems.push(fieldError('MIS', 'the offence or extradition code needs it'));
  }
  if (message.kind === 'enter') {
    if (offence && !OFF.has(offence)) problems.push(fieldError('OFF', 'the code is not in the table'));
    const identified = IDENTIFIERS.some((code) => fields[code]) || (message.lists.MNU ?? []).length > 0;
    if (!identified) problems.push(fieldError('DOB', 'no numeric identifier'));
  }
  return problems;
}

/** An OJBC modification states the name as it shall be, and names its record by number alone. */
export function namesByName(message: ReceivedMessage): boolean {
  return !(message.format === 'ojbc-3' && message.kind === 'modify');
}

function changeRejections(message: ReceivedMessage): Rejection[] {
  const { target } = message;
  const problems: Rejection[] = [];
  if (!target.nam && namesByName(message))
    problems.push(fieldError('NAM', 'a change names the record by the name as entered'));
  if (!target.fcn && !target.nic && !target.oca)
    problems.push(fieldError('NIC', 'FCN, NIC or OCA is needed'));
  return problems;
}

/**
 * Everything the destination itself refuses in a message, listed at once. Written from the manual's rules alone,
 * not from the sender's own edits: two readings of one book check each other.
 * @param today the destination's calendar date, YYYYMMDD
 */
export function rejections(message: ReceivedMessage, today: string): Rejection[] {
  if (message.kind !== 'enter' && message.kind !== 'modify') {
    return [...changeRejections(message), ...fieldRejections(message, false)];
  }
  const toNcic = message.fields.LEVEL === 'F';
  return [
    ...(message.kind === 'modify' ? changeRejections(message) : []),
    ...fieldRejections(message, toNcic),
    ...listRejections(message),
    ...dateRejections(message.fields, today),
    ...(message.kind === 'enter' ? groupRejections(message) : []),
  ];
}
