import type { Person, PersonName } from '../domain/index.ts';
import { areNicknames } from './link/text/nicknames.ts';
import { isOneSlip } from './link/text/slip.ts';

/** Whether two descriptions can be one person, from names, birth dates, sex and fingerprint-backed numbers alone. */
export type Agreement = 'agrees' | 'unclear' | 'contradicts';

/** Letters only, upper case, accents folded: the comparable form of a name part. */
function fold(text: string | undefined): string {
  return (text ?? '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z]/g, '');
}

function names(person: Person): readonly PersonName[] {
  return [person.name, ...person.aliases];
}

function generation(name: PersonName): string {
  return fold(name.suffix);
}

/** `different`: one part differs; `foreign`: no part of one is a part of the other. */
type NameAgreement = 'same' | 'close' | 'different' | 'foreign' | 'unknown';

function sameGiven(a: string, b: string): boolean {
  return (
    a === b ||
    (a.length > 0 &&
      b.length > 0 &&
      (a.startsWith(b) || b.startsWith(a)) &&
      Math.min(a.length, b.length) <= 3)
  );
}

function compareNames(a: PersonName, b: PersonName): NameAgreement {
  const [surnameA, surnameB] = [fold(a.surname), fold(b.surname)];
  const [givenA, givenB] = [fold(a.given), fold(b.given)];
  if (!surnameA || !surnameB) return 'unknown';
  const straight = surnameA === surnameB;
  const swapped = surnameA === givenB && surnameB === givenA;
  const sameFirst = givenA !== '' && (givenA === givenB || areNicknames(givenA, givenB));
  if (swapped || (straight && sameFirst)) {
    const [suffixA, suffixB] = [generation(a), generation(b)];
    return suffixA && suffixB && suffixA !== suffixB ? 'different' : 'same';
  }
  if (straight && (!givenA || !givenB || sameGiven(givenA, givenB))) return 'close';
  if (straight) return 'close';
  const shared = sameFirst || surnameA === givenB || surnameB === givenA;
  return shared || !givenA || !givenB ? 'different' : 'foreign';
}

const RANK: readonly NameAgreement[] = ['same', 'close', 'unknown', 'different', 'foreign'];

function bestName(a: Person, b: Person): NameAgreement {
  const all = names(a).flatMap((x) => names(b).map((y) => compareNames(x, y)));
  return RANK.find((rank) => all.includes(rank)) ?? 'unknown';
}

function birthDates(a: Person, b: Person): 'same' | 'different' | 'unknown' {
  const left = [a.birthDate, ...a.otherBirthDates].filter((d): d is string => d !== undefined);
  const right = [b.birthDate, ...b.otherBirthDates].filter((d): d is string => d !== undefined);
  if (left.length === 0 || right.length === 0) return 'unknown';
  return left.some((d) => right.includes(d)) ? 'same' : 'different';
}

function contradictingNumber(a: Person, b: Person): boolean {
  const differ = (x?: string, y?: string) => x !== undefined && y !== undefined && x !== y;
  return differ(a.ids.cii, b.ids.cii) || differ(a.ids.fbi, b.ids.fbi);
}

/** One person's own numbers that are plainly two: twins of like names share everything else. */
function otherNumber(a: Person, b: Person): boolean {
  const differ = (x = '', y = '') => x !== '' && y !== '' && x !== y && !isOneSlip(x, y);
  const [ours, theirs] = [a.ids.licence, b.ids.licence];
  const sameState = ours?.state === undefined || theirs?.state === undefined || ours.state === theirs.state;
  return differ(a.ids.ssn, b.ids.ssn) || (sameState && differ(ours?.number, theirs?.number));
}

/**
 * Compares two descriptions the way a booking officer does, conservatively: agreement needs name (or its everyday
 * form) and birth date, and no other social security or licence number; a contradiction needs two facts to differ, or
 * no part of any name to be shared (a birth date alone is no identity: who lies about a name often keeps it), or a
 * fingerprint-backed number to differ; all else is unclear.
 */
export function identityAgreement(a: Person, b: Person): Agreement {
  if (contradictingNumber(a, b)) return 'contradicts';
  const name = bestName(a, b);
  const dob = birthDates(a, b);
  const sexDiffers = Boolean(a.sex && b.sex && a.sex !== 'U' && b.sex !== 'U' && a.sex !== b.sex);
  if (name === 'same' && dob === 'same' && !sexDiffers) return otherNumber(a, b) ? 'unclear' : 'agrees';
  if (name === 'same' && dob === 'unknown' && !sexDiffers) return 'unclear';
  if (name === 'foreign') return 'contradicts';
  const against = Number(name === 'different') + Number(dob === 'different') + Number(sexDiffers);
  if (against >= 2) return 'contradicts';
  return 'unclear';
}
