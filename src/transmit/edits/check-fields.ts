import type { Problem, ReasonCode } from '../../domain/index.ts';
import { FIELD_PATHS, type Field } from '../package/fields.ts';
import { FIELD_TABLE, type FieldRule } from './field-table.ts';
import type { EditRules } from './rules.ts';

const RULES: ReadonlyMap<string, FieldRule> = new Map(FIELD_TABLE.map((rule) => [rule.code, rule]));

/** What a clerk calls a field: "height (HGT)". */
export function called(code: string): string {
  return `${RULES.get(code)?.name ?? code} (${code})`;
}

export function problem(
  code: ReasonCode,
  message: string,
  field?: string,
  severity: Problem['severity'] = 'error',
): Problem {
  return { code, severity, ...(field ? { field } : {}), message };
}

function limits(rule: FieldRule, rules: EditRules): readonly [number, number] {
  const own = rules.lengths?.[rule.code];
  if (own) return own;
  return rule.code === 'NAM' ? [rule.least, rules.nameLength] : [rule.least, rule.most];
}

function inRange(field: Field, rules: EditRules): boolean {
  const range = field.code === 'HGT' ? rules.height : field.code === 'WGT' ? rules.weight : undefined;
  if (!range) return true;
  const value = Number(field.value);
  return value >= range[0] && value <= range[1];
}

function fits(field: Field, rule: FieldRule, rules: EditRules): boolean {
  const [least, most] = limits(rule, rules);
  if (field.value.length < least || field.value.length > most) return false;
  if (rule.pattern && !rule.pattern.test(field.value)) return false;
  return inRange(field, rules);
}

function checkField(field: Field, rules: EditRules): Problem[] {
  const rule = RULES.get(field.code);
  if (!rule) return [];
  if (rule.table && !rule.table.has(field.value)) {
    return [
      problem(
        rule.reason,
        rule.wordsTravel
          ? `The ${called(field.code)} is in words; it is sent so and cannot be searched by. It should be ${rule.form}.`
          : `The ${called(field.code)} must be ${rule.form}. Choose the code that says what the court's record says.`,
        field.path,
        rule.wordsTravel ? 'warning' : 'error',
      ),
    ];
  }
  if (rule.table || fits(field, rule, rules)) return [];
  const [least, most] = limits(rule, rules);
  const size = least === most ? `${most}` : `${least} to ${most}`;
  return [
    problem(
      rule.reason,
      `The ${called(field.code)} must be ${rule.form}, ${size} characters. Compare it with the court's record and correct it.`,
      field.path,
    ),
  ];
}

/** Every field that does not have the form the destination wants. */
export function checkForms(fields: readonly Field[], rules: EditRules): readonly Problem[] {
  return fields.flatMap((field) => checkField(field, rules));
}

const MISSING: Partial<Record<string, ReasonCode>> = {
  ORI: 'ORI-INVALID',
  NAM: 'PER-NAME',
  SEX: 'PER-CODE',
  RAC: 'PER-CODE',
  HAI: 'PER-CODE',
  DOW: 'DOW-FUTURE',
};

/** A mandatory field counts as there only if it is a code where it must be one. */
function there(code: string, fields: readonly Field[]): boolean {
  const table = RULES.get(code)?.table;
  return fields.some((field) => field.code === code && (!table || table.has(field.value)));
}

/** Every mandatory field that is missing. */
export function checkMandatory(fields: readonly Field[], codes: readonly string[]): readonly Problem[] {
  return codes
    .filter((code) => !there(code, fields))
    .map((code) =>
      problem(
        MISSING[code] ?? 'EDT-FIELD',
        `The ${called(code)} is missing and the destination refuses a record without it. Add it from the court's record or the booking.`,
        FIELD_PATHS.get(code),
      ),
    );
}
