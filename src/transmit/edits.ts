import type { Problem } from '../domain/index.ts';
import { checkBirth, checkIssued, checkLate, isDay } from './edits/check-dates.ts';
import { checkForms, checkMandatory, problem } from './edits/check-fields.ts';
import { checkIdentifiers, checkLicence, checkName, checkSex, checkTogether } from './edits/check-person.ts';
import { checkStanding } from './edits/check-standing.ts';
import {
  checkBail,
  checkCautions,
  checkExtraditionLevel,
  checkMiscellaneous,
  checkNumberKinds,
  checkOwner,
} from './edits/check-warrant.ts';
import type { EditRules } from './edits/rules.ts';
import { type Field, fieldsOf, fieldsOfVehicle, ncicDate } from './package/fields.ts';
import type { RecordFacts, RecordReference, SupplementalMessage, WarrantMessage } from './package/model.ts';
import { ncicName } from './package/name.ts';

export { DEFAULT_RULES, type EditRules, NCIC_RULES } from './edits/rules.ts';

function checkRecord(facts: RecordFacts, rules: EditRules, today: string): readonly Problem[] {
  const { warrant } = facts;
  const fields = fieldsOf(facts);
  const level = warrant.level?.code;
  const toNcic = level !== undefined && rules.ncicLevels.includes(level);
  const person = fieldsOf({ ...facts, warrant: { ...warrant, vehicles: [] } });
  return [
    ...checkStanding(warrant, today),
    ...checkName(warrant.person.name, fields),
    ...checkMandatory(fields, [...rules.mandatory, ...(toNcic ? rules.mandatoryForNcic : [])]),
    ...checkForms(fields, rules),
    ...checkBirth(warrant, today, rules),
    ...checkIssued(warrant, today),
    ...checkSex(fields, rules),
    ...checkIdentifiers(fields, rules),
    ...checkTogether(person, rules),
    ...warrant.vehicles.flatMap((vehicle) => checkTogether(fieldsOfVehicle(vehicle), rules)),
    ...checkLicence(fields),
    ...checkNumberKinds(fields),
    ...checkCautions(warrant, rules),
    ...checkMiscellaneous(facts, fields, rules),
    ...checkExtraditionLevel(warrant, fields),
    ...checkBail(warrant, rules),
    ...checkOwner(warrant.agencyOri, rules),
  ];
}

/** A change names the record by the name as entered and one of its numbers (domain brief A.1, XW). */
function checkReference(record: RecordReference, rules: EditRules): readonly Problem[] {
  const found = [...checkForms([{ code: 'ORI', value: record.ori, path: 'agencyOri' }], rules)];
  if (record.nameAsSent.trim() === '') {
    found.push(
      problem('PER-NAME', 'The name the record was entered under is not known; a change must repeat it.'),
    );
  }
  if (!record.fcn && !record.nic && !record.oca) {
    const message = 'None of the numbers of the record is known (FCN, NIC, OCA); a change must name one.';
    found.push(problem('DST-NOTFOUND', message));
  }
  return found;
}

function checkDay(date: string, today: string, what: string): readonly Problem[] {
  if (isDay(date) && date <= today) return [];
  return [problem('EDT-FIELD', `The ${what} is not a day of the calendar or lies in the future.`)];
}

function checkSupplement(
  { additions }: SupplementalMessage,
  rules: EditRules,
  today: string,
): readonly Problem[] {
  const fields: Field[] = [
    ...additions.aliases.flatMap((name) => {
      const value = ncicName(name, rules.nameLength);
      return value ? [{ code: 'NAM', value, path: 'person.aliases' }] : [];
    }),
    ...additions.birthDates.map((date) => ({
      code: 'DOB',
      value: ncicDate(date),
      path: 'person.otherBirthDates',
    })),
    ...additions.smt.map((value) => ({ code: 'SMT', value, path: 'person.smt' })),
    ...additions.mnu.map((value) => ({ code: 'MNU', value, path: 'person.ids.mnu' })),
  ];
  return [
    ...checkForms(fields, rules),
    ...checkNumberKinds(fields),
    ...additions.birthDates.flatMap((date) => checkDay(date, today, 'further birth date')),
  ];
}

/**
 * Everything the destination would refuse in a message, found before the wire and listed at once, each with its
 * reason code and what a clerk can do. A problem of severity `warning` travels with the message and stops nothing.
 * @param today the calendar date where the court sits, ISO: DOW and DOB are local dates, never UTC
 */
export function checkEdits(message: WarrantMessage, rules: EditRules, today: string): readonly Problem[] {
  switch (message.kind) {
    case 'enter':
      return [...checkRecord(message.facts, rules, today), ...checkLate(message.facts.warrant, today, rules)];
    case 'modify':
      return [...checkReference(message.record, rules), ...checkRecord(message.facts, rules, today)];
    case 'supplemental':
      return [...checkReference(message.record, rules), ...checkSupplement(message, rules, today)];
    case 'validate':
      return [
        ...checkReference(message.record, rules),
        ...checkForms([{ code: 'VLN', value: message.validator, path: 'validator' }], rules),
        ...checkDay(message.date, today, 'date of validation'),
      ];
    default:
      return [...checkReference(message.record, rules), ...checkDay(message.date, today, 'date of removal')];
  }
}
