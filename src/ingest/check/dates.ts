import type { CourtRecord, Problem } from '../../domain/index.ts';
import { isCalendarDate } from '../xml/values.ts';
import type { CheckContext } from './context.ts';

/** Nobody wanted was born before this, and no court of ours kept warrants before it. */
const FIRST_YEAR = 1900;
/** Age below which a warrant is a juvenile matter, and above which the birth date is a typing slip. */
const ADULT = 18;
const OLDEST = 110;

type Found = Problem | undefined;

function problem(
  code: Problem['code'],
  field: string,
  message: string,
  severity: Problem['severity'] = 'error',
): Problem {
  return { code, severity, field, message: `${field} ${message}` };
}

/** Whether a canonical date is one: parsers guarantee it, a correction by hand may not. */
function real(date: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  return match !== null && isCalendarDate(Number(match[1]), Number(match[2]), Number(match[3]));
}

function past(code: Problem['code'], field: string, date: string | undefined, today: string): Found {
  if (date === undefined) return undefined;
  if (!real(date)) return problem(code, field, 'is not a real calendar date.');
  if (date > today) return problem(code, field, `lies in the future (after ${today}).`);
  if (Number(date.slice(0, 4)) < FIRST_YEAR) return problem(code, field, `lies before ${FIRST_YEAR}.`);
  return undefined;
}

function wholeYears(from: string, to: string): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
}

function age(record: CourtRecord, today: string): Found {
  const { birthDate } = record.warrant.person;
  if (birthDate === undefined || !real(birthDate) || birthDate > today) return undefined;
  const at = wholeYears(birthDate, record.warrant.issuedDate ?? today);
  if (at < 0) return problem('PER-DOB', 'person.birthDate', 'is after the date of issue.');
  if (at > OLDEST) return problem('PER-DOB', 'person.birthDate', `makes the person older than ${OLDEST}.`);
  if (at < ADULT && !record.warrant.juvenile) {
    const message = 'makes the person a minor at issue, but the record is not marked juvenile.';
    return problem('PER-DOB', 'person.birthDate', message, 'warning');
  }
  return undefined;
}

function order(field: string, from: string | undefined, to: string | undefined): Found {
  if (from === undefined || to === undefined || from <= to) return undefined;
  return problem('FIELD-FORMAT', field, 'is before the date of issue.');
}

/** Dates are real, possible, and in an order time allows. */
export function checkDates(record: CourtRecord, { today }: CheckContext): Problem[] {
  const { warrant } = record;
  const { issuedDate, person } = warrant;
  return [
    past('DOW-FUTURE', 'issuedDate', issuedDate, today),
    past('PER-DOB', 'person.birthDate', person.birthDate, today),
    past('FIELD-FORMAT', 'recallDate', warrant.recallDate, today),
    past('FIELD-FORMAT', 'servedDate', warrant.servedDate, today),
    past('FIELD-FORMAT', 'origin.arrestDate', warrant.origin.arrestDate, today),
    age(record, today),
    order('expirationDate', issuedDate, warrant.expirationDate),
    order('recallDate', issuedDate, warrant.recallDate),
    order('servedDate', issuedDate, warrant.servedDate),
  ].filter((found) => found !== undefined);
}
