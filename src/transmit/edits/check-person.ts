import { SEX } from '../../domain/codes/index.ts';
import type { PersonName, Problem, ReasonCode } from '../../domain/index.ts';
import type { Field } from '../package/fields.ts';
import { called, problem } from './check-fields.ts';
import type { EditRules } from './rules.ts';

/** Surnames of entries for somebody whose name nobody knows (NCIC has other rules for these; brief A.2). */
const UNNAMED = /^(DOE, (JOHN|JANE)|UNKNOWN, .*|.*, UNKNOWN)$/;

/** CA licence numbers are one letter and seven digits (B.4, documented). */
const CALIFORNIA_LICENCE = /^[A-Z]\d{7}$/;

function has(fields: readonly Field[], code: string): boolean {
  return fields.some((field) => field.code === code);
}

/** The numeric-identifier rule: a name alone picks out nobody, and a name-only warrant is held. */
export function checkIdentifiers(fields: readonly Field[], rules: EditRules): readonly Problem[] {
  if (rules.identifiers.some((group) => group.every((code) => has(fields, code)))) return [];
  return [
    problem(
      'PER-NO-IDENT',
      'Nothing but the name says who is wanted. Add at least one of: date of birth, social security number, driver licence with state and expiry year, miscellaneous number, plate or vehicle.',
      'person',
    ),
  ];
}

const INCOMPLETE: Partial<Record<string, ReasonCode>> = { OLN: 'PER-OLN-TRIPLE' };

/** Fields that go together: OLN with OLS and OLY, a plate or vehicle with all of its fields. */
export function checkTogether(fields: readonly Field[], rules: EditRules): readonly Problem[] {
  return rules.together.flatMap(({ fields: group, when }) => {
    const missing = group.filter((code) => !has(fields, code));
    const begun = when === 'any' ? missing.length < group.length : has(fields, group[0]!);
    return begun && missing.length > 0 ? [incomplete(group, missing)] : [];
  });
}

function incomplete(group: readonly string[], missing: readonly string[]): Problem {
  const names = missing.map(called).join(', ');
  return problem(
    INCOMPLETE[group[0]!] ?? 'EDT-FIELD',
    `${group.join(', ')} go together; missing: ${names}. Add what is missing, or remove the others.`,
    group[0] === 'OLN' ? 'person.ids.licence' : 'vehicles',
  );
}

/** A name that is nobody's, or cannot be written as NAM without guessing which part is the surname. */
export function checkName(name: PersonName, fields: readonly Field[]): readonly Problem[] {
  const nam = fields.find((field) => field.code === 'NAM')?.value;
  if (nam && UNNAMED.test(nam)) {
    return [
      problem(
        'PER-NAME',
        'The warrant is for a person whose name is not known. Such a warrant is held, not sent.',
        'person.name',
      ),
    ];
  }
  if (nam || !name.full) return [];
  return [
    problem(
      'PER-NAME',
      'The name comes as one text without a comma, so which part is the surname is not certain. Enter surname and given name apart.',
      'person.name',
    ),
  ];
}

/** SEX: a code of the table that a wanted person may not have. */
export function checkSex(fields: readonly Field[], rules: EditRules): readonly Problem[] {
  const sex = fields.find((field) => field.code === 'SEX');
  if (!sex || !SEX.has(sex.value) || rules.sexes.includes(sex.value)) return [];
  return [
    problem(
      'PER-CODE',
      `The ${called('SEX')} ${sex.value} is for unidentified persons; a wanted person's is ${rules.sexes.join(' or ')}. Take it from the court's record or the booking.`,
      sex.path,
    ),
  ];
}

/** A California licence number of another form: sent, and worth a look. */
export function checkLicence(fields: readonly Field[]): readonly Problem[] {
  const number = fields.find((field) => field.code === 'OLN')?.value;
  const state = fields.find((field) => field.code === 'OLS')?.value;
  if (state !== 'CA' || !number || CALIFORNIA_LICENCE.test(number)) return [];
  return [
    problem(
      'EDT-FIELD',
      'A California licence number is one letter and seven digits; this one is not. Compare it with the licence or citation.',
      'person.ids.licence.number',
      'warning',
    ),
  ];
}
