import type { CodeTable } from '../../domain/codes/index.ts';
import { ETN, EYE, HAI, RAC, SEX, SKN } from '../../domain/codes/index.ts';
import type { CourtRecord, Person, Problem } from '../../domain/index.ts';

const TABLES: readonly (readonly [keyof Person, CodeTable])[] = [
  ['sex', SEX],
  ['race', RAC],
  ['ethnicity', ETN],
  ['eyes', EYE],
  ['hair', HAI],
  ['skin', SKN],
];

function warning(code: Problem['code'], field: string, message: string): Problem {
  return { code, severity: 'warning', field, message };
}

/** Descriptors are the source's words here; the destination's own edits stop what it would refuse. */
function descriptors(person: Person): Problem[] {
  return TABLES.flatMap(([field, table]) => {
    const value = person[field];
    if (typeof value !== 'string' || table.has(value.toUpperCase())) return [];
    return [warning('PER-CODE', `person.${field}`, `person.${field} is not a code of the NCIC table.`)];
  });
}

function name(person: Person): Problem[] {
  const { surname, given, full } = person.name;
  if (surname === undefined && full === undefined) {
    const message = 'person.name has neither a surname nor a full name.';
    return [{ code: 'PER-NAME', severity: 'error', field: 'person.name', message }];
  }
  const odd = [surname, given].some((part) => part !== undefined && /[^\p{L}\p{M}'’.,\- ]/u.test(part));
  return odd
    ? [warning('PER-NAME', 'person.name', 'person.name has characters that no NCIC name can have.')]
    : [];
}

function identifiers(person: Person): Problem[] {
  const { ids } = person;
  const found: Problem[] = [];
  const licence = ids.licence;
  if (licence && (licence.state === undefined || licence.expiryYear === undefined)) {
    found.push(
      warning('PER-OLN-TRIPLE', 'person.ids.licence', 'The licence number has no state or no expiry year.'),
    );
  }
  if (ids.ssn !== undefined && !isSsn(ids.ssn)) {
    found.push(
      warning('EDT-FIELD', 'person.ids.ssn', 'person.ids.ssn is not a number that was ever issued.'),
    );
  }
  const numeric = person.birthDate ?? ids.ssn ?? ids.fbi ?? ids.cii ?? licence?.number ?? ids.mnu[0];
  if (numeric === undefined) {
    found.push(
      warning('PER-NO-IDENT', 'person.ids', 'The person has no birth date and no numeric identifier.'),
    );
  }
  return found;
}

/** Nine digits outside the areas, groups and serials never issued (domain brief B.4). */
function isSsn(text: string): boolean {
  return /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(text);
}

export function checkPerson(record: CourtRecord): Problem[] {
  const { person } = record.warrant;
  return [...name(person), ...descriptors(person), ...identifiers(person)];
}
