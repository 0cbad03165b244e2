import type { Comparison } from '../compare/comparer.ts';
import { AT, FIELDS } from '../compare/fields.ts';
import { TOLERATED_DIFFERENCES } from '../parameters.ts';

/** One of these differing outright is enough: they rest on prints, on generations, or on a tape measure. */
const EXCLUSIVE = [AT.cii, AT.fbi, AT.suffix, AT.height];
/** Of these, one may be a clerk's error; two are another person. */
const TELLING = [AT.given, AT.surname, AT.dob, AT.sex, AT.ssn, AT.oln];

const differs = (comparison: Comparison, at: number): boolean =>
  comparison.levels[at] === FIELDS[at]?.levels.length;

/** Names of the fields that forbid attaching without a person; empty where nothing does. */
export function contradictions(comparison: Comparison): readonly string[] {
  const named = (places: readonly number[]) => places.map((at) => FIELDS[at]?.name ?? '');
  const exclusive = EXCLUSIVE.filter((at) => differs(comparison, at));
  // Another own number under another spelling of the name: twins of like names share all the rest.
  const twins =
    (comparison.levels[AT.given] ?? 0) > 1 ? [AT.ssn, AT.oln].filter((at) => differs(comparison, at)) : [];
  const telling = TELLING.filter((at) => differs(comparison, at));
  return named(
    telling.length > TOLERATED_DIFFERENCES ? [...exclusive, ...telling] : [...exclusive, ...twins],
  );
}
