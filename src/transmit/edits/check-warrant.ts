import { MNU } from '../../domain/codes/index.ts';
import type { Problem, Warrant } from '../../domain/index.ts';
import { cautionCode, cautionCodes } from '../package/caution.ts';
import type { Field } from '../package/fields.ts';
import { extraditionText } from '../package/miscellaneous.ts';
import type { RecordFacts } from '../package/model.ts';
import { FAILURE_TO_APPEAR, offenceText, underlying } from '../package/offences.ts';
import { problem } from './check-fields.ts';
import type { EditRules } from './rules.ts';

function valueIn(fields: readonly Field[], code: string): string | undefined {
  return fields.find((field) => field.code === code)?.value;
}

/** 5015 is "see MIS": MIS must say what the person was to answer for. */
function offenceExplained(warrant: Warrant): Problem[] {
  if (underlying(warrant).some(offenceText)) return [];
  const charged = warrant.offences.some(offenceText);
  return [
    problem(
      'OFF-MIS',
      `The record's offence is ${FAILURE_TO_APPEAR}, failure to appear, which must be explained. Add the charge the person was to answer for.`,
      'offences',
      charged ? 'warning' : 'error',
    ),
  ];
}

/** MIS: there where offence or extradition code need it, and not longer than the destination takes. */
export function checkMiscellaneous(
  facts: RecordFacts,
  fields: readonly Field[],
  rules: EditRules,
): readonly Problem[] {
  const found = offenceExplained(facts.warrant);
  const limit = valueIn(fields, 'EXL');
  if (limit && rules.extraditionNeedsMis.includes(limit) && !extraditionText(facts.warrant)) {
    found.push(
      problem(
        'OFF-MIS',
        `Extradition code ${limit} needs its limits in words. Add them as an extradition note.`,
        'extradition.limit',
      ),
    );
  }
  if ((valueIn(fields, 'MIS') ?? '').length > rules.misLength) {
    found.push(
      problem(
        'EDT-FIELD',
        `The miscellaneous text (MIS) is longer than ${rules.misLength} characters. Shorten the charge descriptions or extradition notes.`,
        'notes',
      ),
    );
  }
  return found;
}

/** EXL 1-6 are for felonies, A-F for misdemeanours; the other kind is worth a look. */
export function checkExtraditionLevel(warrant: Warrant, fields: readonly Field[]): readonly Problem[] {
  const limit = valueIn(fields, 'EXL');
  const level = warrant.level?.code;
  if (!limit || !level || /\d/.test(limit) === (level === 'F')) return [];
  return [
    problem(
      'EDT-FIELD',
      'The extradition code is one for another level of offence. Compare code and level with the order.',
      'extradition.limit',
      'warning',
    ),
  ];
}

/** Bail must never be ambiguous: the wrong word has held people. */
export function checkBail(warrant: Warrant, rules: EditRules): readonly Problem[] {
  const { bail } = warrant;
  const severity = rules.bailKindRequired ? 'error' : 'warning';
  if (!bail?.kind?.code) {
    const message = 'The kind of bail is not stated: cash only, cash or bond, no bail, or own recognizance.';
    return [problem('BAIL-AMBIG', message, 'bail.kind', severity)];
  }
  const amount = bail.cents !== undefined && bail.cents > 0;
  if (bail.kind.code === 'NO_BAIL' && amount) {
    return [problem('BAIL-AMBIG', 'The warrant states no bail and an amount of bail.', 'bail')];
  }
  if (bail.kind.code !== 'NO_BAIL' && bail.kind.code !== 'OR_CITE' && !amount) {
    return [
      problem('BAIL-AMBIG', 'The warrant states a kind of bail without an amount.', 'bail.cents', severity),
    ];
  }
  return [];
}

/** ORIs we may enter for. */
export function checkOwner(ori: string | undefined, rules: EditRules): readonly Problem[] {
  if (!ori || !rules.owners || rules.owners.includes(ori)) return [];
  return [
    problem(
      'ORI-INVALID',
      'The agency is not one this installation may enter records for. Add it to the configuration if it should be.',
      'agencyOri',
    ),
  ];
}

/** Cautions: at most ten codes; a word no code says travels as a word. */
export function checkCautions(warrant: Warrant, rules: EditRules): readonly Problem[] {
  const { cautions } = warrant.person;
  const words = cautions.filter((caution) => cautionCode(caution) === undefined);
  const found: Problem[] = words.map(() =>
    problem(
      'PER-CODE',
      'A caution is in words no code says; it is sent so. Choose a caution code (CMC) if one fits.',
      'person.cautions',
      'warning',
    ),
  );
  if (cautionCodes(cautions).length > rules.maxCautions) {
    const message = `A record takes at most ${rules.maxCautions} caution codes (CMC). Keep the gravest.`;
    found.push(problem('EDT-FIELD', message, 'person.cautions'));
  }
  return found;
}

/** Miscellaneous numbers must begin with a known kind. */
export function checkNumberKinds(fields: readonly Field[]): readonly Problem[] {
  return fields
    .filter(
      (field) => field.code === 'MNU' && /^[A-Z]{2}-/.test(field.value) && !MNU.has(field.value.slice(0, 2)),
    )
    .map((field) =>
      problem(
        'PER-CODE',
        'A miscellaneous number (MNU) begins with two letters that are no kind of number. Correct the kind or remove the number.',
        field.path,
      ),
    );
}
