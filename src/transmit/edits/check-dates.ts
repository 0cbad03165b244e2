import type { Problem, Warrant } from '../../domain/index.ts';
import { problem } from './check-fields.ts';
import type { EditRules } from './rules.ts';

/** Whether an ISO date is a day of the calendar. */
export function isDay(iso: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(iso)) return false;
  const at = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso);
}

/** Whole days from one day to a later one. */
function days(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

function birth(iso: string, field: string, today: string, rules: EditRules): Problem[] {
  if (isDay(iso) && iso <= today && Number(iso.slice(0, 4)) >= rules.oldestBirthYear) return [];
  return [
    problem(
      'PER-DOB',
      'The date of birth is not a day of the calendar, is in the future, or is too long ago. Correct it from the citation or booking.',
      field,
    ),
  ];
}

/** DOB and further birth dates, against the court's calendar. */
export function checkBirth(warrant: Warrant, today: string, rules: EditRules): readonly Problem[] {
  const { birthDate, otherBirthDates } = warrant.person;
  const found = [
    ...(birthDate ? birth(birthDate, 'person.birthDate', today, rules) : []),
    ...otherBirthDates.flatMap((other) => birth(other, 'person.otherBirthDates', today, rules)),
  ];
  if (birthDate && warrant.issuedDate && isDay(birthDate) && birthDate > warrant.issuedDate) {
    found.push(problem('PER-DOB', 'The person was born after the warrant was issued.', 'person.birthDate'));
  }
  return found;
}

/** DOW: a day of the calendar, and not later than today where the court sits. */
export function checkIssued(warrant: Warrant, today: string): readonly Problem[] {
  const { issuedDate } = warrant;
  if (!issuedDate || (isDay(issuedDate) && issuedDate <= today)) return [];
  return [
    problem(
      'DOW-FUTURE',
      "The warrant's date is not a day of the calendar or lies in the future by the court's calendar.",
      'issuedDate',
    ),
  ];
}

/** "Immediately" is three days; what is later is sent and flagged, and a clerk says why. */
export function checkLate(warrant: Warrant, today: string, rules: EditRules): readonly Problem[] {
  const { issuedDate } = warrant;
  if (!issuedDate || !isDay(issuedDate) || days(issuedDate, today) <= rules.lateAfterDays) return [];
  return [
    problem(
      'WAR-LATE',
      `The warrant is sent ${days(issuedDate, today)} days after it was issued; more than ${rules.lateAfterDays} must be justified on the record.`,
      'issuedDate',
      'warning',
    ),
  ];
}
